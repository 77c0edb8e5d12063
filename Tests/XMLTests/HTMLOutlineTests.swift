import Testing
import XML

@Suite struct HTMLOutlineTests {
    @Test func `blocks are lines and white space is one space`() {
        let outline = HTMLOutline(
            "<h2 id=a>One &amp; two</h2>\n<p>First <em>words</em>,\n and<br>more.</p><ul><li>x<li>y</ul>loose<script>no</script>"
        )
        #expect(outline.text == "One & two\nFirst words, and more.\nx\ny\nloose")
        #expect(outline.firstParagraph == "First words, and more.")
        #expect(outline.headings == [.init(level: 2, id: "a", text: "One & two")])
    }

    @Test(arguments: [
        ("", ""), ("plain  text\n", "plain text"), ("a &lt;b&gt; c", "a <b> c"), ("<p> </p>", ""),
        ("<p><img src=x></p><p>two</p>", "two"), ("<h1>only a heading</h1>", "only a heading"),
    ]) func `the first paragraph is the first with a text`(html: String, text: String) {
        #expect(HTMLOutline(html).firstParagraph == text)
    }

    @Test func `lines become escaped paragraphs`() {
        #expect(HTMLOutline.paragraphs("a < b\n\nc & d") == "<p>a &lt; b</p>\n<p>c &amp; d</p>\n")
    }
}
