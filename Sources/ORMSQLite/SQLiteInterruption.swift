import CSQLite
import Dispatch
import Synchronization

/// Whether a connection's statements are to stop. SQLite asks for every thousand steps of its virtual machine and while it waits for
/// another connection's lock. `sqlite3_interrupt` would not do: it says nothing to a statement that begins a moment later, nor to one
/// that waits. <https://sqlite.org/c3ref/progress_handler.html>, <https://sqlite.org/c3ref/busy_handler.html>
final class SQLiteInterruption: Sendable {
    private let raised = Atomic(false)
    private let waiting = Atomic(false)
    /// Wakes whoever waits for a lock.
    private let alarm = DispatchSemaphore(value: 0)
    /// The wait for a lock that has begun, and how long one may last. Used on the connection's queue alone.
    private let patience = Mutex(Patience())

    private struct Patience {
        var limit = Duration.zero
        var start: ContinuousClock.Instant?
    }

    var isRaised: Bool { raised.load(ordering: .relaxed) }
    /// Whether a statement waits for a lock.
    var isWaiting: Bool { waiting.load(ordering: .relaxed) }

    func raise() {
        raised.store(true, ordering: .relaxed)
        alarm.signal()
    }

    func clear() {
        guard raised.exchange(false, ordering: .relaxed) else { return }
        while alarm.wait(timeout: .now()) == .success {}
    }

    /// Has SQLite ask. The handle keeps no reference, so this must outlive it.
    func install(on handle: OpaquePointer, busyTimeout: Duration) {
        patience.withLock { $0.limit = busyTimeout }
        let context = Unmanaged.passUnretained(self).toOpaque()
        sqlite3_progress_handler(
            handle, 1000,
            { context in
                guard let context else { return 0 }
                return SQLiteInterruption.from(context).isRaised ? 1 : 0
            }, context)
        sqlite3_busy_handler(
            handle,
            { context, count in
                guard let context else { return 0 }
                return SQLiteInterruption.from(context).waits(attempt: Int(count)) ? 1 : 0
            }, context)
    }

    private static func from(_ context: UnsafeMutableRawPointer) -> SQLiteInterruption {
        Unmanaged.fromOpaque(context).takeUnretainedValue()
    }

    /// Waits a while for a lock, longer from attempt to attempt (from 0); `false` when it is time to give up.
    private func waits(attempt: Int) -> Bool {
        let rest = patience.withLock { patience in
            let now = ContinuousClock.now
            let start = attempt == 0 ? now : patience.start ?? now
            patience.start = start
            return patience.limit - (now - start)
        }
        guard rest > .zero, !isRaised else { return false }
        // The pauses of SQLite's own handler, but for the longest ones.
        let pauses = [1, 2, 5, 10, 15, 20, 25, 25, 25, 50]
        let pause = min(.milliseconds(pauses[min(attempt, pauses.count - 1)]), rest)
        waiting.store(true, ordering: .relaxed)
        defer { waiting.store(false, ordering: .relaxed) }
        _ = alarm.wait(timeout: .now() + pause / .seconds(1))
        return !isRaised
    }
}
