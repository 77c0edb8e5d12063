/// The text of a column's definition in its clauses: <https://sqlite.org/syntax/column-constraint.html>. What is not changed stays as it
/// is written, and so does what no ``ColumnState`` can say.
struct SQLiteColumnText {
    /// The clauses that a column's state knows, in the order that a script writes them; then the others.
    enum Kind: Int, Comparable {
        case primaryKey, notNull, unique, defaultValue, check, references, other

        static func < (left: Kind, right: Kind) -> Bool { left.rawValue < right.rawValue }
    }

    struct Clause {
        let kind: Kind
        let text: String
    }

    /// The name as it is written.
    let name: String
    /// The type; empty for none.
    var type: String
    private(set) var clauses: [Clause] = []

    /// Reads a definition.
    init(_ body: String) {
        let tokens = SQLiteToken.tokens(of: body).map(\.onOneLine)
        let start = tokens.firstIndex { $0.kind != .blank && $0.kind != .comment } ?? tokens.endIndex
        name = tokens[start...].first.map { String($0.text) } ?? ""
        var rest = tokens[min(start + 1, tokens.endIndex)...]
        type = Self.take(&rest) { !Self.starts($0) }.text.trimmed
        while !rest.isEmpty { clauses.append(Self.clause(&rest)) }
    }

    /// The definition.
    var text: String { ([name, type] + clauses.map(\.text)).filter { !$0.isEmpty }.joined(separator: " ") }

    /// The first clause of a kind.
    subscript(kind: Kind) -> String? { clauses.first { $0.kind == kind }?.text }

    /// Puts a clause where the one of its kind stands, or where a script would write it; `nil` removes it.
    mutating func set(_ kind: Kind, _ text: String?) {
        let place = clauses.firstIndex { $0.kind == kind }
        if let place { clauses.remove(at: place) }
        guard let text else { return }
        let end = clauses.firstIndex { $0.kind > kind } ?? clauses.endIndex
        clauses.insert(Clause(kind: kind, text: text), at: place ?? end)
    }

    /// Replaces a check by its text, as far as it is there; other checks stay.
    mutating func replace(check old: String?, with new: String?) {
        let place = clauses.firstIndex { $0.kind == .check && old.map(Self.squeezed) == Self.squeezed($0.text) }
        if let place { clauses.remove(at: place) }
        guard let new else { return }
        let end = clauses.firstIndex { $0.kind > .check } ?? clauses.endIndex
        clauses.insert(Clause(kind: .check, text: new), at: place ?? end)
    }

    /// Whether the column is worked out from others.
    var isGenerated: Bool {
        clauses.contains { clause in
            let words = SQLiteToken.tokens(of: clause.text).significant
            return words.contains { $0.isWord("AS") } && clause.kind == .other
        }
    }

    /// Whether the column is another name of the rowid: exactly INTEGER PRIMARY KEY, <https://sqlite.org/lang_createtable.html#rowid>.
    var isRowID: Bool {
        guard type.uppercased() == "INTEGER", let key = clauses.first(where: { $0.kind == .primaryKey }) else {
            return false
        }
        return !SQLiteToken.tokens(of: key.text).contains { $0.isWord("DESC") }
    }

    // MARK: Reading

    private static let starts = [
        "CONSTRAINT", "PRIMARY", "NOT", "NULL", "UNIQUE", "CHECK", "DEFAULT", "COLLATE", "REFERENCES", "GENERATED",
        "AS",
    ]

    private static func starts(_ token: SQLiteToken) -> Bool { starts.contains { token.isWord($0) } }

    private static func squeezed(_ text: String) -> String {
        SQLiteToken.tokens(of: text).significant.map { String($0.text) }.joined(separator: " ")
    }

    /// Takes tokens, and parentheses with all that is in them, as long as the condition holds for the token that comes next.
    private static func take(_ rest: inout ArraySlice<SQLiteToken>, while condition: (SQLiteToken) -> Bool)
        -> [SQLiteToken]
    {
        var taken: [SQLiteToken] = []
        while let token = rest.first, condition(token) { taken += takeOne(&rest) }
        return taken
    }

    /// Takes a token, or a parenthesis with all that is in it.
    private static func takeOne(_ rest: inout ArraySlice<SQLiteToken>) -> [SQLiteToken] {
        var taken: [SQLiteToken] = []
        var depth = 0
        while let token = rest.popFirst() {
            taken.append(token)
            if token.text == "(" { depth += 1 }
            if token.text == ")" { depth -= 1 }
            if depth <= 0 { break }
        }
        return taken
    }

    /// Takes blanks and the token behind them.
    private static func takeWord(_ rest: inout ArraySlice<SQLiteToken>) -> [SQLiteToken] {
        take(&rest) { $0.kind == .blank || $0.kind == .comment } + takeOne(&rest)
    }

    private static func clause(_ rest: inout ArraySlice<SQLiteToken>) -> Clause {
        var tokens: [SQLiteToken] = []
        if rest.first?.isWord("CONSTRAINT") == true {
            tokens += takeOne(&rest) + takeWord(&rest) + take(&rest) { $0.kind == .blank || $0.kind == .comment }
        }
        let first = takeOne(&rest)
        tokens += first
        let kind: Kind
        switch first.first?.text.uppercased() {
        case "PRIMARY": kind = .primaryKey
        case "NOT", "NULL":
            kind = .notNull
            if first.first?.isWord("NOT") == true { tokens += takeWord(&rest) }
        case "UNIQUE": kind = .unique
        case "CHECK": kind = .check
        case "DEFAULT":
            kind = .defaultValue
            let value = takeWord(&rest)
            tokens += value
            if ["+", "-"].contains(value.last?.text) { tokens += takeWord(&rest) }
        case "REFERENCES": kind = .references
        case "COLLATE":
            kind = .other
            tokens += takeWord(&rest)
        default: kind = .other
        }
        // Words that begin a clause elsewhere may belong to this one: SET NULL, SET DEFAULT, NOT DEFERRABLE, GENERATED ALWAYS AS.
        while let token = rest.first {
            if starts(token) {
                let before = tokens.significant.last
                let after = rest.dropFirst().significant.first
                let belongs =
                    switch kind {
                    case .references: before?.isWord("SET") == true || after?.isWord("DEFERRABLE") == true
                    case .other: token.isWord("AS") && before?.isWord("ALWAYS") == true
                    default: false
                    }
                guard belongs else { break }
            }
            tokens += takeOne(&rest)
        }
        return Clause(kind: kind, text: tokens.text.trimmed)
    }
}

extension SQLiteToken {
    /// The token as it may stand before others on a line: a comment up to the line's end would hide them.
    fileprivate var onOneLine: SQLiteToken {
        guard kind == .comment, text.hasPrefix("--") else { return self }
        let words = text.dropFirst(2).split(separator: "*/", omittingEmptySubsequences: false).joined(separator: "* /")
        return SQLiteToken(kind: .comment, text: "/*\(words) */")
    }
}

extension String {
    /// The text without blanks at its ends.
    var trimmed: String {
        guard let start = firstIndex(where: { !$0.isWhitespace }), let end = lastIndex(where: { !$0.isWhitespace })
        else {
            return ""
        }
        return String(self[start...end])
    }
}
