/// Measures short calls.
enum Stopwatch {
    /// Microseconds of one call: the least of several rounds, because whatever disturbs a round only makes it longer.
    static func microseconds(rounds: Int = 15, _ body: () throws -> Void) rethrows -> Double {
        let clock = ContinuousClock()
        var calls = 1
        while try clock.measure({ for _ in 0..<calls { try body() } }) < .milliseconds(20) { calls *= 2 }
        var best = Double.infinity
        for _ in 0..<rounds {
            let duration = try clock.measure { for _ in 0..<calls { try body() } }
            best = min(best, duration / .microseconds(1) / Double(calls))
        }
        return best
    }
}
