import Foundation
import ORM
import ORMSQLite
import Testing

@Suite struct ReplicaTests {
    /// A site that is imported, and a file that follows its database: a copy of it, byte by byte, with another title for a post.
    private func siteWithReplica() async throws -> TestSite {
        let site = try TestSite.small(["counts.csv": "two,7\n"])
        #expect(await site.blog("import").status == 0)
        #expect(await site.blog("import", "--from", "views", "counts.csv").status == 0)
        try FileManager.default.copyItem(atPath: site.root + "/blog.sqlite3", toPath: site.root + "/replica.sqlite3")
        try await run("UPDATE posts SET title = 'From the replica' WHERE slug = 'two'", on: "replica", of: site)
        return site
    }

    private func run(_ sql: String, on name: String, of site: TestSite) async throws {
        let database = try await Database.open(SQLiteDriver(path: "\(site.root)/\(name).sqlite3"))
        try await database.run(script: sql)
        await database.close()
    }

    private let environment = [
        "DATABASE_URL": "sqlite://blog.sqlite3", "DATABASE_REPLICA_URLS": "sqlite://replica.sqlite3",
    ]

    @Test func `stats and build read from a replica that has everything`() async throws {
        let site = try await siteWithReplica()
        let stats = await site.blog("stats", "--verbose", environment: environment)
        #expect(stats.output.contains("From the replica"))
        #expect(stats.notes == "")
        #expect(await site.blog("build", environment: environment).status == 0)
        #expect(try site.read("output/posts/two/index.html").contains("From the replica"))
        // Commands that show rows read from the database itself.
        #expect(await !site.blog("post", "list", environment: environment).output.contains("From the replica"))
    }

    @Test func `a replica that is behind, gone or another's is left out`() async throws {
        let site = try await siteWithReplica()
        try await run(
            "UPDATE posts SET language = 'sv'; UPDATE posts SET language = 'en'; UPDATE tags SET name = 'c' WHERE name = 'a'",
            on: "blog", of: site)
        let behind = await site.blog("stats", "--verbose", environment: environment)
        #expect(!behind.output.contains("From the replica"))
        #expect(behind.notes == "note: the replica \(site.root)/replica.sqlite3 is behind; reading elsewhere\n")
        #expect(await site.blog("stats", environment: environment).notes == "")
        try await run(
            "UPDATE site_state SET database_id = '00000000-0000-0000-0000-000000000000'", on: "replica", of: site)
        let foreign = await site.blog("stats", "--verbose", environment: environment)
        #expect(
            foreign.notes
                == "note: \(site.root)/replica.sqlite3 is no replica of the site's database; reading elsewhere\n")
        let doctor = await site.blog("doctor", environment: environment)
        #expect(doctor.output.contains("follows another database"))
        try site.remove("replica.sqlite3")
        let gone = await site.blog("stats", "--verbose", environment: environment)
        #expect(gone.status == 0)
        #expect(gone.notes == "note: there is no \(site.root)/replica.sqlite3; reading elsewhere\n")
        #expect(!site.exists("replica.sqlite3"))
    }

    @Test func `replicas belong to the database that they are named with`() async throws {
        let site = try await siteWithReplica()
        try site.write(
            "title: Test\nurl: https://test.example/\nreplicas: [\"sqlite://replica.sqlite3\"]\n", to: "blog.yml")
        #expect(await site.blog("stats").output.contains("From the replica"))
        let other = ["DATABASE_URL": "sqlite://blog.sqlite3"]
        #expect(await !site.blog("stats", environment: other).output.contains("From the replica"))
        let option = await site.blog("stats", "--database", "sqlite://blog.sqlite3", environment: environment)
        #expect(!option.output.contains("From the replica"))
        let broken = await site.blog("stats", environment: ["DATABASE_REPLICA_URLS": "nowhere"])
        #expect(broken.status == 78)
    }
}
