#if MySQL
    import Foundation
    import ORM
    import ORMMySQL
    import ORMTesting
    import ServerSupport
    import Testing

    /// Faults that a server does not survive: each on one of its own.
    @Suite(.serialized) struct RestartTests {
        @Test(.timeLimit(.minutes(10))) func aServerThatIsKilledInMidTransactionHasNothingOfIt() async throws {
            let server = try MariaDBServer()
            try await server.withDatabase { driver in
                try await withTestDatabase(driver, [Tag.self]) { db in
                    try await Tag.create(name: "before")
                    let error = await ormError {
                        try await db.transaction { _ in
                            try await Tag.create(name: "lost")
                            try server.kill()
                            try await Tag.create(name: "never")
                        }
                    }
                    #expect(error?.database?.kind == .unavailable)
                    let down = await ormError { _ = try await Tag.count() }
                    #expect(down?.database?.kind == .unavailable)
                    #expect(down?.httpStatus == 503)
                    #expect(down?.message.contains("no server answers at the socket") == true)
                    try server.restart()
                    #expect(try await Tag.all().map(\.name) == ["before"])
                    try await db.transaction { _ in _ = try await Tag.create(name: "after") }
                    #expect(try await Tag.count() == 2)
                }
            }
        }

        @Test(.timeLimit(.minutes(10))) func aServerThatIsStartedAgainBetweenStatementsGoesUnnoticed() async throws {
            let server = try MariaDBServer()
            try await server.withDatabase { driver in
                try await withTestDatabase(driver, [Tag.self]) { (db) async throws -> Void in
                    // Several connections, all of them idle.
                    try await withThrowingTaskGroup(of: Void.self) { group in
                        for number in 0..<20 { group.addTask { _ = try await Tag.create(name: "\(number)", on: db) } }
                        try await group.waitForAll()
                    }
                    try server.kill()
                    try server.restart()
                    let counts = try await withThrowingTaskGroup(of: Int.self) { group in
                        for _ in 0..<20 { group.addTask { try await Tag.count(on: db) } }
                        return try await group.reduce(into: Set<Int>()) { $0.insert($1) }
                    }
                    #expect(counts == [20])
                    try await db.transaction { _ in try await Tag.filter { $0.name == "0" }.update(.set(\.name, "0")) }
                }
            }
        }

        @Test(.timeLimit(.minutes(10))) func aServerWithoutRoomSaysSoAndKeepsWhatItHad() async throws {
            let server = try MariaDBServer(largestFile: 14_000)
            try await server.withDatabase { driver in
                try await withTestDatabase(driver, [Note.self]) { (_) async throws -> Void in
                    try await Note.create(text: "before")
                    let error = await ormError {
                        let text = String(repeating: "x", count: 700)
                        for _ in 0..<100 { try await Note.insert((0..<512).map { _ in Note.New(text: text) }) }
                    }
                    #expect(error?.database?.kind == .unavailable)
                    #expect(error?.database?.nativeCode == "1114")
                    #expect(error?.message.contains("the server has no room left on its disk") == true)
                    // Whole chunks were written or not at all.
                    #expect(try await Note.count() % 512 == 1)
                    #expect(try await Note.get(1).text == "before")
                }
            }
        }

        @Test(.timeLimit(.minutes(10))) func tooManyConnectionsAreSaidSo() async throws {
            let server = try MariaDBServer(["--max-connections=10"])
            try await server.withDatabase(pool: PoolOptions(minSize: 2, maxSize: 8)) { driver in
                // The administrator of the server has one connection more than the limit.
                let user = try await Self.ada(on: server)
                var address = driver.address
                address.user = user
                let greedy = MySQLDriver(address, pool: PoolOptions(minSize: 12, maxSize: 20))
                let error = await ormError { _ = try await Database.open(greedy) }
                #expect(error?.database?.kind == .unavailable)
                #expect(error?.message.contains("takes no more connections: lower max_size") == true)
                // None of those that were open is left.
                var open = try await server.sessionCount(in: driver.address.database)
                while open > 0 { open = try await server.sessionCount(in: driver.address.database) }
                let modest = try await Database.open(MySQLDriver(address, pool: PoolOptions(maxSize: 2)))
                #expect(try await Rows<Int>.raw("SELECT 1").get(on: modest) == 1)
                await modest.close()
            }
        }

        /// A user who may do everything but what only administrators may.
        private static func ada(on server: MariaDBServer) async throws -> String {
            try await server.administer("CREATE USER ada@localhost; GRANT ALL ON `test\\_%`.* TO ada@localhost")
            return "ada"
        }
    }
    @Model("notes")
    struct Note {
        @PrimaryKey var id: Int
        var text: String
    }
#endif
