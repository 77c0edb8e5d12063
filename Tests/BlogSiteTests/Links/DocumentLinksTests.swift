import BlogConfiguration
import BlogModels
import Foundation
import ORM
import Testing

@testable import BlogSite

@Suite struct DocumentLinksTests {
    private func add(_ id: Int, _ path: String, kind: ImportedKind = .post, to site: TestSite) async throws {
        try await ImportedFile.insert(
            ImportedFile.New(id: id, source: "markdown:content", path: path, kind: kind, digest: "", rowID: id),
            on: site.database)
    }

    /// The `href`s of a page's body.
    private func links(_ page: String, _ site: TestSite) throws -> [String] {
        try site.page(page).matches(of: #/<a href="([^"]*)">L\d</a>/#).map { String($0.1) }
    }

    @Test func `a name means the document whose file has it, as far as the name goes`() async throws {
        let site = try await TestSite()
        try await site.addUser(1, "ann")
        let names = [
            "2024-01-02-lake", "lake", "LAKE.md", "/blog/lake.md", "travel/lake", "other/index.md#top",
            "_posts/other.html?x",
            "third%20one", "nothing",
        ]
        let content = names.enumerated().map { "[L\($0)](doc:\($1))" }.joined(separator: " ")
        try await site.addPost(1, "First", at: "2025-01-10T00:00:00Z", content: content)
        try await site.addPost(2, "Lake", at: "2025-01-11T00:00:00Z")
        try await site.addPost(3, "Lake-2", at: "2025-01-12T00:00:00Z")
        try await site.addPost(4, "Other", at: "2025-01-13T00:00:00Z", path: "/x/other.html")
        try await site.addPost(5, "Third", at: "2025-01-14T00:00:00Z")
        try await add(2, "blog/2024-01-02-lake.md", to: site)
        try await add(3, "travel/lake.md", to: site)
        try await add(4, "blog/other/index.md", to: site)
        try await add(5, "Third One.md", to: site)
        let report = try await site.build()
        #expect(
            try links("posts/first/index.html", site) == [
                "/posts/lake/", "/posts/lake/", "/posts/lake/", "/posts/lake/", "/posts/lake-2/", "/x/other.html#top",
                "/x/other.html?x", "/posts/third/", "#",
            ])
        #expect(
            report.problems.map(\.description) == [
                "/posts/first/: the link to \"nothing\" leads to no document that readers see"
            ])
    }

    @Test func `a link follows its post when that moves, is hidden or comes`() async throws {
        let site = try await TestSite()
        try await site.addUser(1, "ann")
        try await site.addPost(1, "First", at: "2025-01-10T00:00:00Z", content: "[L1](doc:later) [L2](doc:later.md#a)")
        try await site.build()
        #expect(try links("posts/first/index.html", site) == ["#", "#"])
        try await site.addPost(2, "Later", at: "2025-01-11T00:00:00Z")
        try await site.build()
        #expect(try links("posts/first/index.html", site) == ["/posts/later/", "/posts/later/#a"])
        try await Post.filter { $0.id == 2 }.update(.set(\.slug, "now"), on: site.database)
        try await Alias.insert(Alias.New(id: 1, path: "/posts/later/", post: .id(2)), on: site.database)
        try await site.build()
        #expect(try links("posts/first/index.html", site) == ["/posts/now/", "/posts/now/#a"])
        try await Post.filter { $0.id == 2 }.update(.set(\.published, false), on: site.database)
        try await site.build()
        #expect(try links("posts/first/index.html", site) == ["#", "#"])
    }

    @Test func `the site's prefix stands before a link, and HTML has links too`() async throws {
        var site = try await TestSite()
        site.configuration.url = "https://example.org/blog/"
        try await site.addUser(1, "ann")
        try await site.addPost(1, "First", at: "2025-01-10T00:00:00Z", content: "<p><a href=\"doc:first\">L1</a></p>")
        try await Post.filter { $0.id == 1 }.update(.set(\.format, .html), on: site.database)
        try await site.build()
        #expect(try links("posts/first/index.html", site) == ["/blog/posts/first/"])
    }
}
