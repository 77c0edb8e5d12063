import Testing

@testable import BlogSite

@Suite struct PlainParagraphsTests {
    @Test(arguments: [
        ("Hello", "<p>Hello</p>\n"), ("", ""),
        ("<p>One</p><p>Two<br>three</p>", "<p>One</p>\n<p>Two<br>\nthree</p>\n"),
        ("one\r\n\r\ntwo\nthree", "<p>one</p>\n<p>two<br>\nthree</p>\n"),
        ("<script>alert(1)</script>safe", "<p>safe</p>\n"), ("<SCRIPT src=x>a</sCrIpT >b", "<p>b</p>\n"),
        ("<style>p{}", ""), ("<img src=x onerror=alert(1)>x", "<p>x</p>\n"),
        ("a <b>bold</b> <a href=\"javascript:x\">link</a>", "<p>a bold link</p>\n"),
        ("1 < 2 && 3 > 2", "<p>1 &lt; 2 &amp;&amp; 3 &gt; 2</p>\n"),
        (
            "&lt;script&gt;x&lt;/script&gt; &amp;amp; &#39;&#x27; &nope;",
            "<p>&lt;script&gt;x&lt;/script&gt; &amp;amp; '' &amp;nope;</p>\n"
        ),
        ("<<script>script>x</script>", "<p>&lt;</p>\n"), ("<!-- <p> -->x<!--", "<p>x</p>\n"),
        ("a<unclosed", "<p>a</p>\n"),
        ("</p>x</div>", "<p>x</p>\n"), ("&#xD800;&#0;", "<p>&amp;#xD800;\u{0}</p>\n"),
    ])
    func `only the text of a stranger's HTML survives`(html: String, expected: String) {
        #expect(PlainParagraphs.html(fromHTML: html) == expected)
    }
}
