/// What is wrong with one place of a file that a person wrote, in words that person can act on.
///
/// Configuration, front matter, comment files and author files all report by it. `description` is one line,
/// `path:line:column: error: message; suggestion`; ``detailed`` adds the excerpt with its caret.
package struct Diagnostic: Error, Sendable, Hashable {
    /// Whether the record is refused or only changed on its way in.
    package enum Severity: String, Sendable, Hashable {
        case warning, error
    }

    package var severity: Severity
    /// The file as the user knows it: relative to the site where it lies inside it.
    package var path: String
    /// 1-based; `nil` when the whole file is meant.
    package var line: Int?
    /// 1-based, counted in Unicode scalars; `nil` when the whole line is meant.
    package var column: Int?
    /// What was found and what was expected, without a full stop.
    package var message: String
    /// The line of the file, without its line break.
    package var excerpt: String?
    /// What to do about it: `did you mean "title"?`
    package var suggestion: String?

    package init(
        _ severity: Severity = .error, path: String, line: Int? = nil, column: Int? = nil, message: String,
        excerpt: String? = nil, suggestion: String? = nil
    ) {
        self.severity = severity
        self.path = path
        self.line = line
        self.column = column
        self.message = message
        self.excerpt = excerpt
        self.suggestion = suggestion
    }

    /// The message and the suggestion without the place: the `reason` of a report that names path and line itself.
    package var reason: String {
        guard let suggestion else { return message }
        return "\(message); \(suggestion)"
    }

    /// ``description`` and, below it, the line it is about with a caret under the place.
    package var detailed: String {
        guard let line, let excerpt else { return description }
        let number = String(line)
        let margin = String(repeating: " ", count: number.count)
        guard let column else { return "\(description)\n \(number) | \(excerpt)" }
        // A tab stays a tab under a tab, so that the caret stands under its character at any tab width.
        let indent = excerpt.unicodeScalars.prefix(column - 1).map { $0 == "\t" ? "\t" : " " }.joined()
        return "\(description)\n \(number) | \(excerpt)\n \(margin) | \(indent)^"
    }
}

extension Diagnostic: CustomStringConvertible {
    package var description: String {
        let place = [line, column].compactMap(\.self).map { ":\($0)" }.joined()
        return "\(path.printable)\(place): \(severity.rawValue): \(reason)"
    }
}

/// Everything that is wrong with one file, in the order of the file: a person mends all of it at once.
package struct DiagnosticList: Error, Sendable, Hashable, CustomStringConvertible {
    package var all: [Diagnostic]

    package init(_ all: [Diagnostic]) {
        self.all = all
    }

    /// One line per diagnostic.
    package var description: String {
        all.map(\.description).joined(separator: "\n")
    }
}

extension String {
    /// The text with control characters as `\n`, `\t` or `\u{1B}`, so that a file's name stays on its line and
    /// sends nothing to a terminal.
    package var printable: String {
        guard unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) else { return self }
        return unicodeScalars.map { scalar in
            scalar.properties.generalCategory == .control ? scalar.escaped(asASCII: true) : String(scalar)
        }.joined()
    }
}
