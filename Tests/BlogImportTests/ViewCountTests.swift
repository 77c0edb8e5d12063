import BlogConfiguration
import BlogModels
import Foundation
import ORM
import Testing

@testable import BlogImport

/// Counts of views from a file.
@Suite struct ViewCountTests {
    private func site(_ file: String = "counts.csv") async throws -> ImportFixture {
        let site = try await ImportFixture(
            """
            timezone: Europe/Berlin
            sources:
              - {kind: markdown, path: content}
              - {kind: views, path: \(file)}
            """)
        try site.post("hello.md", "author: x\ndate: 2026-01-01\naliases: /was/here/")
        try site.post("world.md", "author: x\ndate: 2026-01-02")
        return site
    }

    /// Rows as `post hour count`.
    private func hours(_ site: ImportFixture) async throws -> [String] {
        try await HourlyView.order({ $0.post.id.asc }, { $0.hour.asc }).all(on: site.database)
            .map { "\($0.post.id) \($0.hour.ISO8601Format()) \($0.count)" }
    }

    private func views(_ site: ImportFixture) async throws -> [Int] {
        try await Post.order { $0.id.asc }.select { $0.viewCount }.all(on: site.database)
    }

    @Test(arguments: [
        "hello,12\nworld,3,2026-02-13\n", "slug,views,date\nhello,12,\nworld,3,2026-02-13",
        "date,views,slug\r\n,12,hello\r\n2026-02-13,3,world",
        "\"hello\" , \"12\"\n\n\"world\",3,\"2026-02-13\"\n",
        "\u{FEFF}path,hits,day\n/was/here/,12,\nhttps://x.org/posts/world,3,2026-02-13 00:15\n",
        "hello,10\nhello,2\nworld,1,2026-02-13T00:00\nworld,2,2026-02-13T00:59:59\n",
    ])
    func `CSV is read with or without a line of names`(text: String) async throws {
        let site = try await site()
        try site.folder.write(text, to: "counts.csv")
        let report = try await site.run()
        #expect(report.refusals == [])
        #expect((report.addedViews, report.views.created) == (15, 2))
        #expect(try await hours(site) == ["1 1970-01-01T00:00:00Z 12", "2 2026-02-12T23:00:00Z 3"])
        #expect(try await views(site) == [12, 3])
    }

    @Test(arguments: [
        "[{\"slug\":\"hello\",\"views\":12},{\"slug\":\"world\",\"views\":\"3\",\"date\":\"2026-02-13\"}]",
        "{\"slug\":\"hello\",\"views\":12}\n{\"slug\":\"world\",\"count\":3,\"date\":\"2026-02-13\"}\n",
    ])
    func `JSON is read as a list or as lines`(text: String) async throws {
        let site = try await site("counts.json")
        try site.folder.write(text, to: "counts.json")
        #expect(try await site.run().refusals == [])
        #expect(try await hours(site) == ["1 1970-01-01T00:00:00Z 12", "2 2026-02-12T23:00:00Z 3"])
    }

    @Test func `JSON is read as an object of slugs`() async throws {
        let site = try await site("counts.json")
        try site.folder.write("{\"hello\": 12,\n \"world\": 3, \"/nowhere/\": 1}", to: "counts.json")
        let report = try await site.run()
        #expect(
            report.refusals.map(\.description) == [
                "counts.json:2:14: error: no post has the slug or path \"/nowhere/\""
            ])
        #expect(try await views(site) == [12, 3])
    }

    @Test func `another import of the file replaces its counts and leaves other sources' alone`() async throws {
        let site = try await site()
        try site.folder.write("hello,12\nhello,5,2026-02-13\nworld,3\n", to: "counts.csv")
        let other = try await ViewSource.create(name: ViewSource.accessLogs, on: site.database)
        try await site.run()
        try await HourlyView.create(
            post: .id(1), hour: Date(timeIntervalSince1970: 0), source: .init(other), count: 100, on: site.database)
        try site.folder.write("hello,11\nhello,5,2026-02-13\n", to: "counts.csv")
        let second = try await site.run()
        #expect(second.viewCounts == [0, 1, 1, 1])
        #expect(second.addedViews == -4)
        #expect(try await views(site) == [116, 0])
        let dump = try await site.dump()
        #expect(try await site.run(.everything).hasChanges == false)
        #expect(try await site.dump() == dump)
        try site.folder.remove("counts.csv")
        #expect(try await site.run().notes == ["counts.csv: no such file, nothing imported"])
        #expect(try await views(site) == [116, 0])
        var options = ImportOptions()
        options.prunes = true
        #expect(try await site.run(options).views.deleted == 2)
        #expect(try await views(site) == [100, 0])
    }

    @Test func `what is wrong with a line costs that line, with its place`() async throws {
        let site = try await site()
        try site.folder.write("hello,1\nworld,1,2026-02-13\n", to: "counts.csv")
        try await site.run()
        try site.folder.write(
            "slug,views,date\nhello,7\nnobody,1\nworld,many\nworld,2,2026-02-30\nworld,-1\n,5\nworld\nhello,1,2026-01-01,x\n\"world,1\n",
            to: "counts.csv")
        let report = try await site.run()
        #expect(
            report.refusals.map(\.description) == [
                "counts.csv:3:1: error: no post has the slug or path \"nobody\"",
                "counts.csv:4:1: error: the views are \"many\", expected a number",
                "counts.csv:5:1: error: \"2026-02-30\" is no date: February 2026 has 28 days",
                "counts.csv:6:1: error: -1 views, expected a number from 0 to 10^12",
                "counts.csv:7:1: error: a line without slug", "counts.csv:8:1: error: a line without views",
                "counts.csv:9:1: error: 4 fields, expected slug,views[,date]",
                "counts.csv:10:1: error: the quotes never close",
            ])
        // The post whose lines are refused keeps what it had.
        #expect(try await views(site) == [7, 1])
        // They are refused again until they are mended, or the post comes.
        #expect(try await site.run().refusals.count == 8)
        try site.folder.write("hello,7\nnobody,1\n", to: "counts.csv")
        #expect(try await site.run().refusals.count == 1)
        try site.post("nobody.md", "author: x\ndate: 2026-01-03")
        #expect(try await site.run().refusals == [])
        #expect(try await views(site) == [7, 0, 1])
    }

    @Test func `a file that is neither is refused as a whole and changes nothing`() async throws {
        let site = try await site()
        try site.folder.write("hello,1\n", to: "counts.csv")
        try await site.run()
        for text in ["{\"hello\": 1", "[1,2", "hello;5\n"] {
            try site.folder.write(text, to: "counts.csv")
            #expect(try await site.run().refusals.count == 1)
        }
        try site.folder.write([0xFF, 0xFE, 0x68, 0x00, 0x65, 0x00], to: "counts.csv")
        #expect(try await site.run().refusals.map(\.message) == ["the file is UTF-16 (little-endian), expected UTF-8"])
        try site.folder.remove("counts.csv")
        try site.folder.makeFolder("counts.csv")
        #expect(try await site.run().refusals.map(\.message) == ["a folder or device, expected a file"])
        #expect(try await views(site) == [1, 0])
    }
}
