import BlogImport
import Foundation
import Testing

@Suite struct SourceDateTests {
    private func seconds(_ text: String, _ zone: String = "UTC") throws -> Double {
        try SourceDate.read(text, in: try #require(TimeZone(identifier: zone))).timeIntervalSince1970
    }

    @Test(
        arguments: [
            ("2024-04-09", 1_712_620_800), ("2024-4-09", 1_712_620_800), ("2024-4-9", 1_712_620_800),
            ("2024/04/09", 1_712_620_800), (" 2024-04-09 ", 1_712_620_800), ("2024-04-09T10:11:12Z", 1_712_657_472),
            ("2024-04-09t10:11:12z", 1_712_657_472), ("2024-04-09 10:11:12 UTC", 1_712_657_472),
            ("2024-04-09 10:11", 1_712_657_460), ("2024-04-09T10:11:12+02:00", 1_712_650_272),
            ("2024-04-09 10:11:12 +0200", 1_712_650_272), ("2024-04-09 10:11:12 -07", 1_712_682_672),
            ("2024-04-09T10:11:12.123Z", 1_712_657_472.123), ("2024-04-09T10:11:12,5Z", 1_712_657_472.5),
            ("2024-04-09T10:11:12.1234567Z", 1_712_657_472.123456), ("1969-12-31T23:59:59Z", -1),
            ("0001-01-01", -62_135_596_800), ("2016-02-29", 1_456_704_000),
        ] as [(String, Double)])
    func `every form is the instant it names`(text: String, expected: Double) throws {
        #expect(try seconds(text) == expected)
    }

    @Test(
        arguments: [
            ("2024-04-09", "Europe/Berlin", 1_712_613_600), ("2024-01-09 12:00", "Europe/Berlin", 1_704_798_000),
            ("2024-04-09T00:00:00Z", "Europe/Berlin", 1_712_620_800),
            // 02:30 does not exist on 31 March 2024: half an hour after the change.
            ("2024-03-31 02:30", "Europe/Berlin", 1_711_848_600),
            // 02:30 comes twice on 27 October 2024: the first, still in summer time.
            ("2024-10-27 02:30", "Europe/Berlin", 1_729_989_000),
            // Clocks went forward at midnight: the day began at 01:00.
            ("2018-11-04", "America/Sao_Paulo", 1_541_300_400),
            ("2024-04-09", "Pacific/Auckland", 1_712_577_600), ("2024-04-09", "Asia/Kathmandu", 1_712_600_100),
        ] as [(String, String, Double)])
    func `a date without a zone is meant in the site's`(text: String, zone: String, expected: Double) throws {
        #expect(try seconds(text, zone) == expected)
    }

    @Test(arguments: [
        ("2017-02-29", "\"2017-02-29\" is no date: February 2017 has 28 days"),
        ("1900-02-29", "\"1900-02-29\" is no date: February 1900 has 28 days"),
        ("2024-13-01", "\"2024-13-01\" is no date: months go from 1 to 12"),
        ("2024-04-31", "\"2024-04-31\" is no date: April 2024 has 30 days"),
        ("2024-04-00", "\"2024-04-00\" is no date: April 2024 has 30 days"),
        ("2024-04-09T24:00:00Z", "\"2024-04-09T24:00:00Z\" is no date: times go from 00:00:00 to 23:59:59"),
        ("2024-04-09T10:60Z", "\"2024-04-09T10:60Z\" is no date: times go from 00:00:00 to 23:59:59"),
        (
            "2024-04-09 10:11 EST",
            "\"2024-04-09 10:11 EST\" ends with no known zone, expected Z or an offset such as +02:00"
        ),
        ("2024-04-09 10:11 +2460", "\"2024-04-09 10:11 +2460\" is no date: offsets go to 23:59"),
        ("yesterday", "\"yesterday\" is no date, expected a date such as 2024-04-09 or 2024-04-09T10:11:12+02:00"),
        ("", "\"\" is no date, expected a date such as 2024-04-09 or 2024-04-09T10:11:12+02:00"),
        ("2024-04/09", "\"2024-04/09\" is no date, expected a date such as 2024-04-09 or 2024-04-09T10:11:12+02:00"),
        ("2024-04-09x", "\"2024-04-09x\" is no date, expected a date such as 2024-04-09 or 2024-04-09T10:11:12+02:00"),
        ("09.04.2024", "\"09.04.2024\" is no date, expected a date such as 2024-04-09 or 2024-04-09T10:11:12+02:00"),
    ])
    func `an impossible or unreadable date is refused with the reason`(text: String, message: String) {
        #expect(#expect(throws: SourceDate.Fault.self) { try SourceDate.read(text, in: .gmt) }?.message == message)
    }

    @Test func `a date at the head of a file's name is split off`() {
        let parts = ["2024-04-09-title", "2024-4-9_a-b", "2024-04-09", "2024-04-09x", "title", "2024-04-title"].map {
            stem in
            SourceDate.split(stem: stem).map { [$0.date, $0.rest] }
        }
        #expect(parts == [["2024-04-09", "title"], ["2024-4-9", "a-b"], ["2024-04-09", ""], nil, nil, nil])
    }
}
