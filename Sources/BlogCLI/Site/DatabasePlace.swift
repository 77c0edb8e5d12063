import Foundation
import ORM
import ORMSQLite

/// Where a site's database is, as a URL names it, and the driver that opens it.
struct DatabasePlace: Sendable {
    /// What it is, as far as commands treat one otherwise than another.
    enum Kind: Sendable, Hashable {
        /// A file of ours: it can be copied, and is seen by this machine alone.
        case file(String)
        /// Gone after each run.
        case memory
        /// A server's: others may use it at the same time, from other machines.
        case server(ServerAddress)
    }

    let driver: any Driver
    let kind: Kind

    private init(_ driver: any Driver, _ kind: Kind) { (self.driver, self.kind) = (driver, kind) }

    /// The database of a URL. A relative SQLite path is meant from `root`, wherever the command runs.
    init(_ text: String, root: String) throws {
        let scheme = text.firstRange(of: "://").map { text[..<$0.lowerBound].lowercased() } ?? ""
        let type = try Engines.driver(for: scheme)
        if type == SQLiteDriver.self {
            let sqlite = try SQLiteDriver(url: text, relativeTo: root)
            driver = sqlite
            kind = sqlite.path.map { .file($0) } ?? .memory
        } else {
            let url = try DatabaseURL(text)
            driver = try type.init(url: url)
            kind = .server(try url.server())
        }
    }

    /// The file, where it is one.
    var path: String? { if case .file(let path) = kind { path } else { nil } }
    /// The server, where it is one.
    var server: ServerAddress? { if case .server(let address) = kind { address } else { nil } }

    /// Whether there is something to open: a server answers for itself.
    var isThere: Bool { path.map { FileManager.default.fileExists(atPath: $0) } ?? true }

    /// Where it is, without user and password: `blog at db.example:5432`.
    var description: String {
        switch kind {
        case .file(let path): path
        case .memory: "memory"
        case .server(let address): "\(address.database) at \(address.place)"
        }
    }

    /// The same, with little of a file in memory, for runs that have use for the memory themselves.
    var sparing: DatabasePlace {
        guard var sqlite = driver as? SQLiteDriver else { return self }
        sqlite.mappedBytes = 32 << 20
        sqlite.readerCacheBytes = 4 << 20
        return DatabasePlace(sqlite, kind)
    }

    /// Opens it, runs `body` and closes it again. A database that cannot be reached is named, its user and password are not.
    func open<Result>(_ body: (Database) async throws -> Result) async throws -> Result {
        try await open().closing(after: body)
    }

    /// Opens it; a failure names the place.
    func open() async throws -> Database {
        do {
            return try await Database.open(driver)
        } catch let error as ORMError where server != nil && error.database?.kind == .unavailable {
            guard let place = server?.place, !error.message.contains(place) else { throw error }
            throw ORMError(
                error.code, "the database \(description): \(error.message)", database: error.database,
                underlying: error.underlying)
        }
    }

    /// The same with a single connection, whatever the URL says of its pool.
    var withOneConnection: DatabasePlace { DatabasePlace(OneConnection(base: driver), kind) }
}

/// A driver whose pool has a single connection.
private struct OneConnection: Driver {
    let base: any Driver

    var dialect: any Dialect { base.dialect }
    var pool: PoolOptions { PoolOptions(maxSize: 1, acquireTimeout: base.pool.acquireTimeout) }

    func limit(of role: ConnectionRole) -> Int { role == .writer ? 1 : 0 }
    func connect(_ role: ConnectionRole) async throws -> any Connection { try await base.connect(role) }
    func resolved() async throws -> any Driver { OneConnection(base: try await base.resolved()) }
}
