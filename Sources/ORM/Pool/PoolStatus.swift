import Synchronization

/// How a pool of connections stands at one moment: for a dashboard, or to see why scopes wait.
///
/// ```swift
/// if let status = db.poolStatus[.writer] { gauge.record(status.waiting) }
/// ```
public struct PoolStatus: Sendable, Hashable {
    /// How many connections there may be.
    public var limit: Int
    /// Connections that scopes have, or that are being opened for them.
    public var busy: Int
    /// Connections that are open and that nobody uses.
    public var idle: Int
    /// Scopes that wait for a connection.
    public var waiting: Int
}

extension Pool {
    /// How it stands now.
    var status: PoolStatus {
        state.withLock { state in
            PoolStatus(
                limit: limit, busy: state.machine.busy, idle: state.machine.idle.count,
                waiting: state.machine.waiters.count)
        }
    }
}
