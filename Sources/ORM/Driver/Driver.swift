/// What a connection will be used for.
public enum ConnectionRole: Sendable, Hashable {
    /// Reads and writes.
    case writer
    /// Reads only; the driver refuses writes.
    case reader
}

/// An engine that can be opened: SQLite, and later PostgreSQL and MySQL.
public protocol Driver: Sendable {
    /// The engine's way to write SQL.
    var dialect: any Dialect { get }
    /// How many connections are kept, how long they live and how long a scope waits for one.
    var pool: PoolOptions { get }
    /// How many connections of a role may be open at once; 0 readers = the writer reads too.
    func limit(of role: ConnectionRole) -> Int
    /// Opens one connection.
    func connect(_ role: ConnectionRole) async throws -> any Connection
    /// The driver that a database is opened with: one that knows what only the server can tell, such as which release it is.
    func resolved() async throws -> any Driver
}

extension Driver {
    /// The values of ``PoolOptions/init(minSize:maxSize:maxQueries:maxInactiveConnectionLifetime:acquireTimeout:)``.
    public var pool: PoolOptions { PoolOptions() }
    /// The driver itself.
    public func resolved() async throws -> any Driver { self }
}

/// A driver that a URL can name, for ``Database/open(url:drivers:observers:signals:clock:)``.
public protocol URLDriver: Driver {
    /// The schemes of its URLs, the usual one first: `postgres`, `postgresql`.
    static var schemes: [String] { get }
    /// The driver for a URL of one of its schemes; throws `.configuration` when the URL makes no sense.
    init(url: DatabaseURL) throws
}
