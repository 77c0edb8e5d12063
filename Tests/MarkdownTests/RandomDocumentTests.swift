@testable import Markdown
import Testing

@Suite("Random documents")
struct RandomDocumentTests {
    /// SplitMix64: the same documents on every run.
    private struct Generator: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var value = state
            value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
            value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
            return value ^ (value >> 31)
        }
    }

    private static let pieces = [
        "|", "| ", "|-|-|", "| a | b |", "|---|:-:|", "\n", "\n", "\n\n", "\r\n", "\r", "> ", "- ", "1. ", "1) ", "  ",
        "    ", "\t", "a", "b c", "é", "中", "*", "**", "_", "`", "``", "```\n", "~", "~~", "~~~\n", "\\", "\\|", "\\~",
        "\\[",
        "[", "![", "](/u)", "[r]", "[r]: /url\n", "www.a.b", "http://x.y/z", "me@x.yz", ".", "&amp;", "<b>",
        "<!-- more -->",
        "---", "===", "# ", "[ ] ", "[x] ", ":-", "!", "\"", "{#i}", "[^a]", "[^b]", "[^a]: ", "\n[^b]:\n", "[!NOTE]",
        "> [!TIP]\n> ", "```swift {1-2}\n", "let \"x\\( /*", "\u{A0}", "\u{10A7F}", "\0", "<",
    ]

    @Test(
        "Whatever the source, tags are balanced, ids unique, footnote links lead somewhere, no mark is left, and without extensions all is libcmark's",
        arguments: 0..<8)
    func wellFormed(seed: UInt64) {
        var options = MarkdownOptions.standard
        options.rawHTML = .escape
        let renderer = MarkdownRenderer(options: options)
        let plain = MarkdownRenderer(options: .commonMark)
        var generator = Generator(state: seed)
        for _ in 0..<250 {
            let count = Int.random(in: 1...40, using: &generator)
            let source = (0..<count).map { _ in Self.pieces.randomElement(using: &generator) ?? "" }.joined()
            let html = renderer.render(source).html
            #expect(firstProblem(in: html) == nil, "\(source.debugDescription)")
            #expect(!html.contains("\u{103D0}"), "\(source.debugDescription)")
            #expect(plain.render(source).html == CommonMarkBaseline.html(of: source), "\(source.debugDescription)")
            if !source.contains("\u{10A7F}") { #expect(!html.contains("\u{10A7F}"), "\(source.debugDescription)") }
        }
    }

    private func firstProblem(in html: String) -> String? {
        var open: [Substring] = []
        var ids: Set<Substring> = []
        var targets: Set<Substring> = []
        for tag in html.matches(of: #/<(\/?)([a-z0-9]+)([^>]*)>/#) {
            let name = tag.2
            if let id = tag.3.firstMatch(of: #/ id="([^"]*)"/#), !ids.insert(id.1).inserted {
                return "id \(id.1) twice"
            }
            if let target = tag.3.firstMatch(of: #/ href="#(fn[^"]*)"/#) { targets.insert(target.1) }
            if tag.1 == "/" {
                guard open.popLast() == name else { return "</\(name)> closes something else" }
            } else if !tag.3.hasSuffix("/") {
                if name == "a", open.contains("a") { return "a link in a link" }
                open.append(name)
            }
        }
        if let name = open.last { return "<\(name)> stays open" }
        return targets.subtracting(ids).first.map { "no id \($0)" }
    }
}
