import ORM
import Synchronization

/// A clock that stands still until a test moves it, so that a test of time-outs and pauses takes no time.
///
/// ```swift
/// let clock = ManualClock()
/// let db = try await Database.open(driver, clock: clock)
/// …
/// await clock.waitForSleepers()      // somebody pauses
/// clock.advance(by: .seconds(1))     // and goes on
/// ```
public final class ManualClock: Clock {
    /// A point on the clock: the time since it was made.
    public struct Instant: InstantProtocol {
        /// The time since the clock was made.
        public let offset: Swift.Duration

        /// A later point.
        public func advanced(by duration: Swift.Duration) -> Instant { Instant(offset: offset + duration) }
        /// The time to another point.
        public func duration(to other: Instant) -> Swift.Duration { other.offset - offset }
        /// Earlier points are less.
        public static func < (left: Instant, right: Instant) -> Bool { left.offset < right.offset }
    }

    private struct State {
        var now = Swift.Duration.zero
        var lastTicket = 0
        var sleepers: [Int: (deadline: Swift.Duration, seat: CheckedContinuation<Void, any Error>)] = [:]
        /// Those that were cancelled before they had sat down.
        var cancelled: Set<Int> = []
    }

    private let state = Mutex(State())

    /// A clock at zero.
    public init() {}

    /// Where the clock stands.
    public var now: Instant { Instant(offset: state.withLock { $0.now }) }
    /// There is no time between two points that matters.
    public var minimumResolution: Swift.Duration { .zero }
    /// How many tasks wait for the clock.
    public var sleeperCount: Int { state.withLock { $0.sleepers.count } }

    /// Moves the clock and wakes whoever has waited long enough, the earliest first.
    public func advance(by duration: Swift.Duration) {
        let due = state.withLock { state in
            state.now += duration
            let now = state.now
            let due = state.sleepers.filter { $0.value.deadline <= now }
            for ticket in due.keys { state.sleepers[ticket] = nil }
            return due.values.sorted { $0.deadline < $1.deadline }.map(\.seat)
        }
        for seat in due { seat.resume() }
    }

    /// Waits until so many tasks wait for the clock.
    public func waitForSleepers(_ count: Int = 1) async {
        while sleeperCount < count { await Task.yield() }
    }

    /// Waits until the clock is moved so far.
    public func sleep(until deadline: Instant, tolerance: Swift.Duration?) async throws {
        let ticket = state.withLock { state in
            state.lastTicket += 1
            return state.lastTicket
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { (seat: CheckedContinuation<Void, any Error>) in
                let answer: Result<Void, any Error>? = state.withLock { state in
                    if state.cancelled.remove(ticket) != nil { return .failure(CancellationError()) }
                    if deadline.offset <= state.now { return .success(()) }
                    state.sleepers[ticket] = (deadline.offset, seat)
                    return nil
                }
                if let answer { seat.resume(with: answer) }
            }
        } onCancel: {
            let sleeper = state.withLock { state in
                if let sleeper = state.sleepers.removeValue(forKey: ticket) { return sleeper.seat as Optional }
                state.cancelled.insert(ticket)
                return nil
            }
            sleeper?.resume(throwing: CancellationError())
        }
    }
}
