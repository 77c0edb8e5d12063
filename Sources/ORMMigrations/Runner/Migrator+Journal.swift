import ORM

/// Migrations where every definition is committed by itself: statement by statement, with a journal.
extension Migrator {
    /// The migration that was begun and not ended; `nil` when there is none.
    func interruptedMigration() async throws -> String? {
        guard database.dialect.commitsDefinitions, try await database.hasTable(JournalEntry.schema.table) else {
            return nil
        }
        return try await JournalEntry.order { $0.id.asc }.first(on: database)?.migration
    }

    /// Runs `body` with the tables that it needs, while no other process migrates.
    func withJournal(_ body: @escaping @Sendable () async throws -> [MigrationRun]) async throws -> [MigrationRun] {
        let database = database
        return try await journaling.exclusively(database) {
            try await History.make(AppliedMigration.self, on: database)
            try await History.make(JournalEntry.self, on: database)
            return try await body()
        }
    }

    /// Applies or undoes migrations; goes on with the one that was interrupted.
    func runJournalled(_ names: [String], isUndone: Bool) async throws -> [MigrationRun] {
        try await checkInterruption(names.first, isUndone: isUndone)
        var runs: [MigrationRun] = []
        for name in names {
            // What was read before the lock may be old.
            let history = try await History.read(database)
            guard (history[name] == nil) != isUndone else { continue }
            try history.checkKnown(to: graph)
            try history.checkUnchanged(in: graph)
            let plan = try plan(name, isUndone: isUndone, from: history.names)
            let stopwatch = Stopwatch(clock)
            let statements = try await runJournalled(plan)
            let duration = stopwatch.elapsed()
            try await database.transaction { transaction in
                try await enter(plan, duration: duration, on: transaction)
                try await JournalEntry.filter { $0.migration == name }.delete(on: transaction)
            }
            runs.append(MigrationRun(name: name, isUndone: isUndone, statements: statements, duration: duration))
        }
        return runs
    }

    /// A statement or Swift step in its place.
    private struct Part {
        let step: MigrationPlan.Step
        let sql: String
        let effect: ScriptStatement.Effect
        /// What must be true before it: at the beginning of its operation only.
        let checks: [DataCheck]
        var checksum: String { StableHash.hexadecimal(of: sql) }

        /// Whether it changes rows alone, and so can be in one transaction with its line in the journal.
        var isAtomic: Bool {
            if case .run = step.operation { return true }
            let word = sql.prefix { $0.isLetter }.uppercased()
            return effect == .unknown && ["INSERT", "UPDATE", "DELETE", "REPLACE"].contains(word)
        }
    }

    private func parts(of plan: MigrationPlan, _ script: MigrationScript) throws -> [Part] {
        try plan.steps.flatMap { step in
            try plan.migration.located(at: step.index) {
                let checks = try script.checks(for: step.operation, in: step.before)
                if case .run(let swift) = step.operation {
                    return [Part(step: step, sql: swift.remark, effect: .unknown, checks: checks)]
                }
                return try script.script(for: step.operation, in: step.before).enumerated().map { index, statement in
                    Part(step: step, sql: statement.sql, effect: statement.effect, checks: index == 0 ? checks : [])
                }
            }
        }
    }

    private func runJournalled(_ plan: MigrationPlan) async throws -> [String] {
        let script = try MigrationScript(database.dialect)
        let parts = try parts(of: plan, script)
        let entries = try await JournalEntry.order { $0.position.asc }.all(on: database)
        try check(entries, plan, parts)
        var statements: [String] = []
        for (position, part) in parts.enumerated() {
            var entry = entries.first { $0.position == position }
            if let begun = entry, !begun.isDone, try await hasTakenEffect(part, begun, of: parts.count, plan) {
                try await JournalEntry.filter { $0.id == begun.id }.update(.set(\.isDone, true), on: database)
                entry?.isDone = true
            }
            if entry?.isDone == true { continue }
            do {
                try await run(part, at: position, entry, plan, script)
            } catch {
                throw failure(error, part, at: position, of: parts.count, plan)
            }
            statements.append(part.sql)
        }
        return statements
    }

