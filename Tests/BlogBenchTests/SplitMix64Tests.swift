import Testing

@testable import BlogBench

@Suite struct SplitMix64Tests {
    @Test func theNumbersAreThoseOfTheReferenceImplementation() {
        // https://prng.di.unimi.it/splitmix64.c with the state 1234567
        var random = SplitMix64(seed: 1_234_567)
        let numbers = (0..<5).map { _ in random.next() }
        #expect(
            numbers == [
                6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423,
                4_593_380_528_125_082_431,
                16_408_922_859_458_223_821,
            ])
    }

    @Test func everyNumberOfARangeComesAndNoOther() {
        var random = SplitMix64(seed: 1)
        #expect(Set((0..<1_000).map { _ in random.number(in: 3...7) }) == [3, 4, 5, 6, 7])
        #expect(Set((0..<1_000).map { _ in random.below(1) }) == [0])
    }

    @Test func aShuffleKeepsAllElements() {
        var random = SplitMix64(seed: 1)
        let numbers = Array(0..<50)
        let shuffled = random.shuffled(numbers)
        #expect(shuffled != numbers)
        #expect(shuffled.sorted() == numbers)
    }

    @Test func itemsOfAStreamAreIndependentOfEachOther() {
        var first: Set<UInt64> = []
        for stream in 0..<5 as Range<UInt64> {
            for index in 0..<1_000 {
                var random = SplitMix64(seed: 1, stream: stream, index: index)
                first.insert(random.next())
            }
        }
        #expect(first.count == 5_000)
    }
}
