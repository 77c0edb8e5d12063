/// A piece of SQL, as far as a definition must be understood to change it: <https://sqlite.org/draft/tokenreq.html>.
struct SQLiteToken: Hashable {
    enum Kind: Hashable {
        case blank, comment
        /// A name or keyword without quotes, or a number.
        case word
        /// A name in quotes of whatever kind.
        case quotedName
        /// Anything else: a text, an operator, a parenthesis.
        case other
    }

    let kind: Kind
    let text: Substring

    /// The name that the token is, without its quotes; `nil` when it is none.
    var name: String? {
        switch kind {
        case .word: return String(text)
        case .quotedName:
            guard let quote = text.last else { return nil }
            let inner = text.dropFirst().dropLast()
            let doubled = "\(quote)\(quote)"
            return quote == "]"
                ? String(inner)
                : inner.split(separator: doubled, omittingEmptySubsequences: false).joined(separator: "\(quote)")
        case .blank, .comment, .other: return nil
        }
    }

    /// Whether the token is a keyword, in whatever case.
    func isWord(_ keyword: String) -> Bool { kind == .word && text.uppercased() == keyword }

    /// The tokens of a text; together they are the whole text.
    static func tokens(of sql: String) -> [SQLiteToken] {
        var tokens: [SQLiteToken] = []
        var rest = sql[...]
        while let first = rest.first {
            let (kind, end) = next(rest, first)
            tokens.append(SQLiteToken(kind: kind, text: rest[..<end]))
            rest = rest[end...]
        }
        return tokens
    }

    private static func next(_ rest: Substring, _ first: Character) -> (Kind, String.Index) {
        switch first {
        case "'": return (.other, end(of: rest, quotedBy: "'"))
        case "\"", "`": return (.quotedName, end(of: rest, quotedBy: first))
        case "[":
            return (.quotedName, rest.firstIndex(of: "]").map { rest.index(after: $0) } ?? rest.endIndex)
        case "-" where rest.hasPrefix("--"):
            return (.comment, rest.firstIndex(where: \.isNewline) ?? rest.endIndex)
        case "/" where rest.hasPrefix("/*"):
            return (.comment, rest.dropFirst(2).firstRange(of: "*/")?.upperBound ?? rest.endIndex)
        case _ where first.isWhitespace:
            return (.blank, rest.firstIndex { !$0.isWhitespace } ?? rest.endIndex)
        case _ where isPartOfWord(first):
            return (.word, rest.firstIndex { !isPartOfWord($0) } ?? rest.endIndex)
        default: return (.other, rest.index(after: rest.startIndex))
        }
    }

    private static func isPartOfWord(_ character: Character) -> Bool {
        character.isLetter || character.isNumber || character == "_" || character == "$" || !character.isASCII
    }

    /// The end of what is in quotes; a quote that stands twice is one of its characters.
    private static func end(of rest: Substring, quotedBy quote: Character) -> String.Index {
        var index = rest.index(after: rest.startIndex)
        while let found = rest[index...].firstIndex(of: quote) {
            index = rest.index(after: found)
            guard index < rest.endIndex, rest[index] == quote else { return index }
            index = rest.index(after: index)
        }
        return rest.endIndex
    }
}

extension Sequence<SQLiteToken> {
    /// The tokens that say something.
    var significant: [SQLiteToken] { filter { $0.kind != .blank && $0.kind != .comment } }

    /// Whether a name stands among them, in whatever case and quotes.
    func mention(_ name: String) -> Bool {
        let folded = name.lowercased()
        return contains { $0.name?.lowercased() == folded }
    }

    /// The text that they are.
    var text: String { reduce(into: "") { $0 += $1.text } }
}
