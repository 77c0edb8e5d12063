public import ORM

/// SQLite, embedded: one writer and several readers on a file in WAL mode, or one connection in memory.
///
/// ```swift
/// let db = try await Database.open(SQLiteDriver(path: "blog.sqlite3"))
/// let scratch = try await Database.open(SQLiteDriver.inMemory)
/// ```
public struct SQLiteDriver: Driver {
    /// Where the database lives.
    enum Location: Sendable, Hashable { case file(String), memory }

    let location: Location
    let maxReaders: Int
    let busyTimeoutMilliseconds: Int32

    /// How SQLite spells things.
    public var dialect: any Dialect { SQLiteDialect() }

    /// A database file, made when it is missing.
    ///
    /// - `maxReaders`: how many read connections may be open at once.
    /// - `busyTimeoutMilliseconds`: how long a write waits for another process's.
    public init(path: String, maxReaders: Int = 4, busyTimeoutMilliseconds: Int32 = 5000) {
        self.init(.file(path), maxReaders: max(1, maxReaders), busyTimeoutMilliseconds: busyTimeoutMilliseconds)
    }

    /// A fresh database in memory, gone when it is closed. It has exactly one connection.
    public static var inMemory: SQLiteDriver { SQLiteDriver(.memory, maxReaders: 0, busyTimeoutMilliseconds: 0) }

    private init(_ location: Location, maxReaders: Int, busyTimeoutMilliseconds: Int32) {
        self.location = location
        self.maxReaders = maxReaders
        self.busyTimeoutMilliseconds = busyTimeoutMilliseconds
    }

    /// A database by its URL: `sqlite://blog.sqlite3` (relative), `sqlite:///var/lib/blog.sqlite3` (absolute),
    /// `sqlite://:memory:`; with `?max_size=N` for the number of readers. Throws `.configuration` for anything else.
    public init(url: String) throws {
        let scheme = "sqlite://"
        guard url.hasPrefix(scheme) else {
            throw ORMError(.configuration, "a SQLite URL starts with \(scheme)")
        }
        let parts = url.dropFirst(scheme.count).split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        let path = String(parts[0])
        guard !path.isEmpty else {
            throw ORMError(.configuration, "the SQLite URL names no file: sqlite://blog.sqlite3")
        }
        var readers = 4
        for option in parts.dropFirst().first?.split(separator: "&") ?? [] {
            let pair = option.split(separator: "=", maxSplits: 1)
            guard pair.count == 2, pair[0] == "max_size", let count = Int(pair[1]), count > 0 else {
                throw ORMError(
                    .configuration,
                    "unknown option “\(option)” in the SQLite URL: expected max_size with a positive number")
            }
            readers = count
        }
        if path == ":memory:" {
            self = .inMemory
        } else {
            self.init(path: path, maxReaders: readers)
        }
    }

    /// The file, or `nil` for a database in memory.
    public var path: String? {
        if case .file(let path) = location { path } else { nil }
    }

    /// One writer: SQLite has no more.
    public func limit(of role: ConnectionRole) -> Int { role == .writer ? 1 : maxReaders }

    /// Opens one connection.
    public func connect(_ role: ConnectionRole) async throws -> any Connection {
        let connection = SQLiteConnection()
        try await connection.open(self, role)
        return connection
    }
}
