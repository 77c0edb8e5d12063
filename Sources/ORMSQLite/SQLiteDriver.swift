public import ORM

/// SQLite, embedded: one writer and several readers on a file in WAL mode, or one connection in memory.
///
/// ```swift
/// let db = try await Database.open(SQLiteDriver(path: "blog.sqlite3"))
/// let scratch = try await Database.open(SQLiteDriver.inMemory)
/// ```
public struct SQLiteDriver: URLDriver {
    /// Where the database lives.
    enum Location: Sendable, Hashable { case file(String), memory }

    let location: Location
    let busyTimeoutMilliseconds: Int32
    /// The file must be there, and nothing is written to it.
    let isReadOnly: Bool
    /// The pool of readers; the writer beside it is always one.
    public let pool: PoolOptions
    /// How much of the file, from its beginning, a connection maps: pages there are read where the system has them, without a copy, but
    /// count as memory of the process once they were read. <https://sqlite.org/mmap.html>
    ///
    /// ```swift
    /// var driver = SQLiteDriver(path: "blog.sqlite3")
    /// driver.mappedBytes = 0   // a process that is to stay small
    /// ```
    public var mappedBytes = 256 << 20
    /// How much a reading connection keeps of what is not mapped. The writer's cache is always 16 MB: when it is full it writes before its
    /// time.
    public var readerCacheBytes = 16 << 20

    /// How SQLite spells things.
    public var dialect: any Dialect { SQLiteDialect() }

    /// A database file, made when it is missing. `:memory:` is ``inMemory(acquireTimeout:)``, as it is for SQLite itself, with the
    /// pool's time-out.
    ///
    /// - `pool`: how many read connections there are, and how long they live.
    /// - `busyTimeoutMilliseconds`: how long a write waits for another process's.
    public init(path: String, pool: PoolOptions = PoolOptions(), busyTimeoutMilliseconds: Int32 = 5000) {
        if path == Self.memoryPath {
            self = .inMemory(acquireTimeout: pool.acquireTimeout)
        } else {
            self.init(.file(path), pool: pool, busyTimeoutMilliseconds: busyTimeoutMilliseconds)
        }
    }

    /// A fresh database in memory, gone when it is closed. It has exactly one connection.
    public static var inMemory: SQLiteDriver { inMemory(acquireTimeout: PoolOptions().acquireTimeout) }

    /// A fresh database in memory, with the time that a scope waits for its only connection.
    public static func inMemory(acquireTimeout: Duration) -> SQLiteDriver {
        SQLiteDriver(
            .memory, pool: PoolOptions(maxSize: 1, acquireTimeout: acquireTimeout), busyTimeoutMilliseconds: 0)
    }

    /// What SQLite calls a database in memory. Each connection to it is a database of its own.
    static let memoryPath = ":memory:"

    /// A database file of another program, that must be there and is only read: every write is refused.
    ///
    /// ```swift
    /// let isso = try await Database.open(SQLiteDriver(readingOnly: "/var/lib/isso/comments.db"))
    /// ```
    public init(readingOnly path: String, busyTimeoutMilliseconds: Int32 = 5000) {
        self.init(
            .file(path), pool: PoolOptions(), busyTimeoutMilliseconds: busyTimeoutMilliseconds, isReadOnly: true)
    }

    private init(
        _ location: Location, pool: PoolOptions, busyTimeoutMilliseconds: Int32, isReadOnly: Bool = false
    ) {
        self.isReadOnly = isReadOnly
        self.location = location
        self.pool = pool
        self.busyTimeoutMilliseconds = busyTimeoutMilliseconds
    }

    /// `sqlite`.
    public static var schemes: [String] { ["sqlite"] }

    /// A database by its URL: `sqlite://blog.sqlite3` (relative), `sqlite:///var/lib/blog.sqlite3` (absolute),
    /// `sqlite://:memory:`; with the options of ``PoolOptions``. A name with `?`, `%` or a space is written with `%3F`, `%25`, `%20`.
    public init(url: DatabaseURL) throws { try self.init(url: url, relativeTo: nil) }

    /// A database by its URL, as text.
    ///
    /// - `folder`: what a relative path starts from, instead of the folder that the program runs in.
    public init(url: String, relativeTo folder: String? = nil) throws {
        try self.init(url: DatabaseURL(url), relativeTo: folder)
    }

    private init(url: DatabaseURL, relativeTo folder: String?) throws {
        guard Self.schemes.contains(url.scheme) else {
            throw ORMError(.configuration, "a SQLite URL starts with sqlite://")
        }
        guard !url.location.isEmpty else {
            throw ORMError(.configuration, "the SQLite URL names no file: sqlite://blog.sqlite3")
        }
        guard url.location == Self.memoryPath else {
            let isRelative = !url.location.hasPrefix("/")
            self.init(path: (isRelative ? folder.map { $0 + "/" } ?? "" : "") + url.location, pool: url.pool)
            return
        }
        // Another connection would be another database, and a new one an empty one.
        guard url.given.isSubset(of: ["acquire_timeout"]) else {
            throw ORMError(
                .configuration,
                "a SQLite database in memory lives in one connection: of the options only acquire_timeout makes sense")
        }
        self = .inMemory(acquireTimeout: url.pool.acquireTimeout)
    }

    /// The file, or `nil` for a database in memory.
    public var path: String? {
        if case .file(let path) = location { path } else { nil }
    }

    /// One writer: SQLite has no more.
    public func limit(of role: ConnectionRole) -> Int {
        switch role {
        case .writer: 1
        case .reader: location == .memory ? 0 : pool.maxSize
        }
    }

    /// Opens one connection.
    public func connect(_ role: ConnectionRole) async throws -> any Connection {
        guard path?.isEmpty != true else {
            // To SQLite it is a file without a name, another one for each connection.
            throw ORMError(
                .configuration, "the path of the SQLite database is empty: SQLiteDriver(path: \"blog.sqlite3\")")
        }
        let connection = SQLiteConnection()
        try await connection.open(self, role)
        return connection
    }
}
