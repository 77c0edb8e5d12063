/// Which connections there are and who waits for one: a pure state machine. ``Pool`` locks it, asks it, unlocks it, and does
/// what it says.
struct PoolState<Resource> {
    let limit: Int
    private(set) var idle: [Resource] = []
    /// Connections that are leased or being opened.
    private(set) var busy = 0
    private(set) var waiters: [Int] = []
    private(set) var isClosed = false

    init(limit: Int) { self.limit = limit }

    enum Acquisition { case lease(Resource), open, wait, closed }
    /// What to do with a connection that came back, or with the place of one that did not.
    enum Release { case lease(Resource, to: Int), open(for: Int), close(Resource), nothing }

    /// Whether a connection asked for now would not come at once.
    var wouldWait: Bool { !isClosed && idle.isEmpty && busy >= limit }

    /// Someone wants a connection; `ticket` is how a waiter is known.
    mutating func acquire(_ ticket: Int) -> Acquisition {
        if isClosed { return .closed }
        if let resource = idle.popLast() {
            busy += 1
            return .lease(resource)
        }
        if busy < limit {
            busy += 1
            return .open
        }
        waiters.append(ticket)
        return .wait
    }

    /// A leased connection comes back, fit for use.
    mutating func release(_ resource: Resource) -> Release {
        if isClosed {
            busy -= 1
            return .close(resource)
        }
        if !waiters.isEmpty { return .lease(resource, to: waiters.removeFirst()) }
        busy -= 1
        idle.append(resource)
        return .nothing
    }

    /// A leased connection will not come back, or one could not be opened: its place is free.
    mutating func discard() -> Release {
        busy -= 1
        guard !isClosed, !waiters.isEmpty else { return .nothing }
        busy += 1
        return .open(for: waiters.removeFirst())
    }

    /// A waiter gives up. `false` when it does not wait, because it has been served already.
    mutating func giveUp(_ ticket: Int) -> Bool {
        guard let index = waiters.firstIndex(of: ticket) else { return false }
        waiters.remove(at: index)
        return true
    }

    /// No more leases. Gives the idle connections to close and the waiters to turn away.
    mutating func close() -> (idle: [Resource], waiters: [Int]) {
        isClosed = true
        defer { (idle, waiters) = ([], []) }
        return (idle, waiters)
    }
}

extension PoolState.Acquisition: Equatable where Resource: Equatable {}
extension PoolState.Release: Equatable where Resource: Equatable {}
