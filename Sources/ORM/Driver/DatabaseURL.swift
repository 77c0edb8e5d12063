/// A database as a URL names it, taken apart: `sqlite:///var/lib/blog.sqlite3?max_size=8&acquire_timeout=5`.
///
/// Percent escapes are decoded. The options are those of ``PoolOptions``, the same for every engine, and for a server those of
/// ``server()``; an option that is unknown, given twice or malformed is refused with `.configuration`. Messages about a URL never repeat what it holds, because it
/// may be a password, wherever in the URL somebody put it. Once it is understood, a file that cannot be opened is named: that is
/// no secret, and it is what a person has to mend.
public struct DatabaseURL: Sendable, Hashable {
    /// The engine: `sqlite`, `postgres`, …, in lower case.
    public let scheme: String
    /// What stands between `://` and the options, decoded: the path of a file. Where a server is, ``server()`` tells.
    public let location: String
    /// The options of the pool.
    public let pool: PoolOptions
    /// The options that the URL gives, by name.
    public let given: Set<String>
    /// The location as it was written: what separates its parts is not escaped there.
    let rawLocation: Substring
    /// The options that are not the pool's, by name.
    let serverOptions: [String: String]

    /// Takes a URL apart.
    public init(_ text: String) throws {
        guard let separator = text.firstRange(of: "://"), separator.lowerBound > text.startIndex,
            text[..<separator.lowerBound].unicodeScalars.allSatisfy({
                ("a"..."z") ~= $0 || ("A"..."Z") ~= $0 || ("0"..."9") ~= $0 || "+-.".unicodeScalars.contains($0)
            })
        else {
            throw ORMError(.configuration, "a database URL starts with its engine, as in sqlite://blog.sqlite3")
        }
        scheme = text[..<separator.lowerBound].lowercased()
        let parts = text[separator.upperBound...].split(
            separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        rawLocation = parts[0]
        location = try Self.decoded(parts[0], "the location")
        let known = Self.poolOptionNames + (scheme == "sqlite" ? [] : Self.serverOptionNames)
        (pool, serverOptions, given) = try Self.options(parts.count > 1 ? parts[1] : "", among: known)
    }

    private static let poolOptionNames = [
        "min_size", "max_size", "max_queries", "max_inactive_connection_lifetime", "acquire_timeout",
    ]

    private static func options(
        _ text: Substring, among known: [String]
    ) throws -> (PoolOptions, server: [String: String], given: Set<String>) {
        var pool = PoolOptions()
        var server: [String: String] = [:]
        var given: Set<String> = []
        for pair in text.split(separator: "&") {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let name = try decoded(parts[0], "the name of an option")
            let value = try decoded(parts.count > 1 ? parts[1] : "", "the value of an option")
            guard known.contains(name) else {
                throw ORMError(
                    .configuration,
                    "the database URL has an unknown option: expected one of \(known.joined(separator: ", "))")
            }
            guard given.insert(name).inserted else {
                throw ORMError(.configuration, "the database URL gives \(name) twice: leave one out")
            }
            switch name {
            case "min_size": pool.minSize = try count(value, name, from: 0)
            case "max_size": pool.maxSize = try count(value, name, from: 1)
            case "max_queries":
                let limit = try count(value, name, from: 0)
                pool.maxQueries = limit == 0 ? nil : limit
            case "max_inactive_connection_lifetime":
                let lifetime = try seconds(value, name)
                pool.maxInactiveConnectionLifetime = lifetime == .zero ? nil : lifetime
            case "acquire_timeout": pool.acquireTimeout = try seconds(value, name)
            default: server[name] = value
            }
        }
        try pool.check()
        return (pool, server, given)
    }

    private static func count(_ text: String, _ name: String, from least: Int) throws -> Int {
        guard let count = Int(text), count >= least else {
            throw ORMError(.configuration, "\(name) in the database URL is a whole number from \(least): \(name)=10")
        }
        return count
    }

    static func seconds(_ text: String, _ name: String) throws -> Duration {
        // Beyond a century a duration would overflow sooner or later, and nobody means it.
        guard let seconds = Double(text), seconds >= 0, seconds < 3e9 else {
            throw ORMError(
                .configuration, "\(name) in the database URL is a number of seconds: \(name)=30 or \(name)=0.5")
        }
        return .seconds(seconds)
    }

    static func decoded(_ text: Substring, _ part: String) throws -> String {
        guard text.utf8.contains(UInt8(ascii: "%")) else { return String(text) }
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            guard let high = rest.popFirst().flatMap(hexDigit), let low = rest.popFirst().flatMap(hexDigit) else {
                throw ORMError(
                    .configuration, "\(part) in the database URL has a % without two hexadecimal digits: write % as %25"
                )
            }
            bytes.append(high << 4 | low)
        }
        guard let decoded = String(validating: bytes, as: UTF8.self), !decoded.utf8.contains(0) else {
            throw ORMError(.configuration, "\(part) in the database URL is not valid UTF-8 text once its % are decoded")
        }
        return decoded
    }

    private static func hexDigit(_ byte: UInt8) -> UInt8? {
        Character(Unicode.Scalar(byte)).hexDigitValue.map(UInt8.init)
    }
}

extension DatabaseURL: CustomStringConvertible, CustomReflectable {
    /// The engine alone, because what follows may hold a password: `postgres://…`.
    public var description: String { "\(scheme)://…" }
    /// Without children.
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}

extension Database {
    /// Opens the database that a URL names, with the driver among these that knows its scheme.
    ///
    /// ```swift
    /// let url = ProcessInfo.processInfo.environment["DATABASE_URL"] ?? "sqlite://blog.sqlite3"
    /// let db = try await Database.open(url: url, drivers: [SQLiteDriver.self])
    /// ```
    /// Nothing is registered anywhere and no environment is read: both are the caller's. Throws `.configuration` for a URL that
    /// makes no sense or that none of the drivers knows, else what ``open(_:observers:signals:clock:)`` throws.
    public static func open(
        url text: String, drivers: [any URLDriver.Type], observers: [any QueryObserver] = [],
        signals: Signals = Signals(), clock: any Clock<Duration> = ContinuousClock()
    ) async throws -> Database {
        let url = try DatabaseURL(text)
        guard let driver = drivers.first(where: { $0.schemes.contains(url.scheme) }) else {
            throw ORMError(.configuration, noDriver(for: url.scheme, among: drivers.flatMap { $0.schemes }))
        }
        return try await open(driver.init(url: url), observers: observers, signals: signals, clock: clock)
    }

    private static func noDriver(for scheme: String, among known: [String]) -> String {
        let engines = [
            "sqlite": "SQLiteDriver of ORMSQLite",
            "postgres": "PostgresDriver of ORMPostgres, which the package trait Postgres builds",
            "postgresql": "PostgresDriver of ORMPostgres, which the package trait Postgres builds",
            "mysql": "MySQLDriver of ORMMySQL, which the package trait MySQL builds",
            "mariadb": "MySQLDriver of ORMMySQL, which the package trait MySQL builds",
        ]
        if let driver = engines[scheme] { return "\(scheme):// needs the driver \(driver): add it to drivers" }
        let names = Set(engines.keys).union(known).sorted().map { $0 + "://" }.joined(separator: ", ")
        return "no driver knows the engine of the database URL: expected one of \(names)"
    }
}
