/// A small random generator whose numbers are the same on every machine and with every compiler.
///
/// The standard library does not promise the algorithm behind `Int.random(in:using:)`, so the corpus draws through the methods
/// here. Steele, Lea, Flood: "Fast splittable pseudorandom number generators", OOPSLA 2014.
package struct SplitMix64: Sendable {
    private var state: UInt64

    /// A generator that gives the numbers of `seed`.
    package init(seed: UInt64) {
        state = seed
    }

    /// The generator of one item: item 7 of a stream gives the same numbers whether or not items 0 to 6 were drawn before.
    package init(seed: UInt64, stream: UInt64, index: Int = 0) {
        var mixer = SplitMix64(seed: seed)
        var streamMixer = SplitMix64(seed: mixer.next() ^ stream &* 0xD6E8_FEB8_6659_FD93)
        state = streamMixer.next() &+ UInt64(truncatingIfNeeded: index) &* 0xA076_1D64_78BD_642F
        state = next()
    }

    /// The next 64 bits.
    package mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// A number from 0 to `bound` - 1, by Lemire's multiplication; the bias of at most bound / 2^64 does not matter here.
    package mutating func below(_ bound: Int) -> Int {
        precondition(bound > 0, "no number is below \(bound)")
        return Int(next().multipliedFullWidth(by: UInt64(bound)).high)
    }

    /// A number of the range, both ends included.
    package mutating func number(in range: ClosedRange<Int>) -> Int {
        range.lowerBound + below(range.count)
    }

    /// True in `percent` of 100 calls.
    package mutating func chance(_ percent: Int) -> Bool {
        below(100) < percent
    }

    /// One of the elements, each equally likely. `elements` must not be empty.
    package mutating func pick<Element>(_ elements: [Element]) -> Element {
        elements[below(elements.count)]
    }

    /// The elements in a random order.
    package mutating func shuffled<Element>(_ elements: [Element]) -> [Element] {
        var result = elements
        for last in result.indices.reversed().dropLast() {
            result.swapAt(last, below(last + 1))
        }
        return result
    }
}
