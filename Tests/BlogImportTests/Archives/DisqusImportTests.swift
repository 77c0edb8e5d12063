import BlogConfiguration
import BlogImport
import BlogModels
import Foundation
import ORM
import Testing

@Suite struct DisqusImportTests {
    static func export(_ content: String) -> String {
        """
        <?xml version="1.0" encoding="utf-8"?>
        <disqus xmlns="http://disqus.com" xmlns:dsq="http://disqus.com/disqus-internals">
        <category dsq:id="1"><forum>f</forum><title>General</title></category>
        \(content)
        </disqus>
        """
    }

    static func thread(_ id: String, _ identifier: String, _ link: String) -> String {
        "<thread dsq:id=\"\(id)\"><id>\(identifier)</id><link>\(link)</link><title>T</title><ipAddress>9.9.9.9</ipAddress></thread>"
    }

    static func post(
        _ id: String, in thread: String, answers parent: String? = nil, _ message: String = "<p>Hi</p>",
        flags: String = "", author: String = "<name>Ada</name><email>ada@example.org</email>",
        date: String = "2024-05-01T10:00:00Z"
    ) -> String {
        """
        <post dsq:id="\(id)"><id/><message><![CDATA[\(message)]]></message><createdAt>\(date)</createdAt>\(flags)
        <author>\(author)</author><ipAddress>9.9.9.9</ipAddress><thread dsq:id="\(thread)"/>
        \(parent.map { "<parent dsq:id=\"\($0)\"/>" } ?? "")</post>
        """
    }

    private func site(_ xml: String) async throws -> ImportFixture {
        let site = try await ImportFixture(
            "sources:\n  - {kind: markdown, path: content}\n  - {kind: disqus, path: disqus.xml}\n")
        try site.post("hello.md", "author: x\ndate: 2024-01-01\naliases: /was/earlier.html")
        try site.folder.write(xml, to: "disqus.xml")
        return site
    }

