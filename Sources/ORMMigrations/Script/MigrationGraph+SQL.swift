public import ORM

extension MigrationGraph {
    /// The SQL that takes a database from one migration to another, in a dialect: to read, or to run where no program may. It writes the
    /// history too. `from` = `nil` is an empty database, `to` = `nil` the last migration.
    ///
    /// Throws `.unsupported` for a dialect that cannot say it.
    public func sql(from: String? = nil, to target: String? = nil, in dialect: any Dialect) throws -> String {
        let script = try MigrationScript(dialect)
        if target == nil { try checkBranches() }
        let wanted = try target.map { try path(to: $0) } ?? migrations
        let applied = try from.map { try path(to: $0).map(\.name) } ?? []
        var state = try self.state(after: Set(applied))
        var parts: [String] = []
        if from == nil { parts.append(try SchemaScript(dialect).create([AppliedMigration.self])) }
        for migration in wanted where !applied.contains(migration.name) {
            let plan = try MigrationPlan(applying: migration, to: state)
            try migration.apply(to: &state)
            parts.append(try text(of: plan, script))
        }
        return parts.joined(separator: "\n\n") + "\n"
    }

    private func text(of plan: MigrationPlan, _ script: MigrationScript) throws -> String {
        let dialect = script.schema.dialect
        var lines = ["-- \(plan.migration.name)"]
        let isAtomic = !dialect.commitsDefinitions
        if isAtomic {
            lines += dialect.foreignKeySwitch?.off.map { $0 + ";" } ?? []
            lines += try dialect.begin(.readWrite).map { $0 + ";" }
        }
        lines += try plan.statements(script).map { $0.hasPrefix("--") ? $0 : $0 + ($0.hasSuffix(";") ? "" : ";") }
        lines.append(try entry(of: plan.migration, script.schema))
        if isAtomic {
            lines.append("COMMIT;")
            lines += dialect.foreignKeySwitch?.on.map { $0 + ";" } ?? []
        }
        return lines.joined(separator: "\n")
    }

    private func entry(of migration: Migration, _ script: SchemaScript) throws -> String {
        let table = AppliedMigration.schema
        let names = table.columns.dropFirst().map { script.quoted($0.name) }.joined(separator: ", ")
        let values = [
            script.literal(.text(migration.name)), script.literal(.text(migration.checksum)),
            script.dialect.expression(of: .now), "0",
        ]
        return "INSERT INTO \(script.quoted(table.table)) (\(names)) VALUES (\(values.joined(separator: ", ")));"
    }
}
