public import ORM
import Synchronization

/// Remembers every statement that a database has run: an observer for tests.
public final class QueryLog: QueryObserver {
    private let entries = Mutex<[ObservedQuery]>([])

    /// An empty log.
    public init() {}

    /// A statement has run.
    public func didRun(_ query: ObservedQuery) { entries.withLock { $0.append(query) } }

    /// The statements so far, first to last.
    public var queries: [ObservedQuery] { entries.withLock { $0 } }

    /// Their texts.
    public var sql: [String] { queries.map(\.sql) }

    /// Forgets everything.
    public func clear() { entries.withLock { $0 = [] } }
}

/// What ``expectQueries(atMost:_:)`` throws when there were more.
public struct TooManyQueries: Error, CustomStringConvertible {
    /// How many there may be.
    public let limit: Int
    /// What ran.
    public let queries: [String]

    /// The limit and all statements, numbered.
    public var description: String {
        let list = queries.enumerated().map { "  \($0.offset + 1). \($0.element)" }.joined(separator: "\n")
        return "expected at most \(limit) statements, \(queries.count) ran:\n\(list)"
    }
}
