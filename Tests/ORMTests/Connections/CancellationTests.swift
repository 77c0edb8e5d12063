@testable import ORM
import ORMSQLite
import ORMTesting
import Testing

@Suite(.blog) struct CancellationTests {
    private func database() throws -> Database { try #require(Ambient.binding.session as? Database) }

    /// One row at once, and then nothing for longer than anybody waits.
    private static let endless = Statement(
        "WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c) SELECT n FROM c WHERE n = 1 OR n < 0")

    /// Says when its statement is running.
    private struct Signal: RowDecoder {
        let isRunning: AsyncStream<Void>.Continuation
        func decode(_ row: borrowing some ResultRow) throws { isRunning.yield() }
    }

    @Test func aTaskThatIsCancelledBeforeRunsNothing() async throws {
        let db = try database()
        let sql = try await recorded { () async throws in
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
        #expect(sql == [])
        #expect(try await Tag.count() == 3)
    }

    @Test func aRunningStatementIsInterruptedAndTheConnectionIsCleanAfterwards() async throws {
        let db = try database()
        let (running, signal) = AsyncStream.makeStream(of: Void.self)
        let task = Task {
            try await db.withLease(.readOnly) { lease in
                _ = try await lease.fetch(Self.endless, Signal(isRunning: signal))
            }
        }
        for await _ in running { break }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        #expect(try await Tag.count() == 3)
    }

    @Test func aCancelledTransactionIsRolledBack() async throws {
        let db = try database()
        let (running, signal) = AsyncStream.makeStream(of: Void.self)
        let task = Task {
            try await db.transaction { transaction in
                try await Tag.create(name: "x")
                try await transaction.withLease(.readOnly) { lease in
                    _ = try await lease.fetch(Self.endless, Signal(isRunning: signal))
                }
            }
        }
        for await _ in running { break }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        #expect(try await Tag.count() == 3)
        try await db.transaction { _ in _ = try await Tag.create(name: "usable") }
    }

    @Test func aTransactionThatIsCancelledAfterItsWorkStillCommits() async throws {
        let db = try database()
        let task = Task {
            try await db.transaction { _ in
                try await Tag.create(name: "x")
                withUnsafeCurrentTask { $0?.cancel() }
            }
        }
        try await task.value
        #expect(try await Tag.count() == 4)
    }

    @Test func aCancelledWriteInAChildTaskNeverLeavesHalfATransaction() async throws {
        let db = try database()
        let (running, signal) = AsyncStream.makeStream(of: Void.self)
        let (children, announce) = AsyncStream.makeStream(of: Task<Void, any Error>.self)
        let insert = Statement("INSERT INTO tags (name) \(Self.endless.sql)")
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

    @Test func insertingManyRowsStopsWhenItIsCancelled() async throws {
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            try await Tag.insert((0..<10_000).map { Tag.New(name: "tag \($0)") })
        }
        await #expect(throws: CancellationError.self) { try await task.value }
        #expect(try await Tag.count() == 3)
    }
}
