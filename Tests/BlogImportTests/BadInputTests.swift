import BlogConfiguration
import BlogImport
import BlogModels
import Foundation
import ORM
import Testing

@Suite struct BadInputTests {
    @Test func `each bad file costs itself, with its line, and the others are imported`() async throws {
        let site = try await ImportFixture()
        try site.post("good.md", "author: x")
        try site.post("date.md", "author: x\ndate: 2017-02-29")
        try site.post("yaml.md", "title: a: b")
        try site.post("list.md", "- a")
        try site.folder.write("---\ntitle: never ends\n", to: "content/posts/open.md")
        try site.folder.write("+++\ntitle = x\n+++\n", to: "content/posts/toml.md")
        try site.folder.write(Array("---\ntitle: x\n---\ncaf".utf8) + [0xE9, 0x0A], to: "content/posts/latin.md")
        try site.folder.write([0xFF, 0xFE, 0x61, 0x00], to: "content/posts/utf16.md")
        try site.folder.write(Array("a\u{0}b".utf8), to: "content/posts/nul.md")
        try site.folder.write("x", to: "content/posts/2017-02-29-name.md")
        try site.folder.write("x", to: "content/posts/new\nline.md")
        try site.folder.makeFolder("content/posts/folder.md")
        try site.folder.link("content/posts/circle", to: "..")
        try site.folder.write("username: '?'\n", to: "content/authors/bad.yml")
        let report = try await site.run()
        #expect(
            report.refusals.map(\.description) == [
                "content/authors/bad.yml:1:11: error: the username \"?\" has neither letters nor digits",
                "content/posts/2017-02-29-name.md: error: the date in the file's name or path: \"2017-02-29\" is no date: February 2017 has 28 days",
                "content/posts/date.md:3:7: error: \"date\": \"2017-02-29\" is no date: February 2017 has 28 days",
                "content/posts/latin.md:4:4: error: invalid UTF-8: byte 0xE9 at byte 20; if the file is Latin-1 or Windows-1252, save it as UTF-8",
                "content/posts/list.md:2:1: error: the front matter is a list, expected keys and values",
                "content/posts/nul.md:1:2: error: a NUL byte (at byte 1), expected text",
                "content/posts/open.md:1:1: error: the front matter that starts here never ends; put a line with --- below it",
                "content/posts/toml.md:2:9: error: invalid TOML: \"x\" is no value; text needs quotes",
                "content/posts/utf16.md:1: error: the file is UTF-16 (little-endian), expected UTF-8; save it as UTF-8",
                "content/posts/yaml.md:2:9: error: invalid YAML: mapping values are not allowed in this context; a text with a colon needs quotes",
            ])
        #expect(
            report.warnings.map(\.description) == [
                "content/posts/circle: warning: a link to a folder that is read already"
            ])
        #expect(try await site.slugs() == ["good", "new-line"])
        #expect(report.postCounts == [2, 0, 0, 0])
        let again = try await site.run()
        #expect(again.refusals == report.refusals)
        #expect(again.hasChanges == false)
    }

    @Test func `what only the database can refuse costs its record too`() async throws {
        let site = try await ImportFixture()
        try site.folder.write("email: same@example.org\n", to: "content/authors/a.yml")
        try site.folder.write("email: same@example.org\n", to: "content/authors/b.yml")
        try site.folder.write("email: other@example.org\n", to: "content/authors/c.yml")
        let report = try await site.run()
        #expect(report.refusals.map(\.path) == ["content/authors/b.yml"])
        #expect(report.refusals.first?.message.hasPrefix("the database refuses it: ") == true)
        #expect(try await User.all(on: site.database).map(\.username) == ["a", "c"])
    }

    @Test func `long titles and excerpts are cut at a word with a warning, and refused when strict`() async throws {
        let site = try await ImportFixture()
        let title = Array(repeating: "word", count: 50).joined(separator: " ")
        try site.post("a.md", "author: x\ntitle: \(title)\nsummary: \(title) \(title) \(title)")
        let report = try await site.run()
        #expect(
            report.warnings.map(\.description) == [
                "content/posts/a.md:3:8: warning: the title has 249 characters, expected at most 200: cut at a word",
                "content/posts/a.md:4:10: warning: the summary has 749 characters, expected at most 500: cut at a word",
            ])
        let post = try await Post.get(1, on: site.database)
        #expect(post.title == Array(repeating: "word", count: 39).joined(separator: " ") + "…")
        #expect(post.excerpt?.unicodeScalars.count == 495)
        var options = ImportOptions()
        options.isStrict = true
        let strict = try await site.run(options)
        #expect(
            strict.refusals.map(\.description) == [
                "content/posts/a.md:3:8: error: the title has 249 characters, expected at most 200"
            ])
    }

    @Test func `unknown authors are made, and refused when strict`() async throws {
        let site = try await ImportFixture()
        try site.folder.write("full_name: Ada Lovelace", to: "content/authors/ada.yml")
        try site.post("a.md", "authors: [Ada Lovelace, Bob Builder <bob@example.org>]")
        var options = ImportOptions()
        options.isStrict = true
        let strict = try await site.run(options)
        #expect(
            strict.refusals.map(\.description) == [
                "content/posts/a.md:2:10: error: the author \"Bob Builder\" is unknown; add authors/…yml"
            ])
        #expect(try await site.slugs() == [])
        try await site.run()
        #expect(try await site.posts() == [#"1 a "a" undated published ada +bob-builder"#])
        #expect(try await User.filter { $0.username == "bob-builder" }.get(on: site.database).email == nil)
    }

    @Test func `a page at the place of the home page is refused`() async throws {
        let site = try await ImportFixture()
        try site.folder.write("x", to: "content/pages/index.md")
        try site.folder.write("---\nurl: /\n---\nx", to: "content/pages/root.md")
        let report = try await site.run()
        #expect(
            report.refusals.map(\.description) == [
                "content/pages/index.md:1: error: a page at \"/\", where the home page is",
                "content/pages/root.md:2:6: error: a page at \"/\", where the home page is",
            ])
    }
}

