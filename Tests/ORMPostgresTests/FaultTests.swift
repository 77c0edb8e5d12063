#if Postgres
    import ORM
    import ORMPostgres
    import ORMTesting
    import ServerSupport
    import Testing

    /// What goes wrong on a server that lives, beside what goes wrong on all (`ServerBehaviour`).
    @Suite struct FaultTests {
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
                    try await $0.fetch(Statement("SELECT nextval('numbers')::text"), TupleDecoder<String>())
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
            pool: PoolOptions = PoolOptions(),
            _ body: nonisolated(nonsending) (Database, PostgresServer) async throws -> Void
        ) async throws {
            try await withPostgres(pool: pool) { driver in
                let server = try PostgresServer.shared
                try await withTestDatabase(
                    driver, [Tag.self, Post.self, PostTag.self, User.self, ORMTesting.Comment.self]
                ) {
                    try await body($0, server)
                }
            }
        }

        private func driverDatabase(_ lease: Lease) async throws -> String {
            try await lease.fetch(Statement("SELECT current_database()::text"), TupleDecoder<String>())[0]
        }
    }
#endif
