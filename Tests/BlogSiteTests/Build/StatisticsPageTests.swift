import BlogConfiguration
import BlogModels
import Foundation
import ORM
import Testing

@testable import BlogSite

@Suite struct StatisticsPageTests {
    private func addViews(_ site: TestSite, _ rows: [(post: Int, hour: String, count: Int)]) async throws {
        if try await ViewSource.find(1, on: site.database) == nil {
            _ = try await ViewSource.create(id: 1, name: ViewSource.accessLogs, on: site.database)
        }
        for row in rows {
            try await HourlyView.insert(
                HourlyView.New(post: .id(row.post), hour: TestSite.date(row.hour), source: .id(1), count: row.count),
                on: site.database)
            _ = try await Post.filter { $0.id == row.post }.update(
                .set(\.viewCount) { $0.viewCount + row.count }, on: site.database)
        }
    }

    private func sample() async throws -> TestSite {
        let site = try await TestSite(templates: TestSite.allTemplates)
        try await site.addUser(1, "ann", fullName: "Ann Lee")
        try await site.addUser(2, "bob")
        try await site.addTag(1, "Swift")
        try await site.addPost(1, "First", at: "2025-10-10T00:00:00Z", tags: [1])
        try await site.addPost(2, "Second", at: "2025-12-31T10:00:00Z", tags: [1])
        try await site.addPost(3, "Third", at: "2025-12-30T10:00:00Z", author: 2)
        try await site.addPost(4, "Draft", at: "2025-12-30T10:00:00Z", published: false, tags: [1])
        try await site.addComment(1, on: 1, by: "Guest", "Hi")
        try await addViews(
            site,
            [
                (1, "2025-10-31T23:00:00Z", 2), (1, "2025-12-29T23:00:00Z", 4), (2, "2025-12-31T10:00:00Z", 7),
                (2, "2026-01-01T00:00:00Z", 90), (4, "2025-12-31T10:00:00Z", 1000),
            ])
        return site
    }

    @Test func `the page counts what readers see, up to the last midnight`() async throws {
        let site = try await sample()
        try await site.build()
        let days = (1...30).map { " 2025-11-\($0 < 10 ? "0" : "")\($0) 0" }.joined()
        let december = (1...31).map { day in
            " 2025-12-\(day < 10 ? "0" : "")\(day) \(day == 29 ? 4 : day == 31 ? 7 : 0)"
        }.joined()
        #expect(
            try site.page("stats/index.html") == """
                3 1 2 1 13 4.333333333333333
                posts a month 3 most 2025-12-01 2: 2025-10-01 1 2025-11-01 0 2025-12-01 2
                views a month 13 most 2025-12-01 11: 2025-10-01 2 2025-11-01 0 2025-12-01 11
                views a day 11 most 2025-12-31 7:\(String(days.dropFirst(13)))\(december)
                posts Second /posts/second/ 7;First /posts/first/ 6;
                authors Ann Lee /authors/ann/ 2;bob /authors/bob/ 1;
                tags Swift /tags/swift/ 2;

                """)
    }

    @Test func `a view after midnight changes the page with the next day and not before`() async throws {
        let site = try await sample()
        try await site.build()
        let before = try site.folder.identity("output/stats/index.html")
        try await addViews(site, [(1, "2026-01-01T11:00:00Z", 5)])
        try await site.build()
        #expect(try site.folder.identity("output/stats/index.html") == before)
        try await site.build { $0.now = TestSite.date("2026-01-02T00:00:00Z") }
        let page = try site.page("stats/index.html")
        #expect(page.hasPrefix("3 1 2 1 108 36.0\n"))
        #expect(page.contains("posts Second /posts/second/ 97;First /posts/first/ 11;\n"))
        #expect(page.contains(" 2025-12-31 7 2026-01-01 95\n"))
    }

    @Test func `live counts are those of each run`() async throws {
        var site = try await sample()
        site.configuration.views.publish = .live
        try await site.build()
        #expect(try site.page("stats/index.html").hasPrefix("3 1 2 1 103 "))
    }

    @Test func `a blog without posts has no charts`() async throws {
        let site = try await TestSite(templates: TestSite.allTemplates)
        try await site.build()
        #expect(
            try site.page("stats/index.html") == """
                0 0 0 0 0 0.0
                posts a month none
                views a month none
                views a day none
                posts none
                authors none
                tags none

                """)
    }
}
