import BlogConfiguration
import BlogImport
import BlogModels
import Foundation
import ORM
import Testing

@Suite struct ImporterTests {
    /// A small site with something of everything.
    private func site() async throws -> ImportFixture {
        let site = try await ImportFixture("title: Test\ntimezone: Europe/Berlin\n")
        try site.folder.write(
            "full_name: Ada Lovelace\nbio: Wrote.\nurl: https://ada.example\n", to: "content/authors/ada.yml")
        try site.post(
            "2025-03-01-first.md", "title: First\nauthors: [ada, Grace Hopper]\ntags: [Swift, SQL]\ndescription: Short."
        )
        try site.post(
            "second/index.md", "title: Second\ndate: 2025-02-01T10:00:00Z\nauthor: Grace Hopper\ntags: swift web")
        try site.post("undated.md", "author: ada", body: "# From the heading\n\nFirst *paragraph*.\n")
        try site.post(
            "later.md", "title: Later\ndate: 2099-01-01\nexpirydate: 2099-02-01\nauthor: ada\ndraft: true\nmood: good")
        try site.folder.write("---\ntitle: About us\nweight: 2\n---\nHello.\n", to: "content/pages/about.md")
        try site.folder.write("Deep.\n", to: "content/pages/docs/set_up.md")
        try site.comment(
            "first/a.yml",
            "_id: c1\nname: Eve\nemail: eve@example.org\nmessage: Hi\nreplying_to: ''\ndate: 2025-03-02T00:00:00Z")
        try site.comment(
            "first/b.yml", "_id: c2\nname: Bob\nmessage: Hello Eve\nreplying_to: '1'\ndate: 2025-03-03T00:00:00Z")
        return site
    }

