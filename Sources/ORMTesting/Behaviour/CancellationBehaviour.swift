import ORM
import Testing

extension DriverBehaviour {
    /// Cancellation before, during and after.
    static let cancellation: [DriverBehaviour] = [
        DriverBehaviour("a task that is cancelled before runs nothing", aTaskThatIsCancelledBeforeRunsNothing),
        DriverBehaviour(
            "a running statement is interrupted and the connection is clean afterwards",
            aRunningStatementIsInterruptedAndTheConnectionIsCleanAfterwards),
        DriverBehaviour("a cancelled transaction is rolled back", aCancelledTransactionIsRolledBack),
        DriverBehaviour(
            "a transaction that is cancelled after its work still commits",
            aTransactionThatIsCancelledAfterItsWorkStillCommits),
        DriverBehaviour(
            "a cancelled write in a child task never leaves half a transaction",
            aCancelledWriteInAChildTaskNeverLeavesHalfATransaction),
        DriverBehaviour(
            "a task that is cancelled while it waits for its turn in a transaction does nothing",
            aTaskThatIsCancelledWhileItWaitsForItsTurnInATransactionDoesNothing),
        DriverBehaviour(
            "a task that is cancelled while it waits for a connection does nothing",
            aTaskThatIsCancelledWhileItWaitsForAConnectionDoesNothing),
        DriverBehaviour(
            "a savepoint that is cancelled is undone, and its transaction may go on",
            aSavepointThatIsCancelledIsUndoneAndItsTransactionMayGoOn),
        DriverBehaviour("inserting many rows stops when it is cancelled", insertingManyRowsStopsWhenItIsCancelled),
    ]

    private static func aTaskThatIsCancelledBeforeRunsNothing(_ test: BehaviourContext) async throws {
        let db = test.db
        let queries = try await recordQueries { () async throws in
            let task = Task {
                withUnsafeCurrentTask { $0?.cancel() }
                _ = try await Tag.create(name: "x")
            }
            await #expect(throws: CancellationError.self) { try await task.value }
            let transaction = Task {
                withUnsafeCurrentTask { $0?.cancel() }
                try await db.transaction { _ in }
            }
            await #expect(throws: CancellationError.self) { try await transaction.value }
        }
        #expect(queries.map(\.sql) == [])
        #expect(try await Tag.count() == 3)
    }

    private static func aRunningStatementIsInterruptedAndTheConnectionIsCleanAfterwards(_ test: BehaviourContext)
        async throws
    {
        let db = test.db
        let (running, signal) = AsyncStream.makeStream(of: Void.self)
        let task = Task {
            try await db.withLease(.readOnly) { lease in
                signal.yield()
                _ = try await lease.fetch(endless, Ignored())
            }
        }
        for await _ in running { break }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        #expect(try await Tag.count() == 3)
    }

    private static func aCancelledTransactionIsRolledBack(_ test: BehaviourContext) async throws {
        let db = test.db
        let (running, signal) = AsyncStream.makeStream(of: Void.self)
        let task = Task {
            try await db.transaction { transaction in
                try await Tag.create(name: "x")
                try await transaction.withLease(.readOnly) { lease in
                    signal.yield()
                    _ = try await lease.fetch(endless, Ignored())
                }
            }
        }
        for await _ in running { break }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        #expect(try await Tag.count() == 3)
        try await db.transaction { _ in _ = try await Tag.create(name: "usable") }
    }

    private static func aTransactionThatIsCancelledAfterItsWorkStillCommits(_ test: BehaviourContext) async throws {
        let db = test.db
        let task = Task {
            try await db.transaction { _ in
                try await Tag.create(name: "x")
                withUnsafeCurrentTask { $0?.cancel() }
            }
        }
        try await task.value
        #expect(try await Tag.count() == 4)
    }

