import Foundation
import Testing

@testable import BlogCLI

@Suite struct ImportCommandTests {
    private static let configuration = """
        title: Test
        url: https://test.example/
        sources:
          - {kind: markdown, path: content}
          - {kind: access-log, path: logs/access.log*}

        """

    private func line(_ agent: String = "Mozilla/5.0 Firefox/140.0", _ path: String = "/posts/one/") -> String {
        "192.0.2.1 - - [13/Feb/2026:10:20:30 +0000] \"GET \(path) HTTP/1.1\" 200 5 \"-\" \"\(agent)\"\n"
    }

    /// Every file below the site with its bytes.
    private func files(_ site: TestSite) throws -> [String: Data] {
        var files: [String: Data] = [:]
        for path in try FileManager.default.subpathsOfDirectory(atPath: site.root) {
            files[path] = FileManager.default.contents(atPath: "\(site.root)/\(path)") ?? Data()
        }
        return files
    }

    @Test func `views are reported with what else the log has`() async throws {
        let site = try TestSite.small(["blog.yml": Self.configuration])
        try site.write(
            line() + line() + line("Googlebot") + line("Feedly/1.0") + line("Firefox", "/") + "rubbish\n",
            to: "logs/access.log")
        let run = await site.blog("import")
        #expect(run.status == 1)
        #expect(run.output.contains("; views +2 ("))
        #expect(
            run.output.hasSuffix(
                "Requests: 6 lines: 2 views, 1 by bots, 1 by feed readers, 1 of other things, 1 unreadable\n"))
        #expect(
            run.notes == """
                logs/access.log:6: error: a line is of no known log format, expected the common or combined format, or Caddy's JSON
                 6 | rubbish
                1 refused; what they gave before stays.

                """)
        let again = await site.blog("import", "--json")
        #expect(again.status == 0)
        #expect(
            again.output.contains(
                """
                "views":{"created":0,"updated":0,"unchanged":0,"deleted":0,"added":0},"requests":{"lines":0,
                """))
        let stats = await site.blog("stats", "--json")
        #expect(stats.output.contains("\"total_views\":2"))
    }

    @Test func `a dry run makes no file, in a new site and in an old one`() async throws {
        let site = try TestSite.small(["blog.yml": Self.configuration])
        try site.write(line(), to: "logs/access.log")
        let new = try files(site)
        let run = await site.blog("import", "--dry-run")
        #expect(run.status == 0, "\(run.notes)")
        #expect(run.output.hasPrefix("Would import: posts 2 new; users 1 new; tags 2 new; views +1 ("))
        #expect(try files(site) == new)
        #expect(await site.blog("import").status == 0)
        try site.write(line("Firefox", "/posts/two/"), to: "logs/access.log.1")
        // A rename, for which a real run would write content/aliases.yml.
        try FileManager.default.moveItem(
            atPath: site.root + "/content/posts/one.md", toPath: site.root + "/content/posts/uno.md")
        let old = try files(site)
        let second = await site.blog("import", "--dry-run", "--prune")
        #expect(second.output.hasPrefix("Would import: posts 1 changed; "), "\(second)")
        #expect(second.output.contains("views +1"))
        #expect(try files(site) == old)
    }

    @Test func `a kind that is misspelt is pointed out`() async throws {
        let site = try TestSite.small()
        let run = await site.blog("import", "--from", "acess-log", "logs")
        #expect(run.status == 64)
        #expect(
            run.notes.hasPrefix(
                """
                Error: --from does not know the kind “acess-log”. Did you mean “access-log”? Known: markdown, comments, wxr, disqus, \
                isso, access-log, views.
                """))
        let other = await site.blog("import", "content/x.csv")
        #expect(other.status == 66)
        try site.write("one,5\n", to: "counts.csv")
        let unknown = await site.blog("import", "counts.csv")
        #expect(unknown.status == 64)
        #expect(unknown.notes.contains("--from (markdown, comments"))
        #expect(await site.blog("import").status == 0)
        let views = await site.blog("import", "counts.csv", "--from", "views")
        #expect(views.status == 0)
        #expect(views.output.contains("views +5"))
    }
}

@Suite struct ProgressLineTests {
    private func line(
        _ step: String = "Reading logs", done: Int, total: Int, rate: Double, width: Int,
        _ unit: ProgressLine.Unit = .pieces
    ) -> String {
        ProgressLine.line(step, done: done, total: total, rate: rate, unit: unit, width: width, isUnicode: false)
    }

    @Test func `as much is shown as there is room for`() {
        #expect(
            line(done: 500, total: 1000, rate: 5120.7, width: 80)
                == "Reading logs [###############               ] 500/1000, 5120/s")
        #expect(line(done: 500, total: 1000, rate: 5120, width: 40) == "Reading logs [###    ] 500/1000, 5120/s")
        #expect(line(done: 500, total: 1000, rate: 5120, width: 32) == "Reading logs 500/1000, 5120/s")
        #expect(line(done: 500, total: 1000, rate: 5120, width: 25) == "Reading logs 500/1000")
        #expect(line(done: 500, total: 1000, rate: 5120, width: 16) == "Readi… 500/1000")
        #expect(
            line(done: 400_000_000, total: 1_000_000_000, rate: 181_000_000, width: 50, .bytes)
                == "Reading logs 400/1000 MB, 181 MB/s, 3 s left")
        #expect(
            line(done: 1000, total: 9000, rate: 100, width: 80)
                == "Reading logs [###                           ] 1000/9000, 100/s, 1 min 20 s left")
        #expect(line(done: 1, total: 9000, rate: 0.5, width: 80).hasSuffix(" 1/9000, 4 h 59 min left"))
        #expect(line(done: 0, total: 3, rate: 0, width: 30) == "Reading logs [          ] 0/3")
        for width in 1...100 {
            let text = line(done: 12345, total: 99999, rate: 1, width: width)
            #expect(text.terminalWidth <= max(width - 1, 13))
        }
    }
}
