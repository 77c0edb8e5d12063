import ORM

/// Keeps triggers from running while rows are copied that are already what triggers once made of them.
///
/// SQLite and PostgreSQL do it within the transaction that copies. MySQL cannot switch triggers off, and dropping them ends a transaction: there
/// they are dropped before it and made again after it, and for so long the migrations are taken out of the history, so that a database
/// whose triggers are missing because the process was killed is one that no program takes for its own.
struct TriggerPause {
    private let engine: MigrationScript.Engine
    private let schema: SchemaScript
    private let tables: [String]

    init(_ dialect: any Dialect, tables: [String]) throws {
        let script = try MigrationScript(dialect)
        engine = script.engine
        schema = script.schema
        self.tables = tables
    }

    /// Runs `body`, which copies in a transaction, with the triggers of MySQL dropped.
    func around<Result: Sendable>(_ target: Database, _ body: () async throws -> Result) async throws -> Result {
        guard engine == .mysql else { return try await body() }
        let triggers = try await mysqlTriggers(of: target)
        guard !triggers.isEmpty else { return try await body() }
        let history = try await History.read(target).lines
        try await AppliedMigration.query.delete(on: target)
        let outcome: Swift.Result<Result, any Error>
        do {
            for trigger in triggers { try await execute("DROP TRIGGER \(schema.quoted(trigger.name))", on: target) }
            outcome = .success(try await body())
        } catch {
            outcome = .failure(error)
        }
        do {
            // A cancelled task must not leave them out.
            try await Task { try await restore(triggers, history, on: target) }.value
        } catch {
            throw SchemaState.refusal(
                "the triggers of the target could not be made again, so it is no database to go on with: drop its tables and copy once more (\(error))"
            )
        }
        return try outcome.get()
    }

    /// Runs `body` in the transaction that copies, with the triggers of SQLite and PostgreSQL away.
    func within<Result: Sendable>(
        _ transaction: Transaction, _ body: nonisolated(nonsending) () async throws -> Result
    ) async throws -> Result {
        switch engine {
        case .mysql: return try await body()
        case .sqlite:
            let triggers = try await SQLiteSchema(reading: transaction).objects.filter { $0.kind == .trigger }
            for trigger in triggers {
                try await execute("DROP TRIGGER \(schema.quoted(trigger.name))", on: transaction)
            }
            let result = try await body()
            for trigger in triggers { try await execute(trigger.sql, on: transaction) }
            return result
        case .postgres:
            // Those that keep foreign keys are the system's own and stay: https://www.postgresql.org/docs/15/sql-altertable.html
            for table in tables {
                try await execute("ALTER TABLE \(schema.quoted(table)) DISABLE TRIGGER USER", on: transaction)
            }
            let result = try await body()
            for table in tables {
                try await execute("ALTER TABLE \(schema.quoted(table)) ENABLE TRIGGER USER", on: transaction)
            }
            return result
        }
    }

    // MARK: MySQL

    private struct MySQLTrigger: Sendable {
        let name: String
        let creation: String
    }

    /// In the order in which they run. <https://dev.mysql.com/doc/refman/8.0/en/information-schema-triggers-table.html>
    private func mysqlTriggers(of target: Database) async throws -> [MySQLTrigger] {
        let rows = try await Rows<String, String, String, String, String>.raw(
            """
            SELECT trigger_name, action_timing, event_manipulation, event_object_table, action_statement
            FROM information_schema.triggers WHERE event_object_schema = DATABASE()
            ORDER BY event_object_table, action_timing, event_manipulation, action_order
            """
        ).all(on: target)
        return rows.filter { tables.contains($0.3) }.map { name, timing, event, table, body in
            MySQLTrigger(
                name: name,
                creation:
                    "CREATE TRIGGER \(schema.quoted(name)) \(timing) \(event) ON \(schema.quoted(table)) FOR EACH ROW \(body)"
            )
        }
    }

    private func restore(
        _ triggers: [MySQLTrigger], _ history: [AppliedMigration], on target: Database
    ) async throws {
        let present = Set(try await mysqlTriggers(of: target).map(\.name))
        for trigger in triggers where !present.contains(trigger.name) {
            try await execute(trigger.creation, on: target)
        }
        try await AppliedMigration.insert(
            history.map {
                .init(
                    id: $0.id, name: $0.name, checksum: $0.checksum, appliedAt: $0.appliedAt, duration: $0.duration)
            }, on: target)
    }

    private func execute(_ sql: String, on session: any Session) async throws {
        try await SQLText(stringLiteral: sql).execute(on: session)
    }
}
