import ORM
import Synchronization

/// Lets so many tasks in at once; the others wait in the order they came. The test runner starts all cases of a suite at the same time, more
/// than a server has connections.
public final class Turnstile: Sendable {
    private let state: Mutex<(free: Int, waiting: [CheckedContinuation<Void, Never>])>

    /// A turnstile for so many at once.
    public init(_ count: Int) { state = Mutex((count, [])) }

    /// Runs `body` when it is its turn.
    public func pass<Result>(_ body: nonisolated(nonsending) () async throws -> Result) async rethrows -> Result {
        await withCheckedContinuation { seat in
            let mayPass = state.withLock { state in
                if state.free > 0 {
                    state.free -= 1
                    return true
                }
                state.waiting.append(seat)
                return false
            }
            if mayPass { seat.resume() }
        }
        defer { leave() }
        return try await body()
    }

    private func leave() {
        let next = state.withLock { state in
            guard !state.waiting.isEmpty else {
                state.free += 1
                return nil as CheckedContinuation<Void, Never>?
            }
            return state.waiting.removeFirst()
        }
        next?.resume()
    }
}
