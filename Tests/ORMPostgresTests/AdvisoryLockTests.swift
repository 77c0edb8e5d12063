#if Postgres
    import ORM
    import ORMPostgres
    import ORMTesting
    import Testing

    @Suite struct AdvisoryLockTests {
        @Test(.timeLimit(.minutes(10))) func oneAtATimeHasTheLock() async throws {
            try await withPostgres { driver in
                let (db, other) = (try await Database.open(driver), try await Database.open(driver))
                let inside = Shared(0)
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for index in 0..<6 {
                        group.addTask {
                            try await [db, other][index % 2].withAdvisoryLock("regenerate") { () async throws in
                                #expect(
                                    inside.change {
                                        $0 += 1; return $0
                                    } == 1)
                                #expect(try await Rows<Int>.raw("SELECT 1").get(on: db) == 1)
                                inside.change { $0 -= 1 }
                            }
                        }
                    }
                    try await group.waitForAll()
                }
                await db.close()
                await other.close()
            }
        }

        @Test(.timeLimit(.minutes(10))) func whoDoesNotWaitIsTold() async throws {
            try await withPostgres { driver in
                let (db, other) = (try await Database.open(driver), try await Database.open(driver))
                try await db.withAdvisoryLock("it's") { () async throws in
                    let error = await ormError { try await other.withAdvisoryLock("it's", wait: .zero) {} }
                    #expect(error?.database?.kind == .lockTimeout)
                    #expect(try await other.withAdvisoryLock("another", wait: .zero) { 7 } == 7)
                }
                #expect(try await other.withAdvisoryLock("it's", wait: .zero) { 8 } == 8)
                // Whatever becomes of the body.
                await #expect(throws: Broken.self) { try await db.withAdvisoryLock("it's") { throw Broken() } }
                let task = Task { try await db.withAdvisoryLock("it's") { withUnsafeCurrentTask { $0?.cancel() } } }
                try await task.value
                #expect(try await other.withAdvisoryLock("it's", wait: .zero) { 9 } == 9)
                await db.close()
                await other.close()
            }
        }
    }
#endif
