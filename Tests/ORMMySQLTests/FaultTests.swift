#if MySQL
    import Foundation
    import ORM
    import ORMMySQL
    import ORMTesting
    import Testing

    /// What goes wrong on a server that lives: nothing is lost, no connection leaks, and the next statement works.
    @Suite(.serialized) struct FaultTests {
        @Test(.timeLimit(.minutes(10))) func aConnectionThatIsCutInMidTransactionLosesNothingElse() async throws {
            try await withTags { db, server in
                let error = await ormError {
                    try await db.transaction { _ in
                        try await Tag.create(name: "lost")
                        try await server.administer("KILL CONNECTION \(try await session())")
                        try await Tag.create(name: "never")
                    }
                }
                #expect(error?.database?.kind == .unavailable)
                #expect(error?.message.contains("the connection to the server is lost") == true)
                #expect(try await Tag.count() == 0)
                try await db.transaction { _ in _ = try await Tag.create(name: "after") }
                #expect(try await Tag.all().map(\.name) == ["after"])
            }
        }

        @Test(.timeLimit(.minutes(10))) func aConnectionThatIsCutWhileRowsStreamEndsTheStream() async throws {
            try await withTags { db, server in
                try await Tag.insert((0..<5_000).map { Tag.New(name: "\($0)") })
                let seen = Shared(0)
                let error = await ormError {
                    try await Tag.query.stream(batch: 100) { tags in
                        for try await _ in tags {
                            if seen.change({
                                $0 += 1
                                return $0
                            }) == 250 {
                                try await server.administer("KILL CONNECTION \(try await session())")
                            }
                        }
                    }
                }
                #expect(error?.database?.kind == .unavailable)
                #expect(seen.value >= 250 && seen.value <= 300)
                #expect(try await Tag.count() == 5_000)
            }
        }

        @Test(.timeLimit(.minutes(10))) func aConnectionThatDiedWhileItWasIdleIsReplaced() async throws {
            try await withTags { _, server in
                for round in 0..<3 {
                    let session = try await session()
                    try await server.administer("KILL CONNECTION \(session)")
                    try await Tag.create(name: "\(round)")
                    #expect(try await self.session() != session)
                }
                #expect(try await Tag.count() == 3)
            }
        }

        @Test(.timeLimit(.minutes(10))) func oneOfTwoInADeadlockIsUndoneAndTriedAgainWhenAsked() async throws {
            try await withTags { db, _ in
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
                                    // The engine has undone the whole transaction, so that nothing more may be written.
                                    let late = await ormError { try await Tag.create(name: "late") }
                                    #expect(late?.code == .transactionFinished)
                                    throw error
                                }
                            }
                        }
                    }
                    try await group.waitForAll()
                }
                #expect(kinds.value == [.deadlock])
                #expect(try await Tag.order { $0.id.asc }.all().map { $0.name.count } == [3, 3])
            }
        }

        @Test(.timeLimit(.minutes(10))) func aSerializationFailureIsToldAndTriedAgainWhenAsked() async throws {
            try await withTags { db, _ in
                let tag = try await Tag.create(name: "0")
                let attempts = Shared(0)
                @Sendable func addOne(_ options: TransactionOptions) async throws {
                    try await db.transaction(options.isolated(.repeatableRead)) { _ in
                        let name = try await Tag.get(tag.id).name
                        let attempt = attempts.change {
                            $0 += 1
                            return $0
                        }
                        if attempt == 1 {
                            _ = try await Task.detached {
                                try await Tag.filter { $0.id == tag.id }.update(.set(\.name) { $0.name + "x" }, on: db)
                            }.value
                        }
                        try await Tag.filter { $0.id == tag.id }.update(.set(\.name, name + "1"))
                    }
                }
                let error = await ormError { try await addOne(.readWrite) }
                #expect(error?.database?.kind == .serialization)
                #expect(error?.isTransient == true)
                attempts.change { $0 = 0 }
                try await addOne(.readWrite.retrying(attempts: 3))
                #expect(attempts.value == 2)
                #expect(try await Tag.get(tag.id).name == "0xx1")
            }
        }

        @Test(.timeLimit(.minutes(10))) func aLockIsWaitedForAsLongAsIsSaid() async throws {
            try await withMariaDB { driver in
                var address = driver.address
                address.lockTimeout = .milliseconds(30)
                try await withTestDatabase(MySQLDriver(address), [Tag.self]) { db in
                    let tag = try await Tag.create(name: "a")
                    try await db.transaction { _ in
                        try await Tag.filter { $0.id == tag.id }.update(.set(\.name, "b"))
                        let late = await Task.detached {
                            await ormError {
                                try await Tag.filter { $0.id == tag.id }.update(.set(\.name, "c"), on: db)
                            }
                        }.value
                        #expect(late?.database?.kind == .lockTimeout)
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
            try await withMariaDB { driver in
                var address = driver.address
                address.statementTimeout = .milliseconds(30)
                try await withTestDatabase(MySQLDriver(address), []) { (_) async throws -> Void in
                    let error = await ormError { _ = try await Rows<Int>.raw("SELECT SLEEP(60)").all() }
                    #expect(error?.message == "the statement took longer than statement_timeout allows")
                    #expect(try await Rows<Int>.raw("SELECT 1").get() == 1)
                }
            }
        }

        @Test(.timeLimit(.minutes(10))) func aCancelledStatementStopsOnTheServer() async throws {
            try await withTags { (_, _) async throws -> Void in
                let task = Task { _ = try await Rows<Int>.raw("SELECT SLEEP(600) AS the_sleeper").all() }
                let running = Rows<Int>.raw(
                    "SELECT COUNT(*) FROM information_schema.processlist WHERE info LIKE 'SELECT SLEEP%' AND db = DATABASE()"
                )
                while try await running.get() == 0 { await Task.yield() }
                task.cancel()
                await #expect(throws: CancellationError.self) { try await task.value }
                #expect(try await running.get() == 0)
                #expect(try await Rows<Int>.raw("SELECT 1").get() == 1)
            }
        }

        @Test(.timeLimit(.minutes(10))) func aCancellationNeverHitsTheStatementAfter() async throws {
            try await withTags(pool: PoolOptions(maxSize: 1)) { (_, _) async throws -> Void in
                var outcomes = (cancelled: 0, finished: 0)
                for round in 0..<300 {
                    let task = Task { try await Rows<Int>.raw("SELECT COUNT(*) FROM seq_1_to_2000").get() }
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
            }
        }

        @Test(.timeLimit(.minutes(10))) func aCommitOfATransactionThatIsGoneIsNoSuccess() async throws {
            try await withTags { (db, _) async throws -> Void in
                let error = await ormError {
                    try await db.transaction { transaction in
                        try await Tag.create(name: "a")
                        _ = try await transaction.withLease(.readWrite) { try await $0.execute(Statement("ROLLBACK")) }
                    }
                }
                #expect(error?.code == .database)
                #expect(try await Tag.count() == 0)
            }
        }

        @Test(.timeLimit(.minutes(10))) func aTableThatChangesIsPreparedAnew() async throws {
            try await withTags { db, server in
                let tag = try await Tag.create(name: "a")
                try await db.withLease(.readOnly) { lease in
                    let wide = Statement("SELECT * FROM tags")
                    #expect(try await lease.fetch(wide, ColumnNames()) == ["id,name"])
                    let database = try await lease.fetch(Statement("SELECT DATABASE()"), FirstText())[0]
                    try await server.administer("ALTER TABLE \(database).tags ADD COLUMN colour TEXT")
                    #expect(try await lease.fetch(wide, ColumnNames()) == ["id,name,colour"])
                }
                #expect(try await Tag.get(tag.id).name == "a")
            }
        }

        @Test(.timeLimit(.minutes(10))) func closingGivesAllConnectionsBack() async throws {
            let server = try TestServer.shared
            try await server.withDatabase(pool: PoolOptions(maxSize: 8)) { driver in
                try await withTestDatabase(driver, [Tag.self]) { (db) async throws -> Void in
                    await withTaskGroup(of: Void.self) { group in
                        for number in 0..<64 {
                            group.addTask {
                                let task = Task { _ = try await Tag.create(name: "\(number)", on: db) }
                                if number % 3 == 0 { task.cancel() }
                                _ = await task.result
                                _ = try? await db.transaction { _ in throw Broken(number: number) }
                            }
                        }
                    }
                    #expect(try await server.sessionCount(in: driver.address.database) <= 8)
                }
                var open = try await server.sessionCount(in: driver.address.database)
                // The server notices the end of a session a moment later.
                while open > 0 { open = try await server.sessionCount(in: driver.address.database) }
            }
        }

        /// The session that the bound database or transaction works in.
        private func session() async throws -> Int { try await Rows<Int>.raw("SELECT CONNECTION_ID()").get() }

        private func withTags(
            pool: PoolOptions = PoolOptions(maxSize: 4), _ body: (Database, TestServer) async throws -> Void
        ) async throws {
            let server = try TestServer.shared
            try await server.withDatabase(pool: pool) { driver in
                try await withTestDatabase(driver, [Tag.self]) { db in try await body(db, server) }
            }
        }
    }

    private struct ColumnNames: RowDecoder {
        func decode(_ row: borrowing some ResultRow) throws -> String {
            var names: [String] = []
            for index in 0..<10 where Int(row.name(index)) == nil { names.append(row.name(index)) }
            return names.joined(separator: ",")
        }
    }

    private struct FirstText: RowDecoder {
        func decode(_ row: borrowing some ResultRow) throws -> String { try row.text(0) }
    }
#endif
