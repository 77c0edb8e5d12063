import Foundation
import Testing

@Suite struct MarkdownCommandTests {
    @Test func `a file or the standard input becomes the HTML that posts get`() async throws {
        let site = try TestSite.small(["note.md": "---\ntitle: T\n---\n\n# T\n\n~~a~~ [b](https://x.org)\n"])
        let html = "<p><del>a</del> <a href=\"https://x.org\" rel=\"external\">b</a></p>\n"
        #expect(await site.blog("markdown", "note.md") == .init(status: 0, output: html, notes: ""))
        #expect(await site.blog("markdown", "-", input: "~~a~~ [b](https://x.org)").output == html)
        #expect(await site.blog("markdown", input: "~~a~~ [b](https://x.org)").output == html)
    }

    @Test(arguments: [
        ("tables", "| a |\n|---|\n", "<p>| a |\n|---|</p>\n"), ("strikethrough", "~~a~~", "<p>~~a~~</p>\n"),
        ("task_lists", "- [x] a", "<ul>\n<li>[x] a</li>\n</ul>\n"), ("autolinks", "www.a.org", "<p>www.a.org</p>\n"),
        ("tag_filter", "<b><title>", "<p><b><title></p>\n"),
        ("footnotes", "a[^1]\n\n[^1]: b c\n", "<p>a[^1]</p>\n<p>[^1]: b c</p>\n"),
        ("alerts", "> [!TIP]\n> a\n", "<blockquote>\n<p>[!TIP]\na</p>\n</blockquote>\n"),
        ("heading_ids", "## A", "<h2>A</h2>\n"),
        (
            "highlight", "```js {1}\nvar\n```\n",
            "<pre tabindex=\"0\"><code class=\"language-js\">var\n</code></pre>\n"
        ),
        ("figures", "![a](b.png \"c\")", "<p><img src=\"b.png\" alt=\"a\" title=\"c\" /></p>\n"),
        ("lazy_images", "![a](b) ![c](d)", "<p><img src=\"b\" alt=\"a\" /> <img src=\"d\" alt=\"c\" /></p>\n"),
        ("external_links", "[a](https://b.org)", "<p><a href=\"https://b.org\">a</a></p>\n"),
        ("join_cjk_lines", "中\n文", "<p>中\n文</p>\n"),
        ("image_sizes", "![a](/dot.gif)", "<p><img src=\"/dot.gif\" alt=\"a\" /></p>\n"),
    ])
    func `each extension can be switched off`(key: String, source: String, off: String) async throws {
        let site = try TestSite(["blog.yml": "url: https://test.example/\n"])
        try site.write(Data("GIF89a\u{3}\0\u{2}\0\0\0\0".utf8), to: "static/dot.gif")
        let on = await site.blog("markdown", input: source)
        #expect(on.status == 0)
        #expect(on.output != off, "\(key) does nothing")
        try site.write("url: https://test.example/\nmarkdown: {\(key): false}\n", to: "blog.yml")
        #expect(await site.blog("markdown", input: source).output == off)
    }

    @Test func `smart punctuation can be switched on`() async throws {
        let site = try TestSite(["blog.yml": "markdown: {smart: true}\n"])
        #expect(await site.blog("markdown", input: "\"a\" -- b...").output == "<p>“a” – b…</p>\n")
        #expect(try await TestSite().blog("markdown", input: "\"a\"").output == "<p>&quot;a&quot;</p>\n")
    }

    @Test func `an extension that is misspelt in blog.yml is 78 and has a suggestion`() async throws {
        let site = try TestSite(["blog.yml": "markdown: {footnote: true}\n"])
        let run = await site.blog("markdown", input: "a")
        #expect(run.status == 78)
        #expect(run.notes.contains("unknown key \"markdown.footnote\""))
        #expect(run.notes.contains("did you mean \"footnotes\"?"))
    }

