import Markdown
import Testing

@Suite("Comments")
struct CommentTests {
    private func comment(_ source: String) -> String {
        MarkdownRenderer(options: .comment).render(source).html
    }

    @Test(
        "Nothing that strangers write becomes raw HTML",
        arguments: [
            ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;\n"),
            ("Array<Int> and <b onclick=x>b</b>", "<p>Array&lt;Int&gt; and &lt;b onclick=x&gt;b&lt;/b&gt;</p>\n"),
            ("![<b>](http://a.b/c.png)", "<p>&lt;b&gt;</p>\n"),
            (
                "| <i> |\n|---|\n",
                "<div class=\"table\" role=\"region\" tabindex=\"0\" aria-label=\"Table 1\">\n<table>\n<thead>\n<tr>\n<th>&lt;i&gt;</th>\n</tr>\n</thead>\n</table>\n</div>\n"
            ),
            (
                "```<b>\"\n<b>\n```",
                "<pre tabindex=\"0\"><code class=\"language-&lt;b&gt;&quot;\">&lt;b&gt;\n</code></pre>\n"
            ),
        ])
    func rawHTML(source: String, expected: String) {
        #expect(comment(source) == expected)
    }

    @Test(
        "Only http, https and mailto links stay links",
        arguments: [
            "[a](javascript:alert(1))", "[a](JaVaScRiPt:alert(1))", "[a](&#106;avascript:alert)",
            "[a](data:text/html,x)",
            "[a](vbscript:x)", "[a](//evil.org)", "[a](/relative)", "[a](\\javascript:x)", "[a]( javascript:x)",
            "[a](<java\tscript:x>)", "[a]",
        ])
    func forbiddenLinks(source: String) {
        #expect(comment(source + "\n\n[a]: ftp://x\n") == "<p>a</p>\n")
    }

    @Test("Allowed links pass on no rank and say so")
    func allowedLinks() {
        #expect(
            comment("[a](HTTP://x.org) <m@x.org> https://y.org \"q\"") == """
                <p><a href="HTTP://x.org" rel="nofollow ugc">a</a> <a href="mailto:m@x.org" rel="nofollow ugc">m@x.org</a> \
                <a href="https://y.org" rel="nofollow ugc">https://y.org</a> &quot;q&quot;</p>

                """)
    }

    @Test("Headings have no ids and footnotes are text")
    func noIDs() {
        #expect(comment("# a {#b}\n\nc[^1]\n\n[^1]: d e\n") == "<h2>a {#b}</h2>\n<p>c[^1]</p>\n<p>[^1]: d e</p>\n")
    }

    @Test("Nesting beyond the limit keeps the text and loses the markup")
    func nesting() {
        let rendered = comment(String(repeating: "> ", count: 50) + "text")
        #expect(rendered.components("<blockquote>") == 12)
        #expect(rendered.contains("<p>text</p>"))
        let list = comment((0..<30).map { String(repeating: "  ", count: $0) + "- i\($0)\n" }.joined())
        #expect(list.components("<ul>") == 6)
        #expect(list.components("<li>") == 6)
        #expect(list.contains("i29"))
    }

    @Test("A long text is cut at a character and the result says so")
    func size() {
        let rendered = MarkdownRenderer(options: .comment).render(String(repeating: "é", count: 40_000))
        #expect(rendered.isTruncated)
        #expect(rendered.html == "<p>" + String(repeating: "é", count: 32_768) + "</p>\n")
        #expect(!MarkdownRenderer(options: .comment).render("é").isTruncated)
    }
}

extension String {
    /// How often `text` occurs.
    func components(_ text: String) -> Int { split(separator: text, omittingEmptySubsequences: false).count - 1 }
}
