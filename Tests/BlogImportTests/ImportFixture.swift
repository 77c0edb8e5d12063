import BlogConfiguration
import BlogImport
import BlogModels
import Foundation
import ORM
import ORMSQLite
import Testing

/// A site in a temporary folder with a database in memory.
final class ImportFixture {
    let folder: TemporaryFolder
    let database: Database
    var configuration: String

    init(_ configuration: String = "title: Test\n") async throws {
        folder = try TemporaryFolder()
        database = try await Self.makeDatabase()
        self.configuration = configuration
        try folder.makeFolder("content/comments")
    }

    static func makeDatabase() async throws -> Database {
        let database = try await Database.open(SQLiteDriver.inMemory)
        let id = try #require(UUID(uuidString: "00000000-0000-4000-8000-000000000001"))
        try await BlogSchema.prepare(database, databaseID: id)
        return database
    }

    /// Runs an import. By default so long after the files were written that their stamps are trusted.
    @discardableResult
    func run(
        _ options: ImportOptions = ImportOptions(), secondsLater: Double = 60, into other: Database? = nil
    ) async throws -> ImportReport {
        let settings = try SiteConfiguration(SourceText(path: "blog.yml", text: configuration))
        let now = Date().addingTimeInterval(secondsLater)
        let importer = Importer(
            site: Site(root: folder.path, configuration: settings), database: other ?? database, options: options,
            now: { now }, openDatabase: { try await Database.open(SQLiteDriver(readingOnly: $0)) })
        return try await importer.run()
    }

    func post(_ name: String, _ yaml: String = "", body: String = "Body.\n") throws {
        try folder.write("---\n\(yaml)\n---\n\(body)", to: "content/posts/\(name)")
    }

    func comment(_ path: String, _ yaml: String) throws {
        try folder.write(yaml + "\n", to: "content/comments/\(path)")
    }

    /// Every row of every table, column by column.
    func dump(_ other: Database? = nil) async throws -> [String] {
        var lines: [String] = []
        for model in BlogSchema.models { lines += try await Self.dump(model, other ?? database) }
        return lines
    }

    private static func dump<Row: Model>(_ model: Row.Type, _ database: Database) async throws -> [String] {
        try await Row.all(on: database).map { row in
            let values = Row.schema.columns.indices.map { "\(Row.schema.columns[$0].name)=\(row.value(ofColumn: $0))" }
            return "\(Row.schema.table): " + values.joined(separator: " ")
        }.sorted()
    }

    /// Posts as `id slug "title" date state author +co-authors #tags`.
    func posts() async throws -> [String] {
        let rows = try await Post.order { $0.id.asc }.prefetch(\.author).all(on: database)
        var lines: [String] = []
        for row in rows {
            let id = row.id
            let tags = try await PostTag.filter { $0.post.id == id }.order { $0.position.asc }.prefetch(\.tag)
                .all(on: database).map { "#" + (try $0.tag.name) }
            let others = try await PostAuthor.filter { $0.post.id == id }.order { $0.position.asc }.prefetch(\.author)
                .all(on: database).map { "+" + (try $0.author.username) }
            let date = row.publishedAt.map { Timestamp($0).text.prefix(19) } ?? "undated"
            let parts = [
                "\(row.id)", row.slug, "\"\(row.title)\"", String(date), row.published ? "published" : "hidden",
                try row.author.username,
            ]
            lines.append((parts + others + tags).joined(separator: " "))
        }
        return lines
    }

    func slugs() async throws -> [String] {
        try await Post.order { $0.id.asc }.select { $0.slug }.all(on: database)
    }

    /// Comments as `id thread post parent status author: content`.
    func comments() async throws -> [String] {
        try await Comment.order { $0.id.asc }.all(on: database).map { row in
            let post = row.post.map { "post \($0.id)" } ?? "orphan"
            let parent = row.parent.map { " answers \($0.id)" } ?? ""
            return
                "\(row.id) \(row.threadKey) \(post)\(parent) \(row.status.rawValue) \(row.authorName): \(row.content)"
        }
    }

    /// Aliases as `path target`.
    func aliases() async throws -> [String] {
        try await Alias.all(on: database).map { alias in
            "\(alias.path) \(alias.post.map { "post \($0.id)" } ?? "")\(alias.page.map { "page \($0.id)" } ?? "")"
        }
    }
}

typealias Comment = BlogModels.Comment

extension ImportReport {
    /// `created/updated/unchanged/deleted` of posts.
    var postCounts: [Int] { [posts.created, posts.updated, posts.unchanged, posts.deleted] }
    var commentCounts: [Int] { [comments.created, comments.updated, comments.unchanged, comments.deleted] }
    var userCounts: [Int] { [users.created, users.updated, users.unchanged, users.deleted] }
    var tagCounts: [Int] { [tags.created, tags.updated, tags.unchanged, tags.deleted] }
    var viewCounts: [Int] { [views.created, views.updated, views.unchanged, views.deleted] }
}
