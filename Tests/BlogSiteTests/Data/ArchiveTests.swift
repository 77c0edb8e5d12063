import BlogConfiguration
import Foundation
import Testing

@testable import BlogSite

@Suite struct ArchiveTests {
    private func archive(_ dates: [String?], _ zone: TimeZone) -> Archive {
        var rows = SiteRows()
        rows.posts = dates.enumerated().map { place, date in
            let instant = date.map { Instant(TestSite.date($0)) }
            let created = instant ?? Instant(microseconds: 0)
            return PostRecord(
                id: place + 1, title: "Post", slug: "post-\(place)", authorIDs: [], createdAt: created,
                updatedAt: created, publishedAt: instant)
        }
        let index = SiteIndex(
            rows, visibility: Visibility(now: Instant(microseconds: .max)), permalink: .standard, timeZone: zone)
        return Archive(index, timeZone: zone)
    }

    @Test func `posts fall into months of the site's zone, newest first, and undated ones into none`() throws {
        let berlin = try #require(TimeZone(identifier: "Europe/Berlin"))
        let archive = archive(
            ["2024-12-31T22:59:59Z", "2024-12-31T23:00:00Z", nil, "2025-03-31T22:00:00Z", "2025-01-15T00:00:00Z"],
            berlin)
        #expect(archive.years.map(\.year) == [2025, 2024])
        #expect(archive.years.map(\.postCount) == [3, 1])
        #expect(archive.months.map { [$0.year, $0.month] } == [[2025, 4], [2025, 1], [2024, 12]])
        #expect(archive.months.map(\.positions) == [[0], [1, 2], [3]])
        #expect(
            archive.months.map(\.start.rfc3339) == [
                "2025-03-31T22:00:00Z", "2024-12-31T23:00:00Z", "2024-11-30T23:00:00Z",
            ])
        #expect(archive.years.map(\.start.rfc3339) == ["2024-12-31T23:00:00Z", "2023-12-31T23:00:00Z"])
    }

    @Test func `a blog without dated posts has no archive`() {
        #expect(archive([nil], .gmt).years == [])
        #expect(archive([], .gmt).months == [])
    }
}
