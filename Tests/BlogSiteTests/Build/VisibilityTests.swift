import BlogConfiguration
import BlogModels
import Foundation
import ORM
import Testing

@testable import BlogSite

@Suite struct VisibilityTests {
    @Test func `nothing private is anywhere in the output`() async throws {
        var site = try await TestSite()
        site.configuration.api.enabled = true
        try await site.addSample()
        try await site.addComment(1, on: 1, by: "Guest", "Hello", url: "https://guest.example/")
        try await site.addComment(2, on: 1, by: "Pending", "secret pending", status: .pending)
        try await site.addComment(3, on: 5, by: "Early", "secret comment on a draft")
        _ = try await Alias.insert(
            [Alias.New(id: 1, path: "/old-draft/", post: .id(5)), Alias.New(id: 2, path: "/old/", post: .id(1))],
            on: site.database)
        try await site.build()
        for (path, text) in try site.contents() {
            for secret in [
                "private.example", "guest.example/@", "@guest.example", "hash-of", "secret", "Draft", "draft", "Future",
                "Expired", "Pending", "Early",
            ] {
                #expect(!text.contains(secret), "\(secret) is in \(path)")
            }
        }
        #expect(!site.exists("posts/draft/index.html"))
        #expect(!site.exists("old-draft/index.html"))
        #expect(!site.exists("api/v1/posts/5.json"))
        #expect(try site.page("old/index.html").contains("https://example.org/posts/first/"))
    }

    @Test func `addresses of users are published only when the site asks for it and guests' never`() async throws {
        var site = try await TestSite()
        site.configuration.api.enabled = true
        site.configuration.api.includeEmail = true
        try await site.addSample()
        try await site.addComment(1, on: 1, by: "Guest", "Hello")
        try await site.build()
        #expect(try site.page("api/v1/users/1.json").contains(#""email":"ann@private.example""#))
        for (path, text) in try site.contents() { #expect(!text.contains("@guest.example"), "\(path)") }
    }

    @Test func `posts appear and expire on the first build after their instant`() async throws {
        let site = try await TestSite()
        try await site.addUser(1, "ann")
        try await site.addPost(1, "Soon", at: "2026-01-02T00:00:00Z", expires: "2026-01-04T00:00:00Z")
        try await site.addPost(2, "Always", at: "2025-01-02T00:00:00Z")
        let before = try await site.build()
        #expect(before.nextChange == TestSite.date("2026-01-02T00:00:00Z"))
        #expect(!site.exists("posts/soon/index.html"))
        #expect(try await site.build { $0.now = TestSite.date("2026-01-01T23:59:59Z") }.pages.rendered == 0)
        let during = try await site.build { $0.now = TestSite.date("2026-01-02T00:00:00Z") }
        #expect(during.nextChange == TestSite.date("2026-01-04T00:00:00Z"))
        #expect(site.exists("posts/soon/index.html"))
        let after = try await site.build { $0.now = TestSite.date("2026-01-04T00:00:00Z") }
        #expect(after.nextChange == nil)
        #expect(!site.exists("posts/soon/index.html"))
        #expect(!site.exists("posts/soon"))
    }

    @Test func `drafts and future posts show on demand and go with the next build without`() async throws {
        let site = try await TestSite()
        try await site.addSample()
        try await site.build()
        let plain = try site.contents()
        try await site.build {
            $0.drafts = true
            $0.future = true
        }
        #expect(site.exists("posts/draft/index.html"))
        #expect(site.exists("posts/future/index.html"))
        #expect(!site.exists("posts/expired/index.html"))
        try await site.build()
        #expect(try site.contents() == plain)
    }

    @Test func `pages show the views of the last midnight and the statistics those of now`() async throws {
        var site = try await TestSite()
        site.configuration.api.enabled = true
        try await site.addUser(1, "ann")
        try await site.addPost(1, "First", at: "2025-01-10T00:00:00Z", views: 10)
        let source = try await ViewSource.create(name: ViewSource.accessLogs, on: site.database)
        try await HourlyView.insert(
            [
                .init(post: .id(1), hour: TestSite.date("2025-12-31T23:00:00Z"), source: .init(source), count: 6),
                .init(post: .id(1), hour: TestSite.date("2026-01-01T00:00:00Z"), source: .init(source), count: 4),
            ], on: site.database)
        let report = try await site.build()
        #expect(report.nextChange == nil)
        #expect(try site.page("index.html").contains("|2025-01-10T00:00:00Z|6|0"))
        #expect(try site.page("api/v1/posts/1.json").contains(#""view_count":6"#))
        #expect(try site.page("api/v1/stats.json").contains(#""total_views":10"#))
        #expect(try await site.build { $0.now = TestSite.date("2026-01-01T23:59:59Z") }.pages.rendered == 0)
        try await site.build { $0.now = TestSite.date("2026-01-02T00:00:00Z") }
        #expect(try site.page("index.html").contains("|2025-01-10T00:00:00Z|10|0"))
        site.configuration.views.publish = .live
        try await site.build()
        #expect(try site.page("index.html").contains("|2025-01-10T00:00:00Z|10|0"))
    }
}
