#if Postgres
    public import ORM

    /// PostgreSQL, by libpq: the trait `Postgres` of this package.
    ///
    /// ```swift
    /// let db = try await Database.open(PostgresDriver(DatabaseURL("postgres://ada@db.example/blog?tls=verify-full").server()))
    /// let local = try await Database.open(PostgresDriver(ServerAddress(database: "blog")))
    /// ```
    /// Sessions are in UTC. A database must be in UTF-8. One pool of connections reads and writes; a connection that the server has
    /// closed meanwhile, because it was started again, is replaced before a statement is sent on it. A statement that was sent when the
    /// connection broke is never sent again, because it may have taken effect.
    ///
    /// An error ends a transaction on PostgreSQL, even when it is caught: what may fail stands in a savepoint, a nested
    /// `transaction { }`. A commit of a transaction that an error has ended throws.
    public struct PostgresDriver: URLDriver {
        /// Where the server is.
        public let address: ServerAddress
        /// How many connections there are, and how long they live.
        public let pool: PoolOptions
        /// Who waits for the answers to reads of one row.
        private(set) var poller: PostgresPoller?

        /// How PostgreSQL spells things.
        public var dialect: any Dialect { PostgresDialect() }

        /// A database of a server.
        public init(_ address: ServerAddress, pool: PoolOptions = PoolOptions()) {
            self.address = address
            self.pool = pool
        }

        /// `postgres`, `postgresql`.
        public static var schemes: [String] { ["postgres", "postgresql"] }

        /// A database by its URL: `postgres://ada:p%40ss@db.example:5432/blog?max_size=8`; see ``DatabaseURL/server()``.
        public init(url: DatabaseURL) throws {
            guard Self.schemes.contains(url.scheme) else {
                throw ORMError(.configuration, "a PostgreSQL URL starts with postgres://")
            }
            self.init(try url.server(), pool: url.pool)
        }

        /// The driver with a thread of its own, which waits for answers.
        public func resolved() async throws -> any Driver {
            var driver = self
            #if os(Linux)
                driver.poller = try PostgresPoller()
            #endif
            return driver
        }

        /// One pool for both: every connection reads and writes.
        public func limit(of role: ConnectionRole) -> Int { role == .writer ? pool.maxSize : 0 }

        /// Opens one connection.
        public func connect(_ role: ConnectionRole) async throws -> any Connection {
            let connection = try PostgresConnection(poller)
            try await connection.open(address)
            return connection
        }
    }
#endif
