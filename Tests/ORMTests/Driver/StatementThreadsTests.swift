import Foundation
import ORMSQLite
import Synchronization
import Testing

@testable import ORM

@Suite("Statement threads")
struct StatementThreadsTests {
    /// What a connection is to its executor.
    private actor Counter {
        private let executor = ConnectionExecutor()
        nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }
        private(set) var count = 0

        /// Counts in two steps: another job between them would be lost.
        func step() -> ObjectIdentifier {
            let before = count
            usleep(10)
            count = before + 1
            return StatementThreadsTests.thread
        }

        /// The threads of calls to itself, each of which Swift would make a job if it took the task for one from elsewhere.
        func steps(_ count: Int) async -> Set<ObjectIdentifier> {
            var threads: Set<ObjectIdentifier> = []
            for _ in 0..<count { threads.insert(await Self.forward(self)) }
            return threads
        }

        private nonisolated(nonsending) static func forward(_ counter: Counter) async -> ObjectIdentifier {
            await counter.step()
        }

        /// Keeps its thread, as a statement does that waits for a lock.
        func block(until isOver: Flag) { while !isOver.isRaised { usleep(200) } }
    }

    private final class Flag: Sendable {
        private let raised = Atomic(false)
        var isRaised: Bool { raised.load(ordering: .acquiring) }
        func raise() { raised.store(true, ordering: .releasing) }
    }

    /// How many tasks run now, and have at most run at once.
    private final class Tally: Sendable {
        private let running = Atomic(0)
        private let highest = Atomic(0)
        var most: Int { highest.load(ordering: .relaxed) }

        func count(_ work: () -> Void) {
            highest.max(running.wrappingAdd(1, ordering: .relaxed).newValue, ordering: .relaxed)
            work()
            running.wrappingSubtract(1, ordering: .relaxed)
        }
    }

    private static var thread: ObjectIdentifier { ObjectIdentifier(Thread.current) }

    /// When other tests need all cores, a task waits for one when it comes back, and has another thread then.
    private func unlessAllCoresAreBusy(
        _ work: nonisolated(nonsending) () async -> Set<ObjectIdentifier>
    ) async -> Set<ObjectIdentifier> {
        var threads: Set<ObjectIdentifier> = []
        for _ in 0..<20 where threads.count != 1 { threads = await work() }
        return threads
    }

    @Test("a task goes to a connection and back on one thread")
    func staysOnItsThread() async {
        let counter = Counter()
        let threads = await withTaskExecutorPreference(StatementThreads.shared) {
            await unlessAllCoresAreBusy {
                var threads: Set<ObjectIdentifier> = []
                for _ in 0..<100 {
                    threads.insert(Self.thread)
                    threads.insert(await counter.step())
                }
                return threads
            }
        }
        #expect(threads.count == 1)
    }

    @Test("what is isolated to a connection stays on one thread, whatever executor its task prefers")
    func staysWithItsConnection() async {
        let counter = Counter()
        #expect(await counter.steps(100).count == 1)
        #expect(await withTaskExecutorPreference(StatementThreads.shared) { await counter.steps(100) }.count == 1)
    }

    @Test("a connection does one job at a time, in the order in which they came, from wherever they come")
    func oneAtATime() async {
        let counter = Counter()
        await withTaskGroup(of: Void.self) { group in
            for number in 0..<40 {
                let executor: (any TaskExecutor)? = number.isMultiple(of: 2) ? StatementThreads.shared : nil
                group.addTask(executorPreference: executor) { for _ in 0..<50 { _ = await counter.step() } }
            }
        }
        #expect(await counter.count == 2_000)
    }

    @Test("statements that wait hold up no task")
    func waitingStatements() async {
        let isOver = Flag()
        await withTaskGroup(of: Void.self) { group in
            // More of them than there are cores.
            for _ in 0..<ProcessInfo.processInfo.activeProcessorCount + 2 {
                let counter = Counter()
                group.addTask(executorPreference: StatementThreads.shared) { await counter.block(until: isOver) }
            }
            let counter = Counter()
            group.addTask(executorPreference: StatementThreads.shared) {
                for _ in 0..<100 { _ = await counter.step() }
                isOver.raise()
            }
        }
        #expect(isOver.isRaised)
    }

    @Test("no more tasks run at once than there are cores, and all of them run")
    func atMostTheCores() async {
        let (tally, counter) = (Tally(), Counter())
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<200 {
                group.addTask(executorPreference: StatementThreads.shared) {
                    tally.count { usleep(100) }
                    _ = await counter.step()
                }
            }
        }
        #expect(await counter.count == 200)
        #expect((1...ProcessInfo.processInfo.activeProcessorCount).contains(tally.most))
    }

    @Test(
        "a task that goes on keeps no other one waiting for its thread",
        .enabled(if: ProcessInfo.processInfo.activeProcessorCount > 1))
    func childTask() async {
        let hasRun = Flag()
        await withTaskExecutorPreference(StatementThreads.shared) {
            async let child: Void = hasRun.raise()
            // Without giving up its thread.
            while !hasRun.isRaised { usleep(100) }
            await child
        }
        #expect(hasRun.isRaised)
    }

    @Test("a scope without an actor runs where statements do, and one on an actor stays there")
    func scopes() async throws {
        let db = try await Database.open(SQLiteDriver.inMemory)
        let threads = await db.use {
            await unlessAllCoresAreBusy {
                let thread = Self.thread
                _ = try? await db.withLease(.readOnly) { try await $0.execute(Statement("SELECT 1")) }
                return [thread, Self.thread]
            }
        }
        #expect(threads.count == 1)
        try await onMainActor(db)
        await db.close()
    }

    @MainActor private func onMainActor(_ db: Database) async throws {
        try await db.use {
            MainActor.preconditionIsolated()
            _ = try await db.withLease(.readOnly) { try await $0.execute(Statement("SELECT 1")) }
            MainActor.preconditionIsolated()
        }
    }
}
