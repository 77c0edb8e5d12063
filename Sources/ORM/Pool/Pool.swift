import Synchronization

/// A connection of a pool, with the count of the statements it has run.
final class PooledConnection: Sendable {
    let connection: any Connection
    /// The same, when it can be left alone with a statement.
    let remote: (any RemoteConnection)?
    private let statements = Atomic(0)

    init(_ connection: any Connection) {
        self.connection = connection
        remote = connection as? any RemoteConnection
    }

    /// How many statements it has run.
    var uses: Int { statements.load(ordering: .relaxed) }

    /// One more statement.
    func count() { statements.wrappingAdd(1, ordering: .relaxed) }
}

/// A bounded set of connections, leased one scope at a time, first come, first served.
final class Pool: Sendable {
    /// What a waiter is given: a connection, or the place to open one in.
    enum Grant: Sendable { case connection(PooledConnection), place }

    /// Where somebody waits: a scope, which goes on with what it is granted, or a read, which is sent on it.
    enum Seat: Sendable {
        case scope(CheckedContinuation<Grant, any Error>)
        case read(PendingRead)

        func resume(throwing error: any Error) {
            switch self {
            case .scope(let continuation): continuation.resume(throwing: error)
            case .read(let read): read.resume(throwing: error)
            }
        }
    }

    struct State {
        /// Who waits here is seated in the room, and the other way round: both change under one lock.
        var machine: PoolState<PooledConnection>
        var room = WaitingRoom<Seat>()
        /// When each of those who wait here gives up. All wait equally long, so that who came first goes first.
        var deadlines: [Int: Duration] = [:]
        /// Turns away those who have waited too long; there while anybody waits. One for all: a timer for each would take longer than
        /// what they wait for.
        var alarm: Task<Void, Never>?
        /// Closes what has been idle too long; there while anything can be.
        var reaper: Task<Void, Never>?

        /// Whose turn has come.
        mutating func call(_ ticket: Int) -> Seat? {
            deadlines[ticket] = nil
            return room.call(ticket)
        }

        /// The alarm, when there is nobody left to turn away.
        mutating func takeIdleAlarm() -> Task<Void, Never>? {
            guard machine.waiters.isEmpty else { return nil }
            defer { alarm = nil }
            return alarm
        }
    }

    let state: Mutex<State>
    private let connect: @Sendable () async throws -> any Connection
    let acquireTimeout: Duration
    let limit: Int
    let time: TimeSource
    /// Whether idle connections are closed after a time.
    let isTimed: Bool

    /// A pool of at most `limit` connections, within the options.
    init(
        limit: Int, options: PoolOptions = PoolOptions(), time: TimeSource = TimeSource(.continuous),
        connect: @escaping @Sendable () async throws -> any Connection
    ) {
        let limits = PoolState<PooledConnection>.Limits(
            minimum: min(options.minSize, limit), maximum: limit, uses: options.maxQueries,
            idleLifetime: options.maxInactiveConnectionLifetime)
        state = Mutex(State(machine: PoolState(limits)))
        self.connect = connect
        self.limit = limit
        acquireTimeout = options.acquireTimeout
        self.time = time
        isTimed = options.maxInactiveConnectionLifetime != nil
    }

    deinit {
        let (reaper, alarm) = state.withLock { ($0.reaper, $0.alarm) }
        reaper?.cancel()
        alarm?.cancel()
    }

    /// Runs `body` with a connection that nobody else has, isolated to it. A connection that comes back inside a transaction
    /// is closed; so is one that has died while it was idle, and another one takes its place. `grant`: what has been waited for already.
    func withConnection<Result: Sendable>(
        _ grant: Grant? = nil, _ body: nonisolated(nonsending) @Sendable (PooledConnection) async throws -> Result
    ) async throws -> Result {
        var grant = grant
        // All that were idle may have died, as they do when a server is started again; a new one has not.
        for _ in 0...limit {
            let member = if let grant { try await take(grant) } else { try await acquire() }
            grant = nil
            let (outcome, isReusable) = await member.connection.lend { try await body(member) }
            await giveBack(member, isReusable: isReusable)
            if let outcome { return try outcome.get() }
        }
        throw ORMError(
            .database, "the database closes every connection as soon as it is open: look into its log",
            database: DatabaseFailure(kind: .unavailable, nativeCode: "", sql: ""))
    }

