#if Postgres
    import Foundation
    import ORM
    import ORMPostgres
    import ORMTesting
    import ServerSupport
    import Testing

    /// How a connection comes about, and what is said when it does not.
    @Suite struct ConnectTests {
        @Test func aURLOpensADatabase() async throws {
            try await withPostgres { driver in
                let address = driver.address
                let socket = try #require(address.socket)
                let port = try #require(address.port)
                let urls = [
                    "postgres://orm@127.0.0.1:\(port)/\(address.database)?max_size=2&application_name=a%20test",
                    "postgresql://orm@localhost:\(port)/\(address.database)?tls=disable",
                ]
                for url in urls {
                    let db = try await Database.open(url: url, drivers: [PostgresDriver.self])
                    #expect(
                        try await Rows<String>.raw("SELECT current_database()::text").get(on: db) == address.database)
                    await db.close()
                }
                let named = try await Database.open(url: urls[0], drivers: [PostgresDriver.self])
                #expect(
                    try await Rows<String>.raw("SELECT current_setting('application_name')").get(on: named) == "a test")
                #expect(try await Rows<String>.raw("SELECT current_setting('timezone')").get(on: named) == "UTC")
                await named.close()
                #expect(socket.hasPrefix("/tmp/orm-postgres"))
            }
        }

        @Test func aWrongPasswordIsSaidAndNeverShown() async throws {
            try await withPostgres { driver in
                let server = try PostgresServer.shared
                try await server.execute("DROP ROLE IF EXISTS guarded")
                try await server.execute("CREATE ROLE guarded LOGIN PASSWORD 'the right one'")
                var address = driver.address
                address.user = "guarded"
                address.password = .known(Secret("geheim"))
                let wrong = await ormError { _ = try await Database.open(PostgresDriver(address)) }
                #expect(wrong?.database?.kind == .unavailable)
                #expect(wrong?.database?.nativeCode == "28P01")
                #expect(
                    wrong?.message
                        == "PostgreSQL at \(address.place): the server refuses the user's password: correct it where it is kept (password authentication failed for user \"guarded\")"
                )
                #expect("\(String(describing: wrong)) \(address)".contains("geheim") == false)

                // From a file, and read anew for each connection.
                let file = FileManager.default.temporaryDirectory.appending(path: "password-\(UUID().uuidString)").path
                defer { try? FileManager.default.removeItem(atPath: file) }
                try Data("geheim\n".utf8).write(to: URL(filePath: file))
                address.password = .file(file)
                #expect(
                    await ormError { _ = try await Database.open(PostgresDriver(address)) }?.database?.nativeCode
                        == "28P01")
                try Data("the right one\n".utf8).write(to: URL(filePath: file))
                let db = try await Database.open(PostgresDriver(address))
                #expect(try await Rows<String>.raw("SELECT current_user::text").get(on: db) == "guarded")
                await db.close()
            }
        }

        @Test func aMissingDatabaseIsSaid() async throws {
            let address = try PostgresServer.shared.address("nowhere")
            let error = await ormError { _ = try await Database.open(PostgresDriver(address)) }
            #expect(error?.database?.kind == .unavailable)
            #expect(error?.database?.nativeCode == "3D000")
            #expect(
                error?.message
                    == "PostgreSQL at \(address.place): the server has no such database: make it, createdb does (database \"nowhere\" does not exist)"
            )
        }

        @Test func aServerThatIsNotThereIsSaid() async throws {
            var address = ServerAddress(database: "blog")
            address.host = "127.0.0.1"
            address.port = try freePort()
            let error = await ormError { _ = try await Database.open(PostgresDriver(address)) }
            #expect(error?.database?.kind == .unavailable)
            #expect(error?.message.hasPrefix("no PostgreSQL answers at \(address.place): is it running there?") == true)
            var local = ServerAddress(database: "blog")
            local.socket = "/nowhere"
            let missing = await ormError { _ = try await Database.open(PostgresDriver(local)) }
            #expect(
                missing?.message.hasPrefix("no PostgreSQL answers at the socket /nowhere: is it running there?") == true
            )
        }

        /// A listener that accepts and says nothing.
        @Test func aServerThatSaysNothingIsGivenUp() async throws {
            let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
            defer { close(listener) }
            var place = sockaddr_in()
            place.sin_family = sa_family_t(AF_INET)
            place.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
            var length = socklen_t(MemoryLayout<sockaddr_in>.size)
            let isListening = withUnsafeMutablePointer(to: &place) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    bind(listener, $0, length) == 0 && getsockname(listener, $0, &length) == 0
                        && listen(listener, 1) == 0
                }
            }
            #expect(isListening)
            var address = ServerAddress(database: "blog")
            address.host = "127.0.0.1"
            address.port = Int(UInt16(bigEndian: place.sin_port))
            address.connectTimeout = .milliseconds(100)
            let error = await ormError { _ = try await Database.open(PostgresDriver(address)) }
            #expect(error?.database?.kind == .unavailable)
            #expect(error?.message.contains("did not answer within 0.1 seconds") == true)
        }

        @Test func TLSIsRequiredWhereItIsAskedFor() async throws {
            try await withPostgres { driver in
                var address = driver.address
                address.host = "127.0.0.1"
                address.socket = nil
                address.tls = .require
                let error = await ormError { _ = try await Database.open(PostgresDriver(address)) }
                #expect(error?.database?.kind == .unavailable)
                #expect(error?.message.contains("does not support SSL") == true)
                address.tls = .prefer
                await (try Database.open(PostgresDriver(address))).close()
            }
        }

        @Test func tooManyConnectionsAreSaidAndNoneIsLost() async throws {
            try await withPostgres(pool: PoolOptions(maxSize: 4)) { driver in
                let server = try PostgresServer.shared
                let role = "limited_\(driver.address.database)"
                try await server.execute("CREATE ROLE \(role) LOGIN CONNECTION LIMIT 2")
                var address = driver.address
                address.user = role
                let db = try await Database.open(PostgresDriver(address, pool: driver.pool))
                let error = await ormError {
                    try await db.withLease(.readOnly) { _ in
                        try await db.withLease(.readOnly) { _ in try await db.withLease(.readOnly) { _ in } }
                    }
                }
                #expect(error?.database?.kind == .unavailable)
                #expect(error?.database?.nativeCode == "53300")
                #expect(
                    error?.message.contains("lower max_size in the URLs of its programs, or raise its max_connections")
                        == true)
                // The place of the one that was refused is free again.
                for _ in 0..<6 { #expect(try await Rows<Int>.raw("SELECT 1").get(on: db) == 1) }
                await db.close()
                try await server.execute("DROP ROLE \(role)")
            }
        }
    }
#endif
