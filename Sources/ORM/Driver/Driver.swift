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
    /// How many connections of a role may be open at once; 0 readers = the writer reads too.
    func limit(of role: ConnectionRole) -> Int
    /// Opens one connection.
    func connect(_ role: ConnectionRole) async throws -> any Connection
}
