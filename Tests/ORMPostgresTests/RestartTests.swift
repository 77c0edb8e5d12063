#if Postgres
    import Foundation
    import ORM
    import ORMPostgres
    import ORMTesting
    import ServerSupport
    import Testing

    /// Faults that a server does not survive: each on one of its own.
    @Suite(.serialized) struct RestartTests {
        @Test(.timeLimit(.minutes(10))) func aServerThatIsKilledInMidTransactionHasNothingOfIt() async throws {
            let server = try PostgresServer()
            try await withTestDatabase(
                PostgresDriver(server.address("postgres")), [Tag.self, PostTag.self, Post.self, User.self]
            ) { db in
                try await Tag.create(name: "before")
                let error = await ormError {
                    try await db.transaction { _ in
                        try await Tag.create(name: "lost")
                        try server.control("--mode=immediate", "stop")
                        try await Tag.create(name: "never")
                    }
                }
                #expect(error?.database?.kind == .unavailable)
                let down = await ormError { _ = try await Tag.count() }
                #expect(down?.database?.kind == .unavailable)
                #expect(down?.message.contains("is it running there?") == true)
                try server.control("start")
                #expect(try await Tag.all().map(\.name) == ["before"])
                try await db.transaction { _ in _ = try await Tag.create(name: "after") }
                #expect(try await Tag.count() == 2)
            }
        }

        @Test(.timeLimit(.minutes(10))) func aServerThatIsStartedAgainBetweenStatementsGoesUnnoticed() async throws {
            let server = try PostgresServer()
            try await withTestDatabase(
                PostgresDriver(server.address("postgres")), [Tag.self, PostTag.self, Post.self, User.self]
            ) { db in
                // Several connections, all of them idle.
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for number in 0..<20 { group.addTask { _ = try await Tag.create(name: "\(number)", on: db) } }
                    try await group.waitForAll()
                }
                for mode in ["--mode=fast", "--mode=immediate"] {
                    try server.control(mode, "restart")
                    #expect(try await Tag.count() == 20)
                    try await db.transaction { _ in
                        try await Tag.filter { $0.name == "0" }.update(.set(\.name, "0"))
                    }
                    let counts = try await withThrowingTaskGroup(of: Int.self) { group in
                        for _ in 0..<20 { group.addTask { try await Tag.count(on: db) } }
                        return try await group.reduce(into: Set<Int>()) { $0.insert($1) }
                    }
                    #expect(counts == [20])
                }
            }
        }
    }
#endif
