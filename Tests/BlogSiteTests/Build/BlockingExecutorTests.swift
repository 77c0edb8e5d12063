import Foundation
import Synchronization
import Testing

@testable import BlogSite

@Suite struct BlockingExecutorTests {
    /// Counts tasks. The first three hold their threads until all three run, on a machine with fewer cores too.
    private final class Counter: Sendable {
        struct State: Sendable {
            var started = 0
            var running = 0
            var most = 0
        }

        let state = Mutex(State())

        func run() {
            state.withLock { state in
                state.started += 1
                state.running += 1
                state.most = max(state.most, state.running)
            }
            while state.withLock({ $0.started < 3 }) { usleep(1000) }
            state.withLock { $0.running -= 1 }
        }
    }

    @Test(.timeLimit(.minutes(1)))
    func `tasks that block run side by side, as many as are allowed`() async throws {
        let executor = BlockingExecutor(width: 3)
        let counter = Counter()
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<9 { group.addTask(executorPreference: executor) { counter.run() } }
        }
        #expect(counter.state.withLock { $0.most } == 3)
        #expect(counter.state.withLock { $0.started } == 9)
    }
}
