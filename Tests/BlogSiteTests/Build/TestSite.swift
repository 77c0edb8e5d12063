import BlogConfiguration
import BlogModels
import Foundation
import ORM
import ORMSQLite

@testable import BlogSite

/// Testing has a `Comment` too.
typealias Comment = BlogModels.Comment

/// A site in a temporary folder over a database in memory.
struct TestSite: Sendable {
    var folder: TemporaryFolder
    let database: Database
    var configuration = SiteConfiguration()

    /// 2026-01-01T12:00:00Z
    static let now = Date(timeIntervalSince1970: 1_767_268_800)

    /// - Parameter templates: by name; nil means the small theme of these tests.
    init(templates: [String: String] = Self.templates) async throws {
        folder = try TemporaryFolder()
        database = try await Database.open(SQLiteDriver.inMemory)
        try await BlogSchema.prepare(database)
        // Jinja leaves out the line feed at a template's end.
        for (name, source) in templates { try folder.write("templates/\(name)", source + "\n") }
        configuration.title = "Test"
        configuration.url = "https://example.org/"
        configuration.postsPerPage = 2
        configuration.api.enabled = false
    }

    func options(_ change: (inout BuildOptions) -> Void = { _ in }) -> BuildOptions {
        var options = BuildOptions(now: Self.now)
        options.workers = 2
        change(&options)
        return options
    }

    @discardableResult
    func build(_ change: (inout BuildOptions) -> Void = { _ in }) async throws -> BuildReport {
        try await SiteBuilder(
            database: database, site: Site(root: folder.path, configuration: configuration), options: options(change)
        ).build()
    }

    /// What a build of the same database, theme and settings gives in a folder where there was none before.
    func builtFromScratch(_ change: (inout BuildOptions) -> Void = { _ in }) async throws -> [String: String] {
        var copy = self
        copy.folder = try TemporaryFolder()
        for name in ["templates", "static", "content"] where folder.exists(name) {
            try FileManager.default.copyItem(atPath: folder.full(name), toPath: copy.folder.full(name))
        }
        try await copy.build(change)
        return try copy.undatedContents()
    }

    /// All published bytes but for the instant at which the API's manifest was made: it is that of the build in which a
    /// file changed last.
    func undatedContents() throws -> [String: String] {
        var contents = try contents()
        contents["api/v1/manifest.json.gz"] = nil
        contents["api/v1/manifest.json"]?.replace(/"generated_at":"[^"]*"/, with: "")
        return contents
    }

    func page(_ path: String) throws -> String { try folder.text("output/\(path)") }

    func exists(_ path: String) -> Bool { folder.exists("output/\(path)") }

    /// The published files without the publisher's token.
    func files() throws -> [String] { try folder.files(in: "output").filter { $0 != ".blog-token" } }

    /// All published bytes by path.
    func contents() throws -> [String: String] {
        Dictionary(uniqueKeysWithValues: try files().map { ($0, try page($0)) })
    }

    static func date(_ text: String) -> Date {
        (try? Date(text, strategy: .iso8601)) ?? Date(timeIntervalSince1970: 0)
    }

    // MARK: Rows

    func addUser(_ id: Int, _ username: String, fullName: String? = nil, isActive: Bool = true) async throws {
        try await User.insert(
            User.New(
                id: id, username: username, email: "\(username)@private.example", passwordHash: "hash-of-\(username)",
                fullName: fullName, isActive: isActive, createdAt: Self.date("2024-01-01T00:00:00Z"),
                updatedAt: Self.date("2024-01-01T00:00:00Z")),
            on: database)
    }

    /// A post whose slug is its title in lower case.
    func addPost(
        _ id: Int, _ title: String, at date: String?, content: String? = nil, author: Int = 1, published: Bool = true,
        views: Int = 0, tags: [Int] = [], coAuthors: [Int] = [], expires: String? = nil, path: String? = nil,
        layout: String? = nil
    ) async throws {
        let created = date.map(Self.date) ?? Date(timeIntervalSince1970: 0)
        try await Post.insert(
            Post.New(
                id: id, title: title, slug: title.lowercased(),
                published: published,
                viewCount: views, author: .id(author), createdAt: created, updatedAt: created,
                publishedAt: date.map(Self.date), expiresAt: expires.map(Self.date), path: path, layout: layout,
                content: content ?? "Text of \(title)."),
            on: database)
        for (position, tag) in tags.enumerated() {
            try await PostTag.insert(PostTag.New(post: .id(id), tag: .id(tag), position: position), on: database)
        }
        for (position, user) in coAuthors.enumerated() {
            try await PostAuthor.insert(
                PostAuthor.New(post: .id(id), author: .id(user), position: position + 1), on: database)
        }
    }

    func addTag(_ id: Int, _ name: String) async throws {
        try await Tag.insert(Tag.New(id: id, name: name, slug: name.lowercased()), on: database)
    }

    func addComment(
        _ id: Int, on post: Int, by name: String, _ content: String, parent: Int? = nil, author: Int? = nil,
        status: CommentStatus = .approved, url: String? = nil, format: TextFormat = .markdown
    ) async throws {
        try await Comment.insert(
            Comment.New(
                id: id, format: format, post: .id(post), threadKey: "post-\(post)",
                author: author.map { .id($0) }, parent: parent.map { .id($0) }, authorName: name, authorURL: url,
                authorEmail: "\(name)@guest.example", status: status,
                createdAt: Self.date("2025-06-01T00:00:0\(id % 10)Z"), content: content),
            on: database)
    }

    /// Views of one hour, as an access log gives them; the post's own sum stays as it is.
    func addViews(_ count: Int, of post: Int, at hour: Date) async throws {
        try await database.run(script: "INSERT OR IGNORE INTO view_sources (id, name) VALUES (1, 'access-log')")
        try await HourlyView.insert(
            HourlyView.New(post: .id(post), hour: hour, source: .id(1), count: count), on: database)
    }

    /// Three dated posts, an undated one, and what readers must not see: a draft, a scheduled and an expired post.
    func addSample() async throws {
        try await addUser(1, "ann", fullName: "Ann Lee")
        try await addUser(2, "bob")
        try await addTag(1, "Swift")
        try await addTag(2, "SQL")
        try await addPost(1, "First", at: "2025-01-10T00:00:00Z", views: 3, tags: [1])
        try await addPost(2, "Second", at: "2025-02-13T10:20:30Z", views: 5, tags: [2, 1], coAuthors: [2])
        try await addPost(3, "Third", at: "2025-03-01T00:00:00Z", author: 2)
        try await addPost(4, "Undated", at: nil)
        try await addPost(5, "Draft", at: "2025-01-01T00:00:00Z", content: "secret draft", published: false, tags: [1])
        try await addPost(6, "Future", at: "2099-01-01T00:00:00Z", content: "secret future", tags: [1])
        try await addPost(
            7, "Expired", at: "2025-01-01T00:00:00Z", content: "secret past", expires: "2025-12-31T00:00:00Z")
    }
}

extension TestSite {
    static var configurationOfOutput: OutputSettings { SiteConfiguration().output }
}
