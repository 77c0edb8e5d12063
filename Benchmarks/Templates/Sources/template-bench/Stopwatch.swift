/// Measures short calls against each other.
enum Stopwatch {
    /// Microseconds of one call of each body: the least of many short rounds, because whatever else the machine does only makes a
    /// round longer. The bodies take turns, so that a busy minute is no one's alone.
    static func microseconds(rounds: Int = 60, _ bodies: [() throws -> Void]) throws -> [Double] {
        let clock = ContinuousClock()
        var calls = [Int](repeating: 1, count: bodies.count)
        for (index, body) in bodies.enumerated() {
            while try clock.measure({ for _ in 0..<calls[index] { try body() } }) < .milliseconds(2) {
                calls[index] *= 2
            }
        }
        var best = [Double](repeating: .infinity, count: bodies.count)
        for _ in 0..<rounds {
            for (index, body) in bodies.enumerated() {
                let duration = try clock.measure { for _ in 0..<calls[index] { try body() } }
                best[index] = min(best[index], duration / .microseconds(1) / Double(calls[index]))
            }
        }
        return best
    }
}
