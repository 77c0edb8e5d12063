import BlogConfiguration
import BlogModels
import Foundation
import ORM
import Testing

@testable import BlogSite

@Suite struct IncrementalTests {
    @Test func `a build after which nothing changed stops at once`() async throws {
        var site = try await TestSite()
        site.configuration.api.enabled = true
        try await site.addSample()
        let first = try await site.build()
        #expect(first.pages.rendered == first.pages.total)
        #expect(first.pages.written == first.pages.total)
        let second = try await site.build()
        #expect(second.pages == .init(total: first.pages.total, rendered: 0, written: 0, unchanged: first.pages.total))
        #expect(second.nextChange == first.nextChange)
    }

    @Test func `a forced build renders everything and writes nothing`() async throws {
        let site = try await TestSite()
        try await site.addSample()
        let first = try await site.build()
        let forced = try await site.build { $0.force = true }
        #expect(
            forced.pages
                == .init(
                    total: first.pages.total, rendered: first.pages.total, written: 0, unchanged: first.pages.total))
    }

    @Test func `an edited text renders the post, its neighbours and the pages that list it`() async throws {
        let site = try await TestSite(templates: TestSite.templates.filter { $0.key != "sitemap.xml" })
        for (id, month) in [(1, "01"), (2, "02"), (3, "03"), (4, "04"), (5, "05"), (6, "06")] {
            if id == 1 { try await site.addUser(1, "ann") }
            try await site.addPost(id, "Post\(id)", at: "2025-\(month)-01T00:00:00Z")
        }
        let total = try await site.build().pages.total
        _ = try await Post.filter { $0.id == 2 }.update(.set(\.content, "Another text."), on: site.database)
        let report = try await site.build()
        // Posts 1, 2 and 3, list page 1, author, the author's feed and the site's two.
        #expect(report.pages == .init(total: total, rendered: 8, written: 4, unchanged: total - 4))
        #expect(try site.page("posts/post2/index.html").contains("<p>Another text.</p>"))
    }

    @Test func `plain SQL counts as an edit`() async throws {
        let site = try await TestSite()
        try await site.addSample()
        try await site.build()
        try await site.database.run(script: "UPDATE tags SET name = 'Renamed' WHERE id = 1")
        try await site.build()
        #expect(try site.page("tags/index.html") == "Renamed /tags/swift/ 2\nSQL /tags/sql/ 1\n")
        #expect(try site.page("posts/first/index.html").contains("tags Renamed /tags/swift/;"))
    }

    @Test func `an edited template renders the pages that include it and no others`() async throws {
        let site = try await TestSite()
        try await site.addSample()
        try await site.build()
        try site.folder.write("templates/tags.html", "changed\n")
        let report = try await site.build()
        #expect(report.pages.rendered == 1)
        #expect(try site.page("tags/index.html") == "changed")
        try site.folder.write("templates/_line.html", "line {{ p.id }}\n\n")
        // Home, two list pages, four posts.
        #expect(try await site.build().pages.rendered == 7)
    }

    @Test func `a killed build is completed by the next one`() async throws {
        let site = try await TestSite()
        try await site.addSample()
        try await site.build()
        let whole = try site.contents()
        // What a kill between two renames leaves: no token, an old page, a file in the staging folder.
        try site.folder.delete("output/.blog-token")
        try site.folder.write("output/index.html", "old")
        try site.folder.write("output/.blog-staging/1", "half")
        try await site.build()
        #expect(try site.contents() == whole)
        #expect(!site.exists(".blog-staging"))
    }

    @Test func `without the folder .blog the site is compared and foreign files are named`() async throws {
        let site = try await TestSite()
        try await site.addSample()
        let first = try await site.build()
        try site.folder.write("output/old/index.html", "a page of an earlier build")
        try site.folder.delete(".blog")
        let report = try await site.build()
        #expect(report.foreignFiles == ["old/index.html"])
        #expect(report.pages.written == 0)
        #expect(report.pages.total == first.pages.total)
    }

    @Test func `the rendered bodies outlive the database and are rendered anew when their bytes are damaged`()
        async throws
    {
        let site = try await TestSite()
        try await site.addSample()
        try await site.build()
        let whole = try site.contents()
        let pack = site.folder.full(".blog/documents.pack")
        var bytes = try Data(contentsOf: URL(filePath: pack))
        for index in bytes.indices { bytes[index] = 0 }
        try bytes.write(to: URL(filePath: pack))
        try await site.build { $0.force = true }
        #expect(try site.contents() == whole)
    }
}
