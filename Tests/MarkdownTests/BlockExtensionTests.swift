import Markdown
import Testing

@Suite("Block extensions")
struct BlockExtensionTests {
    @Test("Footnotes are numbered by their first references and link back to each of them; unused ones are dropped")
    func footnotes() {
        let source = """
            B[^b] a[^A] b[^b] none[^x] \\[^a]

            [^a]: Note *a*
            [^b]: First[^c]

                - item
            [^c]:
                Third
            [^unused]: gone
            """
        #expect(
            html(source) == """
                <p>B<sup class="footnote-ref"><a href="#fn-b" id="fnref-b" role="doc-noteref">1</a></sup> \
                a<sup class="footnote-ref"><a href="#fn-a" id="fnref-a" role="doc-noteref">2</a></sup> \
                b<sup class="footnote-ref"><a href="#fn-b" id="fnref-b-2" role="doc-noteref">1</a></sup> none[^x] [^a]</p>
                <section class="footnotes" role="doc-endnotes" aria-label="Footnotes">
                <ol>
                <li id="fn-b">
                <p>First<sup class="footnote-ref"><a href="#fn-c" id="fnref-c" role="doc-noteref">3</a></sup></p>
                <ul>
                <li>item</li>
                </ul>
                <p><a href="#fnref-b" class="footnote-back" role="doc-backlink" aria-label="Back to reference 1">↩</a> \
                <a href="#fnref-b-2" class="footnote-back" role="doc-backlink" aria-label="Back to reference 1-2">↩<sup>2</sup></a></p>
                </li>
                <li id="fn-a">
                <p>Note <em>a</em> <a href="#fnref-a" class="footnote-back" role="doc-backlink" \
                aria-label="Back to reference 2">↩</a></p>
                </li>
                <li id="fn-c">
                <p>Third <a href="#fnref-c" class="footnote-back" role="doc-backlink" aria-label="Back to reference 3">↩</a></p>
                </li>
                </ol>
                </section>

                """)
    }

    @Test("A definition of one word is a footnote, not a link; one in code is code")
    func footnoteLikeDefinitions() {
        #expect(html("a[^1]\n\n[^1]: word\n").contains("<p>word <a href=\"#fnref-1\""))
        #expect(html("a[^1]\n\n```\n[^1]: word\n```\n") == "<p>a[^1]</p>\n<pre><code>[^1]: word\n</code></pre>\n")
    }

    @Test("A definition without text takes in only what is indented")
    func emptyFootnote() {
        #expect(html("[^1]:\n    a\n\nb[^1]\n").contains("<li id=\"fn-1\">\n<p>a <a href"))
        #expect(html("c\n[^1]:\nb[^1]\n").hasPrefix("<p>c</p>\n<p>b<sup"))
    }

    @Test("A list with parentheses beside a note is a list of its own")
    func listBesideFootnote() {
        #expect(
            html("a[^1]\n\n[^1]: note b\n\n5) five\n6) six\n").hasPrefix(
                """
                <p>a<sup class="footnote-ref"><a href="#fn-1" id="fnref-1" role="doc-noteref">1</a></sup></p>
                <ol start="5">
                <li>five</li>
                <li>six</li>
                </ol>
                <section
                """))
    }

    @Test("Footnotes that refer to each other are written once each")
    func footnoteCycle() {
        let rendered = html("x[^a]\n\n[^a]: [^b]\n[^b]: [^a] [^b]\n")
        #expect(rendered.split(separator: "<li id=").count == 3)
    }

    @Test(
        "Five kinds of alerts",
        arguments: [
            ("NOTE", "note", "Note"), ("tip", "tip", "Tip"), ("Important", "important", "Important"),
            ("WARNING", "warning", "Warning"), ("CAUTION", "caution", "Caution"),
        ])
    func alerts(marker: String, name: String, title: String) {
        #expect(
            html("> [!\(marker)]\n> Some *text*\n>\n> - more\n") == """
                <div class="alert \(name)" role="note">
                <p class="alert-title">\(title)</p>
                <p>Some <em>text</em></p>
                <ul>
                <li>more</li>
                </ul>
                </div>

                """)
    }

    @Test(
        "Other quotes stay quotes",
        arguments: ["> [!OTHER]\n> a\n", "> [!NOTE] a\n", "> \\[!NOTE]\n> a\n", "> [!NOTE]\n", "> a\n> [!NOTE]\n"])
    func noAlert(source: String) {
        #expect(html(source).hasPrefix("<blockquote>\n"))
    }

    @Test("Heading ids follow GitHub's rule and are unique; one can be set by hand")
    func headingIDs() {
        let source =
            "# Hello, *World*!\n## a_b - c\n## `a_b` - c\n## Größe Ünï 中文\n## ???\n## Set {#my-id}\n## Hello World 1\n# Hello World\n"
        #expect(
            render(source).headings == [
                .init(level: 1, id: "hello-world", text: "Hello, World!"),
                .init(level: 2, id: "a_b---c", text: "a_b - c"),
                .init(level: 2, id: "a_b---c-1", text: "a_b - c"),
                .init(level: 2, id: "größe-ünï-中文", text: "Größe Ünï 中文"),
                .init(level: 2, id: "section", text: "???"),
                .init(level: 2, id: "my-id", text: "Set"),
                .init(level: 2, id: "hello-world-1", text: "Hello World 1"),
                .init(level: 1, id: "hello-world-2", text: "Hello World"),
            ])
    }

    @Test("A page with its own title gets no second level-1 heading")
    func demotedHeadings() {
        #expect(html("# a\n\n###### b\n") { $0.demoteHeadings = true } == "<h2>a</h2>\n<h6>b</h6>\n")
        #expect(html("## a\n") { $0.demoteHeadings = true } == "<h2>a</h2>\n")
    }

    @Test("The title is the level-1 heading that the document starts with, and can be left out")
    func title() {
        let renderer = MarkdownRenderer(options: .commonMark)
        #expect(renderer.render("# A *b*\n\ntext\n").title == "A b")
        #expect(renderer.render("text\n\n# A\n").title == nil)
        #expect(renderer.render("# A *b*\n\ntext\n", omittingTitle: "A b").html == "<p>text</p>\n")
        #expect(renderer.render("# A\n\ntext\n", omittingTitle: "B").html == "<h1>A</h1>\n<p>text</p>\n")
    }
}
