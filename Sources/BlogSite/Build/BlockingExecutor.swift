import Foundation

/// Runs tasks that wait for the disk now and then: on more threads than there are cores, so that no core rests meanwhile.
///
/// The threads that all tasks share are as many as the cores, and one that waits for the file system is missing there.
final class BlockingExecutor: TaskExecutor {
    private let threads = OperationQueue()

    /// - Parameter width: how many tasks run at once.
    init(width: Int) { threads.maxConcurrentOperationCount = width }

    func enqueue(_ job: UnownedJob) {
        threads.addOperation { [self] in job.runSynchronously(on: asUnownedTaskExecutor()) }
    }
}
