import BlogConfiguration
import BlogImport
import BlogModels
import Foundation
import ORM
import ORMSQLite
import Testing

@Suite struct IssoImportTests {
    private static let tables = """
        CREATE TABLE threads (id INTEGER PRIMARY KEY, uri VARCHAR(256) UNIQUE, title VARCHAR(256));
        CREATE TABLE comments (tid REFERENCES threads(id), id INTEGER PRIMARY KEY, parent INTEGER, created FLOAT NOT NULL,
          modified FLOAT, mode INTEGER, remote_addr VARCHAR, text VARCHAR, author VARCHAR, email VARCHAR,
          website VARCHAR, likes INTEGER DEFAULT 0, dislikes INTEGER DEFAULT 0, voters BLOB NOT NULL DEFAULT x'00',
          notification INTEGER NOT NULL DEFAULT 0);
        INSERT INTO threads VALUES (1, '/hello/', 'Hello'), (2, '/2024/later.html', NULL);
        """

    private static let comments = """
        INSERT INTO comments (tid, id, parent, created, mode, remote_addr, text, author, email, website) VALUES
          (1, 2, 5, 1714557600.25, 1, '9.9.9.0', 'An *answer*', 'Ada', 'ada@example.org', 'example.org/ada'),
          (1, 5, NULL, 1714554000, 4, '9.9.9.0', '', NULL, 'x@example.org', NULL),
          (1, 6, NULL, 1714554000, 2, '9.9.9.0', 'Waits', NULL, NULL, 'javascript:alert(1)'),
          (2, 7, NULL, 1714554000, 1, '9.9.9.0', 'Early', '', '', ''),
          (1, 8, NULL, 'never', 1, '9.9.9.0', 'x', NULL, NULL, NULL), (1, 9, NULL, 1, 3, '9.9.9.0', 'x', NULL, NULL, NULL),
          (NULL, 10, NULL, 1, 1, '9.9.9.0', 'x', NULL, NULL, NULL), (1, 11, NULL, 1, 1, '9.9.9.0', ' ', NULL, NULL, NULL);
        """

    private func site(_ script: String) async throws -> ImportFixture {
        let site = try await ImportFixture(
            "sources:\n  - {kind: markdown, path: content}\n  - {kind: isso, path: comments.db}\n")
        try site.post("hello.md", "author: x\ndate: 2024-01-01")
        let isso = try await Database.open(SQLiteDriver(path: "\(site.folder.path)/comments.db"))
        try await isso.run(script: script)
        await isso.close()
        return site
    }

    @Test func `comments come with their threads, and bad ones cost themselves`() async throws {
        let site = try await site(Self.tables + Self.comments)
        let report = try await site.run()
        #expect(
            report.refusals.map(\.description) == [
                "comments.db: error: the comment 10 names no thread", "comments.db: error: the comment 11 is empty",
                "comments.db: error: the comment 9 has the mode 3, expected 1, 2 or 4",
            ])
        #expect(
            try await site.comments() == [
                "1 /hello/ post 1 answers 2 approved Ada: An *answer*",
                "2 /hello/ post 1 approved Deleted: This comment was deleted.",
                "3 /hello/ post 1 pending Anonymous: Waits", "4 /2024/later.html orphan approved Anonymous: Early",
                "5 /hello/ post 1 approved Anonymous: x",
            ])
        let first = try await Comment.get(1, on: site.database)
        #expect(first.authorURL == "https://example.org/ada")
        #expect(first.authorEmail == "ada@example.org")
        #expect(Timestamp(first.createdAt).text == "2024-05-01T10:00:00.250000Z")
        #expect(try await Comment.get(3, on: site.database).authorURL == nil)
        let dump = try await site.dump()
        #expect(!dump.joined().contains("9.9.9"))
    }

    @Test func `an unchanged database changes nothing and is not written to`() async throws {
        let site = try await site(Self.tables + Self.comments)
        try await site.run()
        let before = try await site.dump()
        let file = try Data(contentsOf: URL(filePath: "\(site.folder.path)/comments.db"))
        var options = ImportOptions()
        options.readsAll = true
        #expect(try await site.run(options).hasChanges == false)
        #expect(try await site.dump() == before)
        #expect(try Data(contentsOf: URL(filePath: "\(site.folder.path)/comments.db")) == file)
    }

    @Test func `what only the log beside the database has is read as well`() async throws {
        let site = try await site(Self.tables)
        let isso = try await Database.open(SQLiteDriver(path: "\(site.folder.path)/comments.db"))
        try await isso.run(script: Self.comments)
        let report = try await site.run()
        #expect(report.comments.created == 5)
        await isso.close()
    }

    @Test(arguments: [
        ("CREATE TABLE notes (id INTEGER);", "comments.db: error: no database of Isso: it has no table \"comments\""),
        (
            "CREATE TABLE comments (id INTEGER, tid INTEGER);",
            "comments.db: error: no database of Isso: its table \"comments\" has no column \"parent\""
        ),
    ]) func `another schema is refused by what it lacks`(script: String, message: String) async throws {
        let site = try await site(script)
        #expect(try await site.run().refusals.map(\.description) == [message])
    }

    @Test func `a file that is no database is refused`() async throws {
        let site = try await site(Self.tables)
        try site.folder.write("just text", to: "comments.db")
        #expect(
            try await site.run().refusals.map(\.description) == [
                "comments.db: error: the file is no SQLite database"
            ])
        try site.folder.write(Array("SQLite format 3\0".utf8) + [UInt8](repeating: 7, count: 5000), to: "comments.db")
        #expect(
            try await site.run().refusals.map(\.description) == [
                "comments.db: error: cannot be opened: file is not a database"
            ])
    }
}
