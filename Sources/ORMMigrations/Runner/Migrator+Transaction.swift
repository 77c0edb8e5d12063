import ORM

/// Migrations where transactions hold definitions: one migration, one transaction.
extension Migrator {
    /// Applies or undoes a migration together with its line in the history; `nil` when somebody else has done it meanwhile.
    func runAtOnce(_ name: String, isUndone: Bool, isFake: Bool) async throws -> MigrationRun? {
        let dialect = database.dialect
        let script = try MigrationScript(dialect)
        // Rows alone are changed as on every engine, cascades included.
        let dropsTables = try graph.find(name).operations.contains(where: \.mayDropTables)
        let options: TransactionOptions =
            dialect.foreignKeySwitch == nil || isFake || !dropsTables ? .readWrite : .readWrite.withoutForeignKeys()
        return try await database.transaction(options) { transaction in
            // On SQLite the transaction itself is the lock: it begins with BEGIN IMMEDIATE.
            if script.engine == .postgres { try await SQLText.migrationLock.execute(on: transaction) }
            try await History.make(AppliedMigration.self, on: transaction)
            // What was read before the lock may be old.
            let history = try await History.read(transaction)
            guard (history[name] == nil) != isUndone else { return nil }
            try history.checkKnown(to: graph)
            try history.checkUnchanged(in: graph)
            let plan = try plan(name, isUndone: isUndone, from: history.names)
            if isFake {
                // Whoever says that it is done knows what became of its statements.
                if dialect.commitsDefinitions, try await transaction.hasTable(JournalEntry.schema.table) {
                    try await JournalEntry.filter { $0.migration == name }.delete(on: transaction)
                }
                try await enter(plan, duration: .zero, on: transaction)
                return MigrationRun(name: name, isUndone: isUndone, statements: [], duration: nil)
            }
            let stopwatch = Stopwatch(clock)
            let statements = try await run(plan, script, on: transaction)
            let duration = stopwatch.elapsed()
            try await enter(plan, duration: duration, on: transaction)
            return MigrationRun(name: name, isUndone: isUndone, statements: statements, duration: duration)
        }
    }

    /// Writes a line into the history, or takes it out.
    func enter(_ plan: MigrationPlan, duration: Duration, on session: any Session) async throws {
        let name = plan.migration.name
        if plan.isUndone {
            try await AppliedMigration.filter { $0.name == name }.delete(on: session)
        } else {
            try await AppliedMigration.create(
                name: name, checksum: plan.migration.checksum, duration: duration, on: session)
        }
    }

    private func run(
        _ plan: MigrationPlan, _ script: MigrationScript, on transaction: Transaction
    ) async throws -> [String] {
        var integrity: SQLiteIntegrity?
        if script.engine == .sqlite { integrity = try await SQLiteIntegrity(before: plan, on: transaction) }
        var statements: [String] = []
        for step in plan.steps {
            do {
                statements += try await run(step, script, on: transaction)
            } catch {
                throw plan.failure(error, in: step)
            }
        }
        try await integrity?.check(after: plan, on: transaction)
        return statements
    }

    private func run(
        _ step: MigrationPlan.Step, _ script: MigrationScript, on transaction: Transaction
    ) async throws -> [String] {
        for check in try script.checks(for: step.operation, in: step.before) {
            try await check.run(in: step.before, script.schema, on: transaction)
        }
        if case .run(let swift) = step.operation {
            try await swift.up(transaction)
            return [swift.remark]
        }
        let live = script.engine == .sqlite ? try await SQLiteSchema(reading: transaction) : nil
        let statements = try script.script(for: step.operation, in: step.before, live: live).map(\.sql)
        for sql in statements { try await SQLText(stringLiteral: sql).execute(on: transaction) }
        return statements
    }
}

extension SQLText {
    /// Waits until no other process migrates; the lock ends with the transaction. The number is this library's own.
    /// <https://www.postgresql.org/docs/15/functions-admin.html#FUNCTIONS-ADVISORY-LOCKS>
    fileprivate static var migrationLock: SQLText { "SELECT pg_advisory_xact_lock(7022060931)" }
}

extension MigrationOperation {
    /// Whether it, or what undoes it, may drop a table, be it to make it anew: on SQLite its rows would be deleted before, and
    /// those that point to them would follow.
    fileprivate var mayDropTables: Bool {
        switch self {
        case .createTable, .dropTable, .addColumn, .alterColumn, .dropColumn, .addCheck, .dropCheck: true
        case .renameTable, .renameColumn, .addIndex, .dropIndex, .sql, .run: false
        }
    }
}

/// Measures how long something takes, by whatever clock.
struct Stopwatch {
    /// The time since the stopwatch was made.
    let elapsed: () -> Duration

    init(_ clock: some Clock<Duration>) {
        let start = clock.now
        elapsed = { start.duration(to: clock.now) }
    }
}
