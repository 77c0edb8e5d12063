@testable import ORM
import ORMSQLite
import Testing

@Suite struct PoolTests {
    @Test func aScopeThatGetsNoConnectionInTimeSaysSo() async throws {
        let pool = memoryPool(timeout: .milliseconds(20))
        try await pool.withConnection { _ in
            let error = await ormError { try await pool.withConnection { _ in } }
            #expect(error?.code == .poolTimeout)
            #expect(error?.httpStatus == 503)
        }
        try await pool.withConnection { _ in }
    }

    @Test func aCancelledWaiterGoesAndTheConnectionIsNotLost() async throws {
        let pool = memoryPool(timeout: .seconds(60))
        try await pool.withConnection { _ in
            let waiter = Task { try await pool.withConnection { _ in } }
            while pool.waitingCount == 0 { await Task.yield() }
            waiter.cancel()
            await #expect(throws: CancellationError.self) { try await waiter.value }
        }
        try await pool.withConnection { _ in }
    }

    @Test func waitersAreServedFirstComeFirstServed() async throws {
        let pool = memoryPool(timeout: .seconds(60))
        let order = Shared<[Int]>([])
        let tasks = try await pool.withConnection { _ in
            var tasks: [Task<Void, any Error>] = []
            for number in 1...5 {
                tasks.append(Task { try await pool.withConnection { _ in order.change { $0.append(number) } } })
                while pool.waitingCount < number { await Task.yield() }
            }
            return tasks
        }
        for task in tasks { try await task.value }
        #expect(order.value == [1, 2, 3, 4, 5])
    }

    @Test func aConnectionThatComesBackInsideATransactionIsClosed() async throws {
        let opened = Shared(0)
        let pool = Pool(limit: 1, acquireTimeout: .seconds(60)) {
            opened.change { $0 += 1 }
            return try await SQLiteDriver.inMemory.connect(.writer)
        }
        try await pool.withConnection { connection in _ = try await connection.execute(Statement("BEGIN")) }
        try await pool.withConnection { (connection) async throws -> Void in
            #expect(await connection.isReusable())
        }
        try await pool.withConnection { (connection) async throws -> Void in
            #expect(await connection.isReusable())
        }
        #expect(opened.value == 2)
    }

    @Test func aConnectionThatCannotBeOpenedGivesItsPlaceBack() async throws {
        let attempts = Shared(0)
        let pool = Pool(limit: 1, acquireTimeout: .seconds(60)) {
            if attempts.change({
                $0 += 1; return $0
            }) == 1 {
                throw ORMError(.configuration, "not yet")
            }
            return try await SQLiteDriver.inMemory.connect(.writer)
        }
        #expect(await ormError { try await pool.withConnection { _ in } }?.message == "not yet")
        try await pool.withConnection { _ in }
    }

    @Test func aClosedPoolTurnsAwayWaitersAndLatecomers() async throws {
        let pool = memoryPool(timeout: .seconds(60))
        try await pool.withConnection { connection in
            let waiter = Task { try await pool.withConnection { _ in } }
            while pool.waitingCount == 0 { await Task.yield() }
            await pool.close()
            await #expect(throws: ORMError.self) { try await waiter.value }
            // What is in use stays usable until it comes back.
            _ = try await connection.execute(Statement("SELECT 1"))
        }
        #expect(await ormError { try await pool.withConnection { _ in } }?.code == .configuration)
    }

    @Test(arguments: 1...5)
    func noConnectionIsLostWhenTimeoutsCancellationsAndReleasesMeet(seed: UInt64) async throws {
        var random = SeededGenerator(seed)
        let pool = Pool(limit: 2, acquireTimeout: .microseconds(300)) {
            try await SQLiteDriver.inMemory.connect(.writer)
        }
        let tasks = (0..<300).map { _ in
            Task { try await pool.withConnection { _ in for _ in 0..<20 { await Task.yield() } } }
        }
        for task in tasks where Bool.random(using: &random) { task.cancel() }
        for task in tasks { _ = await task.result }
        // Both connections can be had at once: none is leaked.
        try await pool.withConnection { _ in try await pool.withConnection { _ in } }
        #expect(pool.waitingCount == 0)
    }

    private func memoryPool(timeout: Duration) -> Pool {
        Pool(limit: 1, acquireTimeout: timeout) { try await SQLiteDriver.inMemory.connect(.writer) }
    }
}
