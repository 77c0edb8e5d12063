/// A place in a file: line and column, both from 1, the column in Unicode scalars.
package struct Place: Sendable, Hashable, Comparable {
    package var line: Int
    package var column: Int

    package init(line: Int, column: Int) {
        self.line = line
        self.column = column
    }

    package static func < (first: Place, second: Place) -> Bool {
        (first.line, first.column) < (second.line, second.column)
    }
}

/// A text file with its name: what a message about it needs. Line breaks are LF, whatever the file has.
package struct SourceText: Sendable, Hashable {
    package var path: String
    package var text: String

    package init(path: String, text: String) {
        self.path = path
        self.text = text
    }

    /// The line with this number (from 1) without its line break, `nil` past the end.
    package func line(_ number: Int) -> String? {
        var rest = text.utf8[...]
        for _ in 1..<max(number, 1) {
            guard let end = rest.firstIndex(of: UInt8(ascii: "\n")) else { return nil }
            rest = rest[rest.index(after: end)...]
        }
        return String(rest.prefix { $0 != UInt8(ascii: "\n") })
    }

    /// A message about a place of this text, with the line as excerpt (cut when it is very long).
    package func diagnostic(
        _ severity: Diagnostic.Severity = .error, at place: Place, _ message: String, suggestion: String? = nil
    ) -> Diagnostic {
        var excerpt = line(place.line)
        if let whole = excerpt, whole.unicodeScalars.count > 200 {
            // A caret past the cut would point at nothing; such a line is shown up to its caret at least.
            excerpt = String(String.UnicodeScalarView(whole.unicodeScalars.prefix(max(200, place.column)))) + "…"
        }
        return Diagnostic(
            severity, path: path, line: place.line, column: place.column, message: message, excerpt: excerpt,
            suggestion: suggestion)
    }
}