    /// Opens so many connections as the pool keeps at least, all of them; throws when one cannot be opened.
    func warmUp() async throws {
        let minimum = state.withLock { $0.machine.limits.minimum }
        var members: [PooledConnection] = []
        do {
            while members.count < minimum { members.append(try await acquire()) }
        } catch {
            for member in members { await giveBack(member, isReusable: true) }
            throw error
        }
        for member in members { await giveBack(member, isReusable: true) }
    }

    /// Closes idle connections and turns waiters away; connections in use are closed when they come back.
    func close() async {
        let (idle, seats, reaper, alarm) = state.withLock { state in
            let closed = state.machine.close()
            defer { state.reaper = nil }
            let seats = closed.waiters.compactMap { state.call($0) }
            return (closed.idle, seats, state.reaper, state.takeIdleAlarm())
        }
        reaper?.cancel()
        alarm?.cancel()
        for seat in seats { seat.resume(throwing: Self.closedError) }
        for member in idle { await member.connection.close() }
    }

    /// How many scopes wait for a connection.
    var waitingCount: Int { state.withLock { $0.machine.waiters.count } }
    /// How many connections are open and idle.
    var idleCount: Int { state.withLock { $0.machine.idle.count } }

    // MARK: How

    private func acquire() async throws -> PooledConnection {
        try Task.checkCancellation()
        let (acquisition, ticket): (PoolState<PooledConnection>.Acquisition, Int) = state.withLock { state in
            if state.machine.wouldWait { return (.wait, state.room.arrive()) }
            // Served at once, so that the ticket is never asked for.
            return (state.machine.acquire(0), 0)
        }
        switch acquisition {
        case .lease(let member): return member
        case .open: return try await open()
        case .closed: throw Self.closedError
        case .wait: return try await take(wait(ticket))
        }
    }

    private func take(_ grant: Grant) async throws -> PooledConnection {
        switch grant {
        case .connection(let member): member
        case .place: try await open()
        }
    }

    private func wait(_ ticket: Int) async throws -> Grant {
        let deadline = time.now() + acquireTimeout
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Grant, any Error>) in
                // Asked again in the same step that takes the seat, so that no grant is missed.
                let answer: Result<Grant, any Error>? = state.withLock { state in
                    if let error = state.room.departure(of: ticket) { return .failure(error) }
                    let answer: Result<Grant, any Error>
                    switch state.machine.acquire(ticket) {
                    case .lease(let member): answer = .success(.connection(member))
                    case .open: answer = .success(.place)
                    case .closed: answer = .failure(Self.closedError)
                    case .wait:
                        seat(.scope(continuation), ticket, until: deadline, in: &state)
                        return nil
                    }
                    state.room.forget(ticket)
                    return answer
                }
                if let answer { continuation.resume(with: answer) }
            }
        } onCancel: {
            giveUp(ticket, CancellationError())
        }
    }

    /// Somebody waits from now on.
    func seat(_ seat: Seat, _ ticket: Int, until deadline: Duration, in state: inout State) {
        state.room.sit(ticket, seat)
        state.deadlines[ticket] = deadline
        if state.alarm == nil { state.alarm = watchDeadlines() }
    }

    /// Ends a wait. One that has been served keeps what it got.
    func giveUp(_ ticket: Int, _ error: any Error) {
        let (seat, alarm) = state.withLock { state in
            _ = state.machine.giveUp(ticket)
            state.deadlines[ticket] = nil
            return (state.room.leave(ticket, with: error), state.takeIdleAlarm())
        }
        alarm?.cancel()
        seat?.resume(throwing: error)
    }

    private func open() async throws -> PooledConnection {
        do {
            return PooledConnection(try await connect())
        } catch {
            await follow { $0.discard() }
            throw error
        }
    }

    func giveBack(_ member: PooledConnection, isReusable: Bool) async {
        if isReusable {
            // The clock is asked only where idleness counts.
            let (uses, now) = (member.uses, isTimed ? time.now() : .zero)
            await follow { $0.release(member, uses: uses, at: now) }
            if isTimed { watchIdleness() }
        } else {
            await member.connection.close()
            await follow { $0.discard() }
        }
    }

    /// Changes the pool's state and does what it says.
    private func follow(
        _ change: (inout PoolState<PooledConnection>) -> PoolState<PooledConnection>.Release
    ) async {
        let transfer = state.withLock { state in
            let release = change(&state.machine)
            return settle(release, &state)
        }
        // Before its successor is opened, so that there are never more than the limit.
        if let surplus = transfer.surplus { await surplus.connection.close() }
        complete(transfer)
    }

    /// What is to be done outside the lock when a connection, or the place of one, has changed hands.
    struct Transfer {
        fileprivate var seat: Seat?
        fileprivate var grant: Grant?
        /// To be closed first of all.
        fileprivate var surplus: PooledConnection?
        fileprivate var alarm: Task<Void, Never>?
    }

    /// Follows the state machine. A waiter is taken out of the queue and out of the room under one lock: between two, it could give up,
    /// and the connection granted to it would be lost.
    func settle(_ release: PoolState<PooledConnection>.Release, _ state: inout State) -> Transfer {
        var transfer = Transfer()
        switch release {
        case .lease(let member, let ticket): (transfer.seat, transfer.grant) = (state.call(ticket), .connection(member))
        case .open(let ticket): (transfer.seat, transfer.grant) = (state.call(ticket), .place)
        case .replace(let member, let ticket):
            (transfer.seat, transfer.grant, transfer.surplus) = (state.call(ticket), .place, member)
        case .close(let member): transfer.surplus = member
        case .nothing: break
        }
        transfer.alarm = state.takeIdleAlarm()
        return transfer
    }

    func complete(_ transfer: Transfer) {
        transfer.alarm?.cancel()
        guard let seat = transfer.seat, let grant = transfer.grant else { return }
        switch (seat, grant) {
        case (.scope(let continuation), _): continuation.resume(returning: grant)
        case (.read(let read), .connection(let member)): start(read, on: member, hasRested: false)
        case (.read(let read), .place): read.resume(returning: .unsent(.place))
        }
    }

    static var closedError: ORMError { ORMError(.configuration, "the database is closed") }
}

