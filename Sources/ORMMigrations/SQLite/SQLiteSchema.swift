import ORM

/// The definitions that a SQLite database holds, or would hold after the migrations so far: what an alteration starts from.
struct SQLiteSchema {
    /// A table, index, trigger or view by the text that made it.
    struct Object: Hashable {
        enum Kind: String { case table, index, trigger, view }

        let kind: Kind
        let name: String
        /// The table that an index or trigger belongs to.
        let table: String
        let sql: String
    }

    /// In the order in which they were made.
    var objects: [Object]

    /// What a script would make of a state: without the triggers, views and clauses that a state does not know.
    init(of state: SchemaState, _ script: SchemaScript) throws {
        objects = []
        for table in state.tables {
            var statements = try script.statements(creating: table, deferring: { _ in false }, completing: [])
            objects.append(Object(kind: .table, name: table.name, table: table.name, sql: statements.removeFirst()))
            for (index, sql) in zip(table.indexes, statements) {
                objects.append(Object(kind: .index, name: index.name, table: table.name, sql: sql))
            }
        }
    }

    /// What the database of a session holds: <https://sqlite.org/schematab.html>. Indexes that a constraint brings with it have no text.
    init(reading session: some Session) async throws {
        let rows = try await Rows<String, String, String, String>.raw(
            "SELECT type, name, tbl_name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY rowid"
        ).all(on: session)
        objects = rows.compactMap { type, name, table, sql in
            Object.Kind(rawValue: type).map { Object(kind: $0, name: name, table: table, sql: sql) }
        }
    }

    /// The text of a table; throws `.migration` when there is none.
    func table(_ name: String) throws -> SQLiteTableText {
        guard let object = objects.first(where: { $0.kind == .table && $0.name.lowercased() == name.lowercased() })
        else {
            throw SchemaState.refusal("the database has no table \(name), which the migrations so far have made")
        }
        return try SQLiteTableText(object.sql)
    }

    /// The statements that make a table's indexes and triggers.
    func dependents(of table: String) -> [String] {
        objects.filter {
            [.index, .trigger].contains($0.kind) && $0.table.lowercased() == table.lowercased()
        }.map(\.sql)
    }

    /// Whether an index, trigger or view speaks of a name.
    func mentions(_ name: String) -> Bool {
        objects.contains { $0.kind != .table && SQLiteToken.tokens(of: $0.sql).mention(name) }
    }
}
