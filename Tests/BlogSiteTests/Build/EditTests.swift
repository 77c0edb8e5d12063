import BlogConfiguration
import BlogModels
import Foundation
import ORM
import Synchronization
import Testing

@testable import BlogSite

/// What one edit renders: exactly the files that show what it changed.
///
/// Seven posts, odd ones by ann and even ones by bob, two on a page, the newest first: home has 7 and 6, the feed 7, 6 and 5.
/// The first two have the tag Swift, the second and third SQL. The fourth has three views, a comment by a guest and one by
/// bob.
@Suite struct EditTests {
    private func site() async throws -> TestSite {
        var site = try await TestSite()
        site.configuration.api.enabled = true
        site.configuration.api.perPage = 2
        site.configuration.feed.items = 3
        try site.folder.write("templates/assets/style.css", "a {}")
        try site.folder.write("static/CNAME", "example.org")
        try await site.addUser(1, "ann")
        try await site.addUser(2, "bob")
        try await site.addTag(1, "Swift")
        try await site.addTag(2, "SQL")
        for id in 1...7 { try await add(id, to: site, tags: [1: [1], 2: [1, 2], 3: [2]][id] ?? []) }
        try await site.addComment(1, on: 4, by: "Guest", "Hi")
        try await site.addComment(2, on: 4, by: "bob", "Thanks", author: 2)
        return site
    }

    private func add(_ id: Int, to site: TestSite, tags: [Int] = [], at date: String? = nil) async throws {
        try await site.addPost(
            id, "P\(id)", at: date ?? "2025-0\(id)-01T00:00:00Z", content: "Summary of \(id).\n\nText of \(id).",
            author: id.isMultiple(of: 2) ? 2 : 1, views: id == 4 ? 3 : 0, tags: tags)
    }

    private func set(_ post: Int, _ sql: String, _ site: TestSite) async throws {
        try await site.database.run(script: "UPDATE posts SET \(sql) WHERE id = \(post)")
    }

    /// Builds, edits, builds again and tells what that rendered; then the site is compared with one built from scratch.
    private func rendered(
        after edit: (inout TestSite) async throws -> Void, now: Date = TestSite.now
    ) async throws -> [String] {
        var site = try await site()
        try await site.build()
        try await edit(&site)
        let paths = Mutex<[String]>([])
        let report = try await site.build {
            $0.now = now
            $0.rendered = { path in paths.withLock { $0.append(path) } }
        }
        #expect(report.problems == [])
        #expect(report.pages.rendered == paths.withLock { $0.count })
        // Made anew by every build that is not the same as the last: it names all other files.
        paths.withLock { $0.removeAll { $0 == "api/v1/manifest.json" } }
        let incremental = try site.undatedContents()
        let scratch = try await site.builtFromScratch { $0.now = now }
        #expect(Set(incremental.keys) == Set(scratch.keys))
        #expect(scratch.filter { incremental[$0.key] != $0.value }.keys.sorted() == [])
        return paths.withLock { $0.sorted() }
    }

    private static func posts(_ ids: Int...) -> [String] { ids.map { "posts/p\($0)/index.html" } }
    private static func lists(_ numbers: Int...) -> [String] { numbers.map { "page/\($0)/index.html" } }
    private static func feeds(_ folders: String...) -> [String] { folders.map { $0 + "feed.xml" } }
    private static func api(_ names: String...) -> [String] { names.map { "api/v1/\($0).json" } }

    /// What shows the title, the summary or a number of post 4.
    private static let listingsOfFourth =
        posts(3, 4, 5) + lists(2) + ["authors/bob/index.html", "authors/bob/feed.xml"]
        + api("posts/4", "posts/page/2", "posts/search", "users/2/posts")

    @Test func `nothing changed renders nothing`() async throws {
        #expect(try await rendered { _ in } == [])
    }

