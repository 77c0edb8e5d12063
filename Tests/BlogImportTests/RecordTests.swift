import BlogConfiguration
import BlogImport
import Foundation
import Testing

@Suite struct CommentRecordTests {
    private func read(_ text: String, _ name: String = "c.yml") throws -> CommentRecord {
        try CommentRecord(SourceText(path: name, text: text), timeZone: .gmt)
    }

    @Test func `the plain dialect is read`() throws {
        let record = try read(
            """
            _id: 5a3b
            _parent: https://example.org/posts/x/
            name: "Eve"
            email: 0bc83cb571cd1c50ba6f3e8a78ef1346
            url: https://eve.example
            message: "Nice *post*\\r\\n\\r\\nReally."
            replying_to: "2"
            date: "2024-04-09T10:11:12.345Z"
            """)
        #expect(record.externalID == "5a3b")
        #expect(record.parent == .ordinal([2]))
        #expect(record.name == "Eve")
        #expect(record.email == "0bc83cb571cd1c50ba6f3e8a78ef1346")
        #expect(record.url == "https://eve.example")
        #expect(record.message == "Nice *post*\n\nReally.")
        #expect(record.isHTML == false)
        #expect(record.date.timeIntervalSince1970 == 1_712_657_472.345)
        #expect(record.isSpam == false)
        #expect(record.isApproved == nil)
        #expect(record.warnings == [])
    }

    @Test(
        arguments: [
            ("''", nil), ("0", nil), ("3", .ordinal([3])), ("'3-1'", .ordinal([3, 1])), ("c-1", .id("c-1")),
            ("1-", .id("1-")),
        ] as [(String, CommentRecord.Parent?)])
    func `replying_to is a number, or numbers within numbers`(text: String, parent: CommentRecord.Parent?) throws {
        #expect(try read("message: x\ndate: 2024-01-01\nreplying_to: \(text)\n").parent == parent)
    }

    @Test func `the dialect with replying_to_uid has Unix seconds and a honeypot`() throws {
        let record = try read("_id: b\nreplying_to_uid: a\nname: Bob\nmessage: Hi\nhp: ''\ndate: 1502555555\n")
        #expect(record.parent == .id("a"))
        #expect(record.date.timeIntervalSince1970 == 1_502_555_555)
        #expect(record.isSpam == false)
        #expect(try read("_id: b\nmessage: Hi\nhp: buy now\ndate: 1502555555123\n").isSpam)
    }

    @Test func `the dialect in JSON has HTML and seven fractional digits`() throws {
        let record = try read(
            #"{"id": "x1", "date": "2019-01-02T03:04:05.1234567+01:00", "name": "Zoë", "avatar": "https://a.example/b.png", "message": "<p>Hi</p>"}"#,
            "c.json")
        #expect(record.externalID == "x1")
        #expect(record.isHTML)
        #expect(record.name == "Zoë")
        #expect(record.date.timeIntervalSince1970 == 1_546_394_645.123456)
        #expect(record.parent == nil)
    }

    @Test(arguments: [
        ("name: x\ndate: 2024-01-01", "c.yml:1: error: a comment without \"message\""),
        ("message: x", "c.yml:1: error: a comment without \"date\""),
        (
            "message: x\ndate: never",
            "c.yml:2:7: error: \"date\": \"never\" is no date, expected a date such as 2024-04-09 or 2024-04-09T10:11:12+02:00"
        ),
        ("- a", "c.yml:1:1: error: the file is a list, expected keys and values"),
        ("message: ''\ndate: 2024-01-01", "c.yml:1:10: error: \"message\" is \"\", expected the comment's text"),
    ])
    func `a comment that lacks its parts is refused`(text: String, message: String) {
        #expect(#expect(throws: Diagnostic.self) { try read(text) }?.description == message)
    }

    @Test func `a link that is none is left out with a warning`() throws {
        let record = try read("message: x\ndate: 2024-01-01\nurl: javascript:alert(1)\n")
        #expect(record.url == nil)
        #expect(record.warnings.map(\.description) == ["c.yml:3:6: warning: \"url\" is no http(s) URL, left out"])
        #expect(try read("message: x\ndate: 2024-01-01\nurl: example.org/me\n").url == "https://example.org/me")
    }
}

@Suite struct AuthorRecordTests {
    private func read(_ text: String) throws -> AuthorRecord {
        try AuthorRecord(SourceText(path: "ada.yml", text: text), stem: "ada")
    }

    @Test func `an author file is read`() throws {
        let record = try read(
            "username: Ada L\nfull_name: Ada Lovelace\nemail: ada@example.org\nbio: Wrote *notes*.\nurl: https://ada.example\n"
        )
        #expect(record.username == "ada-l")
        #expect(record.fullName == "Ada Lovelace")
        #expect(record.email == "ada@example.org")
        #expect(record.bio == "Wrote *notes*.")
        #expect(record.url == "https://ada.example")
        #expect(record.warnings == [])
    }

    @Test func `the stem is the username of a file without one`() throws {
        #expect(try read("").username == "ada")
        #expect(
            try read("name: Ada\ntwitter: x\n").warnings.map(\.description) == [
                "ada.yml: warning: keys that authors do not have are left out: {\"twitter\":\"x\"}"
            ])
    }

    @Test(arguments: [
        ("username: '!'", "ada.yml:1:11: error: the username \"!\" has neither letters nor digits"),
        (
            "email: nobody",
            "ada.yml:1:8: error: \"email\" is \"nobody\", expected an e-mail address of at most 100 characters"
        ),
        ("url: javascript:x", "ada.yml:1:6: error: \"url\" is \"javascript:x\", expected an http(s) URL"),
    ])
    func `a wrong author is refused`(text: String, message: String) {
        #expect(#expect(throws: Diagnostic.self) { try read(text) }?.description == message)
    }
}

@Suite struct AliasFileTests {
    @Test func `old paths lead to slugs`() throws {
        let file = try AliasFile(SourceText(path: "aliases.yml", text: "# x\n/old: new\n\"/a b/\": other\n"))
        #expect(
            file.lines.map { [$0.path.text, $0.target, "\($0.place.line)"] } == [
                ["/old/", "new", "2"], ["/a b/", "other", "3"],
            ])
    }

    @Test func `lines are added at the end and read back`() throws {
        let text = AliasFile.appending([(try SitePath("/o\"ld/"), "new")], to: "/a/: b")
        #expect(text == "/a/: b\n\"/o\\\"ld/\": \"new\"\n")
        #expect(try AliasFile(SourceText(path: "x", text: text)).lines.map(\.path.text) == ["/a/", "/o\"ld/"])
        #expect(
            AliasFile.appending([(try SitePath("/x/"), "y")], to: "")
                == "# Old paths and the posts they lead to. Import adds a line when a post moves.\n\"/x/\": \"y\"\n")
    }

    @Test func `a line that leads nowhere is refused`() {
        let error = #expect(throws: Diagnostic.self) { try AliasFile(SourceText(path: "x", text: "/a/: [b]\n")) }
        #expect(error?.description == "x:1:6: error: \"/a/\" leads to a list, expected a post's slug")
    }
}
