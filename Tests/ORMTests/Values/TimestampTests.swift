import FoundationEssentials
@testable import ORM
import ORMTesting
import Testing

@Suite struct TimestampTests {
    private func parse(_ text: String) -> Timestamp? {
        var text = text
        return text.withUTF8 { Timestamp(text: $0) }
    }

    @Test(arguments: [
        (0, "1970-01-01T00:00:00.000000Z"), (1_739_442_030_123_456, "2025-02-13T10:20:30.123456Z"),
        (-1, "1969-12-31T23:59:59.999999Z"), (951_782_400_000_000, "2000-02-29T00:00:00.000000Z"),
        (-62_167_219_200_000_000, "0000-01-01T00:00:00.000000Z"),
        (253_402_300_799_999_999, "9999-12-31T23:59:59.999999Z"),
    ])
    func anInstantHasOneText(_ microseconds: Int64, _ text: String) {
        #expect(Timestamp(microseconds: microseconds).text == text)
        #expect(parse(text) == Timestamp(microseconds: microseconds))
    }

    @Test func randomInstantsSurviveTextAndDateAndSortAsText() {
        var random = SeededGenerator(1)
        let range = Timestamp.expressible
        var previous = Timestamp(microseconds: 0)
        for _ in 0..<20_000 {
            let instant = Timestamp(
                microseconds: .random(in: range.lowerBound.microseconds...range.upperBound.microseconds, using: &random)
            )
            #expect(parse(instant.text) == instant)
            #expect((instant < previous) == (instant.text < previous.text))
            // A date has not the precision for every microsecond of far centuries, but what it reads back as must stay.
            let date = instant.date
            #expect(Timestamp(date).date == date)
            previous = instant
        }
    }

    @Test func microsecondsOfThisEraAreExactInADate() {
        var random = SeededGenerator(2)
        for _ in 0..<20_000 {
            // 1735 to 2267: within 2^33 seconds of 2001 a double tells microseconds apart.
            let instant = Timestamp(
                microseconds: .random(in: -7_400_000_000_000_000...9_390_000_000_000_000, using: &random))
            #expect(Timestamp(instant.date) == instant)
        }
    }

    @Test(arguments: [
        ("2025-02-13", "2025-02-13T00:00:00.000000Z"), ("2025-02-13 10:20:30", "2025-02-13T10:20:30.000000Z"),
        ("2025-02-13T10:20:30Z", "2025-02-13T10:20:30.000000Z"),
        ("2025-02-13T10:20:30.5", "2025-02-13T10:20:30.500000Z"),
    ])
    func whatPeopleWriteByHandIsRead(_ text: String, _ full: String) { #expect(parse(text)?.text == full) }

    @Test(arguments: [
        "", "2025", "2025-02-30", "2025-13-01", "2025-00-01", "2025-01-00", "2025-02-13T", "2025-02-13T24:00:00Z",
        "2025-02-13T10:60:00Z", "2025-02-13T10:20:30.Z", "2025-02-13T10:20:30+01:00", "2025-02-13T10:20:30.1234567Z",
        "2025-02-13T10:20:30Zx", "２０２５-02-13", "2025/02/13", "-025-02-13", "1900-02-29",
    ])
    func anythingElseIsRefused(_ text: String) { #expect(parse(text) == nil) }

    @Test(arguments: [
        Double.infinity, -.infinity, .nan, 1e300, -1e300, 9.2233720368547e12, -9.2233720368547e12, 9.3e12, 1e15,
    ])
    func datesOutOfRangeNeitherTrapNorPassAsStorable(_ seconds: Double) {
        let instant = Timestamp(Date(timeIntervalSinceReferenceDate: seconds))
        #expect(!Timestamp.expressible.contains(instant))
        #expect(instant.text.utf8.count == 27)
    }

    @Test func instantsBeyondTheTextSortAtItsEnds() {
        #expect(Timestamp(microseconds: .max).text == "9999-12-31T23:59:59.999999Z")
        #expect(Timestamp(microseconds: .min).text == "0000-01-01T00:00:00.000000Z")
        #expect(Timestamp(microseconds: .max).date > Timestamp.expressible.upperBound.date)
        #expect(Timestamp(microseconds: .min).date < Timestamp.expressible.lowerBound.date)
    }
}
