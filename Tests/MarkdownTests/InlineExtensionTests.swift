import Markdown
import Testing

@Suite("Inline extensions")
struct InlineExtensionTests {
    @Test(
        "One or two tildes strike through, three or escaped ones do not",
        arguments: [
            ("~~a~~ ~b~", "<del>a</del> <del>b</del>"),
            ("~~~a~~~ x", "~~~a~~~ x"),
            ("\\~~a~~", "~~a~~"),
            ("\\~a\\~", "~a~"),
            ("~~a~", "~~a~"),
            ("~~ a~~", "~~ a~~"),
            ("~~a *b* `c`~~", "<del>a <em>b</em> <code>c</code></del>"),
            ("*~~a~~*", "<em><del>a</del></em>"),
            ("a~b~c", "a<del>b</del>c"),
            ("~a ~~b~~ c~", "<del>a <del>b</del> c</del>"),
        ])
    func strikethrough(source: String, expected: String) {
        #expect(html("x " + source) == "<p>x " + expected + "</p>\n")
    }

    @Test(
        "URLs and e-mail addresses become links without angle brackets",
        arguments: [
            ("http://localhost:8080/a", "<a href=\"http://localhost:8080/a\">http://localhost:8080/a</a>"),
            ("(https://a.b/c_(d))", "(<a href=\"https://a.b/c_(d)\">https://a.b/c_(d)</a>)"),
            ("https://a.b/~user/ ~~x~~", "<a href=\"https://a.b/~user/\">https://a.b/~user/</a> <del>x</del>"),
            ("www.a.b&copy;", "<a href=\"http://www.a.b%C2%A9\">www.a.b©</a>"),
            ("www.a.b?x=1&y;", "<a href=\"http://www.a.b?x=1\">www.a.b?x=1</a>&amp;y;"),
            ("xwww.a.b", "xwww.a.b"),
            ("a@b.c.", "<a href=\"mailto:a@b.c\">a@b.c</a>."),
            ("mailto:a@b.c", "<a href=\"mailto:a@b.c\">mailto:a@b.c</a>"),
            ("a@b", "a@b"),
            ("a\\@b.c", "a@b.c"),
            ("[https://a.b](/c)", "<a href=\"/c\">https://a.b</a>"),
            ("`https://a.b`", "<code>https://a.b</code>"),
        ])
    func autolinks(source: String, expected: String) {
        #expect(html("x " + source) == "<p>x " + expected + "</p>\n")
    }

    @Test("Task items are labelled, disabled checkboxes; an escaped bracket makes none")
    func tasks() {
        #expect(
            html("- [x] done\n- [ ] *todo*\n- \\[ ] text\n- [x]y\n") == """
                <ul class="tasks">
                <li class="task"><input type="checkbox" disabled checked aria-label="Completed task" /> done</li>
                <li class="task"><input type="checkbox" disabled aria-label="Incomplete task" /> <em>todo</em></li>
                <li>[ ] text</li>
                <li>[x]y</li>
                </ul>

                """)
    }

    @Test("Escapes that an extension could misread leave no trace in text, code, links and titles")
    func escapes() {
        #expect(
            html("\\[a\\] `\\~` [l\\:](/a\\~b \"t\\!\") <b title=\"\\~\"> \\@\n\n    \\[\n")
                == "<p>[a] <code>\\~</code> <a href=\"/a~b\" title=\"t!\">l:</a> <b title=\"\\~\"> @</p>\n<pre><code>\\[\n</code></pre>\n"
        )
    }

    @Test("Lines of Chinese and Japanese are joined without a space, others are not")
    func eastAsianLines() {
        #expect(html("中文\n换行\nabc\n中") == "<p>中文换行\nabc\n中</p>\n")
    }

    @Test("The tag filter takes the bracket from nine elements")
    func tagFilter() {
        let rendered = html("<b> <SCRIPT> </title> <scripty>") { $0.tagFilter = true }
        #expect(rendered == "<p><b> &lt;SCRIPT> &lt;/title> <scripty></p>\n")
    }

    @Test("A lone image with a title is a figure; sizes are those of the caller; later images load lazily")
    func images() {
        var options = MarkdownOptions.standard
        options.highlight = false
        let rendered = MarkdownRenderer(options: options)
            .render("![Alt *text*](a.png \"Caption\")\n\n![b](b.png \"t\") x\n") { $0 == "a.png" ? (640, 480) : nil }
        #expect(
            rendered.html == """
                <figure>
                <img src="a.png" alt="Alt text" width="640" height="480" />
                <figcaption>Caption</figcaption>
                </figure>
                <p><img src="b.png" alt="b" title="t" loading="lazy" /> x</p>

                """)
    }

    @Test(
        "An alternative text is what cmark makes of it",
        arguments: [
            "![a *b*\n<i>](c)", "![a ](b)]", "![a&#32;\nb](c)", "![\na](b)", "![a\\\nb `c ` ![d](e)](f)",
        ])
    func alternativeText(source: String) {
        #expect(MarkdownRenderer(options: .commonMark).render(source).html == CommonMarkBaseline.html(of: source))
    }

    @Test("Links to other hosts carry the relation, links to the site do not")
    func externalLinks() {
        let rendered = html("[a](https://x.org/1) [b](https://me.org/2) [c](/3) [d](https://me.org.evil)") {
            $0.linkRelation = "external"
            $0.siteHost = "me.org"
        }
        #expect(
            rendered == """
                <p><a href="https://x.org/1" rel="external">a</a> <a href="https://me.org/2">b</a> <a href="/3">c</a> \
                <a href="https://me.org.evil" rel="external">d</a></p>

                """)
    }
}
