@testable import ORM
import ORMSQLite
import ORMTesting
import Testing

@Suite struct PoolTests {
    @Test func aScopeThatGetsNoConnectionInTimeSaysSo() async throws {
        let clock = ManualClock()
        let pool = memoryPool(PoolOptions(acquireTimeout: .seconds(30)), clock)
        try await pool.withConnection { _ in
            let waiter = Task { await ormError { try await pool.withConnection { _ in } } }
            await clock.waitForSleepers()
            clock.advance(by: .seconds(29))
            #expect(pool.waitingCount == 1)
            clock.advance(by: .seconds(1))
            let error = await waiter.value
            #expect(error?.code == .poolTimeout)
            #expect(error?.httpStatus == 503)
            #expect(
                error?.message
                    == "no connection became free within 30.0 seconds: is a scope kept open, or max_size too small?")
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

    @Test func aDatabaseTellsHowItsPoolsStand() async throws {
        let memory = try await Database.open(SQLiteDriver.inMemory)
        #expect(memory.poolStatus == [.writer: PoolStatus(limit: 1, busy: 0, idle: 1, waiting: 0)])
        try await memory.transaction { _ in
            let waiter = Task.detached { try await memory.transaction { _ in } }
            while memory.waitingCount == 0 { await Task.yield() }
            #expect(memory.poolStatus == [.writer: PoolStatus(limit: 1, busy: 1, idle: 0, waiting: 1)])
            waiter.cancel()
        }
        await memory.close()
        try await withFolder { folder in
            let file = try await Database.open(
                SQLiteDriver(path: folder + "/x.sqlite3", pool: PoolOptions(minSize: 2, maxSize: 4)))
            let statuses = file.poolStatus
            #expect(statuses[.reader] == PoolStatus(limit: 4, busy: 0, idle: 2, waiting: 0))
            #expect(statuses[.writer]?.limit == 1)
            await file.close()
        }
    }

    @Test func connectionsThatDiedWhileTheyWereIdleAreReplaced() async throws {
        let opened = Shared<[MortalConnection]>([])
        let pool = Pool(limit: 3) {
            opened.change { connections in
                connections.append(MortalConnection(connections.count + 1))
                return connections[connections.count - 1]
            }
        }
        // Three of them at once, all idle afterwards.
        try await pool.withConnection { _ in
            try await pool.withConnection { _ in try await pool.withConnection { _ in } }
        }
        for connection in opened.value { await connection.die() }
        let number = try await pool.withConnection { member in
            (member.connection as? MortalConnection)?.number
        }
        #expect(number == 4)
        for connection in opened.value.prefix(3) { #expect(await connection.isClosed) }
        #expect(pool.idleCount == 1)
    }

    @Test func aServerThatEndsEveryConnectionIsSaid() async throws {
        let opened = Shared(0)
        let pool = Pool(limit: 2) {
            let connection = MortalConnection(
                opened.change {
                    $0 += 1; return $0
                })
            await connection.die()
            return connection
        }
        let error = await ormError { try await pool.withConnection { _ in } }
        #expect(error?.database?.kind == .unavailable)
        #expect(opened.value == 3)
        #expect(pool.idleCount == 0)
    }

    @Test func aConnectionThatComesBackInsideATransactionIsClosed() async throws {
        let opened = Shared(0)
        let pool = Pool(limit: 1, options: PoolOptions(acquireTimeout: .seconds(60))) {
            opened.change { $0 += 1 }
            return try await SQLiteDriver.inMemory.connect(.writer)
        }
        try await pool.withConnection { member in _ = try await member.connection.execute(Statement("BEGIN")) }
        try await pool.withConnection { (member) async throws -> Void in
            #expect(await member.connection.isReusable())
        }
        try await pool.withConnection { (member) async throws -> Void in
            #expect(await member.connection.isReusable())
        }
        #expect(opened.value == 2)
    }

    @Test func aConnectionThatCannotBeOpenedGivesItsPlaceBack() async throws {
        let attempts = Shared(0)
        let pool = Pool(limit: 1, options: PoolOptions(acquireTimeout: .seconds(60))) {
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
        try await pool.withConnection { member in
            let waiter = Task { try await pool.withConnection { _ in } }
            while pool.waitingCount == 0 { await Task.yield() }
            await pool.close()
            await #expect(throws: ORMError.self) { try await waiter.value }
            // What is in use stays usable until it comes back.
            _ = try await member.connection.execute(Statement("SELECT 1"))
        }
        #expect(await ormError { try await pool.withConnection { _ in } }?.code == .configuration)
    }

    @Test(arguments: 1...5)
    func noConnectionIsLostWhenTimeoutsCancellationsAndReleasesMeet(seed: UInt64) async throws {
        var random = SeededGenerator(seed)
        let pool = Pool(limit: 2, options: PoolOptions(acquireTimeout: .microseconds(300))) {
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

    @Test func aConnectionIsReplacedAfterSoManyStatements() async throws {
        let opened = Shared(0)
        let pool = Pool(limit: 1, options: PoolOptions(maxQueries: 3)) {
            opened.change { $0 += 1 }
            return try await SQLiteDriver.inMemory.connect(.writer)
        }
        for expected in [1, 1, 1, 2, 2, 2, 3] {
            try await pool.withConnection { member in member.count() }
            #expect(opened.value == expected)
        }
    }

    @Test func idleConnectionsAreClosedAfterTheirTimeDownToTheMinimum() async throws {
        let clock = ManualClock()
        let options = PoolOptions(minSize: 1, maxInactiveConnectionLifetime: .seconds(10))
        let pool = Pool(limit: 3, options: options, time: TimeSource(clock)) {
            try await SQLiteDriver.inMemory.connect(.writer)
        }
        try await pool.warmUp()
        #expect(pool.idleCount == 1)
        #expect(clock.sleeperCount == 0)
        try await pool.withConnection { first in
            let connection = try await pool.withConnection { second in second.connection }
            // The second one is idle from now on.
            await clock.waitForSleepers()
            clock.advance(by: .seconds(9))
            #expect(await connection.isReusable())
            clock.advance(by: .seconds(1))
            while await connection.isReusable() { await Task.yield() }
            #expect(await first.connection.isReusable())
        }
        #expect(pool.idleCount == 1)
    }

    @Test func aConnectionThatIsUsedAgainLivesOn() async throws {
        let clock = ManualClock()
        let options = PoolOptions(maxInactiveConnectionLifetime: .seconds(10))
        let pool = memoryPool(options, clock)
        let connection = try await pool.withConnection { member in member.connection }
        await clock.waitForSleepers()
        clock.advance(by: .seconds(6))
        try await pool.withConnection { member in #expect(member.connection === connection) }
        clock.advance(by: .seconds(6))
        // Whoever closes idle connections has looked, and waits for the new end of its life.
        await clock.waitForSleepers()
        #expect(await connection.isReusable())
        clock.advance(by: .seconds(4))
        while await connection.isReusable() { await Task.yield() }
        #expect(pool.idleCount == 0)
    }

    @Test func aPoolThatIsClosedStopsWatchingItsConnections() async throws {
        let clock = ManualClock()
        let pool = memoryPool(PoolOptions(maxInactiveConnectionLifetime: .seconds(10)), clock)
        try await pool.withConnection { _ in }
        await clock.waitForSleepers()
        await pool.close()
        while clock.sleeperCount > 0 { await Task.yield() }
    }

    @Test func aPoolOfOneServesNestedTransactions() async throws {
        let db = try await Database.open(SQLiteDriver.inMemory(acquireTimeout: .milliseconds(1)))
        try await db.createSchema(for: [Tag.self])
        try await db.transaction { outer in
            try await Tag.create(name: "outer")
            try await db.transaction { inner in
                try await Tag.create(name: "inner")
                try await outer.transaction { _ in _ = try await Tag.create(name: "innermost") }
                #expect(try await Tag.query.page(limit: 1, offset: 0).total == 3)
            }
            try await Tag.insert([.init(name: "a"), .init(name: "b")])
        }
        #expect(try await Tag.count(on: db) == 5)
        await db.close()
    }

    private func memoryPool(timeout: Duration) -> Pool {
        memoryPool(PoolOptions(acquireTimeout: timeout), ContinuousClock())
    }

    private func memoryPool(_ options: PoolOptions, _ clock: some Clock<Duration>) -> Pool {
        Pool(limit: 1, options: options, time: TimeSource(clock)) {
            try await SQLiteDriver.inMemory.connect(.writer)
        }
    }
}
