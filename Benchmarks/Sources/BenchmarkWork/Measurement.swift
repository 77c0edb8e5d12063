import Foundation

/// Runs one piece of work and says what it cost. `work` gives what it made, so that freeing that is not measured;
/// `check` makes of it the number by which the contenders' results are compared.
package func measure<Output>(
    _ name: String, of contender: String, operations: Int = 1, _ work: () async throws -> Output,
    check: (Output) throws -> Int
) async throws {
    let (cpu, wall) = (processorTime(), ContinuousClock.now)
    let output = try await work()
    let (cpuSeconds, wallTime) = (processorTime() - cpu, wall.duration(to: .now))
    let wallSeconds = Double(wallTime.components.seconds) + Double(wallTime.components.attoseconds) / 1e18
    print(contender, name, operations, cpuSeconds, wallSeconds, try check(output), separator: "\t")
}

/// User and system time of the process so far, all its threads together.
private func processorTime() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}
