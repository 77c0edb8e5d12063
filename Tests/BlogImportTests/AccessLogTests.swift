import BlogConfiguration
import BlogModels
import Foundation
import ORM
import ORMSQLite
import Testing

@testable import BlogImport

/// Whole logs, as they grow and rotate between runs.
@Suite struct AccessLogTests {
    private static let configuration = """
        url: https://example.org/
        sources:
          - {kind: markdown, path: content}
          - {kind: access-log, path: logs/access.log*}
        """

    private func site(_ more: String = "") async throws -> ImportFixture {
        let site = try await ImportFixture(Self.configuration + "\n" + more)
        try site.post("hello.md", "author: x\ndate: 2026-01-01")
        try site.post("world.md", "author: x\ndate: 2026-01-02\naliases: /old/")
        return site
    }

    /// Lines of views of the two posts, each at its own second.
    static func lines(_ count: Int, from first: Int = 0, _ path: String = "/posts/hello/") -> String {
        (first..<first + count).map { number in
            let minute = String(number / 60 % 60 + 100).dropFirst()
            let second = String(number % 60 + 100).dropFirst()
            let hour = String(number / 3600 % 24 + 100).dropFirst()
            return LogLineTests.combined(path, time: "13/Feb/2026:\(hour):\(minute):\(second) +0000") + "\n"
        }.joined()
    }

    private func views(_ site: ImportFixture) async throws -> [Int] {
        try await Post.order { $0.id.asc }.select { $0.viewCount }.all(on: site.database)
    }

    /// Hourly rows as `post hour count`.
    private func hours(_ site: ImportFixture) async throws -> [String] {
        try await HourlyView.order({ $0.post.id.asc }, { $0.hour.asc }).all(on: site.database)
            .map { "\($0.post.id) \($0.hour.ISO8601Format()) \($0.count)" }
    }

    private func append(_ text: String, to file: String, _ site: ImportFixture) throws {
        let handle = try FileHandle(forWritingTo: URL(filePath: "\(site.folder.path)/\(file)"))
        defer { try? handle.close() }
        try handle.seekToEnd()
        try handle.write(contentsOf: Data(text.utf8))
    }

    private func gzip(_ text: String) throws -> [UInt8] {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["gzip", "-c"]
        let (input, output) = (Pipe(), Pipe())
        process.standardInput = input
        process.standardOutput = output
        try process.run()
        DispatchQueue.global().async {
            input.fileHandleForWriting.write(Data(text.utf8))
            try? input.fileHandleForWriting.close()
        }
        let data = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return [UInt8](data)
    }

