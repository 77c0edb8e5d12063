import BlogConfiguration
import BlogImport
import BlogModels
import Foundation
import ORM
import Testing

@Suite struct CommentImportTests {
    private func site(_ configuration: String = "") async throws -> ImportFixture {
        let site = try await ImportFixture(configuration)
        try site.post("2025-01-01-hello.md", "author: x\nslug: greeting\naliases: /was/earlier/")
        return site
    }

    @Test func `a folder means its post by slug, file name or alias`() async throws {
        let site = try await site()
        for (index, folder) in ["greeting", "hello", "2025-01-01-hello", "earlier", "posts/greeting", "Greeting"]
            .enumerated()
        {
            try site.comment("\(folder)/\(index).yml", "message: \(index)\ndate: 2025-01-02")
        }
        let report = try await site.run()
        #expect(report.warnings == [])
        #expect(try await Comment.all(on: site.database).map(\.post?.id) == [1, 1, 1, 1, 1, 1])
    }

    @Test func `a comment without post waits for it`() async throws {
        let site = try await site()
        try site.comment("future/1.yml", "message: Early\ndate: 2025-01-02")
        let first = try await site.run()
        #expect(
            first.warnings.map(\.description) == [
                "content/comments/future/1.yml:1: warning: no post \"future\", so the comment waits for one"
            ])
        #expect(try await site.comments() == ["1 future orphan approved Anonymous: Early"])
        try site.post("future.md", "author: x", body: "Now.")
        let second = try await site.run()
        #expect(second.commentCounts == [0, 1, 1, 0])
        #expect(second.filesRead == 1)
        #expect(try await site.comments() == ["1 future post 2 approved Anonymous: Early"])
    }

    @Test func `answers find their comment by number and by id, whatever the order of the files`() async throws {
        let site = try await site()
        try site.comment("greeting/0.yml", "_id: d\nmessage: zero\nreplying_to_uid: c\ndate: 1735862400")
        try site.comment("greeting/1.yml", "_id: a\nmessage: one\nreplying_to: ''\ndate: 2025-01-02")
        try site.comment("greeting/2.yml", "_id: b\nmessage: two\nreplying_to: '1'\ndate: 2025-01-03")
        try site.comment("greeting/3.yml", "_id: c\nmessage: three\nreplying_to: ''\ndate: 2025-01-04")
        try site.comment("greeting/4.yml", "message: four\nreplying_to: 2\ndate: 2025-01-05")
        try site.comment("greeting/5.yml", "message: five\nreplying_to: '1-1'\ndate: 2025-01-06")
        let report = try await site.run()
        #expect(report.warnings == [])
        // Numbers count the comments that answer nobody: 1 is one, 2 is three.
        let comments = [
            "1 greeting post 1 answers 4 approved Anonymous: zero",
            "2 greeting post 1 approved Anonymous: one",
            "3 greeting post 1 answers 2 approved Anonymous: two",
            "4 greeting post 1 approved Anonymous: three",
            "5 greeting post 1 answers 4 approved Anonymous: four",
            "6 greeting post 1 answers 3 approved Anonymous: five",
        ]
        #expect(try await site.comments() == comments)
        // Those that were read before count too.
        try site.comment("greeting/6.yml", "message: six\nreplying_to: 2\ndate: 2025-01-07")
        try site.comment("greeting/7.yml", "message: seven\nreplying_to: 2-3\ndate: 2025-01-07")
        let second = try await site.run()
        #expect(second.filesRead == 2)
        #expect(
            try await site.comments() == comments + [
                "7 greeting post 1 answers 4 approved Anonymous: six",
                "8 greeting post 1 answers 7 approved Anonymous: seven",
            ])
    }

    /// Folders and files as three real kinds of site have them.
    @Test func `the three dialects of Staticman are read as their sites have them`() async throws {
        let site = try await ImportFixture("timezone: Europe/Berlin")
        try site.folder.write("---\ntitle: Hello\n---\nText.\n", to: "content/posts/2016-05-03-hello-world.md")
        try site.comment(
            "hello-world/comment-1462300000000.yml",
            """
            _id: 8e4ea7d0-1128-11e6-a5b8-2b1d3a1a4f10
            _parent: 'https://example.org/articles/hello-world/'
            message: "Thank **you**!\\r\\n\\r\\nOne question."
            name: Ann
            email: 5d41402abc4b2a76b9719d911017c592
            url: ''
            replying_to: ''
            hidden: ''
            date: '2016-05-03T18:26:40.123Z'
            """)
        try site.comment(
            "hello-world/comment-1462310000000.yml",
            """
            _id: 9f4ea7d0-1128-11e6-a5b8-2b1d3a1a4f10
            _parent: 'https://example.org/articles/hello-world/'
            message: An answer.
            name: Ben
            email: 7d793037a0760186574b0282f2f435e7
            url: 'https://ben.example/'
            replying_to: '1'
            date: '2016-05-03T21:13:20.000Z'
            """)
        try site.comment(
            "2016-05-03-hello-world/entry1575942733000.yml",
            """
            _id: 6d1bd4f0-1ae5-11ea-9d4a-0f6f0f8c1a11
            _parent: 2016-05-03-hello-world
            replying_to_uid: ''
            message: First of the second kind.
            name: Cat
            email: 0bc83cb571cd1c50ba6f3e8a78ef1346
            hp: ''
            date: 1575942733
            """)
        try site.comment(
            "2016-05-03-hello-world/entry1575950000000.yml",
            """
            _id: 7e1bd4f0-1ae5-11ea-9d4a-0f6f0f8c1a11
            _parent: 2016-05-03-hello-world
            replying_to_uid: 6d1bd4f0-1ae5-11ea-9d4a-0f6f0f8c1a11
            message: Buy this.
            name: Dan
            email: ''
            hp: http://spam.example
            date: 1575950000
            """)
        try site.comment(
            "Hello World/5b8a.yml",
            """
            id: 5b8a
            date: 2014-05-31T22:50:26.0000000-07:00
            name: Eve
            avatar: https://avatars.example/u/1?v=4
            message: |
              <p>HTML, <em>as it was</em>.</p>
            """)
        let report = try await site.run()
        #expect(report.refusals == [] && report.warnings.filter { $0.path.contains("comments") } == [])
        #expect(
            try await site.comments() == [
                "1 2016-05-03-hello-world post 1 approved Cat: First of the second kind.",
                "2 2016-05-03-hello-world post 1 answers 1 spam Dan: Buy this.",
                "3 Hello World post 1 approved Eve: <p>HTML, <em>as it was</em>.</p>",
                "4 hello-world post 1 approved Ann: Thank **you**!\n\nOne question.",
                "5 hello-world post 1 answers 4 approved Ben: An answer.",
            ])
        #expect(
            try await Comment.order { $0.id.asc }.all(on: site.database).map { Timestamp($0.createdAt).text } == [
                "2019-12-10T01:52:13.000000Z", "2019-12-10T03:53:20.000000Z", "2014-06-01T05:50:26.000000Z",
                "2016-05-03T18:26:40.123000Z", "2016-05-03T21:13:20.000000Z",
            ])
        #expect(try await site.run(.everything).hasChanges == false)
    }

    @Test func `a circle of answers is cut and a missing one is looked for again`() async throws {
        let site = try await site()
        try site.comment("greeting/1.yml", "_id: a\nmessage: one\nreplying_to_uid: b\ndate: 2025-01-02")
        try site.comment("greeting/2.yml", "_id: b\nmessage: two\nreplying_to_uid: a\ndate: 2025-01-03")
        try site.comment("greeting/3.yml", "_id: c\nmessage: three\nreplying_to_uid: later\ndate: 2025-01-04")
        let first = try await site.run()
        #expect(
            first.warnings.map(\.description) == [
                "content/comments/greeting/2.yml:1: warning: it answers itself, so it begins a thread",
                "content/comments/greeting/3.yml:1: warning: the comment it answers is not there, so it begins a thread",
            ])
        #expect(
            try await site.comments() == [
                "1 greeting post 1 answers 2 approved Anonymous: one", "2 greeting post 1 approved Anonymous: two",
                "3 greeting post 1 approved Anonymous: three",
            ])
        try site.comment("greeting/4.yml", "_id: later\nmessage: four\ndate: 2025-01-05")
        let second = try await site.run()
        #expect(second.commentCounts == [1, 1, 2, 0])
        #expect(second.filesRead == 2)
        #expect(try await site.comments()[2] == "3 greeting post 1 answers 4 approved Anonymous: three")
    }

    @Test func `moderation comes from the settings, the honeypot and the file`() async throws {
        let site = try await site("comments: {moderation: pending}")
        try site.comment("greeting/1.yml", "message: one\ndate: 2025-01-02")
        try site.comment("greeting/2.yml", "message: two\nhp: bot\ndate: 2025-01-02")
        try site.comment("greeting/3.yml", "message: three\napproved: true\ndate: 2025-01-02")
        try await site.run()
        let statuses = try await Comment.order { $0.id.asc }.all(on: site.database).map(\.status)
        #expect(statuses == [.pending, .spam, .approved])
    }

    @Test func `a vanished comment is hidden, comes back, and is deleted when pruned`() async throws {
        let site = try await site()
        try site.comment("greeting/1.yml", "_id: a\nmessage: one\ndate: 2025-01-02")
        try site.comment("greeting/2.yml", "_id: b\nmessage: two\nreplying_to_uid: a\ndate: 2025-01-03")
        try await site.run()
        try site.folder.move("content/comments/greeting/1.yml", to: "1.yml")
        #expect(try await site.run().commentCounts == [0, 1, 1, 0])
        #expect(try await site.comments().first == "1 greeting post 1 deleted Anonymous: one")
        try site.folder.move("1.yml", to: "content/comments/greeting/1.yml")
        #expect(try await site.run().commentCounts == [0, 1, 1, 0])
        #expect(try await site.comments().first == "1 greeting post 1 approved Anonymous: one")
        try site.folder.remove("content/comments/greeting/1.yml")
        var options = ImportOptions()
        options.prunes = true
        #expect(try await site.run(options).commentCounts == [0, 1, 1, 0])
        try site.folder.remove("content/comments/greeting/2.yml")
        #expect(try await site.run(options).commentCounts == [0, 0, 0, 2])
        #expect(try await site.comments() == [])
    }

    @Test func `a moved file keeps its comment`() async throws {
        let site = try await site()
        try site.comment("nowhere/1.yml", "message: one\ndate: 2025-01-02")
        try await site.run()
        try site.folder.move("content/comments/nowhere/1.yml", to: "content/comments/greeting/x.yml")
        #expect(try await site.run().commentCounts == [0, 1, 0, 0])
        #expect(try await site.comments() == ["1 greeting post 1 approved Anonymous: one"])
    }

    @Test func `only an address or the file itself makes a comment a user's own`() async throws {
        let site = try await site()
        try site.folder.write("full_name: Ada\nemail: Ada@example.org\n", to: "content/authors/ada.yml")
        try site.comment("greeting/1.yml", "name: Ada\nmessage: a stranger\ndate: 2025-01-02")
        try site.comment("greeting/2.yml", "name: Ada\nemail: ada@example.org\nmessage: by address\ndate: 2025-01-02")
        try site.comment(
            "greeting/3.yml",
            "name: Ada\nemail: 03c976e37d3ab1d45b4f5fe6e9c1ed0b\nmessage: by another hash\ndate: 2025-01-02")
        try site.comment("greeting/4.yml", "name: A.\nauthor: ada\nmessage: named\ndate: 2025-01-02")
        try await site.run()
        #expect(try await Comment.order { $0.id.asc }.all(on: site.database).map(\.author?.id) == [nil, 1, nil, 1])
    }

    @Test func `bad comments are refused and the others imported`() async throws {
        let site = try await site()
        try site.comment("loose.yml", "message: one\ndate: 2025-01-02")
        try site.comment("greeting/1.yml", "message: one\ndate: 2025-02-30")
        try site.comment("greeting/2.yml", "message: two\ndate: 2025-02-28")
        let report = try await site.run()
        #expect(
            report.refusals.map(\.description) == [
                "content/comments/greeting/1.yml:2:7: error: \"date\": \"2025-02-30\" is no date: February 2025 has 28 days",
                "content/comments/loose.yml:1: error: a comment in no post's folder",
            ])
        #expect(report.commentCounts == [1, 0, 0, 0])
    }
}
