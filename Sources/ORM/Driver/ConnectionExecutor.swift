import Dispatch

/// The executor of one connection: a serial queue of its own.
///
/// Linux has no `DispatchSerialQueue`, which is an executor by itself on other platforms.
public final class ConnectionExecutor: SerialExecutor {
    private let queue: DispatchQueue

    /// An executor whose queue bears `label` in debuggers and traces.
    public init(label: String) { queue = DispatchQueue(label: label) }

    /// Runs a job on the queue.
    public func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async { job.runSynchronously(on: self.asUnownedSerialExecutor()) }
    }
}
