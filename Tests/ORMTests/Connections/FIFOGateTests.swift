@testable import ORM
import ORMTesting
import Testing

@Suite struct FIFOGateTests {
    private let gate = FIFOGate(whenShut: ORMError(.transactionFinished, "shut"))

    @Test func whoeverWaitsEntersInTheOrderOfArrival() async throws {
        let order = Shared<[Int]>([])
        try await gate.enter()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 1...5 {
                group.addTask {
                    try await gate.enter()
                    order.change { $0.append(number) }
                    gate.leave()
                }
                await gate.waitUntil(waiting: number)
            }
            gate.leave()
            try await group.waitForAll()
        }
        #expect(order.value == [1, 2, 3, 4, 5])
    }

    @Test func aCancelledTaskLeavesTheQueueAndTheNextOneEnters() async throws {
        try await gate.enter()
        let first = Task { try await gate.enter() }
        await gate.waitUntil(waiting: 1)
        let second = Task { try await gate.enter() }
        await gate.waitUntil(waiting: 2)
        first.cancel()
        await #expect(throws: CancellationError.self) { try await first.value }
        gate.leave()
        try await second.value
        gate.leave()
        try await gate.enter()
    }

    @Test func aTaskThatIsCancelledAlreadyDoesNotWait() async throws {
        try await gate.enter()
        let late = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            try await gate.enter()
        }
        await #expect(throws: CancellationError.self) { try await late.value }
        gate.leave()
        try await gate.enter()
    }

    @Test func shuttingTurnsWaitersAndLatecomersAwayAndWaitsForWhoeverIsInside() async throws {
        try await gate.enter()
        let waiter = Task { try await gate.enter() }
        await gate.waitUntil(waiting: 1)
        let isShut = Shared(false)
        let shutting = Task {
            await gate.shut()
            isShut.change { $0 = true }
        }
        await #expect(throws: ORMError.self) { try await waiter.value }
        await #expect(throws: ORMError.self) { try await gate.enter() }
        #expect(!isShut.value)
        gate.leave()
        await shutting.value
        await #expect(throws: ORMError.self) { try await gate.enter() }
    }

    @Test func aCancelledTaskStillWaitsForWhoeverIsInsideWhenItShuts() async throws {
        try await gate.enter()
        let shutting = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            await gate.shut()
            return gate.isOccupied
        }
        await gate.waitUntil(waiting: 1)
        gate.leave()
        #expect(await shutting.value)
    }

    @Test(arguments: 1...10)
    func nobodyIsLostWhateverIsCancelled(seed: UInt64) async {
        var random = SeededGenerator(seed)
        let inside = Shared(0)
        let tasks = (0..<200).map { _ in
            Task {
                try await gate.enter()
                #expect(
                    inside.change {
                        $0 += 1; return $0
                    } == 1)
                await Task.yield()
                inside.change { $0 -= 1 }
                gate.leave()
            }
        }
        for task in tasks where Bool.random(using: &random) { task.cancel() }
        for task in tasks { _ = await task.result }
        #expect(!gate.isOccupied)
    }
}

extension FIFOGate {
    /// Waits until so many tasks wait at the gate.
    func waitUntil(waiting count: Int) async {
        while waitingCount < count { await Task.yield() }
    }
}
