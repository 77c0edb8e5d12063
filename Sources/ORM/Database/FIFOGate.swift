import Synchronization

/// Lets one task at a time into a scope, first come, first served, until it is shut.
final class FIFOGate: Sendable {
    private struct State {
        var isBusy = false
        var isShut = false
        var nextTicket = 0
        var waiters: [(ticket: Int, continuation: CheckedContinuation<Void, any Error>)] = []
        /// Tickets whose task was cancelled before it got round to waiting.
        var cancelled: Set<Int> = []
    }

    private let state = Mutex(State())
    private let shutError: ORMError

    /// A gate whose late-comers get this error once it is shut.
    init(whenShut error: ORMError) { shutError = error }

    /// Waits for its turn. Throws when the gate is shut or the task is cancelled.
    func enter() async throws {
        let ticket: Int? = try state.withLock { state in
            if state.isShut { throw shutError }
            if !state.isBusy {
                state.isBusy = true
                return nil
            }
            state.nextTicket += 1
            return state.nextTicket
        }
        guard let ticket else { return }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                enum Verdict { case wait, go, fail(any Error) }
                let verdict: Verdict = state.withLock { state in
                    if state.cancelled.remove(ticket) != nil { return .fail(CancellationError()) }
                    if state.isShut { return .fail(shutError) }
                    if !state.isBusy {
                        state.isBusy = true
                        return .go
                    }
                    state.waiters.append((ticket, continuation))
                    return .wait
                }
                switch verdict {
                case .wait: break
                case .go: continuation.resume()
                case .fail(let error): continuation.resume(throwing: error)
                }
            }
        } onCancel: {
            let waiter: CheckedContinuation<Void, any Error>? = state.withLock { state in
                guard let index = state.waiters.firstIndex(where: { $0.ticket == ticket }) else {
                    state.cancelled.insert(ticket)
                    return nil
                }
                return state.waiters.remove(at: index).continuation
            }
            waiter?.resume(throwing: CancellationError())
        }
        // A cancellation that came after the turn was given leaves its mark; nobody else has this ticket.
        state.withLock { _ = $0.cancelled.remove(ticket) }
    }

    /// Lets the next one in.
    func leave() {
        let next: CheckedContinuation<Void, any Error>? = state.withLock { state in
            guard !state.waiters.isEmpty else {
                state.isBusy = false
                return nil
            }
            return state.waiters.removeFirst().continuation
        }
        next?.resume()
    }

    /// Lets nobody in any more, and waits until whoever is inside has left.
    func shut() async {
        let waiters: [CheckedContinuation<Void, any Error>] = state.withLock { state in
            state.isShut = true
            defer { state.waiters = [] }
            return state.waiters.map(\.continuation)
        }
        for waiter in waiters { waiter.resume(throwing: shutError) }
        // Whoever is inside leaves through leave(), which resumes the only waiter there can be now. A task's cancellation
        // must not cut this wait short: a COMMIT may follow.
        let mustWait = state.withLock { state in
            if state.isBusy { return true }
            state.isBusy = true
            return false
        }
        guard mustWait else { return }
        _ = try? await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
            let isFree = state.withLock { state in
                if !state.isBusy {
                    state.isBusy = true
                    return true
                }
                state.waiters.append((0, continuation))
                return false
            }
            if isFree { continuation.resume() }
        }
    }
}
