import BlogModels
import BlogSite
import Foundation
import ORM
import ORMSQLite
import Testing

@Suite struct CopyCommandTests {
    /// A site with comments that answer each other, views and an alias, imported.
    static func site() async throws -> TestSite {
        let site = try TestSite.small([
            "content/comments/two/a.yml": "_id: a\nname: G\nmessage: First.\ndate: 2026-01-03\n",
            "content/comments/two/b.yml": "_id: b\nreplying_to_uid: a\nname: H\nmessage: Second.\ndate: 2026-01-04\n",
            "content/aliases.yml": "/old/: two\n",
            "counts.csv": "two,7,2026-01-05\n",
            "blog.yml": """
            title: Test
            url: https://test.example/
            sources:
              - {kind: markdown, path: content}
              - {kind: comments, path: content/comments}
              - {kind: views, path: counts.csv}
            """,
        ])
        let run = await site.blog("import")
        #expect(run.status == 0, "\(run.notes)")
        #expect(await site.blog("user", "add", "bob", "--email", "bob@example.org").status == 0)
        #expect(await site.blog("post", "tag", "one", "Extra").status == 0)
        return site
    }

    private let now = ["--now", "2026-02-01T00:00:00Z"]

    @Test func `a copy is the same site`() async throws {
        let site = try await Self.site()
        #expect(await site.blog(["build"] + now).status == 0)
        let before = try site.published()
        let copy = await site.blog("migrate", "copy", "--to", "sqlite://copy.sqlite3")
        #expect(copy.status == 0, "\(copy.notes)")
        #expect(copy.output.contains("read them back and found them the same"))
        // What was cached for the other database does not count for this one; its bytes do.
        let url = ["DATABASE_URL": "sqlite://copy.sqlite3"]
        let build = await site.blog(["build", "--json"] + now, environment: url)
        #expect(build.status == 0, "\(build.notes)")
        #expect(build.output.contains("\"written\":0"), "\(build.output)")
        #expect(try site.published() == before)
        let imported = await site.blog("import", "--json", environment: url)
        #expect(imported.output.contains("\"created\":0,\"updated\":0"), "\(imported.output)")
        for command in [["user", "list"], ["post", "list"], ["comment", "list"], ["stats", "--format", "json"]] {
            let (old, new) = (await site.blog(command), await site.blog(command, environment: url))
            #expect(new == old)
        }
        // Triggers are there, so that an edit by SQL counts.
        let database = try await Database.open(SQLiteDriver(path: site.root + "/copy.sqlite3"))
        try await database.run(script: "UPDATE posts SET title = 'Changed' WHERE slug = 'two'")
        await database.close()
        #expect(await site.blog(["build"] + now, environment: url).status == 0)
        #expect(try site.read("output/posts/two/index.html").contains("Changed"))
    }

    @Test func `a copy has an id of its own, and the source stays as it was`() async throws {
        let site = try await Self.site()
        let before = try Data(contentsOf: URL(filePath: site.root + "/blog.sqlite3"))
        #expect(await site.blog("migrate", "copy", "--to", "sqlite://copy.sqlite3").status == 0)
        #expect(try Data(contentsOf: URL(filePath: site.root + "/blog.sqlite3")) == before)
        func state(_ file: String) async throws -> SiteState {
            let database = try await Database.open(SQLiteDriver(readingOnly: site.root + "/" + file))
            let state = try await SiteState.get(1, on: database)
            await database.close()
            return state
        }
        let (old, new) = (try await state("blog.sqlite3"), try await state("copy.sqlite3"))
        #expect(old.databaseID != new.databaseID)
        #expect(old.changeCounter == new.changeCounter && old.importGeneration == new.importGeneration)
    }

    @Test func `a dry run makes nothing`() async throws {
        let site = try await Self.site()
        let run = await site.blog("migrate", "copy", "--to", "sqlite://copy.sqlite3", "--dry-run")
        #expect(run.status == 0, "\(run.notes)")
        #expect(run.output.contains("comments"))
        #expect(run.output.contains("Would copy"))
        #expect(!site.exists("copy.sqlite3"))
    }

    @Test func `what makes no copy is refused`() async throws {
        let site = try await Self.site()
        let itself = await site.blog("migrate", "copy", "--to", "sqlite://./blog.sqlite3")
        #expect(itself.status != 0)
        #expect(await site.blog("migrate", "copy", "--to", "sqlite://blog.sqlite3").status == 64)
        let missing = await site.blog("migrate", "copy", "--from", "sqlite://no.sqlite3", "--to", "sqlite://x.sqlite3")
        #expect(missing.status == 66)
        #expect(!site.exists("no.sqlite3") && !site.exists("x.sqlite3"))
        #expect(await site.blog("migrate", "copy", "--to", "sqlite://copy.sqlite3").status == 0)
        let again = await site.blog("migrate", "copy", "--to", "sqlite://copy.sqlite3")
        #expect(again.status == 78)
        #expect(again.notes.contains("holds rows already"))
        try await SiteLock.with(stateFolder: site.root + "/.blog") {
            #expect(await site.blog("migrate", "copy", "--to", "sqlite://y.sqlite3").status == 75)
        }
    }
}
