import BlogConfiguration
import BlogImport
import BlogModels
import Foundation
import ORM
import Testing

@Suite struct IdentityTests {
    @Test func `a rename keeps the row and its comments and leaves an alias`() async throws {
        let site = try await ImportFixture()
        try site.post("old-name.md", "author: x\ndate: 2025-01-01", body: "A text that no other file has.\n")
        try site.comment("old-name/1.yml", "message: Hi\ndate: 2025-01-02")
        try await site.run()
        try site.folder.move("content/posts/old-name.md", to: "content/posts/new-name.md")
        let report = try await site.run()
        #expect(report.postCounts == [0, 1, 0, 0])
        #expect(report.commentCounts == [0, 0, 1, 0])
        #expect(report.refusals + report.warnings == [])
        #expect(try await site.posts() == [#"1 new-name "new name" 2025-01-01T00:00:00 published x"#])
        #expect(try await site.comments() == ["1 old-name post 1 approved Anonymous: Hi"])
        #expect(try await site.aliases() == ["/posts/old-name/ post 1"])
        #expect(
            try site.folder.text(of: "content/aliases.yml") == """
                # Old paths and the posts they lead to. Import adds a line when a post moves.
                "/posts/old-name/": "new-name"

                """)
        let before = try await site.dump()
        let again = try await site.run()
        #expect(again.hasChanges == false)
        #expect(try await site.dump() == before)
        // A lost database finds the link in the file, and a comment in the old folder finds its post.
        let other = try await ImportFixture.makeDatabase()
        try await site.run(into: other)
        #expect(try await Alias.all(on: other).map(\.path) == ["/posts/old-name/"])
        #expect(try await Comment.all(on: other).map(\.post?.id) == [1])
    }

    @Test func `an edit of the slug in place leaves an alias, a draft leaves none`() async throws {
        let site = try await ImportFixture("permalink: /:year/:slug/")
        try site.post("a.md", "author: x\nslug: one\ndate: 2025-01-01")
        try site.post("b.md", "author: x\nslug: two\ndate: 2025-01-01\ndraft: true")
        try await site.run()
        try site.post("a.md", "author: x\nslug: uno\ndate: 2024-01-01")
        try site.post("b.md", "author: x\nslug: due\ndate: 2025-01-01\ndraft: true")
        try await site.run()
        #expect(try await site.slugs() == ["uno", "due"])
        #expect(try await site.aliases() == ["/2025/one/ post 1"])
        // A line of the file is an alias as long as it stands there.
        try site.folder.write("# none\n", to: "content/aliases.yml")
        try await site.run()
        #expect(try await site.aliases() == [])
    }

    @Test func `of two new files with a vanished file's text neither is the old one`() async throws {
        let site = try await ImportFixture()
        try site.post("old.md", "author: x", body: "Same.\n")
        try await site.run()
        try site.folder.remove("content/posts/old.md")
        try site.post("one.md", "author: x", body: "Same.\n")
        try site.post("two.md", "author: x", body: "Same.\n")
        let report = try await site.run()
        #expect(report.postCounts == [2, 1, 0, 0])
        #expect(
            try await site.posts().map { $0.split(separator: " ")[0...4].joined(separator: " ") } == [
                #"1 old "old" undated hidden"#, #"2 one "one" undated published"#, #"3 two "two" undated published"#,
            ])
    }

    @Test func `an id in the front matter is the post wherever its file goes`() async throws {
        let site = try await ImportFixture()
        try site.post("a.md", "author: x\nid: 4f1c", body: "Before.\n")
        try await site.run()
        try site.folder.remove("content/posts/a.md")
        try site.post("z/other.md", "author: x\nuuid: 4f1c\ntitle: New", body: "Quite another text.\n")
        let report = try await site.run()
        #expect(report.postCounts == [0, 1, 0, 0])
        #expect(try await site.posts() == [#"1 other "New" undated published x"#])
        #expect(
            try await ImportedFile.filter { $0.kind == .post }.all(on: site.database).map {
                "\($0.path) \($0.rowID ?? 0) \($0.isPresent)"
            } == ["posts/z/other.md 1 true"])
    }

    @Test func `an id that another file has is refused`() async throws {
        let site = try await ImportFixture()
        try site.post("a.md", "author: x\nid: 7")
        try site.post("b.md", "author: x\nid: 7", body: "Other.")
        let first = try await site.run()
        #expect(
            first.refusals.map(\.description) == [
                "content/posts/b.md:3:5: error: the id \"7\" is taken by content/posts/a.md"
            ])
        #expect(try await site.slugs() == ["a"])
        try site.post("c.md", "author: x\nid: 7", body: "Third.")
        let second = try await site.run()
        #expect(second.refusals.map(\.path) == ["content/posts/b.md", "content/posts/c.md"])
        #expect(try await site.slugs() == ["a"])
    }

    @Test func `the slug finds the row whose file is gone`() async throws {
        let site = try await ImportFixture()
        try site.post("a.md", "author: x\nslug: kept", body: "Before.\n")
        try await site.run()
        try site.folder.remove("content/posts/a.md")
        try await site.run()
        try site.post("b.md", "author: x\nslug: kept", body: "After.\n")
        #expect(try await site.run().postCounts == [0, 1, 0, 0])
        #expect(try await site.posts() == [#"1 kept "b" undated published x"#])
    }

    @Test func `derived slugs that meet get numbers in path order, and keep them`() async throws {
        let site = try await ImportFixture()
        try site.post("2024-01-01-same.md", "author: x", body: "1")
        try site.post("2025-01-01-same.md", "author: x", body: "2")
        try site.post("z.md", "author: x\nslug: same-2", body: "3")
        let report = try await site.run()
        #expect(try await site.slugs() == ["same", "same-3", "same-2"])
        #expect(
            report.warnings.map(\.description) == [
                "content/posts/2025-01-01-same.md:1: warning: \"same\" is taken, so this is \"same-3\"; give it a \"slug\" of its own"
            ])
        try site.post("2023-01-01-same.md", "author: x", body: "4")
        try site.post("2025-01-01-same.md", "author: x", body: "2, edited")
        try await site.run()
        #expect(try await site.slugs() == ["same", "same-3", "same-2", "same-4"])
    }

    @Test func `an explicit slug taken twice is refused with its line, whoever came first`() async throws {
        let site = try await ImportFixture()
        try site.post("a.md", "author: x\nslug: mine", body: "1")
        try site.post("b.md", "author: x\nslug: mine", body: "2")
        let first = try await site.run()
        #expect(
            first.refusals.map(\.detailed) == [
                "content/posts/b.md:3:7: error: the slug \"mine\" is taken by content/posts/a.md\n 3 | slug: mine\n   |       ^"
            ])
        #expect(try await site.slugs() == ["mine"])
        let second = try await site.run()
        #expect(
            second.refusals.map(\.description) == [
                "content/posts/b.md:3:7: error: the slug \"mine\" is taken by content/posts/a.md"
            ])
        #expect(second.filesRead == 1)
    }

    @Test func `a post whose new slug is refused stays what it was`() async throws {
        let site = try await ImportFixture()
        try site.post("a.md", "author: x\nslug: one", body: "1")
        try site.post("b.md", "author: x\nslug: two", body: "2")
        try await site.run()
        try site.post("b.md", "author: x\nslug: one\ntitle: New", body: "2")
        try site.post("c.md", "author: x\nslug: two", body: "3")
        let report = try await site.run()
        #expect(report.refusals.map(\.path) == ["content/posts/b.md", "content/posts/c.md"])
        #expect(try await site.posts() == [#"1 one "a" undated published x"#, #"2 two "b" undated published x"#])
    }

    @Test func `a source that moves with its settings keeps its posts`() async throws {
        let site = try await ImportFixture()
        try site.post("a.md", "author: x\ndate: 2025-01-01", body: "1")
        try await site.run()
        try site.folder.move("content", to: "text")
        site.configuration = "sources: [{kind: markdown, path: text}]"
        let report = try await site.run()
        #expect(report.postCounts == [0, 0, 1, 0])
        #expect(try await site.posts() == [#"1 a "a" 2025-01-01T00:00:00 published x"#])
    }

    @Test func `two posts can exchange their slugs`() async throws {
        let site = try await ImportFixture()
        try site.post("a.md", "author: x\nslug: one", body: "1")
        try site.post("b.md", "author: x\nslug: two", body: "2")
        try await site.run()
        try site.post("a.md", "author: x\nslug: two", body: "1")
        try site.post("b.md", "author: x\nslug: one", body: "2")
        #expect(try await site.run().postCounts == [0, 2, 0, 0])
        #expect(try await site.slugs() == ["two", "one"])
        #expect(try await site.aliases() == [])
    }

    @Test func `a path of its own that another has is refused`() async throws {
        let site = try await ImportFixture()
        try site.post("a.md", "author: x\nurl: /here/", body: "1")
        try site.post("b.md", "author: x\npermalink: /here", body: "2")
        try site.post("c.md", "author: x\nurl: /posts/d/", body: "3")
        try await site.run()
        try site.post("d.md", "author: x", body: "4")
        #expect(try await site.slugs() == ["a", "c"])
        let report = try await site.run()
        #expect(
            report.refusals.map(\.description) == [
                "content/posts/b.md:3:12: error: the path \"/here/\" is taken by content/posts/a.md"
            ])
    }
}

