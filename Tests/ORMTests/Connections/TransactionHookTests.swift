@testable import ORM
import ORMSQLite
import ORMTesting
import Testing

@Suite(.blog) struct TransactionHookTests {
    struct Broken: Error {}

    private let log = Shared<[String]>([])
    private func database() throws -> Database { try #require(Ambient.binding.session as? Database) }
    private func note(_ text: String) -> @Sendable () async -> Void { { [log] in log.change { $0.append(text) } } }

    @Test func hooksRunInOrderAfterTheOutermostCommit() async throws {
        try await database().transaction { outer in
            try outer.afterCommit(note("1"))
            try await outer.transaction { inner in
                try inner.afterCommit(note("2"))
                try await inner.transaction { innermost in try innermost.afterCommit(note("3")) }
                try inner.afterCommit(note("4"))
            }
            try outer.afterCommit(note("5"))
            try outer.afterRollback(note("never"))
            #expect(log.value == [])
        }
        #expect(log.value == ["1", "2", "3", "4", "5"])
    }

    @Test func aRollbackOfASavepointDropsItsHooksAndNoOthers() async throws {
        try await database().transaction { outer in
            try outer.afterCommit(note("outer"))
            _ = try? await outer.transaction { inner in
                try inner.afterCommit(note("dropped"))
                try inner.afterRollback(note("undone"))
                try await inner.transaction { innermost in
                    try innermost.afterCommit(note("dropped"))
                    try innermost.afterRollback(note("undone, nested"))
                }
                // By name, but what it means is undone with the savepoint.
                try outer.afterCommit(note("dropped"))
                throw Broken()
            }
            try outer.afterCommit(note("last"))
        }
        #expect(log.value == ["outer", "undone", "undone, nested", "last"])
    }

    @Test func aRollbackOfTheTransactionRunsOnlyTheHooksForIt() async throws {
        let db = try database()
        await #expect(throws: Broken.self) {
            try await db.transaction { outer in
                try outer.afterCommit(note("dropped"))
                try outer.afterRollback(note("undone"))
                _ = try? await outer.transaction { inner in
                    try inner.afterRollback(note("undone before"))
                    throw Broken()
                }
                throw Broken()
            }
        }
        #expect(log.value == ["undone", "undone before"])
    }

    @Test func aHookSeesWhatIsCommittedAndMayUseTheDatabase() async throws {
        let db = try database()
        try await db.transaction { transaction in
            let tag = try await Tag.create(name: "new")
            try transaction.afterCommit { [log] in
                // The only connection is free, and this is outside the transaction.
                let name = try? await Tag.get(tag.id).name
                let other = try? await db.transaction { _ in try await Tag.create(name: "by the hook").name }
                log.change { $0 += [name ?? "none", other ?? "none"] }
            }
        }
        #expect(log.value == ["new", "by the hook"])
        // Without anything bound, a hook's verbs use the transaction's database.
        try await Task.detached { [log] in
            try await db.transaction { transaction in
                try transaction.afterCommit { [log] in
                    let count = try? await Tag.count()
                    log.change { $0.append("\(count ?? 0)") }
                }
            }
        }.value
        #expect(log.value == ["new", "by the hook", "5"])
    }

    @Test func hooksRunThoughTheTaskIsCancelledAfterItsWork() async throws {
        let db = try database()
        let task = Task {
            try await db.transaction { transaction in
                try transaction.afterCommit(note("ran"))
                withUnsafeCurrentTask { $0?.cancel() }
            }
        }
        try await task.value
        #expect(log.value == ["ran"])
    }

    @Test func aFinishedTransactionTakesNoHooks() async throws {
        let escaped = try await database().transaction { transaction in transaction }
        let commit = await ormError { try escaped.afterCommit(note("never")) }
        let rollback = await ormError { try escaped.afterRollback(note("never")) }
        #expect([commit?.code, rollback?.code] == [.transactionFinished, .transactionFinished])
        #expect(log.value == [])
    }
}
