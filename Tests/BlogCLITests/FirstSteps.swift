import Foundation
import Testing

@testable import BlogCLI

@Suite struct FirstSteps {
    @Test func `a new site is built at once, and a second run has nothing to do`() async throws {
        let site = try TestSite()
        let made = await site.blog("init")
        #expect(made.status == 0)
        #expect(made.output.hasSuffix("Next: blog regenerate && blog serve\n"))

        let first = await site.blog("regenerate")
        #expect(first.status == 0, "\(first.notes)")
        #expect(first.notes == "")
        #expect(first.output.hasPrefix("Imported: posts 2 new; pages 1 new; comments 1 new; users 1 new; tags 2 new ("))
        #expect(try site.read("output/posts/hello/index.html").contains("This is the first post."))
        #expect(site.exists("output/about/index.html"))
        #expect(site.exists("output/api/v1/posts/1.json"))

        let before = try site.published()
        let second = await site.blog("regenerate")
        #expect(second.status == 0)
        #expect(second.output == "" && second.notes == "", "cron has nothing to send")
        #expect(try site.published() == before)
    }

    @Test func `init overwrites nothing and then writes nothing`() async throws {
        let site = try TestSite(["templates/base.html": "mine"])
        let run = await site.blog("init")
        #expect(run.status == 73)
        #expect(run.notes.contains("templates/base.html is there already"))
        #expect(try site.read("templates/base.html") == "mine")
        #expect(!site.exists("blog.yml"))
    }

    @Test func `the embedded theme is the theme of the repository`() throws {
        let files = try TestSite.repositoryFiles(below: "templates")
        let embedded = Dictionary(uniqueKeysWithValues: EmbeddedTheme.files.map { ($0.path, $0.content) })
        #expect(embedded == files, "run Scripts/embed-theme")
    }

    @Test func `new writes a post that import reads, and never replaces one`() async throws {
        let site = try TestSite.small()
        let run = await site.blog("new", "A \"quoted\" title: ß", "--author", "ada", "--tags", "x, y", "--draft")
        #expect(run.status == 0)
        let path = "content/posts/a-quoted-title-ss.md"
        #expect(run.output == "\(site.root)/\(path)\n")
        let text = try site.read(path)
        #expect(text.hasPrefix("---\ntitle: \"A \\\"quoted\\\" title: ß\"\ndate: 20"))
        #expect(text.hasSuffix("author: \"ada\"\ntags: [\"x\", \"y\"]\ndraft: true\n---\n\n"))
        #expect(await site.blog("import").status == 0)
        let again = await site.blog("new", "A \"quoted\" title: ß")
        #expect(again.status == 73)
    }

    @Test func `the root of the repository is a site that builds without a warning`() async throws {
        let site = try TestSite()
        for folder in ["content", "templates", "static", "blog.yml"] {
            try FileManager.default.copyItem(
                atPath: "\(TestSite.repository)/\(folder)", toPath: "\(site.root)/\(folder)")
        }
        let run = await site.blog("regenerate", "--now", "2026-11-23T12:00:00Z")
        #expect(run.status == 0)
        #expect(run.notes == "")
        let stats = await site.blog("stats", "--json")
        #expect(stats.status == 0)
        #expect(stats.output.hasPrefix("{\"total_users\":4,\"total_posts\":"))
    }
}
