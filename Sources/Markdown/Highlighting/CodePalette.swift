/// Colours for highlighted code, one set for light pages and one for dark ones.
///
/// Each has a contrast of at least 4.5:1 with its background (WCAG 2.2, 1.4.3), on marked lines too.
package enum CodePalette {
    struct Scheme {
        var background: String
        var markedLine: String
        var text: String
        var colors: [Token: String]
    }

    static let light = Scheme(
        background: "#f6f8fa", markedLine: "#fff3c4", text: "#1f2328",
        colors: [
            .comment: "#57606a", .keyword: "#a0223b", .literal: "#0a4f9e", .string: "#0a3069", .number: "#0a4f9e",
            .type: "#7a3203", .function: "#6334b3", .property: "#1b5e34", .meta: "#7a3203", .tag: "#1b5e34",
            .inserted: "#116329", .deleted: "#a0223b",
        ])

    static let dark = Scheme(
        background: "#161b22", markedLine: "#2f2a14", text: "#e6edf3",
        colors: [
            .comment: "#9aa4af", .keyword: "#ff8f87", .literal: "#7fbcff", .string: "#a5d6ff", .number: "#7fbcff",
            .type: "#ffb27a", .function: "#d6b4ff", .property: "#7ee787", .meta: "#ffb27a", .tag: "#7ee787",
            .inserted: "#7ee787", .deleted: "#ffa198",
        ])

    /// CSS for `<pre>` and what highlighting puts into it; the dark scheme applies where the reader prefers one.
    package static let stylesheet = """
        \(rules(light))
        pre.numbered { counter-reset: line; }
        pre.numbered .line::before { counter-increment: line; content: counter(line); display: inline-block; width: 2.5em; \
        margin-right: 1em; text-align: right; user-select: none; }
        @media (prefers-color-scheme: dark) {
        \(rules(dark))
        }

        """

    private static func rules(_ scheme: Scheme) -> String {
        var lines = [
            "pre { background: \(scheme.background); color: \(scheme.text); }",
            "pre .line.marked { background: \(scheme.markedLine); }",
            "pre.numbered .line::before { color: \(scheme.colors[.comment] ?? scheme.text); }",
        ]
        for token in Token.allCases {
            if let color = scheme.colors[token] { lines.append("pre .\(token.rawValue) { color: \(color); }") }
        }
        return lines.joined(separator: "\n")
    }
}
