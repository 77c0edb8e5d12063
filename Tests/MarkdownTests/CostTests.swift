import Foundation
@testable import Markdown
import Testing

@Suite("Cost", .serialized)
struct CostTests {
    /// A source of any size that is meant to hurt.
    struct Hostile: Sendable, CustomTestStringConvertible {
        var name: String
        var unit: String
        var end = ""
        /// Written before the rest, once for each unit too.
        var opening = ""

        func source(_ count: Int) -> String {
            String(repeating: opening, count: count) + String(repeating: unit, count: count) + end
        }

        var testDescription: String { name }
    }

    static let hostile = [
        Hostile(name: "brackets", unit: "["), Hostile(name: "closed brackets", unit: "a]", opening: "["),
        Hostile(name: "links", unit: "](b)", opening: "[a"), Hostile(name: "images", unit: "![[]()"),
        Hostile(name: "quotes", unit: ">", end: "a"), Hostile(name: "quotes with spaces", unit: "> ", end: "a"),
        Hostile(name: "list markers", unit: "- ", end: "x"), Hostile(name: "numbers", unit: "1. ", end: "x"),
        Hostile(name: "emphasis", unit: "*a _b "), Hostile(name: "closed emphasis", unit: "a* ", opening: "*a "),
        Hostile(name: "both kinds of emphasis", unit: "a**_"), Hostile(name: "tildes", unit: "~a ~~b "),
        Hostile(name: "pipes", unit: "|a", end: "\n|-|-|\n"), Hostile(name: "backticks", unit: "`a``"),
        Hostile(name: "footnotes", unit: "[^a]", end: "\n\n[^a]: [^b]\n[^b]: [^a]\n"),
        Hostile(name: "notes", unit: "[^a]: [^b]\n[^b]: [^a]\n", end: "\n[^a]\n"),
        Hostile(name: "hosts", unit: "www.a_"),
        Hostile(name: "addresses", unit: "a@"), Hostile(name: "addresses with dots", unit: "a@b."),
        Hostile(name: "parentheses", unit: "http://a)"), Hostile(name: "open parentheses", unit: "(http://a"),
        Hostile(name: "tables", unit: "|a|[x]\n|-|-|\n\n"), Hostile(name: "delimiter rows", unit: "|-|-|\n"),
        Hostile(name: "lazy tables", unit: "> |a|\n> |-|\nb\n"),
        Hostile(name: "tables in a list", unit: "- |a|\n  |-|\n"),
        Hostile(name: "escapes", unit: "\\[\\~"), Hostile(name: "headings", unit: "# a\n"),
        Hostile(name: "set ids", unit: "# a {#a}\n"), Hostile(name: "comments", unit: "<!--"),
        Hostile(name: "declarations", unit: "<!A "), Hostile(name: "instructions", unit: "<?"),
        Hostile(name: "tags", unit: "<a "), Hostile(name: "entities", unit: "&a"),
        Hostile(name: "one line", unit: "lorem ipsum "), Hostile(name: "lines", unit: "a\n"),
        Hostile(name: "returns", unit: "a\r"), Hostile(name: "code", unit: "```js\n/(/[`${'\n```\n"),
        Hostile(name: "marked lines", unit: "x\n", end: "```\n", opening: "```js {1-9}\n"),
        Hostile(name: "unclosed strings", unit: "\"'`", end: "\n```\n", opening: "```swift\n"),
        Hostile(name: "definitions", unit: "[a]: b\n", end: "\n|[a]|\n|-|\n"),
        Hostile(name: "uses of a definition", unit: "[a]", end: "\n\n[a]: /\(String(repeating: "b", count: 100))\n"),
        Hostile(name: "alerts", unit: "> [!NOTE]\n"), Hostile(name: "tasks", unit: "- [x] a\n"),
        Hostile(name: "thematic breaks", unit: "* ", end: "\n"), Hostile(name: "tabs", unit: "\t- "),
        Hostile(name: "no-break spaces", unit: "| \u{A0}|\n|-|\n"), Hostile(name: "ideographs", unit: "字\n"),
    ]

    @Test("4,000 of anything cost at most nine times what 1,000 do", arguments: hostile)
    func time(of hostile: Hostile) {
        let once = cpuTime { _ = render(hostile.source(1_000)) }
        let four = cpuTime { _ = render(hostile.source(4_000)) }
        // To nothing is anything large: the constant is a hundredth of what quadratic time would be.
        #expect(four < once * 9 + .milliseconds(10), "\(once) and \(four)")
    }

    @Test(
        "Nodes, text and HTML grow no faster than the source", arguments: hostile)
    func memory(of hostile: Hostile) {
        func size(_ count: Int) -> [Int] {
            let source = hostile.source(count)
            let tree = DocumentParser(options: .standard).parse(source, omittingTitle: nil).tree
            return [tree.nodes.count, tree.text.count, render(source).html.utf8.count]
        }
        let (once, four) = (size(500), size(2_000))
        // Where something is defused, what is left as text costs more than what it was before: hence six and not four.
        for (small, large) in zip(once, four) { #expect(large <= small * 6 + 5_000, "\(once) and \(four)") }
    }

    @Test("A line of 10 MB is one text", arguments: ["lorem ipsum ", "a*b_c "])
    func longLine(unit: String) {
        let source = String(repeating: unit, count: 10_000_000 / unit.utf8.count)
        var rendered: RenderedMarkdown?
        let time = cpuTime(rounds: 1) { rendered = MarkdownRenderer(options: .standard).render(source) }
        #expect((rendered?.html.utf8.count ?? 0) >= source.utf8.count)
        // Without optimisation; with it a tenth of a second.
        #expect(time < .seconds(60))
    }

    @Test("Lines after a deeply nested list do not each cost its depth")
    func emptyLinesInDeepList() {
        func source(_ count: Int) -> String {
            String(repeating: "- ", count: count) + "x" + String(repeating: "\n", count: count)
        }
        let once = cpuTime { _ = render(source(5_000)) }
        let four = cpuTime { _ = render(source(20_000)) }
        #expect(four < once * 9 + .milliseconds(10), "\(once) and \(four)")
    }

    @Test("A short source cannot ask for a table of a hundred million cells")
    func tableSize() {
        let source =
            String(repeating: "|a", count: 5_000) + "\n" + String(repeating: "|-", count: 5_000) + "\n"
            + String(repeating: "a\n", count: 5_000)
        #expect(render(source).html.utf8.count < 10_000_000)
    }

    @Test("Whatever the nesting, nothing recurses")
    func depth() {
        for unit in ["> ", "- ", "*a ", "[", "~a ", "**a "] {
            _ = render(String(repeating: unit, count: 20_000) + "x" + String(repeating: "*]~ ", count: 20_000))
        }
    }

    /// The least CPU time of a few rounds. The time of this thread alone: what else runs on the machine does not count.
    private func cpuTime(rounds: Int = 3, _ body: () -> Void) -> Duration {
        func now() -> Duration {
            var time = timespec()
            clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
            return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
        }
        return (0..<rounds).map { _ in
            let start = now()
            body()
            return now() - start
        }.min() ?? .zero
    }
}
