@testable import BlogImport
import BlogModels
import Foundation
import ORM
import Testing

@Suite struct SiteLayoutTests {
    /// What a file of front matter alone becomes, as `post slug`, `page /path/` or nothing.
    private func documents(_ site: ImportFixture) async throws -> [String] {
        let posts = try await Post.order { $0.slug.asc }.all(on: site.database)
            .map { "post \($0.slug)\($0.published ? "" : " hidden")\($0.language.map { " \($0)" } ?? "")" }
        let pages = try await BlogModels.Page.order { $0.path.asc }.all(on: site.database).map { "page \($0.path)" }
        return posts + pages
    }

    private func site(_ files: [String], source: String = "old", text: [String: String] = [:]) async throws
        -> ImportFixture
    {
        let site = try await ImportFixture("sources: [{kind: markdown, path: \(source)}]")
        for file in files {
            try site.folder.write(text[file] ?? "---\nauthor: x\n---\nText of \(file).\n", to: "old/\(file)")
        }
        return site
    }

    @Test func `Jekyll's posts, drafts, pages and collections are found in its repository`() async throws {
        let files = [
            "_config.yml", "_posts/2024-01-02-a.md", "cooking/_posts/2024-01-03-b.markdown", "_drafts/c.md", "about.md",
            "_docs/setup.md", "_notes/x.md", "_layouts/l.html", "_includes/i.md", "node_modules/n.md", "README.md",
            "index.md",
            "plain.md", "list.md",
        ]
        let site = try await site(
            files,
            text: [
                "_config.yml": "title: x\ncollections:\n  docs:\n    output: true\n  notes:\n    output: false\n",
                "README.md": "# Read me\n", "plain.md": "No front matter.\n",
                "list.md": "---\n---\n{% for post in site.posts %}{{ post.url }}{% endfor %}\n",
            ])
        let report = try await site.run()
        #expect(
            try await documents(site) == ["post a", "post b", "post c hidden", "page /about/", "page /docs/setup/"])
        #expect(
            report.notes == [
                "old: 1 file left out: a repository's README, LICENSE and the like",
                "old: 1 file left out: no front matter, which Jekyll's pages have",
                "old: 1 file left out: a page that the theme makes (home, 404, tags, archive, search)",
                "old: 1 file left out: a template that lists other documents",
                "old: 1 file left out: in no folder of documents",
            ])
        #expect(report.refusals == [])
        #expect(try await site.run().hasChanges == false)
    }

    @Test(arguments: ["old/_posts", "old/_drafts"])
    func `Jekyll's folder of posts alone is known by its name`(source: String) async throws {
        let site = try await site(["_config.yml", "_posts/2024-01-02-a.md", "_drafts/b.md"], source: source)
        try await site.run()
        #expect(try await documents(site) == [source == "old/_posts" ? "post a" : "post b hidden"])
    }

    @Test(arguments: ["hugo.toml", "config.toml", "config/_default/hugo.toml"])
    func `Hugo's sections, bundles and translations are found`(settings: String) async throws {
        let site = try await site([
            settings, "content/posts/_index.md", "content/posts/a.md", "content/posts/b/index.md",
            "content/posts/c.fr.md",
            "content/about.md", "content/docs/_index.md", "content/docs/x.md", "content/_index.md", "layouts/l.md",
            "archetypes/default.md", "themes/t/content/t.md",
        ])
        try site.folder.write(
            "+++\ntitle = 'D'\ndate = 2024-01-02\nauthors = ['x']\n+++\nD.\n", to: "old/content/posts/d.md")
        try await site.run()
        #expect(
            try await documents(site) == [
                "post a", "post b", "post c-fr fr", "post d", "page /about/", "page /docs/", "page /docs/x/",
            ])
    }

    @Test(arguments: ["old/content", "old/content/posts"])
    func `a part of Hugo's repository is Hugo's too`(source: String) async throws {
        let site = try await site(
            ["hugo.toml", "content/posts/a.md", "content/docs/b.md"], source: source,
            text: ["content/posts/a.md": "[b]({{< ref \"b.md\" >}}) {{< details >}}\n"])
        let report = try await site.run()
        #expect(report.notes == ["\(source): 1 × {{< details >}} stays text"])
        #expect(try await Post.all(on: site.database).map(\.content) == ["[b](doc:b.md) {{< details >}}\n"])
        #expect(try await BlogModels.Page.count(on: site.database) == (source == "old/content" ? 1 : 0))
    }

    @Test func `Zola's dated documents are posts where no section is one by its name`() async throws {
        let site = try await site(
            ["config.toml", "content/about.md", "content/_index.md"], text: ["config.toml": "base_url = 'x'"])
        try site.folder.write("+++\npath = '2025/02/13/a'\n+++\n[about](@/about.md)\n", to: "old/content/a.md")
        try site.folder.write(
            "+++\ndate = 2024-01-02\n[taxonomies]\ntags = ['t']\nauthors = ['Ada']\nseries = ['s']\n+++\nB.\n",
            to: "old/content/inside/b.md")
        try await site.run()
        #expect(
            try await site.posts() == [
                #"1 a "a" 2025-02-13T00:00:00 published anonymous"#, #"2 b "b" 2024-01-02T00:00:00 published ada #t"#,
            ])
        let extras = try await Post.order { $0.id.asc }.all(on: site.database).map { $0.extra ?? "" }
        #expect(extras == ["", #"{"taxonomies":{"series":["s"]}}"#])
        #expect(try await BlogModels.Page.all(on: site.database).map(\.path) == ["/about/"])
    }

    @Test func `Eleventy's posts are known by their folder or their collection's tag`() async throws {
        let site = try await site(
            ["eleventy.config.js", "content/blog/a.md", "content/about.md", "content/b.md", "README.md"],
            text: [
                "content/b.md": "---\nauthor: x\ntags: [posts, second]\n---\n![]({{ '/a.png' | url }})\n",
                "content/blog/a.md": "---\nauthor: x\npermalink: \"/x/{{ page.fileSlug }}/\"\n---\nA.\n",
            ])
        let report = try await site.run()
        #expect(
            try await site.posts() == [
                #"1 b "b" undated published x #second"#, #"2 a "a" undated published x"#,
            ])
        #expect(report.warnings.count == 1)
        #expect(try await BlogModels.Page.all(on: site.database).map(\.path) == ["/about/"])
    }

    @Test func `authors come from a file of the old theme, by their keys`() async throws {
        let site = try await site(
            ["_config.yml", "_posts/2024-01-02-a.md"], text: ["_posts/2024-01-02-a.md": "---\nauthor: jdoe\n---\nA.\n"])
        try site.folder.write(
            "jdoe:\n  name: Jane Doe\n  web: https://example.org/\n  twitter: jane\nbob: Bob\n",
            to: "old/_data/authors.yml")
        let report = try await site.run()
        #expect(report.userCounts == [2, 0, 0, 0])
        let users = try await User.order { $0.id.asc }.all(on: site.database)
        #expect(
            users.map { "\($0.username) \($0.fullName ?? "") \($0.url ?? "")" } == [
                "jdoe Jane Doe https://example.org/", "bob Bob ",
            ])
        #expect(try await site.posts() == [#"1 a "a" 2024-01-02T00:00:00 published jdoe"#])
        #expect(try await site.run().hasChanges == false)
        try site.folder.write("jdoe:\n  name: Jane Roe\n", to: "old/_data/authors.yml")
        let again = try await site.run()
        #expect(again.userCounts == [0, 1, 1, 0])
        #expect(again.refusals + again.warnings == [])
        #expect(try await User.order { $0.id.asc }.all(on: site.database).map(\.fullName) == ["Jane Roe", "Bob"])
        #expect(try await site.run().hasChanges == false)
    }

    @Test func `HTML with front matter is a post as its author wrote it`() async throws {
        let site = try await ImportFixture()
        try site.folder.write(
            "---\nauthor: x\n---\n<h1>A &amp; b</h1>\n\n    <p>First <em>words</em>.</p>\n", to: "content/posts/a.html")
        try site.folder.write("<p>No front matter.</p>\n", to: "content/posts/b.html")
        let report = try await site.run()
        let posts = try await Post.all(on: site.database)
        #expect(posts.map(\.format) == [.html])
        #expect(posts.map(\.title) == ["A & b"])
        #expect(posts.map(\.excerpt) == ["First words."])
        #expect(posts.map(\.content) == ["<h1>A &amp; b</h1>\n\n    <p>First <em>words</em>.</p>\n"])
        #expect(report.notes.first == "content: 1 file left out: HTML without front matter")
    }
}
