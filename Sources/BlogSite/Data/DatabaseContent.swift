import BlogModels
import FoundationEssentials
import ORM

/// The database as a build reads it: rows without bodies at once, bodies and comments in batches.
///
/// E-mail addresses of users are read only when they are to be published; password hashes and guests' addresses never.
struct DatabaseContent: Sendable {
    let database: Database

    /// Tells databases and their states apart: see `SiteState`.
    struct State: Sendable, Equatable {
        var databaseID: String
        var changeCounter: Int
    }

    func state() async throws -> State {
        let state = try await SiteState.get(1, on: database)
        return State(databaseID: state.databaseID.uuidString, changeCounter: state.changeCounter)
    }

    /// All rows without bodies, as of one moment, and their index, which is made while those are read that it does not know.
    ///
    /// - Parameters:
    ///   - viewsBefore: pages show the views before this instant; nil means all.
    ///   - includeEmail: whether users' addresses will be published.
    ///   - history: when the posts of which views to read besides.
    ///   - makeIndex: gets the posts, pages, tags and authors.
    func rows(
        viewsBefore: Instant?, includeEmail: Bool, history: Statistics.Request?,
        _ makeIndex: @escaping @Sendable (SiteRows) -> SiteIndex
    ) async throws -> (rows: SiteRows, index: SiteIndex) {
        try await database.transaction(.readOnly) { transaction in
            var rows = SiteRows()
            rows.authors = try await Self.authors(transaction, includeEmail: includeEmail)
            rows.tags = try await Tag.order({ $0.id.asc }).select { ($0.id, $0.name, $0.slug, $0.revision) }
                .all(on: transaction).map { TagRecord(id: $0, name: $1, slug: $2, revision: $3) }
            rows.posts = try await Self.posts(transaction, viewsBefore: viewsBefore)
            rows.pages = try await Self.pages(transaction)
            let indexed = rows
            async let index = makeIndex(indexed)
            rows.aliases = try await Alias.order({ $0.id.asc }).select { ($0.path, $0.post.id, $0.page.id) }
                .all(on: transaction).map { AliasRecord(path: $0, postID: $1, pageID: $2) }
            rows.documents = try await Self.documents(transaction)
            if let history {
                rows.viewHistory = try await .gather(history, before: viewsBefore?.date, from: transaction)
            }
            return (rows, await index)
        }
    }

    /// The texts of posts, as their authors wrote them.
    func postBodies(_ ids: [Int]) async throws -> [Int: BodyText] {
        let rows = try await Post.filter { $0.id.isIn(ids) }.select { ($0.id, $0.content, $0.format) }.all(on: database)
        return Dictionary(
            rows.map { ($0.0, BodyText(text: $0.1, format: $0.2)) }, uniquingKeysWith: { first, _ in first })
    }

    /// The texts of pages.
    func pageBodies(_ ids: [Int]) async throws -> [Int: BodyText] {
        let rows = try await BlogModels.Page.filter { $0.id.isIn(ids) }.select { ($0.id, $0.content, $0.format) }
            .all(on: database)
        return Dictionary(
            rows.map { ($0.0, BodyText(text: $0.1, format: $0.2)) }, uniquingKeysWith: { first, _ in first })
    }

    /// The approved comments of posts.
    func comments(ofPosts ids: [Int]) async throws -> [Int: [CommentRecord]] {
        let rows = try await Comment.filter { $0.post.id.isIn(ids.map { Int?($0) }) && $0.status == .approved }
            .select {
                (
                    $0.id, $0.post.id, $0.parent.id, $0.author.id, $0.authorName, $0.authorURL, $0.content, $0.format,
                    $0.createdAt, $0.externalID, $0.source
                )
            }.all(on: database)
        var result: [Int: [CommentRecord]] = [:]
        for (id, postID, parentID, authorID, name, url, content, format, createdAt, externalID, source) in rows {
            guard let postID else { continue }
            result[postID, default: []].append(
                CommentRecord(
                    id: id, postID: postID, parentID: parentID, authorID: authorID, authorName: name, authorURL: url,
                    content: content, format: format == .html ? .html : .markdown, createdAt: Instant(createdAt),
                    threadID: source == nil ? externalID : nil))
        }
        return result
    }

    /// The files that posts and pages with a folder of their own came from (`slug/index.md`), with the source's folder.
    func bundles() async throws -> [BundleRecord] {
        let rows =
            try await ImportedFile
            .filter { $0.isPresent && $0.source.hasPrefix("markdown:") && $0.path.contains("/index.") }
            .select { ($0.source, $0.path, $0.kind, $0.rowID) }.all(on: database)
        return rows.compactMap { source, path, kind, rowID in
            guard let rowID, let slash = path.lastIndex(of: "/"), let colon = source.firstIndex(of: ":"),
                kind == .post || kind == .page
            else { return nil }
            let root = String(source[source.index(after: colon)...])
            return BundleRecord(
                source: root, folder: "\(root)/\(path[..<slash])", postID: kind == .post ? rowID : nil,
                pageID: kind == .page ? rowID : nil)
        }
    }
}

