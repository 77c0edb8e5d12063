package import ORM

/// How an engine that commits definitions by itself is asked about them.
package struct Journaling: Sendable {
    /// Keeps other processes from migrating while `body` runs.
    package let exclusively:
        @Sendable (_ database: Database, _ body: @escaping @Sendable () async throws -> [MigrationRun]) async throws ->
            [MigrationRun]
    /// A query that has a row, with the integer 1, when a statement has taken effect; `nil` when no query can tell.
    package let probe: @Sendable (ScriptStatement.Effect) -> (query: Statement, findsRow: Bool)?

    /// An engine by its lock and its queries.
    package init(
        exclusively:
            @escaping @Sendable (Database, @escaping @Sendable () async throws -> [MigrationRun]) async throws ->
            [MigrationRun],
        probe: @escaping @Sendable (ScriptStatement.Effect) -> (query: Statement, findsRow: Bool)?
    ) {
        self.exclusively = exclusively
        self.probe = probe
    }

    /// MySQL and MariaDB. The lock belongs to a connection, which does nothing else meanwhile: the pool must have two.
    /// <https://dev.mysql.com/doc/refman/8.0/en/locking-functions.html>
    static let mysql = Journaling { database, body in
        try await database.withLease(.readWrite) { lease in
            let taken = try await lease.fetch(
                Statement("SELECT COALESCE(GET_LOCK('orm_migrations', 600), 0)"), TupleDecoder<Int>())
            guard taken == [1] else {
                throw SchemaState.refusal(
                    "another process has been migrating this database for ten minutes: look what it does")
            }
            let outcome: Result<[MigrationRun], any Error>
            do { outcome = .success(try await body()) } catch { outcome = .failure(error) }
            _ = try await lease.fetch(
                Statement("SELECT COALESCE(RELEASE_LOCK('orm_migrations'), 0)"), TupleDecoder<Int>())
            return try outcome.get()
        }
    } probe: { effect in
        switch effect {
        case .table(let name, let exists):
            (information("tables", "table_name = ?", [name]), exists)
        case .column(let table, let name, let exists):
            (information("columns", "table_name = ? AND column_name = ?", [table, name]), exists)
        case .index(let table, let name, let exists):
            (information("statistics", "table_name = ? AND index_name = ?", [table, name]), exists)
        case .constraint(let table, let name, let exists):
            (information("table_constraints", "table_name = ? AND constraint_name = ?", [table, name]), exists)
        case .repeatable, .unknown: nil
        }
    }

    private static func information(_ view: String, _ condition: String, _ names: [String]) -> Statement {
        Statement(
            "SELECT 1 FROM information_schema.\(view) WHERE table_schema = DATABASE() AND \(condition) LIMIT 1",
            names.map { .text($0) })
    }
}
