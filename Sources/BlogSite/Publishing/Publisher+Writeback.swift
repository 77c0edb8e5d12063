import Dispatch
import Synchronization

/// What of the staged files the system was asked to write to the disk while others are still being made.
///
/// Before files are moved into place they must be on the disk. Written all at the end, those of a whole site take as long as a
/// tenth of its build, while no core has anything to do.
final class Writeback: Sendable {
    private struct State: Sendable {
        /// Bytes staged since the last request.
        var waiting = 0
        var isRunning = false
        var failure: SiteError?
    }

    private let state = Mutex(State())

    /// As many bytes are worth a request, which writes the metadata of the file system too.
    private static let portion = 32 << 20

    /// Counts staged bytes; true when a request is to be made, which ends with ``finish(_:)``.
    func isDue(after count: Int) -> Bool {
        state.withLock { state in
            state.waiting += count
            guard state.waiting >= Self.portion, !state.isRunning else { return false }
            state.waiting = 0
            state.isRunning = true
            return true
        }
    }

    func finish(_ failure: SiteError?) {
        state.withLock { state in
            state.isRunning = false
            state.failure = state.failure ?? failure
        }
    }

    /// Throws what a request failed with: the system tells of a failed write once.
    func check() throws(SiteError) {
        if let failure = state.withLock({ $0.failure }) { throw failure }
    }
}

extension Publisher {
    /// Has everything staged so far written to the disk, on a thread of its own.
    func startWriteback() {
        DispatchQueue.global(qos: .utility).async { [self] in
            do throws(SiteError) {
                try output.synchronize()
                writeback.finish(nil)
            } catch {
                writeback.finish(error)
            }
        }
    }
}
