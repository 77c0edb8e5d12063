import ORM

/// The history table of a database: which migrations have been applied.
struct History {
    /// Oldest first.
    let lines: [AppliedMigration]

    /// The names.
    var names: Set<String> { Set(lines.map(\.name)) }

    /// The line of a migration.
    subscript(name: String) -> AppliedMigration? { lines.first { $0.name == name } }

    /// Reads the history; it is empty in a database without one.
    static func read(_ session: some Session) async throws -> History {
        guard try await session.hasTable(AppliedMigration.schema.table) else { return History(lines: []) }
        return History(lines: try await AppliedMigration.order { $0.id.asc }.all(on: session))
    }

    /// Makes the table of a model, if it is not there.
    static func make(_ model: (some Model).Type, on session: some Session) async throws {
        if try await session.hasTable(model.schema.table) { return }
        let table = try TableState(of: model, for: [session.dialect])
        let script = SchemaScript(session.dialect)
        for sql in try script.statements(creating: table, deferring: { _ in false }, completing: []) {
            try await SQLText(stringLiteral: sql).execute(on: session)
        }
    }

    // MARK: Against the program's migrations

    /// Those that the program does not know.
    func unknown(to graph: MigrationGraph) -> [AppliedMigration] { lines.filter { graph[$0.name] == nil } }

    /// Those whose operations are no longer what they were.
    func changed(in graph: MigrationGraph) -> [AppliedMigration] {
        lines.filter { line in graph[line.name].map { $0.checksum != line.checksum } ?? false }
    }

    /// Throws `.migration` for a database that is newer than the program.
    func checkKnown(to graph: MigrationGraph) throws {
        let unknown = unknown(to: graph).map(\.name)
        guard !unknown.isEmpty else { return }
        throw ORMError(
            .migration,
            "the database is newer than this program, or another program's: it has the \(unknown.count == 1 ? "migration" : "migrations") "
                + "\(unknown.joined(separator: ", ")), which this program does not know")
    }

    /// Throws `.migration` for a migration that is no longer what was applied.
    func checkUnchanged(in graph: MigrationGraph) throws {
        guard let line = changed(in: graph).first, let migration = graph[line.name] else { return }
        throw ORMError(
            .migration,
            "\(line.name) (\(migration.file)) has changed since it was applied: take the change back and write a new migration for it, or, "
                + "if it makes no difference to the database, say so by applying it in the mode fake")
    }
}
