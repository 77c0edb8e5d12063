#if Postgres
    import ORM
    import ORMPostgres
    import ServerSupport

    extension PostgresServer {
        /// The one that all tests share that do it no harm.
        static var shared: PostgresServer { get throws { try sharedResult.get() } }
        private static let sharedResult = Result { try PostgresServer(isOnLoopback: true) }

        /// Where the server is, by its socket.
        func address(_ database: String) -> ServerAddress {
            var address = ServerAddress(database: database)
            address.socket = folder
            address.port = port
            address.user = "orm"
            return address
        }

        /// Runs `body` with a new database, and drops it afterwards.
        func withDatabase<Result>(
            pool: PoolOptions = PoolOptions(),
            _ body: nonisolated(nonsending) (PostgresDriver) async throws -> Result
        ) async throws -> Result {
            let name = unusedDatabaseName()
            try await execute("CREATE DATABASE \(name)")
            do {
                let result = try await body(PostgresDriver(address(name), pool: pool))
                try await execute("DROP DATABASE \(name) WITH (FORCE)")
                return result
            } catch {
                // The error that counts is the test's.
                try? await execute("DROP DATABASE \(name) WITH (FORCE)")
                throw error
            }
        }

        /// Runs a statement as the server's owner, on a connection of its own.
        func execute(_ sql: String, on database: String = "postgres") async throws {
            let driver = PostgresDriver(address(database), pool: PoolOptions(maxSize: 1))
            _ = try await Database.open(driver).closing { owner in
                try await owner.withLease(.readWrite) { try await $0.execute(Statement(sql)) }
            }
        }
    }

    /// Runs `body` with a new database of the shared server, few at a time.
    func withPostgres<Result>(
        pool: PoolOptions = PoolOptions(), _ body: nonisolated(nonsending) (PostgresDriver) async throws -> Result
    ) async throws -> Result {
        try await turnstile.pass { try await PostgresServer.shared.withDatabase(pool: pool, body) }
    }

    private let turnstile = Turnstile(4)
#endif
