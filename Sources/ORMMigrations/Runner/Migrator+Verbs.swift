import ORM

extension Migrator {
    /// What ``down(to:mode:)`` calls a database without any migration.
    public static let zero = "zero"

    /// Applies what is pending, up to a migration and all that come before it; `nil` = all. Gives what it ran, nothing when there
    /// was nothing to do.
    ///
    /// Throws `.migration` and changes nothing for an unknown target, for branches that nothing brings together, and for a database with
    /// migrations that the program does not know or that have changed since they were applied.
    @discardableResult
    public func up(to target: String? = nil, mode: MigrationMode = .apply) async throws -> [MigrationRun] {
        let wanted: [Migration]
        if let target {
            wanted = try graph.path(to: target)
        } else {
            try graph.checkBranches()
            wanted = graph.migrations
        }
        var history = try await History.read(database)
        try history.checkKnown(to: graph)
        if mode == .fake {
            history = try await accept(history.changed(in: graph))
        } else {
            try history.checkUnchanged(in: graph)
        }
        let pending = wanted.filter { history[$0.name] == nil }.map(\.name)
        return try await run(pending, isUndone: false, mode, from: history)
    }

    /// Undoes what was applied after a migration, which itself stays, the latest first; `nil` = the latest alone, ``zero`` = all.
    ///
    /// What a drop has lost comes back empty. Throws `.migration` and changes nothing for a migration that cannot be undone.
    @discardableResult
    public func down(to target: String? = nil, mode: MigrationMode = .apply) async throws -> [MigrationRun] {
        let history = try await History.read(database)
        try history.checkKnown(to: graph)
        try history.checkUnchanged(in: graph)
        let after: [Migration]
        switch target {
        case Self.zero: after = graph.migrations
        case let target?:
            let migration = try graph.find(target)
            guard history[migration.name] != nil else {
                throw SchemaState.refusal("\(migration.name) is not applied: there is nothing after it to undo")
            }
            after = graph.successors(of: migration.name)
        case nil: after = history.lines.last.flatMap { graph[$0.name] }.map { [$0] } ?? []
        }
        let undone = after.filter { history[$0.name] != nil }.map(\.name).reversed()
        return try await run(Array(undone), isUndone: true, mode, from: history)
    }

    private func run(
        _ names: [String], isUndone: Bool, _ mode: MigrationMode, from history: History
    ) async throws -> [MigrationRun] {
        // All of them must make sense before the first one runs.
        let plans = try plans(names, isUndone: isUndone, from: history.names)
        if mode == .dryRun {
            let script = try MigrationScript(database.dialect)
            return try plans.map { plan in
                MigrationRun(
                    name: plan.migration.name, isUndone: isUndone, statements: try plan.statements(script),
                    duration: nil)
            }
        }
        if mode == .apply, database.dialect.commitsDefinitions {
            if names.isEmpty, try await interruptedMigration() == nil { return [] }
            return try await withJournal { try await runJournalled(names, isUndone: isUndone) }
        }
        var runs: [MigrationRun] = []
        for name in names {
            if let run = try await runAtOnce(name, isUndone: isUndone, isFake: mode == .fake) { runs.append(run) }
        }
        return runs
    }

    /// The ways of some migrations, one after the other.
    private func plans(_ names: [String], isUndone: Bool, from applied: Set<String>) throws -> [MigrationPlan] {
        var applied = applied
        return try names.map { name in
            let plan = try plan(name, isUndone: isUndone, from: applied)
            if isUndone { applied.remove(name) } else { applied.insert(name) }
            return plan
        }
    }

    /// The way of a migration from a database to which these are applied.
    func plan(_ name: String, isUndone: Bool, from applied: Set<String>) throws -> MigrationPlan {
        let migration = try graph.find(name)
        let before = try graph.state(after: applied.subtracting([name]))
        return isUndone
            ? try MigrationPlan(undoing: migration, to: before) : try MigrationPlan(applying: migration, to: before)
    }

    /// Gives changed migrations the checksums that they have now.
    private func accept(_ changed: [AppliedMigration]) async throws -> History {
        try await database.transaction { transaction in
            for line in changed {
                guard let checksum = graph[line.name]?.checksum else { continue }
                try await AppliedMigration.filter { $0.id == line.id }.update(
                    .set(\.checksum, checksum), on: transaction)
            }
            return try await History.read(transaction)
        }
    }
}