    @Test func `a text below the summary renders the post alone, and the feed if that has it`() async throws {
        #expect(
            try await rendered { try await set(2, "content = 'Summary of 2.' || char(10, 10) || 'Text is new.'", $0) }
                == (Self.posts(2) + Self.api("posts/2") + Self.feeds("authors/bob/", "tags/sql/", "tags/swift/"))
                .sorted())
        #expect(
            try await rendered { try await set(6, "content = 'Summary of 6.' || char(10, 10) || 'Text is new.'", $0) }
                == (Self.posts(6) + Self.api("posts/6") + Self.feeds("", "authors/bob/") + ["feed.json"]).sorted())
    }

    @Test func `a summary renders what lists it`() async throws {
        #expect(
            try await rendered { try await set(4, "content = 'New summary.'", $0) } == Self.listingsOfFourth.sorted())
    }

    @Test func `a title renders what lists it, and the statistics`() async throws {
        let expected = (Self.listingsOfFourth + Self.api("stats")).sorted()
        #expect(try await rendered { try await set(4, "title = 'New'", $0) } == expected)
        #expect(
            try await rendered { site in
                _ = try await Post.filter { $0.id == 4 }.update(.set(\.title, "New"), on: site.database)
                // The ORM dates the change, which the site map tells.
            } == (expected + ["sitemap.xml"]).sorted())
    }

    @Test func `a date that keeps the order renders what shows it, and the site map`() async throws {
        #expect(
            try await rendered { try await set(4, "updated_at = '2025-12-01T00:00:00.000000Z'", $0) }
                == (Self.listingsOfFourth + ["sitemap.xml"]).sorted())
    }

    @Test func `a tag's name renders its posts, what lists them and the tags`() async throws {
        #expect(
            try await rendered { try await $0.database.run(script: "UPDATE tags SET name = 'X' WHERE id = 1") }
                == (Self.posts(1, 2, 3) + Self.lists(1) + ["authors/ann/index.html", "authors/bob/index.html"]
                + ["tags/index.html", "tags/sql/index.html", "tags/swift/index.html"]
                + Self.feeds("authors/bob/", "tags/sql/", "tags/swift/")
                + Self.api("posts/1", "posts/2", "posts/3", "posts/page/1", "posts/search", "stats")
                + Self.api("tags", "tags/sql", "tags/swift")).sorted())
    }

    @Test func `an author's name renders their posts, what lists them and the authors`() async throws {
        #expect(
            try await rendered { try await $0.database.run(script: "UPDATE users SET full_name = 'Bob' WHERE id = 2") }
                == (Self.posts(1, 2, 3, 4, 5, 6, 7) + Self.lists(1, 2, 3) + ["index.html", "feed.json"]
                + Self.feeds("", "authors/bob/", "tags/sql/", "tags/swift/")
                + ["authors/index.html", "authors/bob/index.html", "tags/sql/index.html", "tags/swift/index.html"]
                + Self.api("posts/1", "posts/2", "posts/3", "posts/4", "posts/6", "posts", "posts/page/1")
                + Self.api("posts/page/2", "posts/page/3", "posts/search", "stats", "tags/sql", "tags/swift")
                + Self.api("users", "users/2", "users/2/posts", "users/page/1", "users/page/2")).sorted())
    }

    @Test func `a comment's text renders its post alone, a new comment what shows their number`() async throws {
        #expect(
            try await rendered { try await $0.database.run(script: "UPDATE comments SET content = 'x' WHERE id = 1") }
                == (Self.posts(4) + Self.api("posts/4")).sorted())
        #expect(
            try await rendered { try await $0.addComment(3, on: 4, by: "Other", "New") }
                == (Self.listingsOfFourth + Self.api("index", "stats")).sorted())
        #expect(try await rendered { try await $0.addComment(3, on: 4, by: "x", "New", status: .pending) } == [])
    }

    @Test func `a view renders what shows it, or nothing but the statistics until midnight`() async throws {
        func edit(_ site: TestSite) async throws {
            try await site.addViews(1, of: 4, at: TestSite.date("2026-01-01T11:00:00Z"))
            try await set(4, "view_count = 4", site)
        }
        #expect(try await rendered { try await edit($0) } == Self.api("stats"))
        let midnight = TestSite.date("2026-01-02T00:00:00Z")
        #expect(
            try await rendered(after: { try await edit($0) }, now: midnight)
                == (Self.listingsOfFourth + Self.api("stats", "users/2")).sorted())
    }

    @Test func `a template renders its pages, a partial those that include it`() async throws {
        #expect(try await rendered { try $0.folder.write("templates/tags.html", "new\n") } == ["tags/index.html"])
        #expect(
            try await rendered { try $0.folder.write("templates/_line.html", "{{ p.id }}\n\n") }
                == (Self.posts(1, 2, 3, 4, 5, 6, 7) + Self.lists(1, 2, 3, 4) + ["index.html"]).sorted())
        #expect(try await rendered { try $0.folder.write("templates/unused.html", "x\n") } == [])
    }

    @Test func `an asset renders itself and every page of a template`() async throws {
        let all = try await rendered { try $0.folder.write("templates/assets/style.css", "b {}") }
        #expect(all.filter { $0.hasPrefix("api/") || $0 == "CNAME" } == [])
        #expect(all.filter { $0.hasPrefix("assets/") }.count == 1)
        #expect(Set(Self.posts(1, 2, 3, 4, 5, 6, 7) + ["index.html", "404.html", "robots.txt"]).isSubset(of: all))
    }

    @Test func `a setting renders everything but copies`() async throws {
        let all = try await rendered { $0.configuration.description = "New" }
        #expect(all.filter { $0.hasPrefix("assets/") || $0 == "CNAME" } == [])
        #expect(Set(Self.posts(1, 2, 3, 4, 5, 6, 7) + Self.api("index", "stats")).isSubset(of: all))
    }

    @Test func `a static file renders itself`() async throws {
        #expect(try await rendered { try $0.folder.write("static/CNAME", "example.com") } == ["CNAME"])
    }

    @Test func `a deletion renders what showed the post and what counts posts`() async throws {
        #expect(
            try await rendered { try await $0.database.run(script: "DELETE FROM posts WHERE id = 7") }
                // The fourth list page has nothing any more and leads home.
                == (Self.posts(6) + Self.lists(4) + ["index.html", "feed.json", "sitemap.xml"]
                + Self.feeds("", "authors/ann/")
                + ["authors/index.html", "authors/ann/index.html"]
                + Self.api("index", "posts", "posts/page/4", "posts/search", "stats")
                + Self.api("users", "users/1", "users/1/posts", "users/page/1", "users/page/2")).sorted())
    }

    @Test func `a rename renders what links to the post, and a redirect`() async throws {
        #expect(
            try await rendered { site in
                try await set(4, "slug = 'x4'", site)
                try await Alias.insert([Alias.New(id: 1, path: "/posts/p4/", post: .id(4))], on: site.database)
            }
                == (Self.listingsOfFourth + ["posts/x4/index.html", "sitemap.xml"] + Self.api("stats")
                + ["redirects/apache.conf", "redirects/caddy.conf", "redirects/nginx.conf"]).sorted())
    }

    @Test func `a new post leaves full list pages alone`() async throws {
        let expected =
            (Self.posts(7, 8) + Self.lists(4, 5) + ["index.html", "feed.json", "sitemap.xml"]
            + Self.feeds("", "authors/bob/")
            + ["authors/index.html", "authors/bob/index.html"]
            + Self.api("index", "posts", "posts/8", "posts/page/4", "posts/page/5", "posts/search", "stats")
            + Self.api("users", "users/2", "users/2/posts", "users/page/1", "users/page/2")).sorted()
        #expect(try await rendered { try await add(8, to: $0) } == expected)
    }

    @Test func `a post whose date comes renders what a new post renders, and what its time takes away goes`()
        async throws
    {
        let site = try await site()
        try await add(8, to: site, at: "2026-01-05T00:00:00Z")
        try await site.build()
        let before = try site.undatedContents()
        try await site.build { $0.now = TestSite.date("2026-01-05T00:00:00Z") }
        #expect(site.exists("posts/p8/index.html"))
        // Back in time, as with --now.
        let report = try await site.build()
        #expect(try site.undatedContents() == before)
        #expect(report.pages.deleted == 4)
    }
}