    @Test func `a first import makes every row, ids in the order of the paths`() async throws {
        let site = try await site()
        let report = try await site.run()
        #expect(
            try await site.posts() == [
                #"1 first "First" 2025-02-28T23:00:00 published ada +grace-hopper #Swift #SQL"#,
                #"2 later "Later" 2098-12-31T23:00:00 hidden ada"#,
                #"3 second "Second" 2025-02-01T10:00:00 published grace-hopper #Swift #web"#,
                #"4 undated "From the heading" undated published ada"#,
            ])
        let users = try await User.all(on: site.database).map {
            "\($0.id) \($0.username) \($0.fullName ?? "-") \($0.bio ?? "-") \($0.url ?? "-") \($0.email ?? "-") \(Timestamp($0.createdAt).text)"
        }
        #expect(
            users == [
                "1 ada Ada Lovelace Wrote. https://ada.example - 2025-02-28T23:00:00.000000Z",
                "2 grace-hopper Grace Hopper - - - 2025-02-01T10:00:00.000000Z",
            ])
        let pages = try await BlogModels.Page.all(on: site.database).map {
            "\($0.id) \($0.path) \($0.title) \($0.weight)"
        }
        #expect(pages == ["2 /docs/set_up/ set up 0", "1 /about/ About us 2"])
        #expect(
            try await site.comments() == [
                "1 first post 1 approved Eve: Hi", "2 first post 1 answers 1 approved Bob: Hello Eve",
            ])
        let later = try await Post.get(2, on: site.database)
        #expect(later.extra == #"{"mood":"good"}"#)
        #expect(later.expiresAt == Date(timeIntervalSince1970: 4_073_583_600))
        let undatedPost = try await Post.get(4, on: site.database)
        #expect(undatedPost.excerpt == "First paragraph.")
        #expect(undatedPost.createdAt == Date(timeIntervalSince1970: 0))
        #expect(report.refusals == [])
        #expect(report.warnings == [])
        #expect(
            [report.postCounts, report.commentCounts, report.userCounts, report.tagCounts] == [
                [4, 0, 0, 0], [2, 0, 0, 0], [2, 0, 0, 0], [3, 0, 0, 0],
            ])
        #expect(report.pages == ImportReport.Counts(created: 2))
    }

    @Test func `import twice changes no row and reads no file`() async throws {
        let site = try await site()
        try await site.run()
        let before = try await site.dump()
        let second = try await site.run()
        #expect(try await site.dump() == before)
        #expect(second.filesRead == 0)
        #expect(
            [second.postCounts, second.commentCounts, second.userCounts, second.tagCounts] == [
                [0, 0, 4, 0], [0, 0, 2, 0], [0, 0, 2, 0], [0, 0, 3, 0],
            ])
        #expect(second.pages == ImportReport.Counts(unchanged: 2))
    }

    @Test func `files changed within two seconds of the scan are read again, and nothing is written`() async throws {
        let site = try await site()
        try await site.run(secondsLater: 0)
        let before = try await site.dump()
        let second = try await site.run()
        #expect(second.filesRead == 9)
        #expect(try await site.dump() == before)
        #expect(second.postCounts == [0, 0, 4, 0])
        #expect(try await site.run().filesRead == 0)
    }

    @Test(arguments: [nil, "garbage", ""])
    func `without a good cache every file is read and no row changes`(cache: String?) async throws {
        let site = try await site()
        try await site.run()
        let before = try await site.dump()
        if let cache { try site.folder.write(cache, to: ".blog/import-cache") } else { try site.folder.remove(".blog") }
        let second = try await site.run()
        #expect(second.filesRead == 9)
        #expect(try await site.dump() == before)
        #expect(second.postCounts == [0, 0, 4, 0])
        #expect(second.userCounts == [0, 0, 2, 0])
        #expect(second.commentCounts == [0, 0, 2, 0])
    }

    @Test func `another database gets the same rows from the same tree`() async throws {
        let site = try await site()
        try await site.run()
        let other = try await ImportFixture.makeDatabase()
        try await site.run(into: other)
        #expect(try await site.dump(other) == site.dump())
    }

    @Test func `an edited file changes its row and no other`() async throws {
        let site = try await site()
        try await site.run()
        let before = try await site.dump()
        try site.post("undated.md", "author: ada\ntags: new", body: "# Another heading\n\nText.\n")
        let report = try await site.run()
        #expect(report.filesRead == 1)
        #expect(report.postCounts == [0, 1, 3, 0])
        #expect(report.tagCounts == [1, 0, 3, 0])
        let after = try await site.dump()
        #expect(
            Set(after).subtracting(before).map { $0.prefix { $0 != ":" } }.sorted() == [
                "imported_files", "post_tags", "posts", "site_state", "tags",
            ])
        #expect(try await Post.get(4, on: site.database).updatedAt == Date(timeIntervalSince1970: 0))
    }

    @Test func `a touched file changes no row`() async throws {
        let site = try await site()
        try await site.run()
        let before = try await site.dump()
        try site.folder.write(try site.folder.text(of: "content/posts/later.md"), to: "content/posts/later.md")
        let report = try await site.run()
        #expect(report.filesRead == 1)
        #expect(report.postCounts == [0, 0, 4, 0])
        #expect(try await site.dump() == before)
    }

    @Test func `other settings read every file again`() async throws {
        let site = try await site()
        try await site.run()
        site.configuration = "title: Test\ntimezone: UTC\n"
        let report = try await site.run()
        #expect(report.postCounts == [0, 2, 2, 0])
        #expect(
            try await site.posts().first
                == #"1 first "First" 2025-03-01T00:00:00 published ada +grace-hopper #Swift #SQL"#)
    }

    @Test func `a dry run reports the same and changes nothing`() async throws {
        let site = try await site()
        var options = ImportOptions()
        options.isDryRun = true
        let before = try await site.dump()
        let dry = try await site.run(options)
        #expect(try await site.dump() == before)
        #expect(FileManager.default.fileExists(atPath: site.folder.path + "/.blog") == false)
        var real = try await site.run()
        real.seconds = dry.seconds
        #expect(dry == real)
    }

    @Test func `a dry run of a rename writes no alias`() async throws {
        let site = try await site()
        try await site.run()
        try site.folder.move("content/posts/undated.md", to: "content/posts/renamed.md")
        var options = ImportOptions()
        options.isDryRun = true
        #expect(try await site.run(options).postCounts == [0, 1, 3, 0])
        #expect(FileManager.default.fileExists(atPath: site.folder.path + "/content/aliases.yml") == false)
        #expect(try await site.slugs() == ["first", "later", "second", "undated"])
    }

    @Test func `the report has product's shape in JSON`() {
        var report = ImportReport()
        report.posts = .init(created: 1, updated: 2, unchanged: 3, deleted: 4)
        report.refusals = [
            Diagnostic(path: "a \"b\".md", line: 3, column: 2, message: "bad", suggestion: "mend it"),
            Diagnostic(path: "c", message: "x"),
        ]
        report.seconds = 1.23456
        #expect(
            report.json
                == #"{"posts":{"created":1,"updated":2,"unchanged":3,"deleted":4},"comments":{"created":0,"updated":0,"unchanged":0,"deleted":0},"users":{"created":0,"updated":0,"unchanged":0,"deleted":0},"tags":{"created":0,"updated":0,"unchanged":0,"deleted":0},"views":{"created":0,"updated":0,"unchanged":0,"deleted":0,"added":0},"requests":{"lines":0,"views":0,"bots":0,"feed_readers":0,"prefetches":0,"redirects":0,"others":0,"other_hosts":0,"unreadable":0,"views_without_agent":0},"skipped":[{"path":"a \"b\".md","line":3,"reason":"bad; mend it"},{"path":"c","line":null,"reason":"x"}],"seconds":1.235}"#
        )
    }

    @Test func `a source that is not there is a note and unpublishes nothing`() async throws {
        let site = try await site()
        try await site.run()
        try site.folder.move("content", to: "elsewhere")
        let report = try await site.run()
        #expect(
            report.notes == [
                "content: no such folder, nothing imported", "content/comments: no such folder, nothing imported",
            ])
        #expect(report.refusals == [])
        #expect(try await Post.filter { $0.published }.count(on: site.database) == 3)
    }
}