    @Test func `views are kept as sums of hours, and the post's own sum is theirs`() async throws {
        let site = try await site()
        try site.folder.write(
            Self.lines(3599) + Self.lines(2, from: 3599) + Self.lines(5, "/old/"), to: "logs/access.log")
        let report = try await site.run()
        #expect(report.refusals == [] && report.warnings == [])
        #expect(
            (report.views.created, report.addedViews, report.logs.views, report.logs.lines) == (3, 3606, 3606, 3606))
        #expect(try await views(site) == [3601, 5])
        #expect(
            try await hours(site) == [
                "1 2026-02-13T00:00:00Z 3600", "1 2026-02-13T01:00:00Z 1", "2 2026-02-13T00:00:00Z 5",
            ])
        let dump = try await site.dump()
        #expect(!dump.contains { $0.contains("192.0.2.1") || $0.contains("Firefox") })
        #expect(try await !site.run().hasChanges)
        #expect(try await site.dump() == dump)
    }

    @Test func `views change neither a post's revision nor its date`() async throws {
        let site = try await site()
        try await site.run()
        let before = try await Post.order { $0.id.asc }.select { ($0.revision, $0.updatedAt) }.all(on: site.database)
        try site.folder.write(Self.lines(5), to: "logs/access.log")
        #expect(try await site.run().addedViews == 5)
        let after = try await Post.order { $0.id.asc }.select { ($0.revision, $0.updatedAt) }.all(on: site.database)
        #expect(before.elementsEqual(after) { $0.0 == $1.0 && $0.1 == $1.1 })
    }

    @Test func `only what is new is counted, and a half-written line waits`() async throws {
        let site = try await site()
        let line = Self.lines(1, from: 500)
        try site.folder.write(Self.lines(10) + line.prefix(70), to: "logs/access.log")
        #expect(try await site.run().addedViews == 10)
        try append(String(line.dropFirst(70)) + Self.lines(3, from: 600), to: "logs/access.log", site)
        let second = try await site.run()
        #expect((second.addedViews, second.logs.lines, second.views.updated) == (4, 4, 1))
        #expect(second.refusals == [])
        // A log of which only the start of the first line is there.
        try site.folder.write(String(line.prefix(30)), to: "logs/access.log.9")
        #expect(try await site.run().logs.lines == 0)
        try append(String(line.dropFirst(30)), to: "logs/access.log.9", site)
        #expect(try await site.run().addedViews == 1)
        #expect(try await views(site) == [15, 0])
    }

    @Test func `rotation by renaming and packing counts nothing twice`() async throws {
        let site = try await site()
        try site.folder.write(Self.lines(10), to: "logs/access.log")
        try await site.run()
        // The old log got three more lines before it was renamed.
        try append(Self.lines(3, from: 10), to: "logs/access.log", site)
        try site.folder.move("logs/access.log", to: "logs/access.log.1")
        try site.folder.write(Self.lines(4, from: 100), to: "logs/access.log")
        #expect(try await site.run().addedViews == 7)
        try site.folder.write(try gzip(Self.lines(13)), to: "logs/access.log.2.gz")
        try site.folder.remove("logs/access.log.1")
        try site.folder.move("logs/access.log", to: "logs/access.log.1")
        try site.folder.write(Self.lines(1, from: 200), to: "logs/access.log")
        #expect(try await site.run().addedViews == 1)
        #expect(try await views(site) == [18, 0])
        // Packed before the last lines were read.
        try site.folder.write(try gzip(Self.lines(4, from: 100) + Self.lines(2, from: 150)), to: "logs/access.log.3.gz")
        try site.folder.remove("logs/access.log.1")
        #expect(try await site.run().addedViews == 2)
        #expect(try await site.run(.everything).addedViews == 0)
        #expect(try await views(site) == [20, 0])
        #expect(try await AccessLogFile.count(on: site.database) == 3)
    }

    @Test func `rotation by copying and truncating counts nothing twice`() async throws {
        let site = try await site()
        try site.folder.write(Self.lines(60), to: "logs/access.log")
        try await site.run()
        try append(Self.lines(1, from: 60), to: "logs/access.log", site)
        // A copy that is not whole yet, shorter even than what the log is known by.
        let whole = try site.folder.text(of: "logs/access.log")
        try site.folder.write(String(whole.prefix(1000)), to: "logs/access.log.1")
        #expect(try await site.run().addedViews == 1)
        try site.folder.write(whole, to: "logs/access.log.1")
        let handle = try FileHandle(forWritingTo: URL(filePath: "\(site.folder.path)/logs/access.log"))
        try handle.truncate(atOffset: 0)
        try handle.write(contentsOf: Data(Self.lines(2, from: 1000).utf8))
        try handle.close()
        #expect(try await site.run().addedViews == 2)
        #expect(try await views(site) == [63, 0])
    }

    @Test func `copies of a log are one log, whatever the order and the packing`() async throws {
        let site = try await site()
        try site.folder.write(Self.lines(100), to: "logs/access.log")
        try site.folder.write(try gzip(Self.lines(150)), to: "logs/access.log.gz")
        try site.folder.write(Self.lines(50), to: "logs/access.log.copy")
        #expect(try await site.run().addedViews == 150)
        #expect(try await site.run(.everything).addedViews == 0)
    }

    @Test func `logs that begin with the same line are two logs`() async throws {
        let site = try await site()
        let first = Self.lines(1)
        try site.folder.write(first + Self.lines(9, from: 10), to: "logs/access.log.a")
        try site.folder.write(first + Self.lines(3, from: 20), to: "logs/access.log.b")
        #expect(try await site.run().addedViews == 14)
        try append(Self.lines(1, from: 30), to: "logs/access.log.b", site)
        try append(Self.lines(1, from: 40), to: "logs/access.log.a", site)
        #expect(try await site.run().addedViews == 2)
        #expect(try await site.run(.everything).addedViews == 0)
    }

    @Test func `a log named on the command line is the same log`() async throws {
        let site = try await site()
        try await site.run()
        try site.folder.write(Self.lines(10), to: "logs/access.log.1")
        try site.folder.write(Self.lines(20, from: 100), to: "logs/access.log.2")
        try site.folder.write(Self.lines(10), to: "elsewhere/old.log")
        var options = ImportOptions()
        options.paths = ["logs/access.log.2"]
        #expect(try await site.run(options).addedViews == 20)
        options.paths = ["elsewhere/old.log"]
        options.kind = .accessLog
        #expect(try await site.run(options).addedViews == 10)
        #expect(try await site.run().addedViews == 0)
    }

    @Test func `a dry run tells the same and changes nothing`() async throws {
        let site = try await site()
        try await site.run()
        try site.folder.write(Self.lines(10) + "rubbish\n", to: "logs/access.log")
        let before = try await site.dump()
        var options = ImportOptions()
        options.isDryRun = true
        var dry = try await site.run(options)
        #expect(try await site.dump() == before)
        var real = try await site.run()
        (dry.seconds, real.seconds) = (0, 0)
        #expect(dry == real)
        #expect(real.addedViews == 10)
    }

    @Test func `views of posts that are not there are other requests`() async throws {
        let site = try await site()
        try site.folder.write(Self.lines(3, "/posts/missing/"), to: "logs/access.log")
        let report = try await site.run()
        #expect((report.addedViews, report.logs.others) == (0, 3))
        #expect(try await HourlyView.count(on: site.database) == 0)
        #expect(try await ViewSource.count(on: site.database) == 0)
    }

    @Test func `a permalink with dates and a base path lead to the post`() async throws {
        let site = try await site("permalink: /:year/:month/:slug.html\n")
        site.configuration = site.configuration.replacing("https://example.org/", with: "https://example.org/blog/")
        try site.folder.write(
            Self.lines(2, "/blog/2026/01/hello.html") + Self.lines(1, "/2026/01/hello.html"), to: "logs/access.log")
        #expect(try await site.run().addedViews == 2)
    }

    // MARK: Bad input

    @Test func `bad lines cost themselves, are counted, and named with the first of them`() async throws {
        let site = try await site()
        try site.folder.write(Self.lines(3) + "one\n" + Self.lines(2, from: 10) + "two\n\n", to: "logs/access.log")
        let report = try await site.run()
        #expect(report.addedViews == 5)
        #expect(
            report.refusals.map(\.detailed) == [
                """
                logs/access.log:4: error: 2 lines, this one first, are of no known log format, expected the common or combined \
                format, or Caddy's JSON
                 4 | one
                """
            ])
        try append(Self.lines(1, from: 20) + "three\n", to: "logs/access.log", site)
        let second = try await site.run()
        #expect(second.addedViews == 1)
        #expect(second.refusals.map(\.line) == [10])
        #expect(try await site.run().refusals == [])
    }

    @Test func `a file that is no log is refused as a whole, each time`() async throws {
        let site = try await site()
        var random = SystemRandomNumberGenerator()
        let rubbish = (0..<100_000).map { _ in UInt8.random(in: 0...255, using: &random) }
        try site.folder.write([0x00] + rubbish, to: "logs/access.log.bin")
        try site.folder.write("[error] one\n[error] two\n", to: "logs/access.log.err")
        for _ in 0..<2 {
            let report = try await site.run()
            #expect(report.refusals.map(\.path) == ["logs/access.log.bin", "logs/access.log.err"])
            #expect(report.refusals.allSatisfy { $0.message.hasPrefix("no line is a request of a known log format") })
        }
        #expect(try await AccessLogFile.count(on: site.database) == 0)
    }

    @Test func `a gzip file that is cut off or damaged gives the lines before, and the rest when it is whole`()
        async throws
    {
        let site = try await site()
        let packed = try gzip(Self.lines(2000))
        try site.folder.write(Array(packed.prefix(packed.count / 2)), to: "logs/access.log.1.gz")
        let first = try await site.run()
        #expect(
            first.refusals.map(\.description) == [
                "logs/access.log.1.gz: error: the gzip file ends too early; its lines up to there are counted"
            ])
        #expect((1..<2000).contains(first.addedViews))
        #expect(try await site.run().refusals.count == 1)
        try site.folder.write(packed, to: "logs/access.log.1.gz")
        #expect(try await site.run().addedViews == 2000 - first.addedViews)
        var damaged = packed
        damaged[packed.count - 6] ^= 0xFF
        try site.folder.write(damaged, to: "logs/access.log.2.gz")
        #expect(
            try await site.run().refusals.map(\.description) == [
                "logs/access.log.2.gz: error: the gzip file is damaged; its lines up to there are counted"
            ])
        #expect(try await views(site) == [2000, 0])
    }

    @Test func `gzip files one after the other are one text`() async throws {
        let site = try await site()
        let packed = try gzip(Self.lines(100)) + gzip(String(Self.lines(50, from: 100).dropLast())) + [0, 0, 0, 0]
        try site.folder.write(packed, to: "logs/access.log.1.gz")
        let report = try await site.run()
        #expect((report.addedViews, report.refusals) == (150, []))
    }

    @Test func `a long line costs itself, and one without end is refused`() async throws {
        let site = try await site()
        let long = String(repeating: "x", count: 5 << 20)
        try site.folder.write(Self.lines(1) + long + "\n" + Self.lines(1, from: 9), to: "logs/access.log.1")
        try site.folder.write(Self.lines(1, from: 20) + long, to: "logs/access.log.2")
        let report = try await site.run()
        #expect(report.addedViews == 3)
        #expect(
            report.refusals.map(\.description) == [
                """
                logs/access.log.1:2: error: a line is of no known log format, expected the common or combined format, or \
                Caddy's JSON
                """,
                "logs/access.log.2:2: error: a line of more than 1048576 bytes without an end",
            ])
        try append("\n" + Self.lines(1, from: 30), to: "logs/access.log.2", site)
        #expect(try await site.run().addedViews == 1)
    }

    @Test func `folders, links in circles, pipes, other packings and unreadable files are refused by name`()
        async throws
    {
        let site = try await site()
        try site.folder.makeFolder("logs/access.log.d")
        try site.folder.link("logs/access.log.loop", to: "access.log.loop")
        try site.folder.link("logs/access.log.nothing", to: "nowhere")
        try site.folder.write([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00, 0x00], to: "logs/access.log.xz")
        try #require(mkfifo("\(site.folder.path)/logs/access.log.pipe", 0o600) == 0)
        try site.folder.write(Self.lines(1), to: "logs/access.log")
        let report = try await site.run()
        #expect(report.addedViews == 1)
        #expect(
            report.refusals.map(\.description) == [
                """
                logs/access.log.d: error: a folder, expected a log file; name its files by a pattern such as \
                logs/access.log.d/*.log*
                """,
                "logs/access.log.loop: error: cannot be read: Too many levels of symbolic links",
                "logs/access.log.nothing: error: cannot be read: No such file or directory",
                "logs/access.log.pipe: error: a device or pipe, expected a log file",
                "logs/access.log.xz: error: packed with xz, expected plain text or gzip; unpack it beside this file",
            ])
    }

    @Test func `a log of other hosts alone is pointed out`() async throws {
        let site = try await site()
        try site.folder.write(
            LogLineTests.combined("/posts/hello/", start: "other.org 192.0.2.1 - -") + "\n", to: "logs/access.log")
        let report = try await site.run()
        #expect(
            report.warnings.map(\.description) == [
                """
                logs/access.log*: warning: all requests are for other hosts than example.org, so none counts; "url" in \
                blog.yml names the site's host
                """
            ])
    }

    @Test func `no log is a note`() async throws {
        let site = try await site()
        let report = try await site.run()
        #expect(report.notes == ["logs/access.log*: no such file, nothing counted"])
    }
}

extension ImportOptions {
    /// Reads every file, changed or not.
    static var everything: ImportOptions {
        var options = ImportOptions()
        options.readsAll = true
        return options
    }
}
