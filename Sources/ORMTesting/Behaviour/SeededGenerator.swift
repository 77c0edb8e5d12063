/// SplitMix64 (Steele, Lea, Flood, "Fast Splittable Pseudorandom Number Generators"): the same numbers for the same seed,
/// so that a failure can be run again.
package struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    package init(_ seed: UInt64) { state = seed }

    package mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// A number of the range, or `nil` in a third of all cases.
    package mutating func maybe(_ range: ClosedRange<Int>) -> Int? {
        Int.random(in: 0..<3, using: &self) == 0 ? nil : Int.random(in: range, using: &self)
    }
}