@Suite struct AliasTests {
    @Test func `an import that fails leaves the database as it was, and the next one does the work`() async throws {
        let site = try await ImportFixture()
        try site.post("a.md", "author: x", body: "A text of its own.")
        try await site.run()
        let before = try await site.dump()
        try site.folder.move("content/posts/a.md", to: "content/posts/b.md")
        try site.post("c.md", "author: y", body: "New.")
        try site.folder.makeFolder("content/aliases.yml")
        await #expect(throws: ImportError.cannotWrite(path: "content/aliases.yml", "it is no text file")) {
            try await site.run()
        }
        #expect(try await site.dump() == before)
        try site.folder.remove("content/aliases.yml")
        #expect(try await site.run().postCounts == [1, 1, 0, 0])
        #expect(try await site.aliases() == ["/posts/a/ post 1"])
    }

    @Test func `a move is noted even in a file with a mistake`() async throws {
        let site = try await ImportFixture()
        try site.post("a.md", "author: x", body: "A text of its own.")
        try await site.run()
        try site.folder.write("/x/: [", to: "content/aliases.yml")
        try site.folder.move("content/posts/a.md", to: "content/posts/b.md")
        let report = try await site.run()
        #expect(report.refusals.map(\.path) == ["content/aliases.yml"])
        #expect(try await site.aliases() == ["/posts/a/ post 1"])
        #expect(try site.folder.text(of: "content/aliases.yml") == "/x/: [\n\"/posts/a/\": \"b\"\n")
    }

    @Test func `aliases of front matter come and go with it`() async throws {
        let site = try await ImportFixture()
        try site.post("a.md", "author: x\naliases: [/old/, older.html]")
        try site.folder.write("---\nredirect_from: /was-here\n---\nx", to: "content/pages/about.md")
        try await site.run()
        #expect(try await site.aliases() == ["/old/ post 1", "/older.html post 1", "/was-here/ page 1"])
        try site.post("a.md", "author: x\naliases: /new/")
        try site.folder.write("\"/by-hand/\": a\n/by-path/: /about/\n/nowhere/: gone\n", to: "content/aliases.yml")
        let report = try await site.run()
        #expect(
            try await site.aliases() == ["/by-hand/ post 1", "/by-path/ page 1", "/new/ post 1", "/was-here/ page 1"])
        #expect(
            report.warnings.map(\.description) == [
                "content/aliases.yml:3:1: warning: \"gone\" is no post's slug or path, left out"
            ])
        let before = try await site.dump()
        #expect(try await site.run().hasChanges == false)
        #expect(try await site.dump() == before)
    }

    @Test func `a path where a post is now is nobody's alias`() async throws {
        let site = try await ImportFixture()
        try site.post("a.md", "author: x\naliases: /posts/b/", body: "1")
        try await site.run()
        #expect(try await site.aliases() == ["/posts/b/ post 1"])
        try site.post("b.md", "author: x", body: "2")
        try await site.run()
        #expect(try await site.aliases() == [])
    }

    @Test func `two documents that want one alias get a warning`() async throws {
        let site = try await ImportFixture()
        try site.post("a.md", "author: x\naliases: /old/", body: "1")
        try site.post("b.md", "author: x\naliases: /old/", body: "2")
        let report = try await site.run()
        #expect(
            report.warnings.map(\.description) == [
                "content/posts/b.md:3:10: warning: the alias \"/old/\" is taken, left out"
            ])
        #expect(try await site.aliases() == ["/old/ post 1"])
    }
}
