import Foundation
import Testing

@testable import BlogCLI

/// What is wrong with one file costs that file, is named with its place, and loses nothing.
@Suite struct BadInput {
    /// A file that is refused, and how the message starts.
    struct Case: Sendable, CustomTestStringConvertible {
        var name: String
        var path: String
        var content: Data
        var message: String
        var testDescription: String { name }

        init(_ name: String, _ path: String, _ content: String, _ message: String) {
            self.init(name, path, Data(content.utf8), message)
        }

        init(_ name: String, _ path: String, _ content: Data, _ message: String) {
            (self.name, self.path, self.content, self.message) = (name, path, content, message)
        }
    }

    static let cases = [
        Case(
            "front matter that never ends", "content/posts/bad.md", "---\ntitle: X\n\nText\n", "content/posts/bad.md:1"),
        Case("broken YAML", "content/posts/bad.md", "---\ntitle: [X\n---\n\nText\n", "content/posts/bad.md:"),
        Case(
            "invalid UTF-8", "content/posts/bad.md", Data("---\ntitle: X\n---\n\nCaf".utf8) + Data([0xE9, 0x0A]),
            "content/posts/bad.md:5:4: error: invalid UTF-8"),
        Case(
            "an impossible date", "content/posts/bad.md", "---\ntitle: X\ndate: 2017-02-29\n---\n\nText\n",
            "content/posts/bad.md:3:7: error:"),
        Case(
            "a slug taken twice", "content/posts/zzz.md", "---\ntitle: X\nslug: two\n---\n\nText\n",
            "content/posts/zzz.md:3:7: error:"),
        Case("a broken comment", "content/comments/one/c.yml", "name: [x\n", "content/comments/one/c.yml:"),
    ]

    @Test(arguments: cases)
    func `one bad file costs one file`(bad: Case) async throws {
        let site = try TestSite.small()
        try site.write(bad.content, to: bad.path)
        let run = await site.blog("regenerate")
        #expect(run.status == 1)
        #expect(run.notes.hasPrefix(bad.message), "\(run.notes)")
        #expect(site.exists("output/posts/one/index.html"))
        #expect(site.exists("output/posts/two/index.html"))
        let json = await site.blog("import", "--json")
        #expect(json.status == 1)
        #expect(json.output.contains("\"skipped\":[{\"path\":\"\(bad.path)\",\"line\":"))
    }

    @Test func `a post that becomes broken keeps its page`() async throws {
        let site = try TestSite.small()
        #expect(await site.blog("regenerate").status == 0)
        let page = try site.read("output/posts/one/index.html")
        try site.write("---\ntitle: [One\n---\n\nOther text.\n", to: "content/posts/one.md")
        let run = await site.blog("regenerate")
        #expect(run.status == 1)
        #expect(try site.read("output/posts/one/index.html") == page)
    }

    @Test func `a comment for a missing post waits until the post comes`() async throws {
        let comment = "_id: c1\nname: Guest\nmessage: Hello there.\ndate: 2026-01-03T10:00:00Z\n"
        let site = try TestSite.small(["content/comments/later/c1.yml": comment])
        let run = await site.blog("regenerate")
        #expect(run.status == 0, "\(run.notes)")
        let stats = await site.blog("stats", "--json")
        #expect(stats.output.contains("\"orphan_comments\":1"))
        try site.write("---\ntitle: Later\ndate: 2026-01-03\nauthor: ada\n---\n\nText.\n", to: "content/posts/later.md")
        #expect(await site.blog("regenerate").status == 0)
        #expect(try site.read("output/posts/later/index.html").contains("Hello there."))
    }

    @Test func `an unknown key in blog.yml is named with its place and a suggestion`() async throws {
        let site = try TestSite.small(["blog.yml": "title: Test\nposts_per_pag: 5\n"])
        let run = await site.blog("build")
        #expect(run.status == 78)
        #expect(
            run.notes.hasPrefix("blog.yml:2:1: error: unknown key \"posts_per_pag\"; did you mean \"posts_per_page\"?"))
        #expect(!site.exists("output"))
        #expect(!site.exists("blog.sqlite3"))
    }

    @Test func `a broken template publishes nothing and names file, line, column`() async throws {
        let site = try TestSite.small()
        #expect(await site.blog("regenerate").status == 0)
        let before = try site.published()
        try site.write(
            "{% extends \"base.html\" %}\n{% block content %}\n{{ post.title | trucate }}\n{% endblock %}\n",
            to: "templates/post.html")
        let run = await site.blog("build")
        #expect(run.status == 78)
        #expect(run.notes.contains("templates/post.html:3:"), "\(run.notes)")
        #expect(run.notes.contains("truncate"))
        #expect(try site.published() == before)
    }

    @Test func `a template that fails on every post names the page too`() async throws {
        let site = try TestSite.small()
        #expect(await site.blog("regenerate").status == 0)
        let before = try site.published()
        try site.write(
            "{% extends \"base.html\" %}\n{% block content %}{{ post.titel }}{% endblock %}\n",
            to: "templates/post.html")
        let run = await site.blog("build")
        #expect(run.status == 78)
        #expect(run.notes.contains("templates/post.html:2:"), "\(run.notes)")
        #expect(run.notes.contains("/posts/"), "\(run.notes)")
        #expect(try site.published() == before)
    }

    @Test func `an output folder that cannot be made is named`() async throws {
        let site = try TestSite.small(["output": "a file, no folder"])
        let run = await site.blog("regenerate")
        #expect(run.status == 73)
        #expect(run.notes.contains("/output"), "\(run.notes)")
        #expect(try site.read("output") == "a file, no folder")
        let stats = await site.blog("stats", "--json")
        #expect(stats.output.contains("\"total_posts\":2"), "what was imported stays")
    }

    @Test func `a theme that is missing is a configuration error`() async throws {
        let site = try TestSite(["blog.yml": "title: Test\n"])
        let run = await site.blog("build")
        #expect(run.status == 78)
        #expect(run.notes.contains("templates"), "\(run.notes)")
    }
}
