import BlogConfiguration
import BlogModels
import Foundation
import ORM
import Testing

@testable import BlogSite

/// What the bundled theme promises of every page.
@Suite struct DefaultThemeTests {
    private static var root: URL {
        var root = URL(filePath: #filePath)
        for _ in 0..<4 { root.deleteLastPathComponent() }
        return root
    }

    /// A site of the bundled theme with every kind of page.
    private func built(_ change: (inout SiteConfiguration) -> Void = { _ in }) async throws -> TestSite {
        var site = try await TestSite(templates: [:])
        let folder = Self.root.appending(path: "templates")
        for file in try FolderScan(folder.path).files where file.path != "README.md" {
            try site.folder.write(
                "templates/\(file.path)", String(contentsOf: folder.appending(path: file.path), encoding: .utf8))
        }
        site.configuration.navigation = [NavigationItem(title: "Posts", url: "/")]
        site.configuration.api.enabled = true
        change(&site.configuration)
        try await site.addSample()
        try await site.addPost(
            8, "Closes </script> & \"quotes\"", at: "2025-04-01T00:00:00Z",
            content: "## A\n\n## B\n\n## C\n\n```swift\nlet a = 1\n```\n",
            views: 7, tags: [1])
        _ = try await Post.filter { $0.id == 8 }.update(.set(\.slug, "closes"), on: site.database)
        try await BlogModels.Page.insert(
            BlogModels.Page.New(id: 1, path: "/about/", title: "About", content: "Us."), on: site.database)
        try await site.addComment(1, on: 8, by: "Guest", "Hi")
        try await site.addComment(2, on: 8, by: "x", "Answer", parent: 1, author: 1)
        _ = try await Comment.filter { $0.id == 1 }.update(.set(\.externalID, "first-one"), on: site.database)
        try await Alias.insert([Alias.New(id: 1, path: "/old/", post: .id(1))], on: site.database)
        let report = try await site.build()
        #expect(report.problems == [])
        return site
    }

    @Test func `the stylesheet has at most 10 KB, imports nothing and has no fonts`() throws {
        let css = try String(contentsOf: Self.root.appending(path: "templates/assets/style.css"), encoding: .utf8)
        #expect(css.utf8.count <= 10_240)
        for forbidden in ["@import", "@font-face", "url(", "http"] {
            #expect(!css.replacing("a[href^=\"http\"]", with: "").contains(forbidden), "\(forbidden)")
        }
    }

    @Test func `every page works under a strict Content-Security-Policy and asks no other host`() async throws {
        let site = try await built()
        let pages = try site.files().filter { $0.hasSuffix(".html") }
        #expect(pages.count > 15)
        for path in pages {
            let html = try site.page(path)
            #expect(html.firstMatch(of: /<[^>]+\s(style|on[a-z]+)=/) == nil, "\(path)")
            #expect(!html.contains("<style"), "\(path)")
            for script in html.matches(of: /<script([^>]*)>/) {
                let attributes = String(script.output.1)
                #expect(
                    attributes.contains(" src=\"/assets/") || attributes == " type=\"application/ld+json\"", "\(path)")
            }
            for resource in html.matches(
                of: /<(?:img|script|iframe|source|video|audio|embed|object)[^>]+(?:src|data)="([^"]*)"/)
            {
                #expect(resource.output.1.hasPrefix("/"), "\(path)")
            }
            for link in html.matches(of: /<link rel="(?:stylesheet|icon|preload)"[^>]*href="([^"]*)"/) {
                #expect(link.output.1.hasPrefix("/assets/"), "\(path)")
            }
        }
    }

    @Test func `every page has one main heading, a language, a skip link and its own address`() async throws {
        let site = try await built()
        for path in try site.files().filter({ $0.hasSuffix(".html") && $0 != "old/index.html" }) {
            let html = try site.page(path)
            #expect(html.matches(of: /<h1[ >]/).count == 1, "\(path)")
            #expect(html.hasPrefix("<!DOCTYPE html>\n<html lang=\"en\">"), "\(path)")
            #expect(html.contains("<a class=\"skip\" href=\"#main\">"), "\(path)")
            #expect(html.contains("<main id=\"main\""), "\(path)")
            for property in ["og:title", "og:type", "og:site_name"] {
                #expect(html.contains("<meta property=\"\(property)\""), "\(path)")
            }
            #expect(html.contains("<meta name=\"twitter:card\""), "\(path)")
            let address = path.hasSuffix("index.html") ? String(path.dropLast("index.html".count)) : path
            if path == "404.html" {
                #expect(html.contains("content=\"noindex\""))
            } else {
                #expect(html.contains("<link rel=\"canonical\" href=\"https://example.org/\(address)\">"), "\(path)")
            }
            for feed in ["rss+xml", "atom+xml", "feed+json"] {
                #expect(html.contains("type=\"application/\(feed)\""), "\(path)")
            }
        }
    }

    @Test func `a post describes itself to machines, and nothing in its title ends the script`() async throws {
        let html = try await built().page("posts/closes/index.html")
        let start = try #require(html.firstRange(of: "<script type=\"application/ld+json\">"))
        let end = try #require(html[start.upperBound...].firstRange(of: "</script>"))
        let json = try JSONValue(String(html[start.upperBound..<end.lowerBound]))
        #expect(json["@type"] == .text("BlogPosting"))
        #expect(json["headline"] == .text("Closes </script> & \"quotes\""))
        #expect(json["datePublished"] == .text("2025-04-01T00:00:00Z"))
        #expect(json["author"]?.list?.first?["url"] == .text("https://example.org/authors/ann/"))
        for microformat in [
            "h-entry", "p-name", "e-content", "dt-published", "u-url", "u-comment h-cite", "p-category",
        ] {
            #expect(html.contains(microformat), "\(microformat)")
        }
    }

    @Test func `readers answer by a form that names the comment, by mail, or not at all`() async throws {
        let form = try await built { $0.comments.formAction = "https://forms.example/x" }.page(
            "posts/closes/index.html")
        #expect(form.contains("action=\"https://forms.example/x\""))
        #expect(form.contains("<option value=\"first-one\">Guest, 1 June 2025</option>"))
        // The second comment has no id that a file could name.
        #expect(form.matches(of: /<option value/).count == 2)
        #expect(form.matches(of: /href="#answer"/).count == 1)
        let mail = try await built { $0.comments.mailto = "c@example.org" }.page("posts/closes/index.html")
        #expect(mail.contains("href=\"mailto:c@example.org?subject=Re%3A%20Closes"))
        #expect(!mail.contains("<form"))
        let none = try await built().page("posts/closes/index.html")
        #expect(!none.contains("mailto:") && !none.contains("<form") && !none.contains("Answer</a>"))
    }
}