    @Test func `images get their sizes from beside the file and from the static folder`() async throws {
        let site = try TestSite([
            "blog.yml": "", "post/index.md": "![a](dot.gif) ![b](/dot.gif) ![c](no.gif) ![d](https://x.org/dot.gif)",
        ])
        try site.write(Data("GIF89a\u{3}\0\u{2}\0\0\0\0".utf8), to: "post/dot.gif")
        try site.write(Data("GIF89a\u{5}\0\u{4}\0\0\0\0".utf8), to: "static/dot.gif")
        #expect(
            await site.blog("markdown", "post/index.md").output == """
                <p><img src="dot.gif" alt="a" width="3" height="2" /> <img src="/dot.gif" alt="b" width="5" height="4" loading="lazy" /> \
                <img src="no.gif" alt="c" loading="lazy" /> <img src="https://x.org/dot.gif" alt="d" loading="lazy" /></p>

                """)
    }

    @Test func `comments are rendered by their own rules`() async throws {
        let site = try TestSite()
        let run = await site.blog(
            "markdown", "--comment", input: "---\na: b\n---\n<b>c</b> [d](javascript:e) <https://f.org>")
        #expect(run.status == 0)
        #expect(
            run.output
                == "<hr />\n<h2>a: b</h2>\n<p>&lt;b&gt;c&lt;/b&gt; d <a href=\"https://f.org\" rel=\"nofollow ugc\">https://f.org</a></p>\n"
        )
        let long = await site.blog("markdown", "--comment", input: String(repeating: "a", count: 70_000))
        #expect(long.status == 1)
        #expect(long.notes.contains("longer than 65536 bytes"))
    }

    @Test func `without extensions it is CommonMark to the letter`() async throws {
        let site = try TestSite(["blog.yml": "markdown: {smart: true}\n"])
        let run = await site.blog("markdown", "--no-extensions", input: "---\n\"a\" ~~b~~ www.c.org\n\n| d |\n|---|\n")
        #expect(await site.blog("markdown", "--no-extensions", input: "[a]: /b\n").output == "")
        #expect(run.output == "<hr />\n<p>&quot;a&quot; ~~b~~ www.c.org</p>\n<p>| d |\n|---|</p>\n")
    }

    @Test func `the palettes come as a stylesheet for both schemes`() async throws {
        let run = try await TestSite().blog("markdown", "--css")
        #expect(run.status == 0)
        #expect(run.output.contains("pre .keyword { color: #a0223b; }"))
        #expect(run.output.contains("@media (prefers-color-scheme: dark) {\npre { background: #161b22;"))
        #expect(try await TestSite().blog("markdown", "--css", "a.md").status == 64)
    }

    @Test func `with JSON the report tells places in the file`() async throws {
        let site = try TestSite(["a.md": "---\ntitle: T\n---\n\nOne [two](/three)\n\n## F\n\n![g](h.png)\n"])
        #expect(
            await site.blog("markdown", "a.md", "--json").output == """
                {"html":"<p>One <a href=\\"/three\\">two</a></p>\\n<h2 id=\\"f\\">F</h2>\\n<p><img src=\\"h.png\\" alt=\\"g\\" /></p>\\n",\
                "title":null,"summary_html":"<p>One <a href=\\"/three\\">two</a></p>\\n","summary":"One two","text":"One two\\nF\\ng",\
                "word_count":4,"reading_minutes":1,"headings":[{"level":2,"id":"f","text":"F"}],\
                "links":[{"url":"/three","line":5,"column":5}],"images":[{"url":"h.png","alt":"g","line":9,"column":1}]}

                """)
    }

    @Test func `what cannot be read has its exit code`() async throws {
        let site = try TestSite(["open.md": "---\ntitle: x\n"])
        try site.write(Data([0x61, 0xFF]), to: "bad.md")
        try site.write("x", to: "folder/x")
        #expect(await site.blog("markdown", "none.md").status == 66)
        #expect(await site.blog("markdown", "bad.md").status == 65)
        #expect(await site.blog("markdown", "open.md").status == 65)
        #expect(await site.blog("markdown", "folder").status == 74)
        #expect(await site.blog("markdown", "--site", "/nowhere", "bad.md").status == 65)
        #expect(await site.blog("markdown", "--site", "/nowhere", "folder/x").status == 78)
    }
}
