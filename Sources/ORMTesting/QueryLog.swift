public import ORM
import Synchronization

/// Remembers all that a database has run: an observer for tests.
public final class QueryLog: QueryObserver {
    private let entries = Mutex<[ObservedQuery]>([])

    /// An empty log.
    public init() {}

    /// A statement has run.
    public func didRun(_ query: ObservedQuery) { entries.withLock { $0.append(query) } }

    /// The statements so far, first to last; not what begins and ends transactions and streams, nor scripts.
    public var queries: [ObservedQuery] { everything.filter { $0.kind == .statement || $0.kind == .batch } }

    /// All that ran so far, first to last.
    public var everything: [ObservedQuery] { entries.withLock { $0 } }

    /// Their texts.
    public var sql: [String] { queries.map(\.sql) }

    /// Forgets everything.
    public func clear() { entries.withLock { $0 = [] } }
}

/// What ``expectQueries(atMost:_:)`` and ``expectQueries(exactly:_:)`` throw when others ran.
public struct UnexpectedQueries: Error, CustomStringConvertible {
    /// How many there may be.
    public let limit: Int
    /// Whether there must be as many.
    public let isExact: Bool
    /// What ran.
    public let queries: [String]

    /// What was expected and all statements, numbered.
    public var description: String {
        let list = queries.enumerated().map { "\n  \($0.offset + 1). \($0.element)" }.joined()
        return "expected \(isExact ? "exactly" : "at most") \(limit) statements, \(queries.count) ran:\(list)"
    }
}
