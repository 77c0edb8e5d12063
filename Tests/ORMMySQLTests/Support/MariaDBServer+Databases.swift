#if MySQL
    import ORM
    import ORMMySQL
    import ServerSupport

    extension MariaDBServer {
        /// The one that all tests share that do it no harm.
        static var shared: MariaDBServer { get throws { try sharedResult.get() } }
        private static let sharedResult = Result { try MariaDBServer() }

        /// Where a database of the server is, for its administrator.
        func address(_ database: String) -> ServerAddress {
            var address = ServerAddress(database: database)
            address.socket = folder + "/socket"
            address.user = "root"
            return address
        }

        /// Runs `body` with a database that is empty and used by nobody else.
        func withDatabase<Output>(
            pool: PoolOptions = PoolOptions(maxSize: 4),
            _ body: nonisolated(nonsending) (MySQLDriver) async throws -> Output
        ) async throws -> Output {
            let name = unusedDatabaseName()
            try await administer("CREATE DATABASE \(name) CHARACTER SET utf8mb4")
            do {
                let result = try await body(MySQLDriver(address(name), pool: pool))
                try await administer("DROP DATABASE \(name)")
                return result
            } catch {
                // The error that counts is the test's.
                try? await administer("DROP DATABASE \(name)")
                throw error
            }
        }

        /// Runs statements as the server's administrator, on a connection of its own.
        func administer(_ script: String) async throws {
            try await Database.open(administrator).closing { try await $0.run(script: script) }
        }

        /// How many sessions the server has in a database.
        func sessionCount(in database: String) async throws -> Int {
            try await Database.open(administrator).closing {
                try await Rows<Int>.raw("SELECT COUNT(*) FROM information_schema.processlist WHERE db = \(database)")
                    .get(on: $0)
            }
        }

        private var administrator: MySQLDriver { MySQLDriver(address("mysql"), pool: PoolOptions(maxSize: 1)) }
    }

    /// Runs `body` with a new database of the shared server.
    func withMariaDB<Output>(
        pool: PoolOptions = PoolOptions(maxSize: 4),
        _ body: nonisolated(nonsending) (MySQLDriver) async throws -> Output
    ) async throws -> Output {
        try await MariaDBServer.shared.withDatabase(pool: pool, body)
    }
#endif
