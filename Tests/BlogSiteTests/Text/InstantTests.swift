import Foundation
import Testing

@testable import BlogSite

@Suite struct InstantTests {
    @Test(arguments: [
        (0, "1970-01-01T00:00:00Z"), (1_739_442_030_000_000, "2025-02-13T10:20:30Z"),
        (1_739_442_030_120_000, "2025-02-13T10:20:30.12Z"), (-1, "1969-12-31T23:59:59.999999Z"),
        (951_782_400_000_000, "2000-02-29T00:00:00Z"), (4_070_908_800_000_000, "2099-01-01T00:00:00Z"),
    ])
    func `an instant is written as RFC 3339 in UTC`(microseconds: Int, text: String) {
        #expect(Instant(microseconds: microseconds).rfc3339 == text)
    }

    @Test func `dates agree with Foundation's over six centuries`() {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = TimeZone(secondsFromGMT: 0) ?? calendar.timeZone
        for days in stride(from: -120_000, through: 120_000, by: 97) {
            let date = Date(timeIntervalSince1970: Double(days) * 86_400)
            // Foundation's calendar is Julian before 1582, so start after it.
            let parts = calendar.dateComponents([.year, .month, .day], from: date)
            let day = CivilDate(daysSince1970: days)
            #expect([day.year, day.month, day.day] == [parts.year, parts.month, parts.day])
        }
    }

    @Test func `the calendar day depends on the distance from UTC`() {
        let newYear = Instant(microseconds: 1_735_689_600_000_000)
        #expect(newYear.civilDate(utcOffset: 0) == CivilDate(daysSince1970: 20_089))
        #expect(newYear.civilDate(utcOffset: -3_600) == CivilDate(daysSince1970: 20_088))
    }
}
