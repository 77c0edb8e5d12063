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

    @Test func `any edits one after another give what a build from scratch gives`() async throws {
        var site = try await TestSite(templates: TestSite.allTemplates)
        site.configuration.api.enabled = true
        try await site.addSample()
        try await site.build()
        var random = Seeded(state: 7)
        for step in 0..<40 {
            try await edit(site, step, &random)
            if step == 20 { site.configuration.title = "Another title" }
            let report = try await site.build()
            #expect(report.problems == [])
            let incremental = try site.contents()
            try site.folder.delete("output")
            try site.folder.delete(".blog")
            try await site.build()
            let scratch = try site.contents()
            #expect(Set(incremental.keys) == Set(scratch.keys), "step \(step)")
            for (path, text) in scratch where incremental[path] != text {
                Issue.record("step \(step): \(path) differs")
            }
        }
    }

    /// One edit by chance, of any kind that changes pages.
    private func edit(_ site: TestSite, _ step: Int, _ random: inout Seeded) async throws {
        let db = site.database
        let posts = try await Post.all(on: db)
        let post = posts[Int(random.next() % UInt64(posts.count))]
        switch random.next() % 14 {
        case 0: _ = try await Post.filter { $0.id == post.id }.update(.set(\.content, "Edit \(step)"), on: db)
        case 1: _ = try await Post.filter { $0.id == post.id }.update(.set(\.title, "Title \(step)"), on: db)
        case 2: _ = try await Post.filter { $0.id == post.id }.update(.set(\.slug, "slug-\(step)"), on: db)
        case 3: _ = try await Post.filter { $0.id == post.id }.update(.set(\.published, !post.published), on: db)
        case 4:
            let date = TestSite.now.addingTimeInterval(-Double(random.next() % 400) * 86_400)
            _ = try await Post.filter { $0.id == post.id }.update(.set(\.publishedAt, date), on: db)
        case 5: _ = try await Post.filter { $0.id == post.id }.update(.set(\.viewCount) { $0.viewCount + 1 }, on: db)
        case 6: try await site.addComment(100 + step, on: post.id, by: "Guest", "Comment \(step)")
        case 7:
            _ = try await Comment.filter { $0.post.id == post.id }.update(.set(\.content, "Changed \(step)"), on: db)
        case 8: _ = try await Comment.filter { $0.post.id == post.id }.limit(1).delete(on: db)
        case 9: _ = try await User.filter { $0.id == 1 }.update(.set(\.fullName, "Ann \(step)"), on: db)
        case 10: _ = try await Tag.filter { $0.id == 1 }.update(.set(\.name, "Tag \(step)"), on: db)
        case 11:
            try await site.addPost(200 + step, "New\(step)", at: "2025-0\(step % 9 + 1)-01T00:00:00Z", tags: [1, 2])
        case 12 where posts.count > 4: _ = try await Post.filter { $0.id == post.id }.delete(on: db)
        default:
            try site.folder.write(
                "templates/tag.html", "{{ tag.name }} \(step) {% for p in tag.posts %}{{ p.id }} {% endfor %}")
        }
    }

    /// The same edits in every run.
    private struct Seeded: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return state >> 33
        }
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
