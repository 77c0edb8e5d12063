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
    /// How long a statement waits for a lock, and when the wait has begun, in nanoseconds. Used on the connection's queue alone.
    private let patience = Atomic<UInt64>(0)
    private let start = Atomic<UInt64>(0)

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
    func install(on handle: OpaquePointer, busyTimeoutMilliseconds: Int32) {
        patience.store(UInt64(max(0, busyTimeoutMilliseconds)) * 1_000_000, ordering: .relaxed)
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
    func waits(attempt: Int) -> Bool {
        let now = DispatchTime.now().uptimeNanoseconds
        if attempt == 0 { start.store(now, ordering: .relaxed) }
        let (spent, limit) = (now - start.load(ordering: .relaxed), patience.load(ordering: .relaxed))
        guard spent < limit, !isRaised else { return false }
        // The pauses of SQLite's own handler, but for the longest ones.
        let pauses: [UInt64] = [1, 2, 5, 10, 15, 20, 25, 25, 25, 50]
        let pause = min(pauses[min(attempt, pauses.count - 1)] * 1_000_000, limit - spent)
        waiting.store(true, ordering: .relaxed)
        defer { waiting.store(false, ordering: .relaxed) }
        _ = alarm.wait(timeout: DispatchTime(uptimeNanoseconds: now + pause))
        return !isRaised
    }
}
