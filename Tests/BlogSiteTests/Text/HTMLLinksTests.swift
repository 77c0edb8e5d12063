import Testing

@testable import BlogSite

@Suite struct HTMLLinksTests {
    @Test(arguments: [
        (#"<a href="b">b</a> <IMG SRC='c.png'>"#, #"<a href="[b]">b</a> <IMG SRC='[c.png]'>"#),
        (#"<a class=x href=b>b</a><a href=b/>"#, #"<a class=x href=[b]>b</a><a href=[b/]>"#),
        (#"<img srcset="a 1x, b 2x" src="a" alt="src=q">"#, #"<img srcset="[a] 1x, [b] 2x" src="[a]" alt="src=q">"#),
        (#"<!-- <a href="b"> --><a href="c">"#, #"<!-- <a href="b"> --><a href="[c]">"#),
        (#"<script>x = '<a href="b">'</script><a href="c">"#, #"<script>x = '<a href="b">'</script><a href="[c]">"#),
        (#"<a href = " b ">"#, #"<a href = "[b]">"#),
        ("a < b href=\"x\"", "a < b href=\"x\""), ("</a href=\"x\">", "</a href=\"x\">"),
        (#"<a data-href="b" href>"#, #"<a data-href="b" href>"#), ("<a href=\"unclosed", "<a href=\"[unclosed]"),
        (
            #"<p><em class="x" title=">">a</em><A HREF="b" data-x="y">"#,
            #"<p><em class="x" title=">">a</em><A HREF="[b]" data-x="y">"#
        ),
        (
            #"<p class="x"  href="b"><i title="<a href='c'>"><b x href="d"><p class="x"href="e">"#,
            #"<p class="x"  href="[b]"><i title="<a href='c'>"><b x href="[d]"><p class="x"href="[e]">"#
        ),
        (
            #"<title class="x"><a href="b"></title><xmp><a href="c"></xmp><form formaction="d"></p id="x"><q cite="e"/><i id=""#,
            #"<title class="x"><a href="b"></title><xmp><a href="c"></xmp><form formaction="[d]"></p id="x"><q cite="[e]"/><i id=""#
        ),
        ("plain", "plain"), ("", ""), ("<a href=\"ü&amp;x\">ü</a>", "<a href=\"[ü&amp;x]\">ü</a>"),
    ])
    func `addresses are found wherever HTML has them and nowhere else`(html: String, expected: String) {
        #expect(HTMLLinks.rewrite(html) { "[\($0)]" } == expected)
    }

    @Test func `a post's links are right on its page, on other pages and in feeds`() throws {
        let site = try SiteAddress("https://h/p/")
        let html = ##"<a href="/about/">A</a><img src="d.svg"><a href="#n">1</a><a href="https://x/">X</a>"##
        #expect(
            HTMLLinks.resolve(html, on: "/posts/x/", of: site, as: .page)
                == ##"<a href="/p/about/">A</a><img src="d.svg"><a href="#n">1</a><a href="https://x/">X</a>"##)
        #expect(
            HTMLLinks.resolve(html, on: "/posts/x/", of: site, as: .otherPage)
                == ##"<a href="/p/about/">A</a><img src="/p/posts/x/d.svg">"##
                + ##"<a href="/p/posts/x/#n">1</a><a href="https://x/">X</a>"##)
        #expect(
            HTMLLinks.resolve(html, on: "/posts/x/", of: site, as: .absolute)
                == ##"<a href="https://h/p/about/">A</a><img src="https://h/p/posts/x/d.svg">"##
                + ##"<a href="https://h/p/posts/x/#n">1</a><a href="https://x/">X</a>"##)
    }
}
