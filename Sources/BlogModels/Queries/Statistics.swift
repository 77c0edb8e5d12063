package import FoundationEssentials
package import ORM

/// What `blog stats` tells: counted by the database, from one snapshot, as of one instant. Only posts that readers see
/// and comments that are approved count.
package struct Statistics: Sendable, Hashable {
    package var totals: Totals
    package var topPosts: [PostLine]
    package var topAuthors: [AuthorLine]
    package var tags: [TagLine]
    package var months: [MonthLine]

    package struct Totals: Sendable, Hashable {
        package var users: Int
        package var posts: Int
        package var pages: Int
        /// Approved comments on posts that count.
        package var comments: Int
        package var tags: Int
        package var views: Int
        /// Views for each post; 0 when there are no posts.
        package var averageViews: Double
        /// Comments that wait for a decision.
        package var pendingComments: Int
        /// Comments whose post is not there.
        package var orphanComments: Int
    }

    package struct PostLine: Sendable, Hashable {
        package var id: Int
        package var title: String
        package var slug: String
        package var author: String
        package var views: Int
        package var comments: Int
    }

    package struct AuthorLine: Sendable, Hashable {
        package var id: Int
        package var username: String
        package var fullName: String?
        package var posts: Int
        package var views: Int
    }

    package struct TagLine: Sendable, Hashable {
        package var name: String
        package var slug: String
        package var posts: Int
        /// Tags that share posts with this one, those that share most first, at most ten.
        package var related: [Related]

        package struct Related: Sendable, Hashable {
            package var slug: String
            package var weight: Int
        }
    }

    package struct MonthLine: Sendable, Hashable {
        /// `2025-02`, in the site's time zone.
        package var month: String
        package var posts: Int
    }

    /// What to count.
    package struct Request: Sendable {
        /// Which posts count.
        package var visibility: PostVisibility
        /// Only posts published, comments written and views made from here on; `nil` = all.
        package var since: Date?
        /// How long the lists are.
        package var top: Int
        /// The seconds that the site's time zone is ahead of UTC at an instant.
        package var utcOffset: @Sendable (Date) -> Int

        package init(
            visibility: PostVisibility, since: Date? = nil, top: Int = 10, utcOffset: @escaping @Sendable (Date) -> Int
        ) {
            self.visibility = visibility
            self.since = since
            self.top = top
            self.utcOffset = utcOffset
        }
    }
}

extension Statistics {
    /// Counts. Thirteen statements at most, whatever the size of the blog.
    package static func gather(_ request: Request, from session: any Session) async throws -> Statistics {
        try await session.transaction(.readOnly) { _ in
            let posts = request.posts
            return Statistics(
                totals: try await totals(request, posts), topPosts: try await topPosts(request, posts),
                topAuthors: try await topAuthors(request), tags: try await tags(request),
                months: try await months(request, posts))
        }
    }

    private static func totals(_ request: Request, _ posts: Query<Post>) async throws -> Totals {
        let postCount = try await posts.count()
        let views = try await request.totalViews()
        let (visibility, since) = (request.visibility, request.since)
        let comments = try await Post.filter { visibility.shows($0) }.sum { post in
            let approved = post.comments.filter { $0.status == .approved }
            return since.map { since in approved.filter { $0.createdAt >= since } }?.count ?? approved.count
        }
        return Totals(
            users: try await User.filter { $0.isActive }.count(), posts: postCount,
            pages: try await Page.filter { visibility.shows($0) }.count(),
            comments: comments ?? 0,
            tags: try await Tag.filter { $0.posts.any { visibility.shows($0) } }.count(), views: views,
            averageViews: postCount == 0 ? 0 : Double(views) / Double(postCount),
            pendingComments: try await Comment.filter { $0.status == .pending }.count(),
            orphanComments: try await Comment.filter { $0.post == nil }.count())
    }

