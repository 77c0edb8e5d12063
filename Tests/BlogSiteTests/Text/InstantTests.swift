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
}
