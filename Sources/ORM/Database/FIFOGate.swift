import Synchronization

/// Lets one task at a time into a scope, first come, first served, until it is shut.
final class FIFOGate: Sendable {
    private typealias Seat = CheckedContinuation<Void, any Error>

    private struct State {
        var isBusy = false
        var isShut = false
        /// Who waits, in the order they came.
        var queue: [Int] = []
        var room = WaitingRoom<Seat>()

        /// The next in the queue, whose turn it is now.
        mutating func next() -> Seat? {
            while !queue.isEmpty {
                if let seat = room.call(queue.removeFirst()) { return seat }
            }
            isBusy = false
            return nil
        }
    }

    private let state = Mutex(State())
    private let shutError: ORMError

    /// A gate whose late-comers get this error once it is shut.
    init(whenShut error: ORMError) { shutError = error }

    /// Waits for its turn. Throws when the gate is shut or the task is cancelled.
    func enter() async throws {
        if let ticket = try arrive() { try await wait(ticket) }
    }

    /// Goes in if nobody is inside; else a ticket to ``wait(_:)`` with. Throws when the gate is shut.
    func arrive() throws -> Int? {
        try state.withLock { state in
            if state.isShut { throw shutError }
            return Self.admit(&state)
        }
    }

    /// Waits for the turn of a ticket. Throws when the gate is shut meanwhile or the task is cancelled.
    func wait(_ ticket: Int) async throws {
        try await withTaskCancellationHandler {
            try await wait(ticket, evenWhenShut: false)
        } onCancel: {
            let seat = state.withLock { state in
                state.queue.removeAll { $0 == ticket }
                return state.room.leave(ticket, with: CancellationError())
            }
            seat?.resume(throwing: CancellationError())
        }
    }

    /// Lets the next one in.
    func leave() { state.withLock { $0.next() }?.resume() }

    /// Lets nobody in any more, and waits until whoever is inside has left. Cancellation does not cut this short, because a
    /// COMMIT may follow.
    func shut() async {
        let (seats, ticket): ([Seat], Int?) = state.withLock { state in
            state.isShut = true
            let seats = state.queue.compactMap { state.room.call($0) }
            state.queue = []
            return (seats, Self.admit(&state))
        }
        for seat in seats { seat.resume(throwing: shutError) }
        // Nothing can fail here: nobody cancels this ticket, and the gate is shut for others only.
        if let ticket { try? await wait(ticket, evenWhenShut: true) }
    }

    /// Whether the gate lets nobody in any more.
    var isShut: Bool { state.withLock { $0.isShut } }
    /// Whether somebody is inside.
    var isOccupied: Bool { state.withLock { $0.isBusy } }
    /// How many wait.
    var waitingCount: Int { state.withLock { $0.queue.count } }

    /// Goes in if nobody is inside; else a ticket to wait with.
    private static func admit(_ state: inout State) -> Int? {
        if state.isBusy { return state.room.arrive() }
        state.isBusy = true
        return nil
    }

    private func wait(_ ticket: Int, evenWhenShut: Bool) async throws {
        try await withCheckedThrowingContinuation { (seat: Seat) in
            // Asked again in the same step that takes the seat, so that no turn is missed.
            let answer: Result<Void, any Error>? = state.withLock { state in
                if let error = state.room.departure(of: ticket) { return .failure(error) }
                if state.isShut, !evenWhenShut {
                    state.room.forget(ticket)
                    return .failure(shutError)
                }
                guard state.isBusy else {
                    state.isBusy = true
                    state.room.forget(ticket)
                    return .success(())
                }
                state.room.sit(ticket, seat)
                state.queue.append(ticket)
                return nil
            }
            if let answer { seat.resume(with: answer) }
        }
    }
}
