import Markdown
import Testing

@Suite("Cost", .serialized)
struct CostTests {
    @Test(
        "Hostile input costs no more than linear time: four times as much takes less than ten times as long",
        arguments: [
            ("brackets", "[", ""), ("image brackets", "![[]()", ""), ("quotes", ">", "a"), ("list markers", "- ", "x"),
            ("emphasis", "*a _b ", ""), ("tildes", "~a ~~b ", ""), ("pipes", "|a", "\n|-|-|\n"),
            ("backticks", "`a``", ""),
            ("footnotes", "[^a]", "\n\n[^a]: [^b]\n[^b]: [^a]\n"), ("hosts", "www.a_", ""), ("addresses", "a@", ""),
            ("parentheses", "http://a)", ""), ("tables", "|a|[x]\n|-|-|\n\n", ""), ("delimiter rows", "|-|-|\n", ""),
            ("escapes", "\\[\\~", ""), ("headings", "# a\n", ""), ("comments", "<!--", ""),
            ("one line", "lorem ipsum ", ""),
            ("code", "```js\n/(/[`${'\n```\n", ""), ("definitions", "[a]: b\n", "\n|[a]|\n|-|\n"),
        ])
    func linear(name: String, unit: String, end: String) {
        let clock = ContinuousClock()
        func time(_ count: Int) -> Duration {
            let source = String(repeating: unit, count: count) + end
            // The best of three: other work on the machine must not fail the test.
            return (0..<3).map { _ in clock.measure { _ = render(source) } }.min() ?? .zero
        }
        let once = time(1_000)
        let four = time(4_000)
        #expect(four < once * 10 + .milliseconds(20), "\(name): \(once) and \(four)")
    }

    @Test("Lines after a deeply nested list do not each cost its depth")
    func emptyLinesInDeepList() {
        let source = String(repeating: "- ", count: 20_000) + "x" + String(repeating: "\n", count: 20_000)
        let time = ContinuousClock().measure { _ = render(source) }
        #expect(time < .seconds(3))
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
}
