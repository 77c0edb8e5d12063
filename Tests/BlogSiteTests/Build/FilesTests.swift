import BlogModels
import Foundation
import ORM
import Testing

@testable import BlogSite

@Suite struct FilesTests {
    @Test func `static files are copied as they are and go when they are gone`() async throws {
        let site = try await TestSite()
        try site.folder.write("static/CNAME", "example.org")
        try site.folder.write("static/.well-known/x", "y")
        try site.folder.write("static/.DS_Store", "z")
        try await site.build()
        #expect(try site.page("CNAME") == "example.org")
        #expect(try site.page(".well-known/x") == "y")
        #expect(!site.exists(".DS_Store"))
        try site.folder.write("static/CNAME", "example.com")
        #expect(try await site.build().pages == .init(total: 10, rendered: 1, written: 1, unchanged: 9))
        #expect(try site.page("CNAME") == "example.com")
        try site.folder.delete("static/.well-known/x")
        #expect(try await site.build().pages.deleted == 1)
        #expect(!site.exists(".well-known"))
    }

    @Test func `a static file stands for the generated robots file of the same name`() async throws {
        let site = try await TestSite()
        try site.folder.write("static/robots.txt", "mine")
        #expect(try await site.build().problems == [])
        #expect(try site.page("robots.txt") == "mine")
    }

    @Test func `assets have names that change with their content`() async throws {
        let site = try await TestSite(
            templates: ["home.html": "{{ asset(\"style.css\") }} {{ asset(\"img/a.svg\") }}", "post.html": "x"])
        try site.folder.write("templates/assets/style.css", "a { background: url(\"img/a.svg#x\") }")
        try site.folder.write("templates/assets/img/a.svg", "<svg/>")
        try await site.build { $0.baseURL = "https://example.org/p/" }
        #expect(try site.page("index.html") == "/p/assets/style.6a814b8f.css /p/assets/img/a.d4dc5666.svg")
        #expect(try site.page("assets/style.6a814b8f.css") == "a { background: url(\"img/a.d4dc5666.svg#x\") }")
        try site.folder.write("templates/assets/img/a.svg", "<svg></svg>")
        try await site.build { $0.baseURL = "https://example.org/p/" }
        #expect(try site.files().count == 4)
        #expect(try site.page("index.html") != "/p/assets/style.6a814b8f.css /p/assets/img/a.d4dc5666.svg")
    }

    @Test func `files beside a post are published beside its page and only while readers see it`() async throws {
        let site = try await TestSite()
        try await site.addSample()
        for (id, post, slug) in [(1, 1, "first"), (2, 5, "draft")] {
            try site.folder.write("content/posts/\(slug)/index.md", "text")
            try site.folder.write("content/posts/\(slug)/diagram.svg", "<svg/>")
            try await ImportedFile.insert(
                ImportedFile.New(
                    id: id, source: "markdown:content", path: "posts/\(slug)/index.md", kind: .post, digest: "",
                    rowID: post),
                on: site.database)
        }
        try await site.build()
        #expect(try site.page("posts/first/diagram.svg") == "<svg/>")
        #expect(!site.exists("posts/first/index.md"))
        #expect(!site.exists("posts/draft/diagram.svg"))
    }

    @Test func `old addresses lead to where a post or page is now`() async throws {
        let site = try await TestSite()
        try await site.addSample()
        try await BlogModels.Page.insert(
            BlogModels.Page.New(id: 1, path: "/about/", title: "About", content: "# About\n\nUs & *them*."),
            on: site.database)
        try await Alias.insert(
            [
                Alias.New(id: 1, path: "/old/", post: .id(1)), Alias.New(id: 2, path: "/who.html", page: .id(1)),
                Alias.New(id: 3, path: "/posts/second/", post: .id(1)),
            ], on: site.database)
        let report = try await site.build()
        #expect(try site.page("about/index.html") == "About Us &amp; them.\n<p>Us &amp; <em>them</em>.</p>\n")
        #expect(
            try site.page("old/index.html") == """
                <!DOCTYPE html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <title>https://example.org/posts/first/</title>
                <link rel="canonical" href="https://example.org/posts/first/">
                <meta name="robots" content="noindex">
                <meta http-equiv="refresh" content="0; url=https://example.org/posts/first/">
                </head>
                <body>
                <p><a href="https://example.org/posts/first/">https://example.org/posts/first/</a></p>
                </body>
                </html>

                """)
        #expect(try site.page("who.html").contains("https://example.org/about/"))
        #expect(
            report.problems == [
                .init(
                    .warning, page: "/posts/second/",
                    "the old address /posts/second/ is left out: the post 2 (Second) has this address already")
            ])
        #expect(!report.hasErrors)
    }

    @Test func `a layout of the theme is used and one that it has not is not missed`() async throws {
        let site = try await TestSite()
        try site.folder.write("templates/wide.html", "wide {{ post.title }}")
        try await site.addUser(1, "ann")
        try await site.addPost(1, "First", at: "2025-01-10T00:00:00Z", layout: "wide")
        try await site.addPost(2, "Second", at: "2025-01-11T00:00:00Z", layout: "home")
        try await site.addPost(3, "Third", at: "2025-01-12T00:00:00Z", layout: "default")
        try await site.build()
        #expect(try site.page("posts/first/index.html") == "wide First")
        #expect(try site.page("posts/second/index.html").hasPrefix("Second;"))
        #expect(try site.page("posts/third/index.html").hasPrefix("Third;"))
    }

    @Test func `the report has the documented shape`() async throws {
        let site = try await TestSite()
        try await site.addSample()
        var report = try await site.build()
        report.seconds = 0.12345
        #expect(
            report.json
                == #"{"pages":{"total":23,"rendered":23,"written":23,"unchanged":0,"deleted":0},"#
                + #""next_change":"2099-01-01T00:00:00Z","seconds":0.123}"#)
    }
}
