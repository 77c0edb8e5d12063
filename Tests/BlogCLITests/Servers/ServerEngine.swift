#if Postgres || MySQL
    import ServerSupport
    import Synchronization
    import Testing

    /// A kind of server that can keep a site: the raw value is the scheme of its URLs.
    enum ServerEngine: String, Sendable, CaseIterable, CustomTestStringConvertible {
        #if Postgres
            case postgres
        #endif
        #if MySQL
            case mysql
        #endif

        var testDescription: String { rawValue }

        /// The server that all tests share that do it no harm.
        var shared: any DatabaseServer {
            get throws {
                try Self.servers.withLock { servers in
                    if let server = servers[self] { return server }
                    let server = try makeServer()
                    servers[self] = server
                    return server
                }
            }
        }

        private static let servers = Mutex<[ServerEngine: any DatabaseServer]>([:])

        /// A server of one's own.
        func makeServer() throws -> any DatabaseServer {
            switch self {
            #if Postgres
                case .postgres: try PostgresServer()
            #endif
            #if MySQL
                case .mysql: try MariaDBServer()
            #endif
            }
        }
    }
#endif