    private func run(
        _ part: Part, at position: Int, _ begun: JournalEntry?, _ plan: MigrationPlan, _ script: MigrationScript
    ) async throws {
        for check in part.checks where begun == nil {
            try await check.run(in: part.step.before, script.schema, on: database)
        }
        let (name, isUndone, checksum) = (plan.migration.name, plan.isUndone, part.checksum)
        if part.isAtomic {
            return try await database.transaction { transaction in
                try await JournalEntry.create(
                    migration: name, isUndone: isUndone, position: position, checksum: checksum, isDone: true,
                    on: transaction)
                if case .run(let swift) = part.step.operation {
                    try await swift.up(transaction)
                } else {
                    try await SQLText(stringLiteral: part.sql).execute(on: transaction)
                }
            }
        }
        var entry = begun
        if entry == nil {
            entry = try await JournalEntry.create(
                migration: name, isUndone: isUndone, position: position, checksum: checksum, isDone: false, on: database
            )
        }
        guard let id = entry?.id else { return }
        do {
            try await SQLText(stringLiteral: part.sql).execute(on: database)
        } catch let error as ORMError where error.database?.kind != .unavailable {
            // The engine has refused it as a whole, so that it may be corrected and run.
            try await JournalEntry.filter { $0.id == id }.delete(on: database)
            throw error
        }
        try await JournalEntry.filter { $0.id == id }.update(.set(\.isDone, true), on: database)
    }

    // MARK: After an interruption

    /// Throws `.migration` when another migration, or the other way of the same, was begun and not ended.
    private func checkInterruption(_ next: String?, isUndone: Bool) async throws {
        let entries = try await JournalEntry.order { $0.id.asc }.all(on: database)
        guard let first = entries.first, first.migration != next || first.isUndone != isUndone else { return }
        throw SchemaState.refusal(
            "\(first.migration) was interrupted while it was \(first.isUndone ? "undone" : "applied"), after \(entries.count(where: \.isDone)) of its statements: "
                + "go on with that first, by \(first.isUndone ? "down" : "up")")
    }

    /// Throws `.migration` when the journal is about other statements than these.
    private func check(_ entries: [JournalEntry], _ plan: MigrationPlan, _ parts: [Part]) throws {
        for entry in entries {
            guard entry.position >= parts.count || parts[entry.position].checksum != entry.checksum else { continue }
            throw SchemaState.refusal(
                "\(plan.migration.name) (\(plan.migration.file)) was interrupted after \(entries.count(where: \.isDone)) statements, and statement \(entry.position + 1) "
                    + "is no longer the one that was run: give the migration its old text to go on")
        }
    }

    /// Whether a statement that was begun has taken effect. Throws `.migration`, with where it stands, when nobody can tell.
    private func hasTakenEffect(
        _ part: Part, _ entry: JournalEntry, of count: Int, _ plan: MigrationPlan
    ) async throws -> Bool {
        if part.effect == .repeatable { return false }
        guard let (query, findsRow) = journaling.probe(part.effect) else {
            throw SchemaState.refusal(
                "\(plan.migration.name) (\(plan.migration.file)) was interrupted at statement \(entry.position + 1) of \(count), and nothing tells whether it took effect: "
                    + "look, then set is_done to 1 in line \(entry.id) of orm_migration_journal if it did, delete the line if it did not, and go on [SQL: \(part.sql)]"
            )
        }
        let isFound = try await database.withLease(.readWrite) { lease in
            try await !lease.fetch(query, TupleDecoder<Int>()).isEmpty
        }
        return isFound == findsRow
    }

    private func failure(
        _ error: any Error, _ part: Part, at position: Int, of count: Int, _ plan: MigrationPlan
    ) -> any Error {
        let standing =
            position == 0
            ? "" : "; \(position) of \(count) statements have been applied, and the next run goes on behind them"
        return plan.failure(error, in: part.step, behind: standing)
    }
}