// MARK: - Patience

extension Pool {
    /// Turns away whoever has waited too long, as long as anybody waits.
    private func watchDeadlines() -> Task<Void, Never> {
        // Detached, because it must not carry the bindings of the task that happened to come by.
        Task.detached { [weak self, time] in
            while let pause = self?.pauseUntilDeadline() {
                guard (try? await time.sleep(pause)) != nil else { return }
                self?.turnAway()
            }
        }
    }

    /// How long nobody will have waited too long; `nil`, and the alarm is gone, when nobody waits.
    private func pauseUntilDeadline() -> Duration? {
        state.withLock { state in
            guard let first = state.machine.waiters.first, let deadline = state.deadlines[first] else {
                state.alarm = nil
                return nil
            }
            return max(.zero, deadline - time.now())
        }
    }

    private func turnAway() {
        let now = time.now()
        let late = state.withLock { state in
            state.machine.waiters.prefix { ticket in state.deadlines[ticket].map { $0 <= now } ?? false }
        }
        let error = ORMError(
            .poolTimeout,
            "no connection became free within \(acquireTimeout): is a scope kept open, or max_size too small?")
        for ticket in late { giveUp(ticket, error) }
    }
}

// MARK: - Idleness

extension Pool {
    /// Sees to it that connections are closed when they have been idle too long.
    func watchIdleness() {
        state.withLock { state in
            guard state.reaper == nil, state.machine.nextExpiry != nil else { return }
            // Detached, because it must not carry the bindings of the task that happened to come by.
            state.reaper = Task.detached { [weak self, time] in
                while let pause = self?.pauseUntilExpiry() {
                    guard (try? await time.sleep(pause)) != nil else { return }
                    await self?.closeExpired()
                }
            }
        }
    }

    /// How long nothing will expire; `nil`, and the reaper is gone, when nothing can.
    private func pauseUntilExpiry() -> Duration? {
        state.withLock { state in
            guard let expiry = state.machine.nextExpiry else {
                state.reaper = nil
                return nil
            }
            return max(.zero, expiry - time.now())
        }
    }

    private func closeExpired() async {
        let now = time.now()
        for member in state.withLock({ $0.machine.expire(at: now) }) { await member.connection.close() }
    }
}
