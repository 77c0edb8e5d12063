#if Postgres
    import Foundation
    @testable import ORM
    import ORMPostgres
    import ORMTesting
    import ServerSupport
    import Testing

    /// Reads by key outside of transactions: one thread sends them and another one receives their answers.
    @Suite struct ReadTests {
        @Test(.timeLimit(.minutes(10))) func manyTasksReadOnFewConnections() async throws {
            try await withTags(pool: PoolOptions(maxSize: 3)) { (db, tags) async throws in
                let names = try await withThrowingTaskGroup(of: [String].self) { group in
                    for task in 0..<20 {
                        group.addTask { () async throws -> [String] in
                            var names: [String] = []
                            for round in 0..<50 {
                                let tag = tags[(task * 7 + round) % tags.count]
                                #expect(try await Tag.get(tag.id, on: db).name == tag.name)
                                names.append(tag.name)
                            }
                            #expect(try await Tag.find(-1, on: db) == nil)
                            return names
                        }
                    }
                    return try await group.reduce(0) { $0 + $1.count }
                }
                #expect(names == 1000)
                #expect(db.poolStatus[.writer] == PoolStatus(limit: 3, busy: 0, idle: 3, waiting: 0))
            }
        }

        @Test(.timeLimit(.minutes(10))) func readsAndScopesAreServedFirstComeFirstServed() async throws {
            try await withTags(pool: PoolOptions(maxSize: 1)) { (db, tags) async throws in
                let order = Shared<[Int]>([])
                let tasks = try await db.transaction { _ in
                    var tasks: [Task<Void, any Error>] = []
                    for number in 0..<12 {
                        tasks.append(
                            Task.detached {
                                if number % 3 == 0 {
                                    try await db.transaction { _ in order.change { $0.append(number) } }
                                } else {
                                    // The name is decoded before the next one's turn can end.
                                    _ = try await db.fetchFirst(
                                        Statement("SELECT \(number)"), Witness { order.change { $0.append(number) } },
                                        at: nil)
                                }
                            })
                        while db.waitingCount <= number { await Task.yield() }
                    }
                    return tasks
                }
                for task in tasks { try await task.value }
                #expect(order.value.count == 12)
                // Scopes run one after the other; a read is decoded beside what comes next.
                #expect(order.value.filter { $0 % 3 == 0 } == [0, 3, 6, 9])
            }
        }

        @Test(.timeLimit(.minutes(10))) func aCancelledReadStopsOnTheServer() async throws {
            try await withTags(pool: PoolOptions(maxSize: 2)) { (db, tags) async throws in
                try await db.transaction { transaction in
                    try await lock(transaction)
                    let task = Task.detached { try await Tag.get(tags[0].id, on: db) }
                    try await waitForWaiter(count: 1, transaction)
                    task.cancel()
                    await #expect(throws: CancellationError.self) { try await task.value }
                    try await waitForWaiter(count: 0, transaction)
                }
                // The same connection goes on to be used.
                let (first, second) = (tags[0], tags[1])
                #expect(try await Tag.get(second.id).name == second.name)
                #expect(try await Tag.get(first.id).name == first.name)
                #expect(db.poolStatus[.writer] == PoolStatus(limit: 2, busy: 0, idle: 2, waiting: 0))
            }
        }

        @Test(.timeLimit(.minutes(10))) func aCancellationNeverHitsTheReadAfter() async throws {
            try await withTags(pool: PoolOptions(maxSize: 1)) { (db, tags) async throws in
                var outcomes = (cancelled: 0, finished: 0)
                for round in 0..<600 {
                    let task = Task { try await Tag.get(tags[round % tags.count].id) }
                    for _ in 0..<(round * 7 % 40) { await Task.yield() }
                    task.cancel()
                    switch await task.result {
                    case .success: outcomes.finished += 1
                    case .failure(let error):
                        #expect(error is CancellationError)
                        outcomes.cancelled += 1
                    }
                    let next = tags[(round + 1) % tags.count]
                    #expect(try await Tag.get(next.id).name == next.name)
                }
                #expect(outcomes.cancelled > 0)
                #expect(db.poolStatus[.writer] == PoolStatus(limit: 1, busy: 0, idle: 1, waiting: 0))
            }
        }

        @Test(.timeLimit(.minutes(10)), arguments: 1...3)
        func noConnectionIsLostWhenCancellationsAndAnswersMeet(seed: UInt64) async throws {
            try await withTags(pool: PoolOptions(maxSize: 2)) { (db, tags) async throws in
                var random = SeededGenerator(seed)
                let tasks = (0..<400).map { number in
                    Task.detached { try await Tag.get(tags[number % tags.count].id, on: db) }
                }
                for task in tasks where Bool.random(using: &random) { task.cancel() }
                for (number, task) in tasks.enumerated() {
                    switch await task.result {
                    case .success(let tag): #expect(tag.name == tags[number % tags.count].name)
                    case .failure(let error): #expect(error is CancellationError)
                    }
                }
                #expect(db.poolStatus[.writer] == PoolStatus(limit: 2, busy: 0, idle: 2, waiting: 0))
            }
        }

        @Test(.timeLimit(.minutes(10))) func aConnectionThatIsCutWhileItReadsIsReplaced() async throws {
            try await withTags(pool: PoolOptions(maxSize: 2)) { (db, tags) async throws in
                try await db.transaction { transaction in
                    try await lock(transaction)
                    let task = Task.detached { await ormError { _ = try await Tag.get(tags[0].id, on: db) } }
                    try await waitForWaiter(count: 1, transaction)
                    _ = try await Rows<Bool>.raw(
                        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"
                    ).all(on: transaction)
                    let error = await task.value
                    #expect(error?.database?.kind == .unavailable)
                    #expect(error?.database?.nativeCode == "57P01")
                }
                let first = tags[0]
                #expect(try await Tag.get(first.id).name == first.name)
                try await expectConnections(atMost: 2)
            }
        }

        @Test(.timeLimit(.minutes(10))) func aReadThatTakesTooLongIsEnded() async throws {
            try await withTags(statementTimeout: .seconds(1)) { (db, tags) async throws in
                try await db.transaction { transaction in
                    try await lock(transaction)
                    let error = await Task.detached { await ormError { _ = try await Tag.get(tags[0].id, on: db) } }
                        .value
                    #expect(error?.database?.kind == .unavailable)
                    #expect(error?.message.contains("the statement took longer than statement_timeout allows") == true)
                }
                let first = tags[0]
                #expect(try await Tag.get(first.id).name == first.name)
            }
        }

        @Test(.timeLimit(.minutes(10))) func aReadThatGetsNoConnectionInTimeSaysSo() async throws {
            let clock = ManualClock()
            let options = PoolOptions(maxSize: 1, acquireTimeout: .seconds(30))
            try await withTags(pool: options, clock: clock) { (db, tags) async throws in
                try await db.transaction { _ in
                    let late = Task.detached { await ormError { _ = try await Tag.get(tags[0].id, on: db) } }
                    await clock.waitForSleepers()
                    clock.advance(by: .seconds(30))
                    #expect(await late.value?.code == .poolTimeout)
                }
                let first = tags[0]
                #expect(try await Tag.get(first.id).name == first.name)
            }
        }

        @Test(.timeLimit(.minutes(10))) func aTableThatChangesIsReadAnew() async throws {
            try await withTags(pool: PoolOptions(maxSize: 1)) { (db, tags) async throws in
                let wide = Statement("SELECT * FROM tags WHERE id = $1", [.int(Int64(tags[0].id))])
                for _ in 0..<4 {
                    #expect(try await db.fetchFirst(wide, ColumnNames(), at: nil) == "id,name")
                }
                let name = try await Rows<String>.raw("SELECT current_database()::text").get()
                try await PostgresServer.shared.execute("ALTER TABLE tags ADD COLUMN colour TEXT", on: name)
                #expect(try await db.fetchFirst(wide, ColumnNames(), at: nil) == "id,name,colour")
            }
        }

        @Test(.timeLimit(.minutes(10))) func aConnectionIsReplacedAfterSoManyReads() async throws {
            try await withTags(pool: PoolOptions(maxSize: 1, maxQueries: 5)) { (db, tags) async throws in
                let backend = Statement("SELECT pg_backend_pid()")
                var backends: [Int] = []
                for _ in 0..<30 {
                    let number = try await db.fetchFirst(backend, TupleDecoder<Int>(), at: nil)
                    backends.append(try #require(number))
                }
                #expect(Set(backends).count >= 6)
                for backend in Set(backends) { #expect(backends.count { $0 == backend } <= 5) }
                #expect(Set(backends.suffix(5)).count <= 2)
            }
        }

        @Test(.timeLimit(.minutes(10))) func aClosedDatabaseTurnsReadsAway() async throws {
            try await withTags(pool: PoolOptions(maxSize: 1)) { (db, tags) async throws in
                try await db.transaction { _ in
                    let waiting = Task.detached { await ormError { _ = try await Tag.get(tags[0].id, on: db) } }
                    while db.waitingCount == 0 { await Task.yield() }
                    await db.close()
                    #expect(await waiting.value?.message == "the database is closed")
                }
                let late = await ormError { _ = try await Tag.get(tags[0].id, on: db) }
                #expect(late?.message == "the database is closed")
            }
        }

        @Test(.timeLimit(.minutes(10))) func aReadIsObservedAsAnyOtherStatement() async throws {
            try await withTags { (db, tags) async throws in
                let first = tags[0].id
                let seen = try await recordQueries {
                    _ = try await Tag.get(first)
                    _ = try await Tag.find(-1)
                }
                #expect(seen.map(\.rows) == [1, 0])
                #expect(seen.map(\.kind) == [.statement, .statement])
                #expect(
                    seen.map(\.sql)
                        == Array(
                            repeating: #"SELECT t0."id", t0."name" FROM "tags" AS t0 WHERE (t0."id" = $1)"#, count: 2))
                #expect(
                    seen.allSatisfy {
                        $0.duration > .zero && $0.site?.file.description.hasSuffix("ReadTests.swift") == true
                    })
            }
        }

        // MARK: How

        private func withTags(
            pool: PoolOptions = PoolOptions(), statementTimeout: Duration? = nil,
            clock: any Clock<Duration> = ContinuousClock(),
            _ body: nonisolated(nonsending) (Database, [ORMTesting.Tag]) async throws -> Void
        ) async throws {
            try await withPostgres { driver in
                var address = driver.address
                address.statementTimeout = statementTimeout
                try await withTestDatabase(PostgresDriver(address, pool: pool), [Tag.self], clock: clock) { db in
                    let tags = try await Tag.insert((0..<10).map { Tag.New(name: "tag \($0)") })
                    // Every connection has the statement prepared: from then on reads are left alone.
                    for _ in 0..<4 {
                        try await withThrowingTaskGroup(of: Void.self) { group in
                            for tag in tags { group.addTask { _ = try await Tag.get(tag.id, on: db) } }
                            try await group.waitForAll()
                        }
                    }
                    try await body(db, tags)
                }
            }
        }

        /// Keeps everybody else from reading the table until the transaction ends.
        private func lock(_ transaction: Transaction) async throws {
            _ = try await transaction.withLease(.readWrite) {
                try await $0.execute(Statement("LOCK TABLE tags IN ACCESS EXCLUSIVE MODE"))
            }
        }

        private func waitForWaiter(count: Int, _ transaction: Transaction) async throws {
            let waiting = Rows<Int>.raw(
                "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()")
            while try await waiting.get(on: transaction) != count { await Task.yield() }
        }

        private func expectConnections(atMost limit: Int) async throws {
            let count = try await Rows<Int>.raw(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
            ).get()
            #expect(count <= limit)
        }
    }

    private struct Witness: RowDecoder {
        let seen: @Sendable () -> Void

        func decode(_ row: borrowing some ResultRow) throws -> Int64 {
            seen()
            return try row.integer(0)
        }
    }
#endif
