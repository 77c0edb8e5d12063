import Markdown
import Testing

@Suite("Tables")
struct TableTests {
    @Test("Alignment is a class, missing cells are empty and surplus ones are dropped")
    func alignment() {
        let source = """
            a | b | c | d
            :-- | :-: | --: | ---
            1 | 2
            1 | 2 | 3 | 4 | 5
            """
        #expect(
            html(source) == """
                <table>
                <thead>
                <tr>
                <th class="left">a</th>
                <th class="center">b</th>
                <th class="right">c</th>
                <th>d</th>
                </tr>
                </thead>
                <tbody>
                <tr>
                <td class="left">1</td>
                <td class="center">2</td>
                <td class="right"></td>
                <td></td>
                </tr>
                <tr>
                <td class="left">1</td>
                <td class="center">2</td>
                <td class="right">3</td>
                <td>4</td>
                </tr>
                </tbody>
                </table>

                """)
    }

    @Test("A cell may hold escaped pipes, code with pipes and reference links, and what looks like a block is text")
    func cells() {
        let source = """
            | a \\| b | `x \\| y` | [ref] |
            |---|---|---|
            | - no list | # no heading | > no quote |
            | *e* ~~s~~ | 1. one | <b>x</b> |

            [ref]: /u "T"
            """
        #expect(
            html(source) == """
                <table>
                <thead>
                <tr>
                <th>a | b</th>
                <th><code>x | y</code></th>
                <th><a href="/u" title="T">ref</a></th>
                </tr>
                </thead>
                <tbody>
                <tr>
                <td>- no list</td>
                <td># no heading</td>
                <td>&gt; no quote</td>
                </tr>
                <tr>
                <td><em>e</em> <del>s</del></td>
                <td>1. one</td>
                <td><b>x</b></td>
                </tr>
                </tbody>
                </table>

                """)
    }

    private let small =
        "<table>\n<thead>\n<tr>\n<th>a</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td>b</td>\n</tr>\n</tbody>\n</table>\n"

    @Test(
        "A table may stand in quotes and lists, tabs and nesting included",
        arguments: [
            ("> | a |\n> |---|\n> | b |\n", "<blockquote>\n", "</blockquote>\n"),
            ("- | a |\n  |---|\n  | b |\n", "<ul>\n<li>\n", "</li>\n</ul>\n"),
            ("10. | a |\n    |---|\n    | b |\n", "<ol start=\"10\">\n<li>\n", "</li>\n</ol>\n"),
            (">\t- | a |\n>\t  |---|\n>\t  | b |\n", "<blockquote>\n<ul>\n<li>\n", "</li>\n</ul>\n</blockquote>\n"),
            (
                "- - > | a |\n    > |---|\n    > | b |\n", "<ul>\n<li>\n<ul>\n<li>\n<blockquote>\n",
                "</blockquote>\n</li>\n</ul>\n</li>\n</ul>\n"
            ),
        ])
    func containers(source: String, before: String, after: String) {
        #expect(html(source) == before + small + after)
    }

    @Test("A line of a quote that lacks its mark is not part of the table in it")
    func lazyLine() {
        #expect(html("> | a |\n> |---|\n> | b |\nlazy\n") == "<blockquote>\n" + small + "</blockquote>\n<p>lazy</p>\n")
    }

    @Test("What follows a line that ends the list around a table comes behind it")
    func lazyLineInList() {
        let source = "2. | a |\n   |---|\n   | b |\nlazy\n3. three\n\n   four\n"
        #expect(
            html(source) == "<ol start=\"2\">\n<li>\n" + small + "</li>\n</ol>\n<p>lazy</p>\n"
                + "<ol start=\"3\">\n<li>\n<p>three</p>\n<p>four</p>\n</li>\n</ol>\n")
    }

    @Test("Text before the header row stays a paragraph, and dashes after the table are a thematic break")
    func surroundings() {
        #expect(html("text\n*more*\n| a |\n|---|\n| b |\n---\n") == "<p>text\n<em>more</em></p>\n" + small + "<hr />\n")
    }

    @Test("A block that could not interrupt a paragraph ends a table")
    func blockAfterTable() {
        #expect(html("| a |\n|---|\n| b |\n2. two\n") == small + "<ol start=\"2\">\n<li>two</li>\n</ol>\n")
    }

    @Test(
        "A delimiter row of another width, or none at all, makes no table",
        arguments: ["| a | b |\n|---|\n", "| a |\n| b |\n", "| a |\n|-x-|\n", "\\| a \\|\n|---|---|\n"])
    func noTable(source: String) {
        #expect(!html(source).contains("<table>"))
    }

    @Test("By default a table sits in a region that has a name and can be scrolled with the keyboard")
    func region() {
        let rendered = html("| a |\n|---|\n") { $0.scrollRegions = true }
        #expect(
            rendered == """
                <div class="table" role="region" tabindex="0" aria-label="Table 1">
                <table>
                <thead>
                <tr>
                <th>a</th>
                </tr>
                </thead>
                </table>
                </div>

                """)
    }
}
