import ORM

/// SQL in a form that is the same for every spelling of it: without comments, space, quotes around names, the case of words, and
/// parentheses around the whole.
///
/// ```swift
/// CanonicalSQL("((\"rating\"  between 1 and 5))") == CanonicalSQL("RATING BETWEEN 1 AND 5")   // true
/// ```
struct CanonicalSQL: Hashable {
    private let words: [String]

    /// The form of an expression in a dialect's SQL.
    init(_ sql: String) { self.init(SQLTokens.of(sql)) }

    /// The form of a template, with its names between braces.
    init(template: String) { self.init(SQLTokens.of(template, isTemplate: true)) }

    init(_ tokens: [SQLToken]) { words = tokens.withoutOuterParentheses.map(\.canonical) }
}

extension SQLToken {
    fileprivate var canonical: String {
        switch (kind, value) {
        case (.word, _), (.name, _): value.uppercased()
        case (.number, _): value.lowercased()
        case (.sign, "!="): "<>"
        case (.sign, "=="): "="
        default: String(source)
        }
    }
}

extension Array where Element == SQLToken {
    /// The tokens without the parentheses that stand around all of them.
    var withoutOuterParentheses: [SQLToken] {
        var tokens = self[...]
        while tokens.first?.isSign("(") == true, tokens.closing(tokens.startIndex) == tokens.endIndex - 1 {
            tokens = tokens.dropFirst().dropLast()
        }
        return [SQLToken](tokens)
    }
}

extension ArraySlice where Element == SQLToken {
    /// Where the parenthesis that opens at a position closes; `nil` when it does not.
    func closing(_ open: Int) -> Int? {
        var depth = 0
        for index in open..<endIndex {
            if self[index].isSign("(") { depth += 1 }
            if self[index].isSign(")") {
                depth -= 1
                if depth == 0 { return index }
            }
        }
        return nil
    }
}

extension PortableSQL {
    /// The forms of the texts, by dialect; those of the text for the others under no name.
    var canonical: [String: CanonicalSQL] {
        var forms = texts.mapValues { CanonicalSQL(template: $0) }
        if let text { forms[""] = CanonicalSQL(template: text) }
        return forms
    }
}
