import Synchronization

/// Notices a statement that runs again and again in one `use { }` scope: as a rule a query in a loop, "N+1", where a
/// prefetch or one query for all would do. For development; it remembers each scope's statements until the scope ends.
///
/// The innermost `use { }` is the unit of work, child tasks included; a task would not do, because one may serve many requests
/// and one request may be many tasks. So a server gives each request a scope of its own, also inside an outer one:
/// `try await db.use { try await respond(to: request) }`. A statement that runs once for each of many rows that are written
/// together counts once, and so does a stream, however many batches it has.
///
/// ```swift
/// let detector = RepeatedQueries(times: 10) { logger.warning("\($0)") }
/// let db = try await Database.open(driver, observers: [detector])
/// // Blog/Posts.swift:31 has run the same statement 10 times: prefetch, or ask once for all: SELECT …
/// ```
public final class RepeatedQueries: QueryObserver {
    /// A statement that has run too often.
    public struct Report: Sendable, Hashable, CustomStringConvertible {
        /// The statement, with placeholders.
        public let sql: String
        /// How often it has run in the scope.
        public let count: Int
        /// Where the last of them was called.
        public let site: CallSite?

        /// One line: place, count, statement.
        public var description: String {
            "\(site.map { "\($0)" } ?? "a program") has run the same statement \(count) times: prefetch, or ask once for all: \(sql)"
        }
    }

    private let limit: Int
    private let report: @Sendable (Report) -> Void

    /// Reports a statement once in each scope, when it runs there for the given time; at least the second.
    public init(times: Int, _ report: @escaping @Sendable (Report) -> Void) {
        limit = max(2, times)
        self.report = report
    }

    /// A statement has run.
    public func didRun(_ query: ObservedQuery) {
        guard query.kind == .statement || query.kind == .cursor, let scope = Ambient.binding.scope,
            scope.count(query.sql, for: ObjectIdentifier(self)) == limit
        else {
            return
        }
        report(Report(sql: query.sql, count: limit, site: query.site))
    }
}
