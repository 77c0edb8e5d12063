import BlogConfiguration
import BlogImport
import BlogModels
import Foundation
import ORM
import Testing

/// Renames that are not as simple as one file with a new name.
@Suite struct IdentityRenameTests {
    private func site() async throws -> ImportFixture {
        let site = try await ImportFixture()
        try site.post("a.md", "author: x\ndate: 2025-01-01", body: "The text of a.\n")
        try site.post("b.md", "author: x\ndate: 2025-01-02", body: "The text of b.\n")
        try await site.run()
        return site
    }

    @Test func `two files that swap their names swap what is in the rows, as their paths say`() async throws {
        let site = try await site()
        try site.folder.move("content/posts/a.md", to: "content/posts/c.md")
        try site.folder.move("content/posts/b.md", to: "content/posts/a.md")
        try site.folder.move("content/posts/c.md", to: "content/posts/b.md")
        let report = try await site.run()
        #expect(report.postCounts == [0, 2, 0, 0])
        #expect(
            try await site.posts() == [
                #"1 a "a" 2025-01-02T00:00:00 published x"#, #"2 b "b" 2025-01-01T00:00:00 published x"#,
            ])
        #expect(try await site.aliases() == [])
    }

    @Test func `two files with ids swap their names and stay themselves`() async throws {
        let site = try await ImportFixture()
        try site.post("a.md", "id: one\nauthor: x", body: "A.\n")
        try site.post("b.md", "id: two\nauthor: x", body: "B.\n")
        try await site.run()
        try site.folder.move("content/posts/a.md", to: "content/posts/c.md")
        try site.folder.move("content/posts/b.md", to: "content/posts/a.md")
        try site.folder.move("content/posts/c.md", to: "content/posts/b.md")
        try await site.run()
        #expect(try await site.posts() == [#"1 b "b" undated published x"#, #"2 a "a" undated published x"#])
    }

    @Test func `a folder with a new name keeps its posts and their addresses`() async throws {
        let site = try await ImportFixture()
        for name in ["one", "two"] { try site.post("2025/\(name).md", "author: x", body: "The text of \(name).\n") }
        try await site.run()
        try site.folder.move("content/posts/2025", to: "content/posts/last-year")
        let report = try await site.run()
        #expect(report.postCounts == [0, 0, 2, 0])
        #expect(try await site.slugs() == ["one", "two"])
        #expect(try await site.aliases() == [])
    }

    @Test func `a rename with an edit in another folder is found by its slug`() async throws {
        let site = try await site()
        try site.folder.remove("content/posts/a.md")
        try site.post("sub/a.md", "author: x\ndate: 2025-01-01", body: "Another text.\n")
        let report = try await site.run()
        #expect(report.postCounts == [0, 1, 1, 0])
        #expect(try await site.slugs() == ["a", "b"])
    }

    @Test func `a rename and an edit at once make a new post, and the old one is hidden`() async throws {
        let site = try await site()
        try site.folder.remove("content/posts/a.md")
        try site.post("c.md", "author: x\ndate: 2025-01-01", body: "Another text.\n")
        try await site.run()
        #expect(
            try await site.posts() == [
                #"1 a "a" 2025-01-01T00:00:00 hidden x"#, #"2 b "b" 2025-01-02T00:00:00 published x"#,
                #"3 c "c" 2025-01-01T00:00:00 published x"#,
            ])
    }

    @Test func `a name that changes only its case is the same post`() async throws {
        let site = try await site()
        try site.folder.move("content/posts/a.md", to: "content/posts/A.md")
        let report = try await site.run()
        #expect(report.postCounts == [0, 1, 1, 0])
        #expect(
            try await site.posts() == [
                #"1 a "A" 2025-01-01T00:00:00 published x"#, #"2 b "b" 2025-01-02T00:00:00 published x"#,
            ])
        #expect(try await site.aliases() == [])
        #expect(try await site.run().hasChanges == false)
    }

    @Test func `a file that is away for one import comes back under another name as itself`() async throws {
        let site = try await site()
        try site.comment("a/1.yml", "message: Hi\ndate: 2025-01-02")
        try await site.run()
        try site.folder.move("content/posts/a.md", to: "aside/a.md")
        try await site.run()
        try site.folder.move("aside/a.md", to: "content/posts/c.md")
        try await site.run()
        #expect(
            try await site.posts() == [
                #"1 c "c" 2025-01-01T00:00:00 published x"#, #"2 b "b" 2025-01-02T00:00:00 published x"#,
            ])
        #expect(try await site.aliases() == ["/posts/a/ post 1"])
        #expect(try await site.comments() == ["1 a post 1 approved Anonymous: Hi"])
        var prune = ImportOptions()
        prune.prunes = true
        #expect(try await site.run(prune).hasChanges == false)
    }

    @Test func `prune leaves a post whose second file is there`() async throws {
        let site = try await site()
        try site.folder.remove("content/posts/a.md")
        try await site.run()
        try site.post("sub/a.md", "author: x\ndate: 2025-01-01", body: "Another text.\n")
        try await site.run()
        var prune = ImportOptions()
        prune.prunes = true
        try await site.run(prune)
        #expect(try await site.slugs() == ["a", "b"])
    }

    @Test(arguments: ["The text of a.\n", "An edited text.\n"])
    func `a file that moved is found although only its new path is imported`(body: String) async throws {
        let site = try await site()
        try site.folder.remove("content/posts/a.md")
        try site.post("new/a.md", "author: x\ndate: 2025-01-01", body: body)
        var part = ImportOptions()
        part.paths = ["content/posts/new"]
        try await site.run(part)
        #expect(try await site.slugs() == ["a", "b"])
        try await site.run()
        #expect(
            try await site.posts() == [
                #"1 a "a" 2025-01-01T00:00:00 published x"#, #"2 b "b" 2025-01-02T00:00:00 published x"#,
            ])
    }

    @Test func `a copy is a new post while the first file is there`() async throws {
        let site = try await site()
        try site.post("copy.md", "author: x", body: "The text of a.\n")
        var part = ImportOptions()
        part.paths = ["content/posts/copy.md"]
        try await site.run(part)
        #expect(try await site.slugs() == ["a", "b", "copy"])
    }

    @Test func `a post that moves twice is found by both old addresses, also from the file alone`() async throws {
        let site = try await site()
        try site.folder.move("content/posts/a.md", to: "content/posts/c.md")
        try await site.run()
        try site.folder.move("content/posts/c.md", to: "content/posts/d.md")
        try await site.run()
        #expect(try await site.aliases() == ["/posts/a/ post 1", "/posts/c/ post 1"])
        let other = try await ImportFixture.makeDatabase()
        try await site.run(into: other)
        #expect(try await Alias.all(on: other).map(\.path) == ["/posts/a/", "/posts/c/"])
    }

    @Test func `a page that becomes a post is one, and the page is hidden`() async throws {
        let site = try await site()
        try site.folder.write("---\nauthor: x\n---\nText of a page.\n", to: "content/pages/about.md")
        try await site.run()
        try site.folder.move("content/pages/about.md", to: "content/posts/about.md")
        let report = try await site.run()
        #expect(report.postCounts == [1, 0, 2, 0])
        #expect(report.pages == ImportReport.Counts(updated: 1))
        #expect(try await site.slugs() == ["a", "b", "about"])
    }
}
