public import Logging

/// Warns of statements that take long. Bound values are never shown: only placeholders.
///
/// ```swift
/// let log = SlowQueryLog(threshold: .milliseconds(200), Logger(label: "blog.database"))
/// let db = try await Database.open(driver, observers: [log])
/// // warning: slow query, 812 ms [site=Blog/Statistics.swift:40 rows=12 sql=SELECT t0."id", … WHERE t0."title" = ?]
/// ```
public struct SlowQueryLog: QueryObserver {
    private let threshold: Duration
    private let logger: Logger

    /// Warns of statements that take at least so long.
    public init(threshold: Duration, _ logger: Logger) {
        self.threshold = threshold
        self.logger = logger
    }

    /// A statement has run.
    public func didRun(_ query: ObservedQuery) {
        guard query.duration >= threshold else { return }
        var metadata: Logger.Metadata = ["sql": "\(query.sql)", "rows": "\(query.rows)"]
        if let site = query.site { metadata["site"] = "\(site)" }
        if let error = query.error { metadata["error"] = "\(error)" }
        let milliseconds = query.duration / .milliseconds(1)
        logger.warning("slow query, \(Int(milliseconds.rounded())) ms", metadata: metadata)
    }
}
