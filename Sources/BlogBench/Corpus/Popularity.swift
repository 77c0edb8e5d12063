/// A few things are popular, most are rare: rank r has the weight 1 / (r + offset), the law of Zipf and Mandelbrot.
///
/// Weights are integers, so that no machine's floating point can change a draw.
struct Popularity: Sendable {
    private let cumulative: [Int]

    /// - Parameter offset: 1 is Zipf's law; more makes the first ranks less dominant.
    init(ranks: Int, offset: Int) {
        var total = 0
        cumulative = (0..<ranks).map { rank in
            total += 1_000_000 / (rank + offset)
            return total
        }
    }

    /// A rank from 0, the most popular one, upwards.
    func rank(_ random: inout SplitMix64) -> Int {
        guard let total = cumulative.last else { return 0 }
        let draw = random.below(total)
        return cumulative.firstIndex { draw < $0 } ?? cumulative.count - 1
    }
}
