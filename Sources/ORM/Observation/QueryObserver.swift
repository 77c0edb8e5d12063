/// One statement that has run. Values are not part of it.
public struct ObservedQuery: Sendable {
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
    public init(sql: String, duration: Duration, rows: Int, error: (any Error)? = nil, site: CallSite? = nil) {
        self.sql = sql
        self.duration = duration
        self.rows = rows
        self.error = error
        self.site = site
    }
}

/// Sees every statement after it has run; called on the connection's queue, so be quick.
///
/// ```swift
/// let db = try await Database.open(driver, observers: [SlowQueryLog(threshold: .milliseconds(200), logger)])
/// ```
public protocol QueryObserver: Sendable {
    /// A statement has run.
    func didRun(_ query: ObservedQuery)
}