extension DatabaseContent {
    /// What links between documents can name.
    private static func documents(_ transaction: Transaction) async throws -> [DocumentFile] {
        try await ImportedFile
            .filter {
                $0.isPresent && $0.kind.isIn([.post, .page]) && $0.source.hasPrefix("markdown:") && $0.rowID != nil
            }
            .order({ $0.id.asc }).select { ($0.source, $0.path, $0.kind, $0.rowID) }
            .all(by: DocumentDecoder(), on: transaction)
    }

    private static func authors(_ transaction: Transaction, includeEmail: Bool) async throws -> [AuthorRecord] {
        let rows = try await User.order({ $0.id.asc }).select {
            ($0.id, $0.username, $0.fullName, $0.bio, $0.url, $0.isActive, $0.createdAt, $0.revision)
        }.all(on: transaction)
        var emails: [Int: String] = [:]
        if includeEmail {
            for (id, email) in try await User.select({ ($0.id, $0.email) }).all(on: transaction) { emails[id] = email }
        }
        return rows.map { id, username, fullName, bio, url, isActive, createdAt, revision in
            AuthorRecord(
                id: id, username: username, fullName: fullName, bio: bio, website: url, email: emails[id],
                isActive: isActive, createdAt: Instant(createdAt), revision: revision)
        }
    }

    private static func posts(_ transaction: Transaction, viewsBefore: Instant?) async throws -> [PostRecord] {
        let authors = try await PostAuthor.order({ $0.id.asc }).select {
            ($0.post.id, $0.position, $0.id, $0.author.id)
        }.all(by: PostLink.Decoder(), on: transaction)
        let tags = try await PostTag.order({ $0.id.asc }).select { ($0.post.id, $0.position, $0.id, $0.tag.id) }
            .all(by: PostLink.Decoder(), on: transaction)
        let decoder = PostDecoder(
            authors: PostLink.lists(authors), tags: PostLink.lists(tags),
            comments: try await commentSummaries(transaction),
            lateViews: try await views(since: viewsBefore, transaction))
        return try await Post.order({ $0.id.asc }).select {
            (
                $0.id, $0.title, $0.slug, $0.path, $0.excerpt, $0.published, $0.viewCount, $0.author.id,
                $0.createdAt, $0.updatedAt, $0.publishedAt, $0.expiresAt, $0.language, $0.image, $0.layout, $0.revision
            )
        }.all(by: decoder, on: transaction)
    }

    private static func commentSummaries(_ transaction: Transaction) async throws -> [Int: CommentSummary] {
        let groups = try await Comment.filter { $0.status == .approved }
            .group { ($0.post.id, $0.author.id) }
            .select { ($0.post.id, $0.author.id, $0.count, $0.max { $0.revision }) }.all(on: transaction)
        var result: [Int: CommentSummary] = [:]
        for (post, author, count, revision) in groups {
            guard let post else { continue }
            var summary = result[post] ?? CommentSummary()
            summary.count += count
            summary.latestRevision = max(summary.latestRevision, revision)
            if let author { summary.authorIDs.append(author) }
            result[post] = summary
        }
        // The groups come in no order that counts.
        return result.mapValues { summary in
            var summary = summary
            summary.authorIDs.sort()
            return summary
        }
    }

    private static func views(since start: Instant?, _ transaction: Transaction) async throws -> [Int: Int] {
        guard let start = start?.date else { return [:] }
        let sums = try await HourlyView.filter { $0.hour >= start }.group { $0.post.id }
            .select { ($0.post.id, $0.sum { $0.count }) }.all(on: transaction)
        return Dictionary(sums.map { ($0.0, $0.1) }, uniquingKeysWith: +)
    }

    private static func pages(_ transaction: Transaction) async throws -> [PageRecord] {
        let rows = try await BlogModels.Page.order({ $0.id.asc }).select {
            (
                $0.id, $0.path, $0.title, $0.excerpt, $0.published, $0.createdAt, $0.updatedAt, $0.publishedAt,
                $0.expiresAt, $0.language, $0.image, $0.layout, $0.revision
            )
        }.all(on: transaction)
        return rows.map { row in
            PageRecord(
                id: row.0, path: row.1, title: row.2, excerpt: row.3, published: row.4, createdAt: Instant(row.5),
                updatedAt: Instant(row.6), publishedAt: row.7.map { Instant($0) }, expiresAt: row.8.map { Instant($0) },
                language: row.9, image: row.10, layout: row.11, revision: row.12)
        }
    }
}
