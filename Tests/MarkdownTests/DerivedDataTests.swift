import Markdown
import Testing

@Suite("Derived data")
struct DerivedDataTests {
    @Test(
        "The summary ends at the marker, in each of its spellings, without the title",
        arguments: ["<!--more-->", "<!-- more -->", "<!--truncate-->"])
    func summaryMarker(marker: String) {
        let rendered = render("# T\n\nOne *two*[^a].\n\n## H\n\n\(marker)\n\nThree\n\n[^a]: note\n")
        #expect(rendered.summaryHTML == "<p>One <em>two</em>.</p>\n<h2>H</h2>\n")
        #expect(rendered.summaryText == "One two. H")
    }

    @Test("A marker within a paragraph cuts it")
    func inlineMarker() {
        let rendered = render("> q\n\nOne **two** <!--more--> three\n")
        #expect(rendered.summaryHTML == "<blockquote>\n<p>q</p>\n</blockquote>\n<p>One <strong>two</strong> </p>\n")
    }

    @Test("Without a marker the first paragraph with text is the summary")
    func firstParagraph() {
        let rendered = render("# T\n\n![i](i.png)\n\n- list\n\nFirst\nline\n\nSecond\n")
        #expect(rendered.summaryHTML == "<p>First\nline</p>\n")
        #expect(rendered.summaryText == "First line")
        #expect(render("# T\n").summaryHTML == "")
    }

    @Test("Plain text has the text of every block, without HTML, addresses and marks")
    func plainText() {
        let source =
            "# T\n\na *b* [c](/d) <b>e</b> ![f](g)\n\n- [x] h\n\n| i | j |\n|---|---|\n| k | l |\n\n```\nm\n```\n\nn[^1]\n\n[^1]: o\n"
        #expect(render(source).plainText == "T\na b c e f\nh\ni j\nk l\nm\nn\no")
    }

    @Test(
        "Words are counted as a reader would, Chinese and Japanese by the character",
        arguments: [
            ("", 0), ("one two", 2), ("don't e-mail 3.5", 3), ("a — b – c", 3), ("中文字。abc です", 6), ("naïve Größe", 2),
            ("- - * !", 0), ("한국어 단어", 2), ("`code` here", 2),
        ])
    func words(source: String, count: Int) {
        #expect(render(source).wordCount == count)
    }

    @Test("Reading takes a minute at least, and a minute for each 220 words or 500 characters")
    func readingTime() {
        #expect(render("").readingMinutes == 1)
        #expect(render(String(repeating: "word ", count: 220)).readingMinutes == 1)
        #expect(render(String(repeating: "word ", count: 230)).readingMinutes == 2)
        #expect(render(String(repeating: "字", count: 1500)).readingMinutes == 3)
    }

    @Test("Links and images tell their places in the source")
    func positions() {
        let source = """
            [d]: /d
            text [one](/1) and
               more [two](/2) <https://three.x> https://four.x [fi
            ve](/5) \\[x\\] ![six](/6) \\~ [seven][d]

            > - quote [q](/q)
            >   next [r](/r)

              | a [c](/c) | ![i](/i) |
              |---|---|
            """
        let rendered = render(source)
        #expect(
            rendered.links == [
                .init(destination: "/1", line: 2, column: 6),
                .init(destination: "/2", line: 3, column: 9),
                .init(destination: "https://three.x", line: 3, column: 19),
                .init(destination: "https://four.x", line: 3, column: 37),
                .init(destination: "/5", line: 3, column: 52),
                .init(destination: "/d", line: 4, column: 29),
                .init(destination: "/q", line: 6, column: 11),
                .init(destination: "/r", line: 7, column: 10),
                .init(destination: "/c", line: 9, column: 7),
            ])
        #expect(
            rendered.images == [
                .init(destination: "/6", alt: "six", line: 4, column: 15),
                .init(destination: "/i", alt: "i", line: 9, column: 17),
            ])
    }
}
