import Foundation
import Testing

@testable import BlogSite

@Suite struct DayTests {
    @Test(arguments: [
        ("UTC", "2026-01-01T12:00:00Z", "2026-01-01T00:00:00Z", "2026-01-02T00:00:00Z"),
        ("Europe/Berlin", "2026-01-01T12:00:00Z", "2025-12-31T23:00:00Z", "2026-01-01T23:00:00Z"),
        // The clocks go forward on 29 March 2026 and back on 25 October.
        ("Europe/Berlin", "2026-03-29T12:00:00Z", "2026-03-28T23:00:00Z", "2026-03-29T22:00:00Z"),
        ("Europe/Berlin", "2026-10-25T12:00:00Z", "2026-10-24T22:00:00Z", "2026-10-25T23:00:00Z"),
        ("America/Los_Angeles", "2026-03-08T20:00:00Z", "2026-03-08T08:00:00Z", "2026-03-09T07:00:00Z"),
    ])
    func `a day begins and ends at midnight of the site's zone`(zone: String, now: String, start: String, end: String)
        throws
    {
        let day = Day(of: TestSite.date(now), in: try #require(TimeZone(identifier: zone)))
        #expect(day.start == TestSite.date(start))
        #expect(day.end == TestSite.date(end))
    }
}