    @Test func `threads find their post by identifier, link and alias, and answers their comment in any order`()
        async throws
    {
        let site = try await site(
            Self.export(
                Self.thread("10", "hello", "https://example.org/other/")
                    + Self.thread("11", "", "http://www.example.org/2024/hello/?utm=1#disqus_thread")
                    + Self.thread("12", "77 x", "https://example.org/was/earlier.html")
                    + "<thread dsq:id=\"13\"><id/></thread>"
                    + Self.post("3", in: "10", answers: "1", "<p>three</p>") + Self.post("1", in: "10", "<p>one</p>")
                    + Self.post("4", in: "11") + Self.post("5", in: "12") + Self.post("6", in: "99")
                    + Self.post("7", in: "13", answers: "1")))
        let report = try await site.run()
        #expect(report.commentCounts == [6, 0, 0, 0])
        #expect(report.refusals == [])
        #expect(
            report.warnings.map(\.description) == [
                "disqus.xml: warning: the thread \"99\" is not in the file, so its comments wait for one (1)",
                "disqus.xml:4: warning: no post for the thread \"disqus:disqus.xml#13\", so its comments wait for one (1)",
            ])
        #expect(
            report.notes == [
                "disqus.xml: 1 threads have neither identifier nor link",
                "disqus.xml: 1 answers to comments that are not there begin threads of their own",
            ])
        #expect(
            try await site.comments() == [
                "1 hello post 1 answers 2 approved Ada: <p>three</p>", "2 hello post 1 approved Ada: <p>one</p>",
                "3 /2024/hello/ post 1 approved Ada: <p>Hi</p>", "4 /was/earlier.html post 1 approved Ada: <p>Hi</p>",
                "5 disqus:disqus.xml#99 orphan approved Ada: <p>Hi</p>",
                "6 disqus:disqus.xml#13 orphan approved Ada: <p>Hi</p>",
            ])
        let dump = try await site.dump()
        #expect(!dump.joined().contains("9.9.9.9"))
        #expect(try await User.count(on: site.database) == 1)
    }

    @Test func `spam and deleted comments are kept out of sight, and a deleted one with answers is a stub`()
        async throws
    {
        let spam = "<isDeleted>false</isDeleted><isSpam>true</isSpam>"
        let deleted = "<isDeleted>true</isDeleted><isSpam>false</isSpam>"
        let site = try await site(
            Self.export(
                Self.thread("10", "hello", "") + Self.post("1", in: "10", "buy", flags: spam)
                    + Self.post("2", in: "10", "gone", flags: deleted)
                    + Self.post("3", in: "10", answers: "2", "also gone", flags: deleted)
                    + Self.post("4", in: "10", answers: "3", "alive")
                    + Self.post("5", in: "10", "gone too", flags: deleted)
                    + Self.post("6", in: "10", "wait", flags: "<isApproved>false</isApproved>")))
        try await site.run()
        #expect(
            try await site.comments() == [
                "1 hello post 1 spam Ada: buy", "2 hello post 1 approved Deleted: This comment was deleted.",
                "3 hello post 1 answers 2 approved Deleted: This comment was deleted.",
                "4 hello post 1 answers 3 approved Ada: alive", "5 hello post 1 deleted Ada: gone too",
                "6 hello post 1 pending Ada: wait",
            ])
        #expect(try await Comment.get(2, on: site.database).authorEmail == nil)
    }

    @Test func `a bad comment costs itself`() async throws {
        let site = try await site(
            Self.export(
                Self.thread("10", "hello", "") + "\n" + Self.post("1", in: "10", date: "never") + "\n"
                    + Self.post("2", in: "10", " ") + "\n<post dsq:id=\"3\"><message>x</message></post>\n"
                    + Self.post("4", in: "10")))
        let report = try await site.run()
        #expect(
            report.refusals.map(\.description) == [
                "disqus.xml:5: error: the comment 1: \"never\" is no date, expected a date such as 2024-04-09 or 2024-04-09T10:11:12+02:00",
                "disqus.xml:8: error: the comment 2 is empty", "disqus.xml:11: error: the comment 3 names no thread",
            ])
        #expect(try await site.comments() == ["1 hello post 1 approved Ada: <p>Hi</p>"])
    }

    @Test func `an unchanged export is not read and changes nothing`() async throws {
        let site = try await site(
            Self.export(
                Self.thread("10", "hello", "") + Self.post("2", in: "10", answers: "1") + Self.post("1", in: "10")))
        try await site.run()
        let before = try await site.dump()
        #expect(try await site.run().filesRead == 0)
        var options = ImportOptions()
        options.readsAll = true
        let forced = try await site.run(options)
        #expect(forced.filesRead == 2)
        #expect(forced.commentCounts == [0, 0, 2, 0])
        #expect(try await site.dump() == before)
        let other = try await ImportFixture.makeDatabase()
        try await site.run(options, into: other)
        #expect(try await site.dump(other) == before)
    }

    @Test func `a later export changes what changed, hides what is gone, and undoes no moderation`() async throws {
        let site = try await site(
            Self.export(
                Self.thread("10", "hello", "") + Self.post("1", in: "10") + Self.post("2", in: "10", answers: "1")
                    + Self.post("3", in: "10")))
        try await site.run()
        // A moderator's command hides comment 3 and says what the export had.
        _ = try await Comment.filter { $0.id == 3 }
            .update(.set(\.status, .spam), .set(\.updatedAt) { $0.updatedAt }, on: site.database)
        try await LocalMark.create(
            id: 1, kind: .comment, rowID: 3, field: "status", fileValue: "approved", on: site.database)
        try site.folder.write(
            Self.export(
                Self.thread("10", "hello", "") + Self.post("2", in: "10", answers: "1", "<p>Edited</p>")
                    + Self.post("3", in: "10") + Self.post("4", in: "10", answers: "3")), to: "disqus.xml")
        let report = try await site.run()
        #expect(report.commentCounts == [1, 2, 1, 0])
        #expect(
            try await site.comments() == [
                "1 hello post 1 deleted Ada: <p>Hi</p>", "2 hello post 1 approved Ada: <p>Edited</p>",
                "3 hello post 1 spam Ada: <p>Hi</p>", "4 hello post 1 answers 3 approved Ada: <p>Hi</p>",
            ])
        var options = ImportOptions()
        options.prunes = true
        #expect(try await site.run(options).commentCounts == [0, 0, 3, 1])
    }

    @Test func `comments wait for their post and attach when it comes`() async throws {
        let site = try await site(
            Self.export(Self.thread("10", "", "https://example.org/2024/later/") + Self.post("1", in: "10")))
        try await site.run()
        #expect(try await site.comments() == ["1 /2024/later/ orphan approved Ada: <p>Hi</p>"])
        try site.post("later.md", "author: x\ndate: 2024-02-01")
        let report = try await site.run()
        #expect(report.filesRead == 1)
        #expect(try await site.comments() == ["1 /2024/later/ post 2 approved Ada: <p>Hi</p>"])
        var options = ImportOptions()
        options.readsAll = true
        #expect(try await site.run(options).hasChanges == false)
    }

    @Test(arguments: [
        ("<disqus><thread></disqus>", "disqus.xml:1: error: Opening and ending tag mismatch: thread line 1 and disqus"),
        ("<rss/>", "disqus.xml:1: error: the root element is <rss>, expected <disqus>"),
        ("<disqus><post", "disqus.xml:1: error: Couldn't find end of Start Tag post"),
        ("", "disqus.xml:1: error: the document has no element"),
        (
            "<!DOCTYPE d [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><disqus/>",
            "disqus.xml:1: error: a document type declaration, which is not read"
        ),
        (
            String(repeating: "<disqus>", count: 10_000),
            "disqus.xml:1: error: <disqus> is nested deeper than 64 levels"
        ),
    ]) func `a broken export is refused with its line and changes nothing`(xml: String, message: String) async throws {
        let site = try await site(xml)
        let report = try await site.run()
        #expect(report.refusals.map(\.description) == [message])
        #expect(try await Comment.count(on: site.database) == 0)
    }

    @Test func `what is broken at its end leaves nothing half`() async throws {
        let whole = Self.export(Self.thread("10", "hello", "") + Self.post("1", in: "10"))
        let site = try await site(String(whole.dropLast(12)))
        let report = try await site.run()
        #expect(report.refusals.count == 1)
        #expect(try await Comment.count(on: site.database) == 0)
    }

    @Test func `packed files and folders are told by their names`() async throws {
        let site = try await site("")
        try site.folder.write([0x1F, 0x8B, 8, 0], to: "disqus.xml")
        #expect(
            try await site.run().refusals.map(\.description) == [
                "disqus.xml: error: the file is compressed with gzip; unpack it first"
            ])
        try FileManager.default.removeItem(atPath: site.folder.path + "/disqus.xml")
        try site.folder.makeFolder("disqus.xml")
        #expect(try await site.run().notes == ["disqus.xml: nothing to import"])
    }

    @Test(arguments: [String.Encoding.utf16, .isoLatin1]) func `other encodings are read`(encoding: String.Encoding)
        async throws
    {
        let text = Self.export(Self.thread("10", "hello", "") + Self.post("1", in: "10", "Größe"))
            .replacing("utf-8", with: encoding == .utf16 ? "UTF-16" : "ISO-8859-1")
        let site = try await site("")
        try site.folder.write([UInt8](try #require(text.data(using: encoding))), to: "disqus.xml")
        #expect(try await site.run().refusals == [])
        #expect(try await site.comments() == ["1 hello post 1 approved Ada: Größe"])
    }

    @Test func `a path outside of the sources is recognised and hides nothing`() async throws {
        let site = try await ImportFixture()
        try site.post("hello.md", "author: x\ndate: 2024-01-01")
        try await site.run()
        try site.folder.write(
            Self.export(Self.thread("10", "hello", "") + Self.post("1", in: "10") + Self.post("2", in: "10")),
            to: "export.xml")
        var options = ImportOptions()
        options.paths = ["export.xml"]
        #expect(try await site.run(options).commentCounts == [2, 0, 0, 0])
        try site.folder.write(
            Self.export(Self.thread("10", "hello", "") + Self.post("2", in: "10")), to: "export.xml")
        #expect(try await site.run(options).commentCounts == [0, 0, 1, 0])
        #expect(try await Comment.filter { $0.status == .approved }.count(on: site.database) == 2)
    }
}
