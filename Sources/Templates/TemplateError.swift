/// A mistake in a template, or one that showed while a page was rendered.
///
/// `description` is for the terminal:
/// ```
/// templates/post.html:12:8: unknown filter "trucate" (did you mean "truncate"?)
///    12 | <p>{{ p.excerpt | trucate(80) }}</p>
///       |                   ^
///   included at templates/home.html:4:4
///   while rendering /posts/hello/
/// ```
package struct TemplateError: Error, Sendable, Hashable {
    /// Path of the template's file.
    package let file: String
    /// From 1.
    package let line: Int
    /// From 1, in characters.
    package let column: Int
    package let message: String
    /// What to write instead: a name, or advice.
    package let suggestion: String?
    /// The line of the source.
    package let excerpt: String
    /// Where the template was included and macros were called, innermost first: "included at templates/home.html:4:4".
    package internal(set) var stack: [String]
    /// The page that was being rendered; nil for a mistake found at load.
    package let page: String?
}

extension TemplateError: CustomStringConvertible {
    /// The error in one line, for lists.
    package var summary: String { summary(label: "") }

    private func summary(label: String) -> String {
        "\(file):\(line):\(column): \(label)\(message)" + (suggestion.map { " (\($0))" } ?? "")
    }

    package var description: String { text(label: "") }

    /// The same with a word before the message: "error" or "warning".
    package func described(as label: String) -> String { text(label: label + ": ") }

    private func text(label: String) -> String {
        // A template that is not there has no line to show.
        if excerpt.isEmpty, stack.isEmpty, page == nil { return summary(label: label) }
        let number = String(line)
        let gutter = String(repeating: " ", count: max(0, 5 - number.count)) + number
        // Tabs stay tabs, so that the caret stands below its place whatever their width is.
        let lead = excerpt.prefix(column - 1).map { $0 == "\t" ? "\t" : " " }.joined()
        var lines = [
            summary(label: label), "\(gutter) | \(excerpt)",
            String(repeating: " ", count: gutter.count) + " | \(lead)^",
        ]
        lines += stack.map { "  \($0)" }
        if let page { lines.append("  while rendering \(page)") }
        return lines.joined(separator: "\n")
    }
}

/// Every mistake that loading a set of templates found, in the order of files and lines.
package struct TemplateErrors: Error, Sendable, CustomStringConvertible {
    package let errors: [TemplateError]

    package var description: String { errors.map(\.description).joined(separator: "\n") }
}

extension Source {
    /// Line and column of an offset, from 1, and the line's text.
    func place(of offset: Int) -> (line: Int, column: Int, text: String) {
        let offset = min(max(offset, 0), bytes.count)
        let start = bytes[..<offset].lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
        let end = bytes[offset...].firstIndex(of: 0x0A) ?? bytes.count
        let line = bytes[..<start].count { $0 == 0x0A } + 1
        return (line, text(start..<offset).count + 1, text(start..<end))
    }

    func error(
        at offset: Int, _ message: String, hint: String?, wanted: String?, known: [String], stack: [String] = [],
        page: String? = nil
    ) -> TemplateError {
        let place = place(of: offset)
        var suggestion = hint
        if suggestion == nil, let wanted, let name = Suggestion.closest(to: wanted, among: known) {
            suggestion = "did you mean \"\(name)\"?"
        }
        return TemplateError(
            file: file.path, line: place.line, column: place.column, message: message, suggestion: suggestion,
            excerpt: place.text, stack: stack, page: page)
    }
}

/// Did you mean …?
enum Suggestion {
    /// The known name that differs least, if it differs by no more than a third of its letters.
    static func closest(to name: String, among known: [String]) -> String? {
        var best: (name: String, distance: Int)?
        for candidate in known where candidate != name {
            let distance = distance(Array(name.lowercased()), Array(candidate.lowercased()))
            if distance <= max(1, max(name.count, candidate.count) / 3), distance < best?.distance ?? .max {
                best = (candidate, distance)
            }
        }
        return best?.name
    }

    /// Edits between two words, a swap of neighbours counted once (optimal string alignment).
    private static func distance(_ a: [Character], _ b: [Character]) -> Int {
        var rows = [Array(0...b.count)]
        for i in 0..<a.count {
            var row = [i + 1]
            for j in 0..<b.count {
                var cost = min(rows[i][j + 1] + 1, row[j] + 1, rows[i][j] + (a[i] == b[j] ? 0 : 1))
                if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { cost = min(cost, rows[i - 1][j - 1] + 1) }
                row.append(cost)
            }
            rows.append(row)
        }
        return rows[a.count][b.count]
    }
}