    private static func aCancelledWriteInAChildTaskNeverLeavesHalfATransaction(_ test: BehaviourContext) async throws {
        let db = test.db
        let (running, signal) = AsyncStream.makeStream(of: Void.self)
        let (children, announce) = AsyncStream.makeStream(of: Task<Void, any Error>.self)
        let insert = Statement("INSERT INTO tags (name) \(endless.sql)")
        // Not inside the transaction: its body is isolated to the connection, which the statement occupies.
        let canceller = Task.detached {
            for await child in children {
                for await _ in running { break }
                child.cancel()
                break
            }
        }
        let error = await ormError {
            try await db.transaction { transaction in
                try await Tag.create(name: "before")
                let child = Task {
                    _ = try await transaction.withLease(.readWrite) { lease in
                        // SQLite rolls the whole transaction back when a write is interrupted.
                        signal.yield()
                        _ = try await lease.execute(insert)
                    }
                }
                announce.yield(child)
                _ = await child.result
                _ = try await Tag.create(name: "after")
            }
        }
        await canceller.value
        // The child may be cancelled before its statement has begun; then the transaction stands. Never does half of it.
        let names = try await Tag.filter { $0.id > 3 }.order { $0.id.asc }.all().map(\.name)
        #expect(error == nil ? names == ["before", "after"] : names == [])
    }

    private static func aTaskThatIsCancelledWhileItWaitsForItsTurnInATransactionDoesNothing(_ test: BehaviourContext)
        async throws
    {
        let db = test.db
        try await db.transaction { transaction in
            let waiting = try await transaction.transaction { _ in
                // The savepoint has the connection, so that the child must wait.
                let child = Task.detached { _ = try await Tag.create(name: "child", on: transaction) }
                while transaction.waitingCount == 0 { await Task.yield() }
                child.cancel()
                return child
            }
            await #expect(throws: CancellationError.self) { try await waiting.value }
            try await Tag.create(name: "after")
        }
        #expect(try await Tag.filter { $0.id > 3 }.all().map(\.name) == ["after"])
    }

    private static func aTaskThatIsCancelledWhileItWaitsForAConnectionDoesNothing(_ test: BehaviourContext) async throws
    {
        let db = test.db
        try await test.holdingAllWriters {
            let task = Task.detached { _ = try await Tag.create(name: "waiting", on: db) }
            while db.waitingCount == 0 { await Task.yield() }
            task.cancel()
            await #expect(throws: CancellationError.self) { try await task.value }
        }
        try await Tag.create(name: "after")
        #expect(try await Tag.filter { $0.id > 3 }.all().map(\.name) == ["after"])
    }

    private static func aSavepointThatIsCancelledIsUndoneAndItsTransactionMayGoOn(_ test: BehaviourContext) async throws
    {
        let db = test.db
        try await db.transaction { transaction in
            try await Tag.create(name: "before")
            let (running, signal) = AsyncStream.makeStream(of: Void.self)
            let child = Task.detached {
                try await transaction.transaction { inner in
                    try await Tag.create(name: "undone", on: inner)
                    signal.yield()
                    while !Task.isCancelled { await Task.yield() }
                    try await Tag.create(name: "never", on: inner)
                }
            }
            for await _ in running { break }
            child.cancel()
            await #expect(throws: CancellationError.self) { try await child.value }
            try await Tag.create(name: "after")
        }
        #expect(try await Tag.filter { $0.id > 3 }.order { $0.id.asc }.all().map(\.name) == ["before", "after"])
    }

    private static func insertingManyRowsStopsWhenItIsCancelled(_ test: BehaviourContext) async throws {
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            try await Tag.insert((0..<10_000).map { Tag.New(name: "tag \($0)") })
        }
        await #expect(throws: CancellationError.self) { try await task.value }
        #expect(try await Tag.count() == 3)
    }
}

/// A statement that takes longer than anybody waits. It may be cancelled when it has not begun yet: no engine tells when it has.
private let endless = Statement(
    "WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c) SELECT n FROM c WHERE n = 1 OR n < 0")

private struct Ignored: RowDecoder {
    func decode(_ row: borrowing some ResultRow) throws {}
}
