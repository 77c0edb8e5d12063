import ORM

/// The text of a CREATE TABLE in its parts, so that one of them can be changed and the others stay as somebody wrote them: collations,
/// generated columns, constraints that no model knows. SQLite keeps this text: <https://sqlite.org/schematab.html>.
struct SQLiteTableText {
    /// A column or a constraint of the table.
    struct Item {
        /// The definition.
        var body: String
        /// A remark that stands behind it, in its comment's signs; empty for none.
        var remark = ""
        /// The column's name; `nil` for a constraint.
        var column: String?
        /// The name of a constraint that has one.
        var constraint: String?
    }

    /// The columns, then the constraints.
    private(set) var items: [Item]
    /// What stands behind the parenthesis: ` STRICT`.
    let tail: String

    /// Reads a text as SQLite keeps it; throws `.unsupported` for one that is no plain CREATE TABLE, such as a virtual table's.
    init(_ sql: String) throws {
        let tokens = SQLiteToken.tokens(of: sql)
        let words = tokens.significant.prefix(2)
        guard words.count == 2, words[0].isWord("CREATE"), words[1].isWord("TABLE"),
            let open = tokens.firstIndex(where: { $0.text == "(" })
        else {
            throw ORMError.unsupported(
                "this table's definition", dialect: "sqlite",
                "only a plain table can be altered, not one made by: \(sql)")
        }
        var parts: [[SQLiteToken]] = [[]]
        var depth = 1
        var index = open + 1
        while index < tokens.count, depth > 0 {
            let token = tokens[index]
            index += 1
            if token.text == "(" { depth += 1 }
            if token.text == ")" { depth -= 1 }
            if depth == 0 { break }
            guard depth == 1, token.text == "," else {
                parts[parts.count - 1].append(token)
                continue
            }
            // A remark behind the comma, on the same line, is about what stands before it.
            let blanks = tokens[index...].prefix { $0.kind == .blank && !$0.text.contains(where: \.isNewline) }
            if let comment = tokens[index...].dropFirst(blanks.count).first, comment.kind == .comment {
                parts[parts.count - 1].append(comment)
                index += blanks.count + 1
            }
            parts.append([])
        }
        guard depth == 0 else {
            throw ORMError(.migration, "the definition of the table does not end: \(sql)")
        }
        items = parts.map(Item.init)
        tail = tokens[index...].text
    }

    /// The statement that makes the table under a name.
    func create(_ quotedName: String) -> String {
        var lines = items.map { "    " + $0.body }
        for index in lines.indices {
            if index < lines.count - 1 { lines[index] += "," }
            if !items[index].remark.isEmpty { lines[index] += " " + items[index].remark }
        }
        return "CREATE TABLE \(quotedName) (\n\(lines.joined(separator: "\n"))\n)\(tail)"
    }

    /// The columns' names.
    var columns: [String] { items.compactMap(\.column) }

    /// The columns that are stored by their values, not worked out from others.
    var storedColumns: [String] {
        items.filter { !SQLiteColumnText($0.body).isGenerated }.compactMap(\.column)
    }

    /// The definition of a column.
    subscript(column name: String) -> Item? {
        get { position(of: name).map { items[$0] } }
        set {
            guard let index = position(of: name) else { return }
            if let newValue { items[index] = newValue } else { items.remove(at: index) }
        }
    }

    /// Adds a column before another one or behind all.
    mutating func insert(_ item: Item, before next: String?) {
        let end = items.firstIndex { $0.column == nil } ?? items.endIndex
        items.insert(item, at: next.flatMap { position(of: $0) } ?? end)
    }

    /// Adds a constraint.
    mutating func add(constraint body: String) { items.append(Item(body, remark: "")) }

    /// Drops a constraint by its name; whether it was there.
    mutating func drop(constraint name: String) -> Bool {
        guard let index = items.firstIndex(where: { $0.constraint?.lowercased() == name.lowercased() }) else {
            return false
        }
        items.remove(at: index)
        return true
    }

    /// Whether anything but the column itself speaks of it.
    func mentionsElsewhere(_ column: String) -> Bool {
        items.contains { item in
            item.column?.lowercased() != column.lowercased() && SQLiteToken.tokens(of: item.body).mention(column)
        }
    }

    /// Whether rows have a number that no column shows: <https://sqlite.org/rowidtable.html>.
    var hasHiddenRowID: Bool {
        guard !SQLiteToken.tokens(of: tail).mention("WITHOUT") else { return false }
        return !items.contains { item in
            let text = SQLiteColumnText(item.body)
            if let column = item.column { return text.isRowID || isRowID(column) }
            return false
        }
    }

    /// Whether keys are never given a second time: <https://sqlite.org/autoinc.html>.
    var isAutoincrement: Bool {
        items.contains { $0.column != nil && SQLiteToken.tokens(of: $0.body).contains { $0.isWord("AUTOINCREMENT") } }
    }

    private func position(of name: String) -> Int? {
        items.firstIndex { $0.column?.lowercased() == name.lowercased() }
    }

    /// Whether a constraint of the table makes an integer column its primary key.
    private func isRowID(_ column: String) -> Bool {
        guard let body = self[column: column]?.body, SQLiteColumnText(body).type.uppercased() == "INTEGER" else {
            return false
        }
        return items.contains { item in
            var tokens = SQLiteToken.tokens(of: item.body).significant[...]
            if tokens.first?.isWord("CONSTRAINT") == true { tokens = tokens.dropFirst(2) }
            guard item.column == nil, tokens.first?.isWord("PRIMARY") == true else { return false }
            let columns = tokens.dropFirst(3).prefix { $0.text != ")" }.filter {
                !$0.isWord("ASC") && !$0.isWord("DESC")
            }
            return columns.compactMap(\.name).map { $0.lowercased() } == [column.lowercased()]
        }
    }
}

extension SQLiteTableText.Item {
    private static let constraintWords = ["CONSTRAINT", "PRIMARY", "UNIQUE", "CHECK", "FOREIGN"]

    /// A definition and what it is about.
    init(_ body: String, remark: String) {
        let tokens = SQLiteToken.tokens(of: body).significant
        let isConstraint = tokens.first.map { first in Self.constraintWords.contains { first.isWord($0) } } ?? true
        self.body = body
        self.remark = remark
        column = isConstraint ? nil : tokens.first?.name ?? tokens.first?.literalName
        constraint = tokens.first?.isWord("CONSTRAINT") == true ? tokens.dropFirst().first?.name : nil
    }

    /// The tokens of a definition, with a comment behind it.
    fileprivate init(_ tokens: [SQLiteToken]) {
        let body = tokens.dropLast(while: { $0.kind == .blank || $0.kind == .comment })
        let remarks = tokens[body.endIndex...].filter { $0.kind == .comment }.map(\.text)
        let start = body.drop { $0.kind == .blank }
        self.init(start.text, remark: remarks.joined(separator: " "))
    }
}

extension SQLiteToken {
    /// The name that a text stands for where a name has to be, as SQLite lets it: <https://sqlite.org/quirks.html#dblquote>.
    fileprivate var literalName: String? {
        guard text.first == "'" else { return nil }
        return text.dropFirst().dropLast().split(separator: "''", omittingEmptySubsequences: false).joined(
            separator: "'")
    }
}

extension BidirectionalCollection {
    /// All but the last elements for which the condition holds.
    fileprivate func dropLast(while condition: (Element) -> Bool) -> SubSequence {
        var end = endIndex
        while end > startIndex, condition(self[index(before: end)]) { end = index(before: end) }
        return self[..<end]
    }
}
