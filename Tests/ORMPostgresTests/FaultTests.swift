#if Postgres
    import Foundation
    import ORM
    import ORMPostgres
    import ORMTesting
    import Testing

    /// What goes wrong on a server that lives: nothing is lost, no connection leaks, and the next statement works.
    @Suite struct FaultTests {
        @Test(.timeLimit(.minutes(10))) func aConnectionThatIsCutInMidTransactionLosesNothingElse() async throws {
            try await withTags { (db, server) async throws in
                let error = await ormError {
                    try await db.transaction { _ in
                        try await Tag.create(name: "lost")
                        try await server.execute("SELECT pg_terminate_backend(\(try await backend()))")
                        try await Tag.create(name: "never")
                    }
                }
                #expect(error?.database?.kind == .unavailable)
                #expect(try await Tag.count() == 0)
                try await db.transaction { _ in _ = try await Tag.create(name: "after") }
                #expect(try await Tag.all().map(\.name) == ["after"])
                try await expectConnections(atMost: 5, of: db)
            }
        }

        @Test(.timeLimit(.minutes(10))) func aConnectionThatIsCutWhileRowsStreamEndsTheStream() async throws {
            try await withTags { (db, server) async throws in
                try await Tag.insert((0..<5_000).map { Tag.New(name: "\($0)") })
                let seen = Shared(0)
                let error = await ormError {
                    try await Tag.query.stream(batch: 100) { tags in
                        for try await _ in tags {
                            if seen.change({
                                $0 += 1; return $0
                            }) == 250 {
                                let backend = try await Rows<Int>.raw("SELECT pg_backend_pid()").get()
                                try await server.execute("SELECT pg_terminate_backend(\(backend))")
                            }
                        }
                    }
                }
                #expect(error?.database?.kind == .unavailable)
                #expect(seen.value >= 250 && seen.value <= 300)
                #expect(try await Tag.count() == 5_000)
                try await expectConnections(atMost: 5, of: db)
            }
        }

        @Test(.timeLimit(.minutes(10))) func aConnectionThatDiedWhileItWasIdleIsReplaced() async throws {
            try await withTags { (db, server) async throws in
                for _ in 0..<3 {
                    let backend = try await backend()
                    try await server.execute("SELECT pg_terminate_backend(\(backend), 5000)")
                    try await Tag.create(name: UUID().uuidString)
                    #expect(try await self.backend() != backend)
                }
                #expect(try await Tag.count() == 3)
            }
        }

        @Test(.timeLimit(.minutes(10))) func oneOfTwoInADeadlockIsEndedAndTriedAgainWhenAsked() async throws {
            try await withTags(settings: ["SET deadlock_timeout = '50ms'"]) { (db, _) async throws in
                let tags = try await Tag.insert([.init(name: "a"), .init(name: "b")])
                let meeting = Shared(0)
                let kinds = Shared<[DatabaseFailure.Kind]>([])
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for order in [[0, 1], [1, 0]] {
                        group.addTask {
                            try await db.transaction(.readWrite.retrying(attempts: 10)) { _ in
                                do {
                                    try await Tag.filter { $0.id == tags[order[0]].id }.update(
                                        .set(\.name) { $0.name + "!" })
                                    meeting.change { $0 += 1 }
                                    while meeting.value < 2 { await Task.yield() }
                                    try await Tag.filter { $0.id == tags[order[1]].id }.update(
                                        .set(\.name) { $0.name + "?" })
                                } catch let error as ORMError {
                                    kinds.change { $0.append(error.database?.kind ?? .other) }
                                    throw error
                                }
                            }
                        }
                    }
                    try await group.waitForAll()
                }
                #expect(kinds.value == [.deadlock])
                #expect(Set(try await Tag.all().map { $0.name.count }) == [3])
            }
        }

        @Test(.timeLimit(.minutes(10))) func aSerializationFailureIsToldAndTriedAgainWhenAsked() async throws {
            try await withTags { (db, _) async throws in
                try await Tag.insert([.init(name: "a"), .init(name: "b")])
                let attempts = Shared(0)
                @Sendable func addOne(_ options: TransactionOptions) async throws {
                    try await db.transaction(options.isolated(.serializable)) { _ in
                        let count = try await Tag.count()
                        if attempts.change({
                            $0 += 1; return $0
                        }) == 1 {
                            // Another transaction reads the same and writes, and is done first.
                            try await Task.detached {
                                try await db.transaction(.readWrite.isolated(.serializable)) { _ in
                                    _ = try await Tag.create(name: "other \(try await Tag.count())")
                                }
                            }.value
                        }
                        try await Tag.create(name: "one \(count)")
                    }
                }
                let error = await ormError { try await addOne(.readWrite) }
                #expect(error?.database?.kind == .serialization)
                #expect(error?.database?.nativeCode == "40001")
                attempts.change { $0 = 0 }
                try await addOne(.readWrite.retrying(attempts: 3))
                #expect(attempts.value == 2)
                #expect(
                    try await Tag.order { $0.name.asc }.all().map(\.name) == ["a", "b", "one 4", "other 2", "other 3"])
            }
        }

        @Test(.timeLimit(.minutes(10))) func aLockIsWaitedForAsLongAsIsSaid() async throws {
            try await withPostgres { driver in
                var address = driver.address
                address.lockTimeout = .milliseconds(30)
                try await withTestDatabase(PostgresDriver(address), [Tag.self]) { db in
                    let tag = try await Tag.create(name: "a")
                    try await db.transaction { _ in
                        try await Tag.filter { $0.id == tag.id }.update(.set(\.name, "b"))
                        let late = await Task.detached {
                            await ormError {
                                try await Tag.filter { $0.id == tag.id }.update(.set(\.name, "c"), on: db)
                            }
                        }.value
                        #expect(late?.database?.kind == .lockTimeout)
                        #expect(late?.database?.nativeCode == "55P03")
                        #expect(late?.httpStatus == 503)
                        let refused = await Task.detached {
                            await ormError {
                                try await db.transaction { _ in
                                    _ = try await Tag.query.lock(.forUpdate, .noWait).all()
                                }
                            }
                        }.value
                        #expect(refused?.database?.kind == .lockTimeout)
                        let others = try await Task.detached {
                            try await db.transaction { _ in
                                try await Tag.query.lock(.forUpdate, .skipLocked).all().count
                            }
                        }.value
                        #expect(others == 0)
                    }
                    #expect(try await Tag.all().map(\.name) == ["b"])
                }
            }
        }

        @Test(.timeLimit(.minutes(10))) func aStatementThatTakesTooLongIsEnded() async throws {
            try await withPostgres { driver in
                var address = driver.address
                address.statementTimeout = .milliseconds(30)
                try await withTestDatabase(PostgresDriver(address), []) { (_) async throws in
                    let error = await ormError { _ = try await Rows<String>.raw("SELECT pg_sleep(60)::text").all() }
                    #expect(error?.database?.kind == .unavailable)
                    #expect(error?.message.contains("the statement took longer than statement_timeout allows") == true)
                    #expect(try await Rows<Int>.raw("SELECT 1").get() == 1)
                }
            }
        }

        @Test(.timeLimit(.minutes(10))) func aCancelledStatementStopsOnTheServer() async throws {
            try await withTags { (db, server) async throws in
                let task = Task { _ = try await Rows<String>.raw("SELECT pg_sleep(600)::text AS the_sleeper").all() }
                let running = Rows<Int>.raw(
                    "SELECT count(*) FROM pg_stat_activity WHERE state = 'active' AND query LIKE '%the_sleeper' AND pid <> pg_backend_pid()"
                )
                while try await running.get() == 0 { await Task.yield() }
                task.cancel()
                await #expect(throws: CancellationError.self) { try await task.value }
                #expect(try await running.get() == 0)
                #expect(try await Rows<Int>.raw("SELECT 1").get() == 1)
                _ = (db, server)
            }
        }

        @Test(.timeLimit(.minutes(10))) func aCancellationNeverHitsTheStatementAfter() async throws {
            try await withTags(pool: PoolOptions(maxSize: 1)) { (db, _) async throws in
                var outcomes = (cancelled: 0, finished: 0)
                for round in 0..<300 {
                    let task = Task { try await Rows<Int>.raw("SELECT count(*) FROM generate_series(1, 2000)").get() }
                    for _ in 0..<(round * 7 % 60) { await Task.yield() }
                    task.cancel()
                    switch await task.result {
                    case .success: outcomes.finished += 1
                    case .failure(let error):
                        #expect(error is CancellationError)
                        outcomes.cancelled += 1
                    }
                    #expect(try await Rows<Int>.raw("SELECT \(round)").get() == round)
                }
                #expect(outcomes.cancelled > 0)
                _ = db
            }
        }

        @Test(.timeLimit(.minutes(10))) func aCancelledCopyLeavesNothing() async throws {
            try await withTags { (db, _) async throws in
                let rows = (0..<200_000).map { Tag.New(name: "tag \($0)") }
                let task = Task { try await Tag.insert(rows).count }
                let running = Rows<Int>.raw(
                    "SELECT count(*) FROM pg_stat_activity WHERE state = 'active' AND query LIKE 'COPY%' AND datname = current_database()"
                )
                while try await running.get() == 0 { await Task.yield() }
                task.cancel()
                // It may have been just done.
                let isStopped =
                    if case .failure(let error) = await task.result { error is CancellationError } else { false }
                #expect(try await Tag.count() == (isStopped ? 0 : rows.count))
                try await Tag.create(name: "after")
                _ = db
            }
        }

        @Test(.timeLimit(.minutes(10))) func aClosedDatabaseLeavesNoConnection() async throws {
            try await withTags(pool: PoolOptions(minSize: 2, maxSize: 6)) { (db, server) async throws in
                let name = try await Rows<String>.raw("SELECT current_database()::text").get()
                let others = try await Database.open(
                    PostgresDriver(server.address("postgres"), pool: PoolOptions(maxSize: 1)))
                let open = Rows<Int>.raw("SELECT count(*) FROM pg_stat_activity WHERE datname = \(name)")
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for number in 0..<40 {
                        group.addTask {
                            let task = Task { _ = try await Tag.create(name: "\(number)", on: db) }
                            if number % 3 == 0 { task.cancel() }
                            _ = await task.result
                        }
                    }
                    try await group.waitForAll()
                }
                #expect((2...6).contains(try await open.get(on: others)))
                await db.close()
                // The server ends its processes a moment later.
                while try await open.get(on: others) > 0 { await Task.yield() }
                await others.close()
            }
        }

        @Test(.timeLimit(.minutes(10))) func aCommitOfAFailedTransactionIsNoSuccess() async throws {
            try await withTags { (db, _) async throws in
                try await Tag.create(name: "a")
                let error = await ormError {
                    try await db.transaction { _ in
                        try await Tag.create(name: "b")
                        _ = await ormError { try await Tag.create(name: "a") }
                    }
                }
                #expect(error?.database?.nativeCode == "25P02")
                #expect(try await Tag.count() == 1)
            }
        }

        @Test(.timeLimit(.minutes(10))) func aTableThatChangesIsPreparedAnew() async throws {
            try await withTags { (db, server) async throws in
                try await Tag.create(name: "a")
                let all = Rows<Int>.raw("SELECT count(*) FROM (SELECT * FROM tags) AS part")
                let wide = Statement("SELECT * FROM tags")
                for _ in 0..<3 { _ = try await all.get() }
                let names = try await db.withLease(.readOnly) { lease in
                    for _ in 0..<3 { _ = try await lease.fetch(wide, ColumnNames()) }
                    try await server.execute("ALTER TABLE tags ADD COLUMN colour TEXT", on: driverDatabase(lease))
                    return try await lease.fetch(wide, ColumnNames())
                }
                #expect(names == ["id,name,colour"])
            }
        }

        @Test(.timeLimit(.minutes(10))) func aReaderIsKeptFromWriting() async throws {
            try await withTags { (db, _) async throws in
                for sql in [
                    "INSERT INTO tags (name) VALUES ('x')", "WITH x AS (DELETE FROM tags RETURNING id) SELECT 1 FROM x",
                ] {
                    let error = await ormError {
                        _ = try await db.withLease(.readOnly) { try await $0.execute(Statement(sql)) }
                    }
                    #expect(error?.database?.nativeCode == "25006")
                }
                // Whoever may write again calls what writes as well.
                try await SQLText("CREATE SEQUENCE numbers").execute()
                let isRead = try await db.withLease(.readOnly) {
                    try await $0.execute(Statement("WITH x AS (SELECT 1) SELECT * FROM x"))
                }
                #expect(isRead.changes == 0)
                let number = try await db.withLease(.readWrite) {
                    try await $0.fetch(Statement("SELECT nextval('numbers')::text"), ColumnTexts())
                }
                #expect(number == ["1"])
                try await Tag.create(name: "a")
                let inner = await ormError {
                    try await db.transaction { outer in
                        try await Tag.create(name: "b")
                        _ = await ormError {
                            try await outer.transaction(.readOnly) { inner in
                                _ = try await inner.withLease(.readOnly) {
                                    try await $0.execute(Statement("DELETE FROM tags"))
                                }
                            }
                        }
                        try await Tag.create(name: "c")
                    }
                }
                #expect(inner == nil)
                #expect(try await Tag.order { $0.id.asc }.all().map(\.name) == ["a", "b", "c"])
            }
        }

        // MARK: How

        private func withTags(
            pool: PoolOptions = PoolOptions(), settings: [String] = [],
            _ body: nonisolated(nonsending) (Database, PostgresServer) async throws -> Void
        ) async throws {
            try await withPostgres(pool: pool) { driver in
                let server = try PostgresServer.shared
                for setting in settings {
                    let value = setting.replacing("SET ", with: "ALTER DATABASE \(driver.address.database) SET ")
                    try await server.execute(value)
                }
                try await withTestDatabase(
                    driver, [Tag.self, Post.self, PostTag.self, User.self, ORMTesting.Comment.self]
                ) {
                    try await body($0, server)
                }
            }
        }

        /// The server's process for the connection that comes next, or in a transaction its own.
        private func backend() async throws -> Int { try await Rows<Int>.raw("SELECT pg_backend_pid()").get() }

        private func driverDatabase(_ lease: Lease) async throws -> String {
            try await lease.fetch(Statement("SELECT current_database()::text"), ColumnTexts())[0]
        }

        private func expectConnections(atMost limit: Int, of db: Database) async throws {
            let count = try await Rows<Int>.raw(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
            ).get(on: db)
            #expect(count <= limit)
        }
    }

    private struct ColumnNames: RowDecoder {
        func decode(_ row: borrowing some ResultRow) throws -> String {
            var names: [String] = []
            // A column that is not there is called by its number.
            for index in 0..<10 where Int(row.name(index)) == nil { names.append(row.name(index)) }
            return names.joined(separator: ",")
        }
    }

    private struct ColumnTexts: RowDecoder {
        func decode(_ row: borrowing some ResultRow) throws -> String { try row.text(0) }
    }
#endif