@Suite struct ImportPathTests {
    private func options(_ paths: String..., kind: SourceKind? = nil) -> ImportOptions {
        var options = ImportOptions()
        options.paths = paths
        options.kind = kind
        return options
    }

    @Test func `a named file is imported and nothing else is unpublished or read`() async throws {
        let site = try await ImportFixture()
        try site.post("a.md", "author: x")
        try site.post("b.md", "author: x")
        try await site.run()
        try site.folder.remove("content/posts/a.md")
        try site.post("c.md", "author: x", body: "Not the text of a.md.")
        try site.post("d.md", "author: x", body: "Nor this.")
        let report = try await site.run(options("content/posts/c.md"))
        #expect(report.postCounts == [1, 0, 0, 0])
        #expect(
            try await site.posts().map { $0.split(separator: " ")[1...4].joined(separator: " ") } == [
                "a \"a\" undated published", "b \"b\" undated published", "c \"c\" undated published",
            ])
        let rest = try await site.run()
        #expect(rest.postCounts == [1, 1, 2, 0])
        #expect(rest.filesRead == 1)
    }

    @Test func `a named folder unpublishes what is gone from it`() async throws {
        let site = try await ImportFixture()
        try site.post("x/a.md", "author: x")
        try site.post("y/b.md", "author: x")
        try await site.run()
        try site.folder.remove("content/posts/x/a.md")
        try site.folder.remove("content/posts/y/b.md")
        try site.post("x/c.md", "author: x", body: "Other.")
        let report = try await site.run(options(site.folder.path + "/content/posts/x"))
        #expect(report.postCounts == [1, 1, 0, 0])
        #expect(
            try await Post.filter { $0.published }.order { $0.id.asc }.select { $0.slug }.all(on: site.database) == [
                "b", "c",
            ])
    }

    @Test func `a folder outside the sources needs a kind`() async throws {
        let site = try await ImportFixture()
        try site.folder.write("Old.\n", to: "archive/old.md")
        await #expect(throws: ImportError.unknownKind(path: "archive")) { try await site.run(options("archive")) }
        #expect(try await site.run(options("archive", kind: .markdown)).postCounts == [1, 0, 0, 0])
        #expect(try await site.slugs() == ["old"])
    }

    @Test func `a path that is not there is an error`() async throws {
        let site = try await ImportFixture()
        await #expect(throws: ImportError.missingInput(path: "content/posts/no.md")) {
            try await site.run(options("content/posts/no.md"))
        }
    }
}
