import Synchronization

/// A bounded set of connections, leased one scope at a time, first come, first served.
final class Pool: Sendable {
    /// What a waiter is given: a connection, or the place to open one in.
    private enum Grant: Sendable { case connection(any Connection), place }

    private struct State {
        /// Who waits here is seated in the room, and the other way round: both change under one lock.
        var machine: PoolState<any Connection>
        var room = WaitingRoom<Grant>()
    }

    private let state: Mutex<State>
    private let connect: @Sendable () async throws -> any Connection
    private let acquireTimeout: Duration

    init(limit: Int, acquireTimeout: Duration, connect: @escaping @Sendable () async throws -> any Connection) {
        state = Mutex(State(machine: PoolState(limit: limit)))
        self.connect = connect
        self.acquireTimeout = acquireTimeout
    }

    /// Runs `body` with a connection that nobody else has, isolated to it. A connection that comes back inside a transaction
    /// is closed.
    func withConnection<Result: Sendable>(
        _ body: nonisolated(nonsending) @Sendable (any Connection) async throws -> Result
    ) async throws -> Result {
        let connection = try await acquire()
        let (outcome, isReusable) = await connection.lend { try await body(connection) }
        if isReusable {
            await follow { $0.release(connection) }
        } else {
            await connection.close()
            await follow { $0.discard() }
        }
        return try outcome.get()
    }

    /// Closes idle connections and turns waiters away; connections in use are closed when they come back.
    func close() async {
        let (idle, seats): ([any Connection], [WaitingRoom<Grant>.Seat]) = state.withLock { state in
            let closed = state.machine.close()
            return (closed.idle, closed.waiters.compactMap { state.room.call($0) })
        }
        for seat in seats { seat.resume(throwing: Self.closedError) }
        for connection in idle { await connection.close() }
    }

    /// How many scopes wait for a connection.
    var waitingCount: Int { state.withLock { $0.machine.waiters.count } }

    // MARK: How

    private func acquire() async throws -> any Connection {
        try Task.checkCancellation()
        let (acquisition, ticket): (PoolState<any Connection>.Acquisition, Int) = state.withLock { state in
            if state.machine.wouldWait { return (.wait, state.room.arrive()) }
            // Served at once, so that the ticket is never asked for.
            return (state.machine.acquire(0), 0)
        }
        switch acquisition {
        case .lease(let connection): return connection
        case .open: return try await open()
        case .closed: throw Self.closedError
        case .wait:
            switch try await wait(ticket) {
            case .connection(let connection): return connection
            case .place: return try await open()
            }
        }
    }

    private func wait(_ ticket: Int) async throws -> Grant {
        let timeout = acquireTimeout
        let alarm = Task {
            try await Task.sleep(for: timeout)
            giveUp(
                ticket,
                ORMError(
                    .poolTimeout,
                    "no connection became free within \(timeout): is a scope kept open, or max_size too small?"))
        }
        defer { alarm.cancel() }
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { (seat: WaitingRoom<Grant>.Seat) in
                // Asked again in the same step that takes the seat, so that no grant is missed.
                let answer: Result<Grant, any Error>? = state.withLock { state in
                    if let error = state.room.departure(of: ticket) { return .failure(error) }
                    let answer: Result<Grant, any Error>
                    switch state.machine.acquire(ticket) {
                    case .lease(let connection): answer = .success(.connection(connection))
                    case .open: answer = .success(.place)
                    case .closed: answer = .failure(Self.closedError)
                    case .wait:
                        state.room.sit(ticket, seat)
                        return nil
                    }
                    state.room.forget(ticket)
                    return answer
                }
                if let answer { seat.resume(with: answer) }
            }
        } onCancel: {
            giveUp(ticket, CancellationError())
        }
    }

    /// Ends a wait. One that has been served keeps what it got.
    private func giveUp(_ ticket: Int, _ error: any Error) {
        let seat = state.withLock { state in
            _ = state.machine.giveUp(ticket)
            return state.room.leave(ticket, with: error)
        }
        seat?.resume(throwing: error)
    }

    private func open() async throws -> any Connection {
        do {
            return try await connect()
        } catch {
            await follow { $0.discard() }
            throw error
        }
    }

    /// Changes the pool's state and does what it says. A waiter is taken out of the queue and out of the room under one
    /// lock: between two, it could give up, and the connection granted to it would be lost.
    private func follow(_ change: (inout PoolState<any Connection>) -> PoolState<any Connection>.Release) async {
        let (seat, grant, surplus): (WaitingRoom<Grant>.Seat?, Grant?, (any Connection)?) = state.withLock { state in
            switch change(&state.machine) {
            case .lease(let connection, let ticket): (state.room.call(ticket), .connection(connection), nil)
            case .open(let ticket): (state.room.call(ticket), .place, nil)
            case .close(let connection): (nil, nil, connection)
            case .nothing: (nil, nil, nil)
            }
        }
        if let seat, let grant { seat.resume(returning: grant) }
        if let surplus { await surplus.close() }
    }

    private static var closedError: ORMError { ORMError(.configuration, "the database is closed") }
}
