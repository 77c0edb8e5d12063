import ORM

/// SQL in a form that is the same for every spelling of it: without comments, space, quotes around names, the case of words, and
/// parentheses around the whole.
///
/// ```swift
/// CanonicalSQL("((\"rating\"  between 1 and 5))") == CanonicalSQL("RATING BETWEEN 1 AND 5")   // true
/// ```
struct CanonicalSQL: Hashable {
    private let words: [String]

    /// The form of an expression, or of a template for one: braces around names are quotes.
    init(_ sql: String) { self.init(SQLiteToken.tokens(of: sql)) }

    init(_ tokens: [SQLiteToken]) {
        var words: [String] = []
        for token in tokens.withoutOuterParentheses.significant where token.text != "{" && token.text != "}" {
            switch (words.last, token.text) {
            // Two spellings of the same comparison: <https://sqlite.org/lang_expr.html#operators_and_parse_affecting_attributes>
            case ("!", "="): words.replaceSubrange((words.count - 1)..., with: ["<", ">"])
            case ("=", "="): break
            default: words.append(token.name?.uppercased() ?? String(token.text))
            }
        }
        self.words = words
    }
}

extension SQLiteToken {
    /// The text that a literal in single quotes is; `nil` for anything else.
    var literal: String? {
        guard kind == .other, text.first == "'", text.count > 1 else { return nil }
        return text.dropFirst().dropLast().split(separator: "''", omittingEmptySubsequences: false).joined(
            separator: "'")
    }
}

extension Array where Element == SQLiteToken {
    /// The tokens without blanks at the ends and the parentheses that stand around all of them.
    var withoutOuterParentheses: [SQLiteToken] {
        var tokens = self[...].trimmed
        while tokens.first?.text == "(", tokens.closing(tokens.startIndex) == tokens.endIndex - 1 {
            tokens = tokens.dropFirst().dropLast().trimmed
        }
        return [SQLiteToken](tokens)
    }
}

extension ArraySlice where Element == SQLiteToken {
    /// Without blanks and comments at the ends.
    fileprivate var trimmed: ArraySlice<SQLiteToken> {
        func isBlank(_ token: SQLiteToken) -> Bool { token.kind == .blank || token.kind == .comment }
        var slice = drop(while: isBlank)
        while let last = slice.last, isBlank(last) { slice.removeLast() }
        return slice
    }

    /// Where the parenthesis that opens at a position closes; `nil` when it does not.
    func closing(_ open: Int) -> Int? {
        var depth = 0
        for index in open..<endIndex {
            if self[index].text == "(" { depth += 1 }
            if self[index].text == ")" {
                depth -= 1
                if depth == 0 { return index }
            }
        }
        return nil
    }
}

extension PortableSQL {
    /// The forms of the texts, by dialect; those of the text for the others under no name.
    var canonicalForms: [String: CanonicalSQL] {
        var forms = texts.mapValues { CanonicalSQL($0) }
        if let text { forms[""] = CanonicalSQL(text) }
        return forms
    }

    /// SQLite's text of an expression, with the names of these columns between braces.
    ///
    /// A name in double quotes that is no column's is a text, as SQLite takes it: <https://sqlite.org/quirks.html#dblquote>.
    init(_ tokens: [SQLiteToken], columns: Set<String>) {
        let byName = Dictionary(columns.map { ($0.uppercased(), $0) }, uniquingKeysWith: { first, _ in first })
        let tokens = tokens.withoutOuterParentheses
        var text = ""
        for (index, token) in tokens.enumerated() {
            let isCall = token.kind == .word && tokens[(index + 1)...].significant.first?.text == "("
            if token.kind == .blank || token.kind == .comment {
                if text.last != " " { text += " " }
            } else if let name = token.name, !isCall, let column = byName[name.uppercased()] {
                text += "{\(column)}"
            } else if token.kind == .quotedName, token.text.first == "\"" {
                let inner = token.name ?? ""
                text +=
                    "'" + inner.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "''") + "'"
            } else {
                text += PortableSQL(verbatim: String(token.text)).text ?? ""
            }
        }
        self.init(text)
    }
}
