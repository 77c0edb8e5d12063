import BlogConfiguration
import BlogModels
import Foundation
import ORM
import Testing

@testable import BlogSite

@Suite struct SiteCheckTests {
    /// A site whose post 1 has this text, in line 5 and below of its file.
    private func site(_ text: String, template: String = "<h1>{{ post.title }}</h1>{{ post.html }}") async throws
        -> TestSite
    {
        let frame =
            "<html lang=en><title>{{ page.title }}</title><meta name=description content=\"{{ page.description }}\">"
        let site = try await TestSite(templates: [
            "home.html": frame
                + "<h1>Home</h1>{% for p in posts %}<a href=\"{{ url(p.url) }}\">{{ p.title }}</a>{% endfor %}",
            "post.html": frame + template,
        ])
        try await site.addUser(1, "ann")
        try await site.addPost(1, "First", at: "2025-01-10T00:00:00Z", content: text)
        try await site.addPost(2, "Second", at: "2025-01-11T00:00:00Z", content: "## A place\n\nOther.")
        try site.folder.write("content/posts/first.md", "---\ntitle: First\n---\n\n\(text)")
        try await ImportedFile.insert(
            ImportedFile.New(
                id: 1, source: "markdown:content", path: "posts/first.md", kind: .post, digest: "", rowID: 1),
            on: site.database)
        return site
    }

    private func check(
        _ site: TestSite, _ change: (inout CheckOptions) -> Void = { _ in }
    ) async throws -> CheckReport {
        var options = CheckOptions()
        options.templates = false
        change(&options)
        return try await SiteCheck(
            database: site.database, site: Site(root: site.folder.path, configuration: site.configuration),
            options: options, now: { TestSite.now }
        ).run()
    }

    @Test func `a site in order has no findings`() async throws {
        var site = try await site(
            "[a](/posts/second/) [b](/posts/second/#a-place) [c](../second/?q#a-place) [d](#) [e](mailto:a@b.c) ![f](/f.png)"
        )
        site.configuration.url = "https://example.org/blog/"
        try site.folder.write("static/f.png", "")
        try await site.build()
        let report = try await check(site)
        #expect(report.findings == [])
        #expect(report.pages == 3)
        #expect(!report.isOutOfDate)
        #expect(report.summary == "3 pages, 8 links: nothing wrong")
        try await site.database.run(script: "UPDATE posts SET title = 'x' WHERE id = 1")
        #expect(try await check(site).isOutOfDate)
    }

    @Test func `links, anchors and images that lead nowhere are named at the line of the post's file`() async throws {
        let site = try await site(
            "Fine.\n\n[a](/nowhere/)\n\n[b](/posts/second/#no-place)\n\n![c](gone.png)\n\n[d](https://example.org/x?a=1&b=2)\n"
        )
        try await site.build()
        #expect(
            try await check(site).findings.map(\.description) == [
                #"content/posts/first.md:7: error: the link to "/nowhere/" leads to no file of the site"#,
                ##"content/posts/first.md:9: error: the link to "/posts/second/#no-place" leads to a page without the place "#no-place""##,
                #"content/posts/first.md:11: error: the image "gone.png" leads to no file of the site"#,
                #"content/posts/first.md:13: error: the link to "https://example.org/x?a=1&b=2" leads to no file of the site"#,
            ])
    }

    @Test func `what a template repeats is told once, at the page's line`() async throws {
        let site = try await site("Text.", template: "<h1>{{ post.title }}</h1>\n<a href=/gone>x</a>{{ post.html }}")
        try await site.build()
        #expect(
            try await check(site).findings.map(\.description) == [
                #"output/posts/first/index.html:2: error: the link to "/gone" leads to no file of the site (and on 1 more page)"#
            ])
    }

    @Test func `what pages say of themselves is looked at`() async throws {
        let site = try await site(
            "A.\n\n<img src=\"/f.png\"><img src=\"/f.png\" alt=\"\"><p id=x><p id=x>\n", template: "{{ post.html }}")
        try site.folder.write("static/f.png", "")
        try await site.database.run(script: "UPDATE posts SET title = 'First', excerpt = 'Same' WHERE id < 3")
        try await site.build()
        #expect(
            try await check(site).findings.map(\.description) == [
                "content/posts/first.md: warning: the page has 0 headings of the first level, not one",
                #"content/posts/first.md:7: error: the id "x" is there twice"#,
                #"content/posts/first.md:7: error: the image "/f.png" has no text for those who do not see it; an empty one says that it only decorates"#,
                #"output/posts/second/index.html: warning: the description "Same" is that of /posts/first/ too"#,
                "output/posts/second/index.html: warning: the page has 0 headings of the first level, not one",
                #"output/posts/second/index.html: warning: the title "First" is that of /posts/first/ too"#,
            ])
        #expect(try await check(site) { $0.html = false }.findings == [])
    }

    @Test func `a template that could fail is among the findings`() async throws {
        let site = try await site("Text.")
        try await site.build()
        try site.folder.write("templates/post.html", "{{ post.title }}\n{{ post.titel }}\n")
        let report = try await check(site) {
            $0.templates = true
            ($0.links, $0.html) = (false, false)
        }
        let finding = try #require(report.findings.first { $0.severity == .error })
        #expect((finding.file, finding.line) == ("templates/post.html", 2))
        #expect(finding.kind == .template)
    }

    @Test func `the report is one JSON object`() async throws {
        let site = try await site("[a](/nowhere/)")
        try await site.build()
        #expect(
            try await check(site).json
                == #"{"pages":3,"links":3,"external_links":null,"out_of_date":false,"errors":1,"warnings":0,"findings":["#
                + #"{"kind":"link","severity":"error","path":"content/posts/first.md","line":5,"page":"/posts/first/","#
                + #""message":"the link to \"/nowhere/\" leads to no file of the site","other_pages":0}]}"#)
    }

    @Test func `a site that was never built cannot be checked`() async throws {
        let site = try await site("x")
        let error = await #expect(throws: SiteError.self) { try await check(site) }
        #expect(error?.message == "holds no site yet: run blog build first")
    }
}