    /// Posts that were read at all, most read first.
    private static func topPosts(_ request: Request, _ posts: Query<Post>) async throws -> [PostLine] {
        let query = posts.filter { request.views(of: $0) > 0 }.order({ request.views(of: $0).desc }, { $0.id.asc })
            .limit(request.top)
        let rows = try await query.select {
            (
                $0.id, $0.title, $0.slug, $0.author.username, request.views(of: $0),
                $0.comments.filter { $0.status == .approved }.count
            )
        }.all()
        return rows.map { PostLine(id: $0.0, title: $0.1, slug: $0.2, author: $0.3, views: $0.4, comments: $0.5) }
    }

    /// By posts, then by id: the order of the API's `top_authors`.
    private static func topAuthors(_ request: Request) async throws -> [AuthorLine] {
        let rows = try await User.filter { $0.isActive && request.posts(of: $0).any() }
            .order({ request.posts(of: $0).count.desc }, { $0.id.asc })
            .limit(request.top)
            .select {
                (
                    $0.id, $0.username, $0.fullName, request.posts(of: $0).count,
                    request.posts(of: $0).sum { $0.viewCount }.or(0)
                )
            }.all()
        return rows.map { AuthorLine(id: $0.0, username: $0.1, fullName: $0.2, posts: $0.3, views: $0.4) }
    }

    private static func tags(_ request: Request) async throws -> [TagLine] {
        let rows = try await Tag.filter { request.posts(of: $0).any() }
            .order({ request.posts(of: $0).count.desc }, { $0.name.asc }, { $0.id.asc })
            .limit(request.top)
            .select { ($0.id, $0.name, $0.slug, request.posts(of: $0).count) }
            .all()
        let related = try await RelatedTags.all(request.visibility, since: request.since, of: rows.map(\.0))
        return rows.map { TagLine(name: $0.1, slug: $0.2, posts: $0.3, related: related[$0.0] ?? []) }
    }

    /// Months of the site's time zone, which no engine's SQL can tell for all instants: dates are read, not posts.
    private static func months(_ request: Request, _ posts: Query<Post>) async throws -> [MonthLine] {
        let dates = try await posts.filter { $0.publishedAt != nil }.order().select { $0.publishedAt }.all()
        var counts: [String: Int] = [:]
        for date in dates.compactMap(\.self) {
            let local = Timestamp(date.addingTimeInterval(Double(request.utcOffset(date))))
            counts[String(local.text.prefix(7)), default: 0] += 1
        }
        return counts.sorted { $0.key < $1.key }.map { MonthLine(month: $0.key, posts: $0.value) }
    }
}

extension Statistics.Request {
    /// The posts that count.
    fileprivate var posts: Query<Post> {
        let visible = Post.filter { visibility.shows($0) }
        guard let since else { return visible }
        return visible.filter { $0.publishedAt >= since }
    }

    fileprivate func posts(of user: Scope<User, User>) -> ManyScope<User, Post> { counted(user.posts) }
    fileprivate func posts(of tag: Scope<Tag, Tag>) -> ManyScope<Tag, Post> { counted(tag.posts) }

    private func counted<Root>(_ posts: ManyScope<Root, Post>) -> ManyScope<Root, Post> {
        let visible = posts.filter { visibility.shows($0) }
        guard let since else { return visible }
        return visible.filter { $0.publishedAt >= since }
    }

    /// A post's views: its sum, or that of the hours since.
    fileprivate func views(of post: Scope<Post, Post>) -> Expr<Int> {
        guard let since else { return post.viewCount }
        return post.views.filter { $0.hour >= since }.sum { $0.count }.or(0)
    }

    fileprivate func totalViews() async throws -> Int {
        guard let since else { return try await posts.sum { $0.viewCount } ?? 0 }
        return try await HourlyView.filter { $0.hour >= since && visibility.shows($0.post) }.sum { $0.count } ?? 0
    }
}
