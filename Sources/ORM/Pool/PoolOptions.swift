/// How many connections a database keeps, how long they live, and how long a scope waits for one.
///
/// The same for every engine, in code and as options of a URL (see ``DatabaseURL``):
///
/// | here | in a URL | |
/// |---|---|---|
/// | ``minSize`` | `min_size` | connections opened at once and never closed for idleness |
/// | ``maxSize`` | `max_size` | connections at most |
/// | ``maxQueries`` | `max_queries` | statements after which a connection is replaced, 0 = never |
/// | ``maxInactiveConnectionLifetime`` | `max_inactive_connection_lifetime` | seconds, 0 = for ever |
/// | ``acquireTimeout`` | `acquire_timeout` | seconds |
///
/// SQLite has one writer beside the pool, so that these are its readers; the other engines' connections do both.
public struct PoolOptions: Sendable, Hashable {
    /// How many connections are opened with the database and stay open when nobody uses them.
    public var minSize: Int
    /// How many connections there may be.
    public var maxSize: Int
    /// After how many statements a connection is closed and replaced; `nil` = never.
    public var maxQueries: Int?
    /// How long a connection may be idle before it is closed; `nil` = for ever.
    public var maxInactiveConnectionLifetime: Duration?
    /// How long a scope waits for a connection before it throws `.poolTimeout`.
    public var acquireTimeout: Duration

    /// Options; what is left out has the value shown here.
    public init(
        minSize: Int = 0, maxSize: Int = 5, maxQueries: Int? = nil, maxInactiveConnectionLifetime: Duration? = nil,
        acquireTimeout: Duration = .seconds(30)
    ) {
        self.minSize = minSize
        self.maxSize = maxSize
        self.maxQueries = maxQueries
        self.maxInactiveConnectionLifetime = maxInactiveConnectionLifetime
        self.acquireTimeout = acquireTimeout
    }

    /// Throws `.configuration` for options that contradict each other or themselves.
    func check() throws {
        func refuse(_ message: String) throws -> Never { throw ORMError(.configuration, message) }
        if maxSize < 1 { try refuse("max_size must be at least 1") }
        if minSize < 0 { try refuse("min_size must not be negative") }
        if minSize > maxSize { try refuse("min_size is greater than max_size: no pool can be both") }
        if let maxQueries, maxQueries < 1 { try refuse("max_queries must be at least 1, or 0 in a URL for never") }
        if let lifetime = maxInactiveConnectionLifetime, lifetime <= .zero {
            try refuse("max_inactive_connection_lifetime must be positive, or 0 in a URL for ever")
        }
        if acquireTimeout <= .zero { try refuse("acquire_timeout must be positive: seconds, such as 30") }
    }
}
