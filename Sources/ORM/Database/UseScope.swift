import Synchronization

/// One `use { }`, as its task and child tasks share it: what has happened in it that later decisions need.
final class UseScope: Sendable {
    private struct State {
        /// When each database was last written to, by the scope's own clock.
        var writes: [ObjectIdentifier: Duration] = [:]
        /// How often each statement has run, for each observer that counts.
        var counts: [ObjectIdentifier: [String: Int]] = [:]
    }

    private let time: TimeSource
    /// The scope around this one, which must know of what is written here.
    private let enclosing: UseScope?
    private let state = Mutex(State())

    init(_ time: TimeSource, in enclosing: UseScope?) {
        self.time = time
        self.enclosing = enclosing
    }

    /// A database has been written to.
    func didWrite(to database: ObjectIdentifier) {
        let now = time.now()
        state.withLock { $0.writes[database] = now }
        enclosing?.didWrite(to: database)
    }

    /// How long ago a database was written to in this scope, the scopes around it and those in it; `nil` = never.
    func timeSinceWrite(to database: ObjectIdentifier) -> Duration? {
        let own = state.withLock { $0.writes[database] }.map { time.now() - $0 }
        let outer = enclosing?.timeSinceWrite(to: database)
        guard let own else { return outer }
        return outer.map { min($0, own) } ?? own
    }

    /// One more run of a statement: how many there are now.
    func count(_ sql: String, for observer: ObjectIdentifier) -> Int {
        state.withLock { state in
            state.counts[observer, default: [:]][sql, default: 0] += 1
            return state.counts[observer]?[sql] ?? 0
        }
    }
}
