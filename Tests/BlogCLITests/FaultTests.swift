import BlogModels
import Foundation
import ORM
import ORMSQLite
import Testing

@testable import BlogCLI

/// What happens around an import: it is killed, interrupted, the disk is full, a file is absurd.
@Suite(.serialized) struct FaultTests {
    private static let configuration = """
        title: Test
        url: https://test.example/
        sources:
          - {kind: markdown, path: content}
          - {kind: comments, path: content/comments}
          - {kind: access-log, path: logs/*.log}
          - {kind: views, path: counts.csv}

        """

    /// A site with posts, comments, a log and counts.
    private func site(posts: Int = 60, lines: Int = 3000) throws -> TestSite {
        let site = try TestSite(["blog.yml": Self.configuration])
        for number in 0..<posts {
            try site.write(
                "---\ntitle: Post \(number)\ndate: 2026-01-01\nauthor: ada\ntags: [a, b\(number % 7)]\n---\n\nText \(number).\n",
                to: "content/posts/post-\(number).md")
            try site.write(
                "_id: c\(number)\nname: Guest\nmessage: Hello.\ndate: 2026-01-03\n",
                to: "content/comments/post-\(number)/1.yml")
        }
        var log = ""
        for number in 0..<lines {
            log += "192.0.2.1 - - [13/Feb/2026:\(10 + number % 10):20:30 +0000] "
            log += "\"GET /posts/post-\(number % posts)/ HTTP/1.1\" 200 5 \"-\" \"Mozilla/5.0 Firefox/140.0\"\n"
        }
        try site.write(log, to: "logs/access.log")
        try site.write((0..<posts).map { "post-\($0),\($0)\n" }.joined(), to: "counts.csv")
        return site
    }

    /// Every row of every table but the one about the database itself.
    private func dump(_ site: TestSite) async throws -> [String: [String]] {
        let database = try await Database.open(SQLiteDriver(path: site.root + "/blog.sqlite3"))
        var tables: [String: [String]] = [:]
        do {
            for model in BlogSchema.models where model != SiteState.self {
                // A run that was killed early has made no tables.
                guard try await database.hasTable(model.schema.table) else { continue }
                tables[model.schema.table] = try await Self.rows(model, database)
            }
        } catch {
            await database.close()
            throw error
        }
        await database.close()
        return tables
    }

    private static func rows<Row: Model>(_ model: Row.Type, _ database: Database) async throws -> [String] {
        // Revisions count changes, and device and inode are those of the folder: they differ from site to site.
        let columns = Row.schema.columns.indices.filter {
            !["revision", "device", "inode"].contains(Row.schema.columns[$0].name)
        }
        return try await Row.all(on: database).map { row in
            columns.map { "\(Row.schema.columns[$0].name)=\(row.value(ofColumn: $0))" }.joined(separator: " ")
        }.sorted()
    }

    @Test func `an import that is killed leaves each source as it was or as it is to be, and the next completes it`()
        async throws
    {
        let whole = try site()
        let start = ContinuousClock.now
        #expect(try BlogProcess(in: whole, "import").outcome().status == 0)
        let duration = ContinuousClock.now - start
        let expected = try await dump(whole)
        let sites = try (0..<24).map { _ in try site() }
        var killed = 0
        for (number, site) in sites.enumerated() {
            let process = try BlogProcess(in: site, "import")
            try await Task.sleep(for: duration * number / sites.count)
            process.send(SIGKILL)
            if try process.outcome().isSignal { killed += 1 }
            if site.exists("blog.sqlite3") {
                for (table, rows) in try await dump(site) {
                    // Several sources write these, sixty rows each; posts' sums follow the views.
                    let isShared = ["posts", "imported_files", "hourly_views", "view_sources"].contains(table)
                    #expect(
                        rows.isEmpty || rows == expected[table]
                            || isShared && (table == "view_sources" || rows.count.isMultiple(of: 60)),
                        "round \(number): \(table)")
                }
                try await expectSums(site)
            }
            #expect(try BlogProcess(in: site, "import").outcome().status == 0, "round \(number)")
            #expect(try await dump(site) == expected, "round \(number)")
        }
        #expect(killed > 0)
    }

    /// A post's own sum is that of its hourly rows.
    private func expectSums(_ site: TestSite) async throws {
        let database = try await Database.open(SQLiteDriver(path: site.root + "/blog.sqlite3"))
        var wrong: [Int] = []
        if try await database.hasTable("posts") {
            wrong = try await Post.filter { $0.viewCount != $0.views.sum { $0.count }.or(0) }.select { $0.id }
                .all(on: database)
        }
        await database.close()
        #expect(wrong == [])
    }

    @Test(arguments: [SIGINT, SIGTERM])
    func `an import that is interrupted ends in order and by the signal`(signal: Int32) async throws {
        let site = try site(lines: 200_000)
        let process = try BlogProcess(in: site, "import")
        while !site.exists(".blog/lock") { await Task.yield() }
        process.send(signal)
        let outcome = try process.outcome()
        #expect(outcome.isSignal && outcome.status == signal)
        #expect(outcome.notes.contains("interrupted"))
        #expect(!site.exists("blog.sqlite3-wal"))
        #expect(try BlogProcess(in: site, "import").outcome().status == 0)
        try await expectSums(site)
        #expect(try await dump(site)["posts"]?.count == 60)
    }

    @Test func `a full disk is 74, and the database stays as it was`() async throws {
        let site = try site(posts: 5, lines: 10)
        #expect(try BlogProcess(in: site, "import").outcome().status == 0)
        let before = try await dump(site)
        for number in 0..<50 {
            try site.write(
                "---\ntitle: Big \(number)\ndate: 2026-01-01\nauthor: ada\n---\n\n\(String(repeating: "Text. ", count: 5000))\n",
                to: "content/posts/big-\(number).md")
        }
        // Blocks of 512 bytes.
        let outcome = try BlogProcess(in: site, "import", limits: "ulimit -f 1000;").outcome()
        #expect(outcome.status == 74 && !outcome.isSignal, "\(outcome)")
        #expect(try await dump(site) == before)
        #expect(try BlogProcess(in: site, "import").outcome().status == 0)
        #expect(try await dump(site)["posts"]?.count == 55)
    }

    @Test func `a line of two gigabytes needs no memory to speak of`() throws {
        let site = try site(posts: 1, lines: 10)
        let handle = try FileHandle(forUpdating: URL(filePath: site.root + "/logs/access.log"))
        try handle.truncate(atOffset: 2 << 30)
        try handle.seekToEnd()
        try handle.write(
            contentsOf: Data(
                "\n192.0.2.1 - - [13/Feb/2026:10:20:30 +0000] \"GET /posts/post-0/ HTTP/1.1\" 200 5 \"-\" \"Firefox\"\n"
                    .utf8))
        try handle.close()
        // Kilobytes of addresses, of which the program itself takes most.
        let outcome = try BlogProcess(in: site, "import", limits: "ulimit -v 1000000;").outcome()
        #expect(outcome.status == 1, "\(outcome)")
        #expect(outcome.notes.contains("logs/access.log:11: error: a line is of no known log format"))
    }
}
