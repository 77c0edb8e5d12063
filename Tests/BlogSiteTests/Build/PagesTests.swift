import BlogConfiguration
import BlogModels
import Testing

@testable import BlogSite

/// Whole pages of a small theme, as literals.
@Suite struct PagesTests {
    @Test func `home shows the newest posts and leads to the numbered page that goes on`() async throws {
        let site = try await TestSite()
        try await site.addSample()
        try await site.build()
        #expect(
            try site.page("index.html") == """
                home Test
                3|Third|/posts/third/|bob|2025-03-01T00:00:00Z|0|0
                2|Second|/posts/second/|Ann Lee|2025-02-13T10:20:30Z|5|0
                older /page/1/

                """)
    }

    @Test func `list pages are numbered from the oldest and the undated post is the last of all`() async throws {
        let site = try await TestSite()
        try await site.addSample()
        try await site.build()
        #expect(
            try site.page("page/1/index.html") == """
                Posts, page 1 https://example.org/page/1/
                1|First|/posts/first/|Ann Lee|2025-01-10T00:00:00Z|3|0
                4|Undated|/posts/undated/|Ann Lee|undated|0|0
                newer /page/2/ older None

                """)
        #expect(
            try site.page("page/2/index.html") == """
                Posts, page 2 https://example.org/page/2/
                3|Third|/posts/third/|bob|2025-03-01T00:00:00Z|0|0
                2|Second|/posts/second/|Ann Lee|2025-02-13T10:20:30Z|5|0
                newer /page/3/ older /page/1/

                """)
        #expect(try site.page("page/3/index.html").contains(#"<link rel="canonical" href="https://example.org/">"#))
        #expect(!site.exists("page/4/index.html"))
    }

    @Test func `a full list page stays as it is when a new post comes`() async throws {
        let site = try await TestSite()
        try await site.addSample()
        try await site.build()
        let before = [
            try site.folder.identity("output/page/1/index.html"), try site.folder.identity("output/page/2/index.html"),
        ]
        try await site.addPost(8, "Eighth", at: "2025-12-01T00:00:00Z")
        try await site.build()
        #expect(
            [
                try site.folder.identity("output/page/1/index.html"),
                try site.folder.identity("output/page/2/index.html"),
            ]
                == before)
        #expect(
            try site.page("page/3/index.html") == """
                Posts, page 3 https://example.org/page/3/
                8|Eighth|/posts/eighth/|Ann Lee|2025-12-01T00:00:00Z|0|0
                newer / older /page/2/

                """)
    }

    @Test func `a site may do without contents lists`() async throws {
        var site = try await TestSite()
        try await site.addSample()
        try await site.addPost(8, "Long", at: "2025-02-20T00:00:00Z", content: "## One\n\n### Two")
        try await site.build()
        #expect(try site.page("posts/long/index.html").contains("contents 2 one One;3 two Two;"))
        site.configuration.markdown.contentsList = false
        try await site.build()
        #expect(try !site.page("posts/long/index.html").contains("one One"))
        #expect(try site.page("posts/long/index.html").contains(#"<h2 id="one">One</h2>"#))
    }

    @Test func `a post has its text, authors, tags, contents, neighbours and threads`() async throws {
        let site = try await TestSite()
        try await site.addSample()
        try await site.addPost(
            8, "Eighth", at: "2025-02-20T00:00:00Z",
            content: "Intro [home](/).\n\n## One\n\n### Two\n\n#### Three\n\nEnd.", tags: [2], coAuthors: [2])
        try await site.addComment(
            1, on: 8, by: "Guest <b>", "Hi *there* <script>x</script>", url: "javascript:alert(1)")
        try await site.addComment(2, on: 8, by: "ignored", "Answer", parent: 1, author: 1)
        try await site.addComment(3, on: 8, by: "Other", "Third", url: "https://other.example/")
        try await site.addComment(4, on: 8, by: "Spammer", "buy", status: .spam)
        try await site.addComment(5, on: 8, by: "Orphaned", "lost parent", parent: 4)
        try await site.build()
        #expect(
            try site.page("posts/eighth/index.html") == """
                Eighth; Intro home.; /posts/eighth/; en
                8|Eighth|/posts/eighth/|Ann Lee|2025-02-20T00:00:00Z|0|4
                <p>Intro <a href="/">home</a>.</p>
                <h2 id="one">One</h2>
                <h3 id="two">Two</h3>
                <h4 id="three">Three</h4>
                <p>End.</p>
                1 6
                authors Ann Lee /authors/ann/;bob /authors/bob/;
                tags SQL /tags/sql/;
                contents 2 one One;3 two Two;
                related 2 
                previous Second next Third
                comments <1 comment-1 Guest &lt;b&gt; None><p>Hi <em>there</em> &lt;script&gt;x&lt;/script&gt;</p>
                <2 comment-2 Ann Lee* None><p>Answer</p>
                <1 comment-3 Other https://other.example/><p>Third</p>
                <1 comment-5 Orphaned None><p>lost parent</p>


                """)
    }

    @Test func `tags and authors have lists and pages of what readers see`() async throws {
        let site = try await TestSite()
        try await site.addSample()
        try await site.addTag(3, "Unused")
        try await site.build()
        #expect(try site.page("tags/index.html") == "SQL /tags/sql/ 1\nSwift /tags/swift/ 2\n")
        #expect(try site.page("tags/swift/index.html") == "Swift 2: 2 1 \nrelated sql 1;\n")
        #expect(try site.page("authors/index.html") == "Ann Lee /authors/ann/ 3\nbob /authors/bob/ 2\n")
        #expect(try site.page("authors/bob/index.html") == "bob: 3 2 \n")
        #expect(!site.exists("tags/unused/index.html"))
    }

    @Test func `a deactivated author is not listed but keeps the page that posts lead to`() async throws {
        let site = try await TestSite()
        try await site.addUser(1, "ann", isActive: false)
        try await site.addPost(1, "First", at: "2025-01-10T00:00:00Z")
        try await site.build()
        #expect(try site.page("authors/index.html") == "")
        #expect(try site.page("authors/ann/index.html") == "ann: 1 \n")
    }

    @Test func `the feed has dated posts with absolute addresses and no character that XML forbids`() async throws {
        let site = try await TestSite()
        try await site.addSample()
        try await site.addUser(3, "eve", fullName: "Eve\u{1}\u{FFFF} & Co")
        try await site.addPost(
            8, "Eighth", at: "2025-12-01T00:00:00Z", content: "![d](d.svg) [a](/a/) end", author: 3)
        try await site.build()
        #expect(
            try site.page("feed.xml") == """
                <feed updated="2025-12-01T00:00:00Z">
                <item by="Eve\u{FFFD}\u{FFFD} &amp; Co" url="https://example.org/posts/eighth/">&lt;p&gt;&lt;img src=&#34;https://example.org/posts/eighth/d.svg&#34; alt=&#34;d&#34; /&gt; &lt;a href=&#34;https://example.org/a/&#34;&gt;a&lt;/a&gt; end&lt;/p&gt;
                </item>
                <item by="bob" url="https://example.org/posts/third/">&lt;p&gt;Text of Third.&lt;/p&gt;
                </item>
                <item by="Ann Lee" url="https://example.org/posts/second/">&lt;p&gt;Text of Second.&lt;/p&gt;
                </item>
                <item by="Ann Lee" url="https://example.org/posts/first/">&lt;p&gt;Text of First.&lt;/p&gt;
                </item>
                </feed>

                """)
    }

    @Test func `sitemap, robots and 404 are made by templates`() async throws {
        let site = try await TestSite()
        try await site.addSample()
        try await site.build()
        #expect(
            try site.page("sitemap.xml") == """
                https://example.org/ -
                https://example.org/posts/undated/ -
                https://example.org/posts/first/ 2025-01-10T00:00:00Z
                https://example.org/posts/second/ 2025-02-13T10:20:30Z
                https://example.org/posts/third/ 2025-03-01T00:00:00Z
                https://example.org/tags/ -
                https://example.org/tags/sql/ -
                https://example.org/tags/swift/ -
                https://example.org/authors/ -
                https://example.org/authors/ann/ -
                https://example.org/authors/bob/ -

                """)
        #expect(try site.page("robots.txt") == "Sitemap: https://example.org/sitemap.xml\n")
        #expect(try site.page("404.html") == "404 Page not found\n")
    }

    @Test func `a base URL with a path goes in front of every path`() async throws {
        let site = try await TestSite()
        try await site.addSample()
        try await site.addPost(8, "Eighth", at: "2025-12-01T00:00:00Z", content: "[a](/a/) [b](b)")
        try await site.build { $0.baseURL = "https://other.org/blog" }
        #expect(try site.page("index.html").contains("8|Eighth|/blog/posts/eighth/|"))
        #expect(
            try site.page("posts/eighth/index.html").contains(#"<p><a href="/blog/a/">a</a> <a href="b">b</a></p>"#))
        #expect(try site.page("robots.txt") == "Sitemap: https://other.org/blog/sitemap.xml\n")
    }

    @Test func `a site without posts has its pages all the same`() async throws {
        let site = try await TestSite()
        let report = try await site.build()
        #expect(try site.page("index.html") == "home Test\nolder None\n")
        #expect(report.nextChange == nil)
        #expect(
            try site.files() == [
                "404.html", "authors/index.html", "feed.json", "feed.xml", "index.html", "robots.txt", "sitemap.xml",
                "tags/index.html",
            ])
    }
}
