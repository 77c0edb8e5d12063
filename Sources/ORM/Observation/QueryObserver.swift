/// One statement that has run. Values are not part of it.
public struct ObservedQuery: Sendable {
    /// What ran.
    public enum Kind: Sendable, Hashable {
        /// A statement that reads or writes rows: once, or once for each of many lists of values.
        case statement
        /// The next rows of a stream.
        case batch
        /// The opening of a stream.
        case cursor
        /// The beginning or the end of a transaction or savepoint. A wait for somebody else's lock is part of it.
        case transaction
        /// A script of several statements.
        case script
    }

    /// What ran.
    public let kind: Kind
    /// The statement, with placeholders.
    public let sql: String
    /// How long it took, decoding included.
    public let duration: Duration
    /// How many rows it returned or changed.
    public let rows: Int
    /// What went wrong, if something did.
    public let error: (any Error)?
    /// Where the verb was called that ran it; `nil` for statements that run on a ``Lease`` directly.
    public let site: CallSite?

    /// A statement that has run.
    public init(
        kind: Kind = .statement, sql: String, duration: Duration, rows: Int, error: (any Error)? = nil,
        site: CallSite? = nil
    ) {
        self.kind = kind
        self.sql = sql
        self.duration = duration
        self.rows = rows
        self.error = error
        self.site = site
    }
}

/// Sees everything that has run on a database, transaction control and scripts too; called on the connection's queue, so be quick.
///
/// ```swift
/// let db = try await Database.open(driver, observers: [SlowQueryLog(threshold: .milliseconds(200), logger)])
/// ```
public protocol QueryObserver: Sendable {
    /// A statement has run.
    func didRun(_ query: ObservedQuery)
}
