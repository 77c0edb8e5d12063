/// Which connections there are and who waits for one: a pure state machine. ``Pool`` locks it, asks it, unlocks it, and does
/// what it says. It knows no clock: instants are told to it.
struct PoolState<Resource> {
    /// How many connections, and how long each.
    struct Limits {
        /// So many stay open however idle.
        var minimum = 0
        var maximum: Int
        /// After how many uses a connection is replaced.
        var uses: Int?
        /// How long a connection may be idle.
        var idleLifetime: Duration?
    }

    let limits: Limits
    /// Those that nobody uses, the longest idle first.
    private var resting: [(resource: Resource, since: Duration)] = []
    /// Connections that are leased or being opened.
    private(set) var busy = 0
    private(set) var waiters: [Int] = []
    private(set) var isClosed = false

    init(_ limits: Limits) { self.limits = limits }

    enum Acquisition { case lease(Resource), open, wait, closed }
    /// What to do with a connection that came back, or with the place of one that did not.
    enum Release {
        case lease(Resource, to: Int), open(for: Int), close(Resource), nothing
        /// Close this one, and open another in its place for a waiter.
        case replace(Resource, for: Int)
    }

    /// The connections that nobody uses, the longest idle first.
    var idle: [Resource] { resting.map(\.resource) }

    /// Whether a connection asked for now would not come at once.
    var wouldWait: Bool { !isClosed && resting.isEmpty && busy >= limits.maximum }

    /// Someone wants a connection; `ticket` is how a waiter is known.
    mutating func acquire(_ ticket: Int) -> Acquisition {
        if isClosed { return .closed }
        if let (resource, _) = resting.popLast() {
            busy += 1
            return .lease(resource)
        }
        if busy < limits.maximum {
            busy += 1
            return .open
        }
        waiters.append(ticket)
        return .wait
    }

    /// A leased connection comes back, fit for use, after so many uses in its life.
    mutating func release(_ resource: Resource, uses: Int = 0, at now: Duration = .zero) -> Release {
        if isClosed {
            busy -= 1
            return .close(resource)
        }
        let isWorn = isWorn(after: uses)
        if !waiters.isEmpty {
            let next = waiters.removeFirst()
            return isWorn ? .replace(resource, for: next) : .lease(resource, to: next)
        }
        busy -= 1
        if isWorn { return .close(resource) }
        resting.append((resource, now))
        return .nothing
    }

    /// Whether a connection is closed when it comes back after so many uses.
    func retires(after uses: Int) -> Bool { isClosed || isWorn(after: uses) }

    private func isWorn(after uses: Int) -> Bool { limits.uses.map { uses >= $0 } ?? false }

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

    /// When the longest idle connection is to be closed, if nobody takes it before; `nil` when none is.
    var nextExpiry: Duration? {
        guard let lifetime = limits.idleLifetime, busy + resting.count > limits.minimum else { return nil }
        return resting.first.map { $0.since + lifetime }
    }

    /// The connections that have been idle too long, to be closed.
    mutating func expire(at now: Duration) -> [Resource] {
        var expired: [Resource] = []
        while let expiry = nextExpiry, expiry <= now { expired.append(resting.removeFirst().resource) }
        return expired
    }

    /// No more leases. Gives the idle connections to close and the waiters to turn away.
    mutating func close() -> (idle: [Resource], waiters: [Int]) {
        isClosed = true
        defer { (resting, waiters) = ([], []) }
        return (idle, waiters)
    }
}

extension PoolState.Acquisition: Equatable where Resource: Equatable {}
extension PoolState.Release: Equatable where Resource: Equatable {}
