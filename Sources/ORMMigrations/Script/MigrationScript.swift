public import ORM

/// Writes the SQL of migrations in a dialect.
///
/// ```swift
/// let script = try MigrationScript(PostgresDialect())
/// try script.statements(for: .renameTable("tags", to: "labels"), in: state)   // [ALTER TABLE "tags" RENAME TO "labels", …]
/// ```
public struct MigrationScript: Sendable {
    /// The engines that definitions are written for.
    enum Engine: String { case sqlite, postgres, mysql }

    let engine: Engine
    let schema: SchemaScript

    /// A writer in a dialect; throws `.unsupported` for one whose definitions this library does not know.
    public init(_ dialect: any Dialect) throws {
        guard let engine = Engine(rawValue: dialect.name) else {
            throw ORMError.unsupported(
                "migrations", dialect: dialect.name,
                "migrations are written for sqlite, postgres and mysql, not for \(dialect.name)")
        }
        self.engine = engine
        schema = SchemaScript(dialect)
    }

    /// The statements of an operation, given the schema before it. A Swift step has none.
    ///
    /// On SQLite a table that must be made anew is written as the state has it; when a migration is applied it is written as the
    /// database has it, with the triggers, collations and generated columns that a state does not know.
    public func statements(for operation: MigrationOperation, in state: SchemaState) throws -> [String] {
        try script(for: operation, in: state).map(\.sql)
    }

    /// The statements with the ways to find out whether they took effect. `live` is what a SQLite database holds.
    func script(
        for operation: MigrationOperation, in state: SchemaState, live: SQLiteSchema? = nil
    ) throws -> [ScriptStatement] {
        switch engine {
        case .sqlite:
            let live = try live ?? SQLiteSchema(of: state, schema)
            return try SQLiteAlteration(script: schema, live: live).statements(for: operation, in: state)
                .map { ScriptStatement($0, .unknown) }
        case .postgres:
            return try PostgresAlteration(script: schema).statements(for: operation, in: state)
                .map { ScriptStatement($0, .unknown) }
        case .mysql: return try MySQLAlteration(script: schema).statements(for: operation, in: state)
        }
    }
}

/// A statement of a migration.
package struct ScriptStatement: Hashable {
    let sql: String
    /// How to find out whether it took effect, where it is not part of a transaction.
    let effect: Effect

    init(_ sql: String, _ effect: Effect) {
        self.sql = sql
        self.effect = effect
    }

    /// What is different once a statement has run.
    package enum Effect: Hashable, Sendable {
        /// A table is there, or is not.
        case table(String, exists: Bool)
        /// A table has a column, or has not.
        case column(String, String, exists: Bool)
        /// A table has an index, or has not.
        case index(String, String, exists: Bool)
        /// A table has a constraint, or has not.
        case constraint(String, String, exists: Bool)
        /// Nothing if it runs a second time.
        case repeatable
        /// Nobody but its author can say.
        case unknown
    }
}

extension PortableSQL {
    /// The statement of a migration's own SQL; `nil` where a dialect has nothing to do.
    func statement(in dialect: any Dialect) throws -> String? {
        let text = try text(in: dialect).trimmed
        return text.isEmpty ? nil : text
    }
}
