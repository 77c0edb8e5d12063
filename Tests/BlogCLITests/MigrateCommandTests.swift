import BlogModels
import BlogSite
import Foundation
import ORM
import ORMMigrations
import ORMSQLite
import Testing

@Suite struct MigrateCommandTests {
    /// A site whose database an older program has made: with the first migration alone, and a row.
    private func olderSite() async throws -> TestSite {
        let site = try TestSite.small()
        try await change(site) { database in
            try await Migrator(database, Migrations.all).up(to: "0001")
            try await database.run(
                script: """
                    INSERT INTO users (username, is_active, is_admin, created_at, updated_at)
                    VALUES ('old', 1, 0, '2025-01-01T00:00:00.000000Z', '2025-01-01T00:00:00.000000Z');
                    """)
        }
        return site
    }

    private func change(
        _ site: TestSite, file: String = "blog.sqlite3", _ body: (Database) async throws -> Void
    ) async throws {
        let database = try await Database.open(SQLiteDriver(path: site.root + "/" + file))
        try await body(database)
        await database.close()
    }

    @Test func `status, history, check and sql of a new site`() async throws {
        let site = try TestSite.small()
        let names = Migrations.all.map(\.name)
        let newest = try #require(names.last)
        #expect(await site.blog("migrate", "status").output == names.map { "pending  \($0)\n" }.joined())
        #expect(await site.blog("import").status == 0)
        #expect(await site.blog("migrate", "status").output == names.map { "applied  \($0)\n" }.joined())
        #expect(await site.blog("migrate", "heads").output == "\(newest)\n")
        #expect(await site.blog("migrate", "check").output == "Models and migrations say the same.\n")
        #expect(await site.blog("migrate", "check", "--quiet").output == "")
        for dialect in ["sqlite", "postgres", "mysql"] {
            let run = await site.blog("migrate", "sql", "--dialect", dialect)
            #expect(run.status == 0)
            #expect(run.output.contains("CREATE TRIGGER posts_view_count_counter"))
        }
        #expect(await site.blog("--json", "migrate", "heads").output.contains("\"name\" : \"\(newest)\""))
    }

    @Test func `an older database is upgraded by the next command, behind a backup`() async throws {
        let site = try await olderSite()
        let run = await site.blog("stats")
        #expect(run.status == 0)
        #expect(run.notes.contains("blog.sqlite3.0001_initial.backup"))
        try await change(site) { database in
            let standing = try await BlogSchema.standing(of: database)
            #expect(standing == .current)
            #expect(try await User.filter { $0.username == "old" }.count(on: database) == 1)
        }
        try await change(site, file: "blog.sqlite3.0001_initial.backup") { database in
            let history = try await Migrator(database, Migrations.all).history()
            #expect(history.map(\.name) == ["0001_initial"])
            #expect(try await User.filter { $0.username == "old" }.count(on: database) == 1)
        }
        #expect(await site.blog("stats").notes == "")
    }

    @Test func `a backup is never written over another`() async throws {
        let site = try await olderSite()
        try site.write("precious", to: "blog.sqlite3.0001_initial.backup")
        #expect(await site.blog("migrate", "up").status == 0)
        #expect(try site.read("blog.sqlite3.0001_initial.backup") == "precious")
        #expect(FileManager.default.fileExists(atPath: site.root + "/blog.sqlite3.0001_initial.backup-2"))
        let down = await site.blog("migrate", "down")
        #expect(down.status == 0)
        #expect(down.notes.contains("blog.sqlite3.\(try #require(Migrations.all.last).name).backup"))
    }

    @Test func `up, down and up again`() async throws {
        let site = try TestSite.small()
        #expect(await site.blog("migrate", "up", "--dry-run").output.contains("CREATE TABLE \"posts\""))
        #expect(await site.blog("migrate", "up").output.contains("Applied 0002_revision_triggers"))
        #expect(await site.blog("migrate", "down", "zero").status == 0)
        #expect(await site.blog("migrate", "up", "--quiet").output == "")
        #expect(await site.blog("import").status == 0)
    }

    @Test func `what needs the sources is refused`() async throws {
        let site = try TestSite.small()
        for arguments in [["make"], ["inspect", "--write", "Models"]] {
            let run = await site.blog(["migrate"] + arguments)
            #expect(run.status == 78)
            #expect(run.notes.contains("this program has its migrations built in"))
        }
    }

    @Test func `another program's and a newer database are left alone`() async throws {
        let site = try TestSite.small()
        try await change(site) { try await $0.run(script: "CREATE TABLE posts (id INTEGER)") }
        for command in ["up", "down"] {
            let run = await site.blog("migrate", command)
            #expect(run.status == 78)
            #expect(run.notes.contains("no migration of this program has made it"))
        }
        #expect(await site.blog("import").status == 78)
        #expect(await site.blog("migrate", "inspect").status == 0)
        let newer = try TestSite.small()
        #expect(await newer.blog("import").status == 0)
        try await change(newer) {
            try await $0.run(
                script:
                    "INSERT INTO orm_migrations SELECT 9, '0099_later', checksum, applied_at, 0 FROM orm_migrations WHERE id = 1"
            )
        }
        let before = try Data(contentsOf: URL(filePath: newer.root + "/blog.sqlite3"))
        for command in [["import"], ["stats"], ["migrate", "up"], ["migrate", "down"]] {
            let run = await newer.blog(command)
            #expect(run.status == 78)
            #expect(run.notes.contains("0099_later"))
        }
        #expect(try Data(contentsOf: URL(filePath: newer.root + "/blog.sqlite3")) == before)
        #expect(await newer.blog("migrate", "status").output.hasSuffix("unknown  0099_later\n"))
    }

    @Test func `the lock of the site is for migrations too`() async throws {
        let site = try await olderSite()
        try await SiteLock.with(stateFolder: site.root + "/.blog") {
            #expect(await site.blog("migrate", "up").status == 75)
            #expect(await site.blog("stats").status == 75)
            #expect(await site.blog("migrate", "status").status == 0)
        }
    }
}