@Suite struct VanishedFileTests {
    @Test func `a vanished file unpublishes its post, and coming back publishes it again`() async throws {
        let site = try await ImportFixture()
        try site.post("a.md", "author: x\ndate: 2025-01-01", body: "1")
        try site.post("b.md", "author: x", body: "2")
        try await site.run()
        try site.folder.move("content/posts/a.md", to: "a.md")
        let gone = try await site.run()
        #expect(gone.postCounts == [0, 1, 1, 0])
        #expect(try await site.posts() == [#"1 a "a" 2025-01-01T00:00:00 hidden x"#, #"2 b "b" undated published x"#])
        #expect(try await Post.get(1, on: site.database).updatedAt == Date(timeIntervalSince1970: 1_735_689_600))
        #expect(try await site.run().hasChanges == false)
        try site.folder.move("a.md", to: "content/posts/a.md")
        #expect(try await site.run().postCounts == [0, 1, 1, 0])
        #expect(try await site.posts().first == #"1 a "a" 2025-01-01T00:00:00 published x"#)
    }

    @Test func `prune deletes, also what was unpublished before, and its comments wait as orphans`() async throws {
        let site = try await ImportFixture()
        try site.post("a.md", "author: x\ntags: only-a", body: "1")
        try site.post("b.md", "author: x\ntags: both", body: "2")
        try site.post("c.md", "author: x\ntags: both", body: "3")
        try site.comment("a/1.yml", "message: Hi\ndate: 2025-01-02")
        try await site.run()
        try site.folder.remove("content/posts/a.md")
        try await site.run()
        try site.folder.remove("content/posts/b.md")
        var options = ImportOptions()
        options.prunes = true
        let report = try await site.run(options)
        #expect(report.postCounts == [0, 0, 1, 2])
        #expect(report.tagCounts == [0, 0, 1, 1])
        #expect(try await site.slugs() == ["c"])
        #expect(try await site.comments() == ["1 a orphan approved Anonymous: Hi"])
        try site.post("a.md", "author: x", body: "1")
        let back = try await site.run()
        #expect(back.postCounts == [1, 0, 1, 0])
        #expect(back.commentCounts == [0, 1, 1, 0])
        #expect(try await site.comments() == ["1 a post 4 approved Anonymous: Hi"])
    }

    @Test func `a post that is refused now stays as it was`() async throws {
        let site = try await ImportFixture()
        try site.post("a.md", "author: x\ntitle: Good")
        try await site.run()
        try site.post("a.md", "author: x\ntitle: [bad")
        let report = try await site.run()
        #expect(report.refusals.map(\.line) == [4])
        #expect(try await site.posts() == [#"1 a "Good" undated published x"#])
    }
}
