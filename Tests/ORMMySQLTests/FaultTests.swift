#if MySQL
    import ORM
    import ORMMySQL
    import ORMTesting
    import ServerSupport
    import Testing

    /// What goes wrong on a server that lives, beside what goes wrong on all (`ServerBehaviour`).
    @Suite(.serialized) struct FaultTests {
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
                    let database = try await lease.fetch(Statement("SELECT DATABASE()"), TupleDecoder<String>())[0]
                    try await server.administer("ALTER TABLE \(database).tags ADD COLUMN colour TEXT")
                    #expect(try await lease.fetch(wide, ColumnNames()) == ["id,name,colour"])
                }
                #expect(try await Tag.get(tag.id).name == "a")
            }
        }

        @Test(.timeLimit(.minutes(10))) func closingGivesAllConnectionsBack() async throws {
            let server = try MariaDBServer.shared
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

        private func withTags(
            pool: PoolOptions = PoolOptions(maxSize: 4), _ body: (Database, MariaDBServer) async throws -> Void
        ) async throws {
            let server = try MariaDBServer.shared
            try await server.withDatabase(pool: pool) { driver in
                try await withTestDatabase(driver, [Tag.self]) { db in try await body(db, server) }
            }
        }
    }
#endif
