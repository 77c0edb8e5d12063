import Foundation
import Testing

@testable import BlogCLI

@Suite struct DoctorTests {
    /// The levels of what was found, by name.
    private func levels(_ site: TestSite) async throws -> [String: String] {
        let run = await site.blog("doctor", "--json")
        struct Report: Decodable {
            struct Check: Decodable { var name: String, level: String }
            var checks: [Check]
        }
        let report = try JSONDecoder().decode(Report.self, from: Data(run.output.utf8))
        return Dictionary(report.checks.map { ($0.name, $0.level) }) { first, _ in first }
    }

    @Test func `a site that is well`() async throws {
        let site = try TestSite.small()
        #expect(await site.blog("regenerate").status == 0)
        try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: site.root + "/blog.sqlite3")
        let run = await site.blog("doctor")
        #expect(run.status == 0, "\(run.output)")
        let levels = try await levels(site)
        for name in ["blog", "site", "theme", "database", "schema", "posts", "permissions", "output", "lock"] {
            #expect(levels[name] == "good", "\(name): \(levels)")
        }
    }

    @Test func `nothing is made by looking`() async throws {
        let site = try TestSite.small()
        let levels = try await levels(site)
        #expect(levels["database"] == "note")
        #expect(levels["output"] == "note")
        #expect(!site.exists("blog.sqlite3") && !site.exists(".blog") && !site.exists("output"))
    }

    @Test func `what waits, and what strangers could read, is told`() async throws {
        let site = try TestSite.small([
            "content/comments/nowhere/c.yml": "_id: c1\nname: G\nmessage: Hello.\ndate: 2026-01-03\n",
            "content/posts/later.md": "---\ntitle: Later\ndate: 2999-01-01\nauthor: ada\n---\n\nText.\n",
        ])
        #expect(await site.blog("import").status == 0)
        #expect(await site.blog("user", "edit", "ada", "--email", "ada@example.org").status == 0)
        #expect(await site.blog("comment", "add", "one", "x", "--name", "G", "--pending").status == 0)
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: site.root + "/blog.sqlite3")
        let run = await site.blog("doctor")
        #expect(run.status == 0)
        #expect(run.output.contains("1 comments wait for their post"))
        #expect(run.output.contains("2999-01-01T00:00:00Z"))
        let levels = try await levels(site)
        #expect(levels["orphans"] == "note" && levels["moderation"] == "note" && levels["privacy"] == "warning")
    }

    @Test func `what is wrong makes the exit code 1`() async throws {
        let site = try TestSite.small(["blog.sqlite3": "this is no database, but long enough to look like one at first"]
        )
        try site.write("{{ post.titel }", to: "templates/post.html")
        let run = await site.blog("doctor", "--json")
        #expect(run.status == 1)
        let levels = try await levels(site)
        #expect(levels["database"] == "error" && levels["theme"] == "error")
        let nowhere = try TestSite()
        #expect(await nowhere.blog("doctor").status == 1)
    }
}
