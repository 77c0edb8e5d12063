import ORM

/// What only the text of a CREATE TABLE tells: its checks, and some words that no pragma repeats.
struct SQLiteTableFacts {
    /// A check, as it is written.
    struct Check {
        /// The constraint's name, where it has one.
        var name: String?
        /// What stands between its parentheses.
        var tokens: [SQLiteToken]
    }

    private(set) var checks: [Check] = []
    /// What a model cannot say, in words that go on from the table's name.
    private(set) var remarks: [String] = []

    init(_ sql: String) throws {
        for item in try SQLiteTableText(sql).items {
            guard let column = item.column else {
                read(item.body, of: "")
                continue
            }
            for clause in SQLiteColumnText(item.body).clauses { read(clause.text, of: ".\(column)") }
        }
    }

    /// The condition of a partial index, by the text of its CREATE INDEX; `nil` for a whole one.
    static func condition(ofIndex sql: String, columns: Set<String>) -> PortableSQL? {
        let tokens = SQLiteToken.tokens(of: sql)[...]
        guard let open = tokens.firstIndex(where: { $0.text == "(" }), let close = tokens.closing(open),
            let start = tokens[close...].firstIndex(where: { $0.isWord("WHERE") })
        else { return nil }
        return PortableSQL([SQLiteToken](tokens[(start + 1)...]), columns: columns)
    }

    /// A constraint, or a clause of a column's definition.
    private mutating func read(_ text: String, of column: String) {
        var tokens = SQLiteToken.tokens(of: text).significant[...]
        var name: String?
        if tokens.first?.isWord("CONSTRAINT") == true {
            name = tokens.dropFirst().first?.name
            tokens = tokens.dropFirst(2)
        }
        guard let first = tokens.first else { return }
        if first.isWord("CHECK"), let open = tokens.firstIndex(where: { $0.text == "(" }) {
            // Taken apart again, with the space between the tokens.
            let all = SQLiteToken.tokens(of: text)[...]
            let start = all.firstIndex { $0.text == "(" } ?? open
            let end = all.closing(start) ?? all.endIndex
            checks.append(Check(name: name, tokens: [SQLiteToken](all[(start + 1)..<end])))
            return
        }
        if first.isWord("COLLATE") { remark(column, "is declared COLLATE \(tokens.dropFirst().first?.name ?? "")") }
        for (word, next) in zip(tokens, tokens.dropFirst()) {
            if word.isWord("CONFLICT") { remark(column, "is declared ON CONFLICT \(next.name ?? "")") }
        }
        if tokens.contains(where: { $0.isWord("AUTOINCREMENT") }) { remark(column, "is declared AUTOINCREMENT") }
        if tokens.contains(where: { $0.isWord("DEFERRABLE") }) {
            remark(column, "has a foreign key that is DEFERRABLE")
        }
    }

    private mutating func remark(_ column: String, _ what: String) {
        remarks.append("\(column) \(what), which a model cannot say")
    }
}

extension SQLiteTableFacts.Check {
    /// The check's condition, with the names of columns between braces.
    func condition(columns: Set<String>) -> PortableSQL { PortableSQL(tokens, columns: columns) }

    /// The column and the values of `column BETWEEN a AND b`; `nil` for any other check.
    var range: (column: String, values: ClosedRange<Int64>)? {
        var rest = tokens.withoutOuterParentheses.significant[...]
        guard let column = rest.popFirst()?.name, rest.popFirst()?.isWord("BETWEEN") == true,
            let lower = rest.takeInteger(), rest.popFirst()?.isWord("AND") == true, let upper = rest.takeInteger(),
            rest.isEmpty, lower <= upper
        else { return nil }
        return (column, lower...upper)
    }

    /// The column and the texts of `column IN ('a', 'b')`; `nil` for any other check.
    static func choices(in condition: PortableSQL) -> (column: String, values: [String])? {
        guard let text = condition.text, condition.texts.isEmpty else { return nil }
        var rest = SQLiteToken.tokens(of: text).withoutOuterParentheses.significant[...]
        guard rest.popFirst()?.text == "{", let column = rest.popFirst()?.name, rest.popFirst()?.text == "}",
            rest.popFirst()?.isWord("IN") == true, rest.popFirst()?.text == "("
        else { return nil }
        var values: [String] = []
        while let value = rest.popFirst()?.literal {
            values.append(value)
            guard let next = rest.popFirst() else { return nil }
            if next.text == ")" { return rest.isEmpty ? (column, values) : nil }
            guard next.text == "," else { return nil }
        }
        return nil
    }
}

extension ArraySlice where Element == SQLiteToken {
    fileprivate mutating func takeInteger() -> Int64? {
        let isNegative = first?.text == "-"
        if isNegative { removeFirst() }
        guard let token = popFirst(), token.kind == .word else { return nil }
        return Int64((isNegative ? "-" : "") + token.text)
    }
}
