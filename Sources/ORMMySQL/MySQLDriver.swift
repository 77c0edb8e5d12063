#if MySQL
    public import ORM

    /// A MariaDB or MySQL server, by libmariadb.
    ///
    /// ```swift
    /// let db = try await Database.open(url: "mariadb://blog:secret@db.example/blog?tls=verify-full", drivers: [MySQLDriver.self])
    /// ```
    /// MariaDB from version 10.11 on, MySQL from version 8.0.31 on. Which of the two it is shows when the database is opened; both
    /// schemes, `mysql` and `mariadb`, lead to either. Sessions are in UTC, in strict mode and, unless a transaction asks for another
    /// level, READ COMMITTED: what a unique constraint refuses can then be read at once, and inserts do not lock the gaps between rows.
    public struct MySQLDriver: URLDriver {
        /// Where the server is.
        public let address: ServerAddress
        /// Which of the two servers it is; `nil` until the database is opened.
        public let server: MySQLDialect.Server?
        /// How many connections are kept, how long they live and how long a scope waits for one.
        public let pool: PoolOptions
        /// A server by its address.
        ///
        /// - `server`: which of the two it is, when that is known; another one is refused.
        public init(
            _ address: ServerAddress, server: MySQLDialect.Server? = nil, pool: PoolOptions = PoolOptions()
        ) {
            self.address = address
            self.server = server
            self.pool = pool
        }

        /// `mysql`, `mariadb`
        public static var schemes: [String] { ["mysql", "mariadb"] }

        /// The server of a URL, see ``DatabaseURL/server()``.
        public init(url: DatabaseURL) throws {
            guard Self.schemes.contains(url.scheme) else {
                throw ORMError(
                    .configuration, "the URL of a MariaDB or MySQL server starts with mariadb:// or mysql://")
            }
            self.init(try url.server(), pool: url.pool)
        }

        /// How the server spells things; as MariaDB does, until it is known to be the other one.
        public var dialect: any Dialect { MySQLDialect(server ?? .mariaDB) }

        /// The driver of the server that answers.
        public func resolved() async throws -> any Driver {
            if server != nil { return self }
            let connection = MySQLConnection()
            let found = try await connection.open(self)
            await connection.close()
            return MySQLDriver(address, server: found, pool: pool)
        }

        /// One pool for both roles: every connection reads and writes.
        public func limit(of role: ConnectionRole) -> Int {
            switch role {
            case .writer: pool.maxSize
            case .reader: 0
            }
        }

        /// Opens one connection.
        public func connect(_ role: ConnectionRole) async throws -> any Connection {
            let connection = MySQLConnection()
            try await connection.open(self)
            return connection
        }
    }
#endif
