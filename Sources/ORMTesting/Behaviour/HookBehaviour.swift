import ORM
import Testing

extension DriverBehaviour {
    /// What runs after a transaction.
    static let hooks: [DriverBehaviour] = [
        DriverBehaviour("hooks run in order after the outermost commit", hooksRunInOrderAfterTheOutermostCommit),
        DriverBehaviour(
            "a rollback of a savepoint drops its hooks and no others", aRollbackOfASavepointDropsItsHooksAndNoOthers),
        DriverBehaviour(
            "a rollback of the transaction runs only the hooks for it", aRollbackOfTheTransactionRunsOnlyTheHooksForIt),
        DriverBehaviour(
            "a hook sees what is committed and may use the database", aHookSeesWhatIsCommittedAndMayUseTheDatabase),
        DriverBehaviour(
            "hooks run though the task is cancelled after its work", hooksRunThoughTheTaskIsCancelledAfterItsWork),
        DriverBehaviour("a finished transaction takes no hooks", aFinishedTransactionTakesNoHooks),
    ]

    private static func hooksRunInOrderAfterTheOutermostCommit(_ test: BehaviourContext) async throws {
        let log = HookLog()
        try await test.db.transaction { outer in
            try outer.afterCommit(log.note("1"))
            try await outer.transaction { inner in
                try inner.afterCommit(log.note("2"))
                try await inner.transaction { innermost in try innermost.afterCommit(log.note("3")) }
                try inner.afterCommit(log.note("4"))
            }
            try outer.afterCommit(log.note("5"))
            try outer.afterRollback(log.note("never"))
            #expect(log.texts == [])
        }
        #expect(log.texts == ["1", "2", "3", "4", "5"])
    }

    private static func aRollbackOfASavepointDropsItsHooksAndNoOthers(_ test: BehaviourContext) async throws {
        let log = HookLog()
        try await test.db.transaction { outer in
            try outer.afterCommit(log.note("outer"))
            _ = try? await outer.transaction { inner in
                try inner.afterCommit(log.note("dropped"))
                try inner.afterRollback(log.note("undone"))
                try await inner.transaction { innermost in
                    try innermost.afterCommit(log.note("dropped"))
                    try innermost.afterRollback(log.note("undone, nested"))
                }
                // By name, but what it means is undone with the savepoint.
                try outer.afterCommit(log.note("dropped"))
                throw Broken()
            }
            try outer.afterCommit(log.note("last"))
        }
        #expect(log.texts == ["outer", "undone", "undone, nested", "last"])
    }

    private static func aRollbackOfTheTransactionRunsOnlyTheHooksForIt(_ test: BehaviourContext) async throws {
        let log = HookLog()
        let db = test.db
        await #expect(throws: Broken.self) {
            try await db.transaction { outer in
                try outer.afterCommit(log.note("dropped"))
                try outer.afterRollback(log.note("undone"))
                _ = try? await outer.transaction { inner in
                    try inner.afterRollback(log.note("undone before"))
                    throw Broken()
                }
                throw Broken()
            }
        }
        #expect(log.texts == ["undone", "undone before"])
    }

    private static func aHookSeesWhatIsCommittedAndMayUseTheDatabase(_ test: BehaviourContext) async throws {
        let log = HookLog()
        let db = test.db
        try await db.transaction { transaction in
            let tag = try await Tag.create(name: "new")
            try transaction.afterCommit {
                // The only connection is free, and this is outside the transaction.
                let name = try? await Tag.get(tag.id).name
                let other = try? await db.transaction { _ in try await Tag.create(name: "by the hook").name }
                log.add(name ?? "none")
                log.add(other ?? "none")
            }
        }
        #expect(log.texts == ["new", "by the hook"])
        // Without anything bound, a hook's verbs use the transaction's database.
        try await Task.detached {
            try await db.transaction { transaction in
                try transaction.afterCommit {
                    let count = try? await Tag.count()
                    log.add("\(count ?? 0)")
                }
            }
        }.value
        #expect(log.texts == ["new", "by the hook", "5"])
    }

    private static func hooksRunThoughTheTaskIsCancelledAfterItsWork(_ test: BehaviourContext) async throws {
        let log = HookLog()
        let db = test.db
        let task = Task {
            try await db.transaction { transaction in
                try transaction.afterCommit(log.note("ran"))
                withUnsafeCurrentTask { $0?.cancel() }
            }
        }
        try await task.value
        #expect(log.texts == ["ran"])
    }

    private static func aFinishedTransactionTakesNoHooks(_ test: BehaviourContext) async throws {
        let log = HookLog()
        let escaped = try await test.db.transaction { transaction in transaction }
        let commit = await ormError { try escaped.afterCommit(log.note("never")) }
        let rollback = await ormError { try escaped.afterRollback(log.note("never")) }
        #expect([commit?.code, rollback?.code] == [.transactionFinished, .transactionFinished])
        #expect(log.texts == [])
    }
}

/// What hooks have said.
private final class HookLog: Sendable {
    private let entries = Shared<[String]>([])

    var texts: [String] { entries.value }

    func add(_ text: String) { entries.change { $0.append(text) } }

    /// A hook that says something.
    func note(_ text: String) -> @Sendable () async -> Void {
        { self.add(text) }
    }
}
