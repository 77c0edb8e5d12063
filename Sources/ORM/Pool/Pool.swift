import Synchronization

/// A bounded set of connections, leased one scope at a time, first come, first served.
final class Pool: Sendable {
    private typealias Waiter = CheckedContinuation<Grant, any Error>
    /// What a waiter is given: a connection, or the place to open one in.
    private enum Grant: Sendable { case connection(any Connection), place }

    private struct State {
        var machine: PoolState<any Connection>
        var nextTicket = 0
        var continuations: [Int: Waiter] = [:]
        /// Tickets that gave up before they got round to waiting.
        var gaveUp: [Int: any Error] = [:]
    }

    private let state: Mutex<State>
    private let connect: @Sendable () async throws -> any Connection
    private let acquireTimeout: Duration

    init(limit: Int, acquireTimeout: Duration, connect: @escaping @Sendable () async throws -> any Connection) {
        state = Mutex(State(machine: PoolState(limit: limit)))
        self.connect = connect
        self.acquireTimeout = acquireTimeout
    }

    /// Runs `body` with a connection that nobody else has. A connection that comes back inside a transaction is closed.
    func withConnection<Result: Sendable>(
        _ body: nonisolated(nonsending) @Sendable (any Connection) async throws -> Result
    ) async throws -> Result {
        let connection = try await acquire()
        do {
            let result = try await body(connection)
            await release(connection)
            return result
        } catch {
            await release(connection)
            throw error
        }
    }

    /// Closes idle connections and turns waiters away; leased connections are closed when they come back.
    func close() async {
        let (idle, waiters): ([any Connection], [Waiter]) = state.withLock { state in
            let closed = state.machine.close()
            return (closed.idle, closed.waiters.compactMap { state.continuations.removeValue(forKey: $0) })
        }
        for waiter in waiters { waiter.resume(throwing: Self.closedError) }
        for connection in idle { await connection.close() }
    }

    // MARK: How

    private func acquire() async throws -> any Connection {
        try Task.checkCancellation()
        let (acquisition, ticket): (PoolState<any Connection>.Acquisition?, Int) = state.withLock { state in
            state.nextTicket += 1
            return (state.machine.wouldWait ? nil : state.machine.acquire(state.nextTicket), state.nextTicket)
        }
        switch acquisition {
        case .lease(let connection): return connection
        case .open: return try await open()
        case .closed: throw Self.closedError
        case .wait, nil:
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
                    .poolTimeout, "no connection became free within \(timeout): is a scope kept open, or max_size too small?"))
        }
        defer {
            alarm.cancel()
            // Whoever gave up too late left a mark that nobody else will read.
            state.withLock { _ = $0.gaveUp.removeValue(forKey: ticket) }
        }
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { (waiter: Waiter) in
                // Asked again in the same step that stores the continuation, so that no grant comes before it.
                let answer: Result<Grant, any Error>? = state.withLock { state in
                    if let error = state.gaveUp.removeValue(forKey: ticket) { return .failure(error) }
                    switch state.machine.acquire(ticket) {
                    case .lease(let connection): return .success(.connection(connection))
                    case .open: return .success(.place)
                    case .closed: return .failure(Self.closedError)
                    case .wait:
                        state.continuations[ticket] = waiter
                        return nil
                    }
                }
                if let answer { waiter.resume(with: answer) }
            }
        } onCancel: {
            giveUp(ticket, CancellationError())
        }
    }

    /// Ends a wait. A ticket that is not waiting yet is marked; one that has been served keeps what it got.
    private func giveUp(_ ticket: Int, _ error: any Error) {
        let waiter: Waiter? = state.withLock { state in
            if let waiter = state.continuations.removeValue(forKey: ticket) {
                _ = state.machine.giveUp(ticket)
                return waiter
            }
            state.gaveUp[ticket] = error
            return nil
        }
        waiter?.resume(throwing: error)
    }

    private func grant(_ grant: Grant, to ticket: Int) {
        let waiter = state.withLock { $0.continuations.removeValue(forKey: ticket) }
        waiter?.resume(returning: grant)
    }

    private func open() async throws -> any Connection {
        do {
            return try await connect()
        } catch {
            follow(state.withLock { $0.machine.discard() })
            throw error
        }
    }

    private func release(_ connection: any Connection) async {
        guard await connection.isReusable() else {
            await connection.close()
            return follow(state.withLock { $0.machine.discard() })
        }
        let action = state.withLock { $0.machine.release(connection) }
        if case .close(let connection) = action { await connection.close() }
        follow(action)
    }

    private func follow(_ action: PoolState<any Connection>.Release) {
        switch action {
        case .lease(let connection, let ticket): grant(.connection(connection), to: ticket)
        case .open(let ticket): grant(.place, to: ticket)
        case .close, .nothing: break
        }
    }

    private static var closedError: ORMError { ORMError(.configuration, "the database is closed") }
}
