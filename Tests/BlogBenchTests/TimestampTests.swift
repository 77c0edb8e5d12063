import Testing

@testable import BlogBench

@Suite struct TimestampTests {
    @Test(arguments: [
        (0, "1970-01-01T00:00:00Z"), (951_782_399, "2000-02-28T23:59:59Z"), (951_782_400, "2000-02-29T00:00:00Z"),
        (1_325_376_000, "2012-01-01T00:00:00Z"), (1_456_790_399, "2016-02-29T23:59:59Z"),
        (1_735_689_599, "2024-12-31T23:59:59Z"), (4_107_542_400, "2100-03-01T00:00:00Z"),
    ])
    func secondsBecomeTheDateOfTheCalendar(seconds: Int, text: String) {
        #expect(Timestamp(seconds: seconds).dateTime == text)
    }

    @Test func anotherClockShowsTheSameInstant() {
        let instant = Timestamp(milliseconds: 1_456_790_399_042)
        #expect(instant.dateTime(hoursAhead: 2) == "2016-03-01T01:59:59+02:00")
        #expect(instant.dateTime(hoursAhead: -5) == "2016-02-29T18:59:59-05:00")
        #expect(instant.dateTimeWithMilliseconds == "2016-02-29T23:59:59.042Z")
        #expect(instant.date == "2016-02-29")
    }
}
