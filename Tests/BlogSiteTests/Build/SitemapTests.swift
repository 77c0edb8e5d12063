import BlogConfiguration
import BlogModels
import ORM
import Testing

@testable import BlogSite

@Suite struct SitemapTests {
    @Test func `a sitemap that would be too long is split and its address leads to the parts`() async throws {
        let site = try await TestSite(templates: TestSite.allTemplates)
        try await site.addSample()
        try await site.build { $0.sitemapLimit = 5 }
        #expect(
            try site.page("sitemap.xml") == """
                https://example.org/sitemap-1.xml 2025-03-01T00:00:00Z
                https://example.org/sitemap-2.xml -
                https://example.org/sitemap-3.xml -
                https://example.org/sitemap-4.xml -

                """)
        #expect(
            try site.page("sitemap-1.xml") == """
                https://example.org/ -
                https://example.org/posts/undated/ -
                https://example.org/posts/first/ 2025-01-10T00:00:00Z
                https://example.org/posts/second/ 2025-02-13T10:20:30Z
                https://example.org/posts/third/ 2025-03-01T00:00:00Z

                """)
        #expect(
            try (2...4).map { try site.page("sitemap-\($0).xml") }.joined() == """
                https://example.org/tags/ -
                https://example.org/tags/sql/ -
                https://example.org/tags/swift/ -
                https://example.org/authors/ -
                https://example.org/authors/ann/ -
                https://example.org/authors/bob/ -
                https://example.org/archive/ -
                https://example.org/archive/2025/ -
                https://example.org/archive/2025/03/ -
                https://example.org/archive/2025/02/ -
                https://example.org/archive/2025/01/ -
                https://example.org/stats/ -
                https://example.org/search/ -

                """)
    }

    @Test func `a new post changes no full part that has posts alone`() async throws {
        let site = try await TestSite(templates: TestSite.allTemplates)
        try await site.addSample()
        try await site.build { $0.sitemapLimit = 5 }
        let before = try site.folder.identity("output/sitemap-1.xml")
        try await site.addPost(8, "Eighth", at: "2025-12-01T00:00:00Z")
        try await site.build { $0.sitemapLimit = 5 }
        #expect(try site.folder.identity("output/sitemap-1.xml") == before)
        #expect(try site.page("sitemap-2.xml").hasPrefix("https://example.org/posts/eighth/ 2025-12-01T00:00:00Z\n"))
    }
}
