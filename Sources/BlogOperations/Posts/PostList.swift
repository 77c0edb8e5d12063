import BlogModels
package import FoundationEssentials
package import ORM

/// Where a post stands at an instant.
package enum PostState: String, Sendable, Hashable, CaseIterable {
    case published, scheduled, expired, draft

    package init(published: Bool, publishedAt: Date?, expiresAt: Date?, now: Date) {
        if !published {
            self = .draft
        } else if let expiresAt, expiresAt <= now {
            self = .expired
        } else if let publishedAt, publishedAt > now {
            self = .scheduled
        } else {
            self = .published
        }
    }
}

/// A post in a list: everything but its text.
package struct PostLine: Sendable, Hashable {
    /// Someone, as posts and comments name them.
    package struct Author: Sendable, Hashable {
        package var id: Int
        package var username: String
    }

    package struct TagName: Sendable, Hashable {
        package var id: Int
        package var name: String
        package var slug: String
    }

    package var id: Int
    package var title: String
    package var slug: String
    /// The post's own path, in place of the site's permalink.
    package var path: String?
    package var excerpt: String?
    package var author: Author
    /// In the order of the post's own list.
    package var tags: [TagName] = []
    package var viewCount: Int
    /// Approved comments.
    package var commentCount: Int
    package var published: Bool
    package var createdAt: Date
    package var updatedAt: Date
    package var publishedAt: Date?
    package var expiresAt: Date?

    /// Where the post stands.
    package func state(at now: Date) -> PostState {
        PostState(published: published, publishedAt: publishedAt, expiresAt: expiresAt, now: now)
    }
}

/// Which posts to list, and in what order.
///
/// ```swift
/// var list = PostList()
/// list.text = "swift"
/// list.published = true
/// let page = try await list.page(on: database, now: now)
/// ```
package struct PostList: Sendable {
    package enum Order: String, Sendable, CaseIterable {
        /// The newest first.
        case date
        /// The most read first, then the newest: the order of a search.
        case views
        /// By title.
        case title
    }

    /// A part of the title or the text, in upper or lower case.
    package var text: String?
    /// The username or id of the first author.
    package var author: String?
    /// The slug or name of a tag.
    package var tag: String?
    /// Only posts of the last so many days.
    package var days: Int?
    /// Only published ones, or only those that are not.
    package var published: Bool?
    package var order = Order.date
    package var limit = 20
    package var offset = 0

    package init() {}

    /// The posts, with their number in all. Throws `.missing` for an author or a tag that is not there.
    package func page(on database: Database, now: Date) async throws -> ORM.Page<PostLine> {
        let list = self
        return try await database.transaction(.readOnly) { transaction in
            let page = try await PostLine.select(list.query(now, on: transaction))
                .page(limit: list.limit, offset: list.offset, on: transaction)
            return ORM.Page(
                items: try await PostLine.tagged(page.items, on: transaction), total: page.total, limit: page.limit,
                offset: page.offset)
        }
    }

    private func query(_ now: Date, on session: any Session) async throws -> Query<Post> {
        var posts =
            switch order {
            case .date: Post.order({ $0.createdAt.desc }, { $0.id.desc })
            case .views: Post.order({ $0.viewCount.desc }, { $0.createdAt.desc }, { $0.id.desc })
            case .title: Post.order({ $0.title.asc }, { $0.id.asc })
            }
        if let text, !text.isEmpty {
            posts = posts.filter { $0.title.icontains(text) || $0.content.icontains(text) }
        }
        if let author {
            let id = try await Lookup.user(author, on: session).id
            posts = posts.filter { $0.author.id == id }
        }
        if let tag {
            let id = try await Lookup.tag(tag, on: session).id
            posts = posts.filter { $0.tags.any { $0.id == id } }
        }
        if let days {
            let start = now.addingTimeInterval(-86_400 * Double(days))
            posts = posts.filter { $0.createdAt >= start }
        }
        if let published { posts = posts.filter { $0.published == published } }
        return posts
    }
}

extension PostLine {
    /// Posts as lines without their tags.
    static func select(_ posts: Query<Post>) -> MappedRows<
        PostLine, Int, String, String, String?, String?, Int, String, Int, Int, Bool, Date, Date, Date?, Date?
    > {
        posts.select(into: PostLine.init(columns:_:_:_:_:_:_:_:_:_:_:_:_:_:)) {
            (
                $0.id, $0.title, $0.slug, $0.path, $0.excerpt, $0.author.id, $0.author.username, $0.viewCount,
                $0.comments.filter { $0.status == .approved }.count, $0.published, $0.createdAt, $0.updatedAt,
                $0.publishedAt, $0.expiresAt
            )
        }
    }

    private init(
        columns id: Int, _ title: String, _ slug: String, _ path: String?, _ excerpt: String?, _ authorID: Int,
        _ username: String, _ viewCount: Int, _ commentCount: Int, _ published: Bool, _ createdAt: Date,
        _ updatedAt: Date, _ publishedAt: Date?, _ expiresAt: Date?
    ) {
        self.init(
            id: id, title: title, slug: slug, path: path, excerpt: excerpt,
            author: Author(id: authorID, username: username), viewCount: viewCount, commentCount: commentCount,
            published: published, createdAt: createdAt, updatedAt: updatedAt, publishedAt: publishedAt,
            expiresAt: expiresAt)
    }

    /// The same posts with their tags. One statement.
    static func tagged(_ lines: [PostLine], on session: any Session) async throws -> [PostLine] {
        let ids = lines.map(\.id)
        let rows = try await PostTag.filter { $0.post.id.isIn(ids) }.order({ $0.position.asc }, { $0.id.asc })
            .select { ($0.post.id, $0.tag.id, $0.tag.name, $0.tag.slug) }.all(on: session)
        var tags: [Int: [TagName]] = [:]
        for (post, id, name, slug) in rows { tags[post, default: []].append(TagName(id: id, name: name, slug: slug)) }
        return lines.map { line in
            var line = line
            line.tags = tags[line.id] ?? []
            return line
        }
    }
}
