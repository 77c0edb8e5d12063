import FoundationEssentials
package import ORM

extension Statistics {
    /// Counts. Twelve statements at most, whatever the size of the blog.
    package static func gather(_ request: Request, from session: any Session) async throws -> Statistics {
        try await session.transaction(.readOnly) { _ in
            let request = try await request.knowingHiddenPosts()
            let (totals, hours) = try await totals(request)
            let reading = request.isWindow ? try await Reading.gather(request) : nil
            let top = if let reading { reading.topPosts(request.top) } else { try await topPosts(request) }
            let (rising, discussed) = (try await risingPosts(request), try await discussedPosts(request))
            let names = try await PostNames.gather(top.map(\.id) + rising.map(\.id) + discussed.map(\.id))
            let authors = try await authors(request, reading)
            return Statistics(
                totals: totals,
                topPosts: top.compactMap { names.line($0.id, views: $0.views) },
                risingPosts: rising.compactMap { names.line($0.id, recent: $0.recent, before: $0.before) },
                discussedPosts: discussed.compactMap { names.line($0.id, comments: $0.comments) },
                topAuthors: most(authors.filter { $0.posts > 0 }, by: \.posts, request.top),
                topAuthorsByViews: most(authors, by: \.views, request.top),
                tags: try await tags(request),
                months: try await months(request),
                viewMonths: try await viewMonths(request, from: hours.first, to: hours.last))
        }
    }

    /// All totals, and the first and the last hour with views. One statement.
    private static func totals(
        _ request: Request
    ) async throws -> (totals: Totals, hours: (first: Date?, last: Date?)) {
        let visibility = request.visibility
        let views: Expr<Int?> =
            request.isWindow
            ? Expr(subquery: request.hours.aggregate { $0.sum { $0.count } })
            : Expr(subquery: request.posts.aggregate { $0.sum { $0.viewCount } })
        let users = number(of: User.filter { $0.isActive })
        let newPosts = number(of: request.newPosts)
        let pages = number(of: Page.filter { visibility.shows($0) })
        let comments = number(of: request.comments)
        let tags: Expr<Int?> = Expr(subquery: request.newTags.aggregate { $0.count(distinct: { $0.tag.id }) })
        let pending = number(of: Comment.filter { $0.status == .pending })
        let orphans = number(of: Comment.filter { $0.post == nil })
        let dated = HourlyView.filter { $0.hour >= undatedEnd }
        let first: Expr<Date?> = Expr(subquery: dated.aggregate { $0.min { $0.hour } })
        let last: Expr<Date?> = Expr(subquery: dated.aggregate { $0.max { $0.hour } })
        let row = try await SiteState.filter { $0.id == 1 }
            .select { _ in (users, newPosts, pages, comments, tags, views, pending, orphans, first, last) }.get()
        let (posts, sum) = (row.1 ?? 0, row.5 ?? 0)
        let totals = Totals(
            users: row.0 ?? 0, posts: posts, pages: row.2 ?? 0, comments: row.3 ?? 0, tags: row.4 ?? 0, views: sum,
            averageViews: posts == 0 ? 0 : Double(sum) / Double(posts), pendingComments: row.6 ?? 0,
            orphanComments: row.7 ?? 0)
        return (totals, (row.8, row.9))
    }

    private static func number<Row: Model>(of rows: Query<Row>) -> Expr<Int?> {
        Expr(subquery: rows.aggregate { $0.count })
    }

    /// All active users who have posts that count.
    private static func authors(_ request: Request, _ reading: Reading?) async throws -> [AuthorLine] {
        var lines = try await User.filter { $0.isActive && request.posts(of: $0.posts).any() }
            .select(into: AuthorLine.init) {
                (
                    $0.id, $0.username, $0.fullName, request.newPosts(of: $0.posts).count,
                    reading == nil ? request.views(of: $0) : Expr(0)
                )
            }.all()
        if let reading {
            for index in lines.indices { lines[index].views = reading.authors[lines[index].id] ?? 0 }
        }
        return lines
    }

    /// Those with the largest numbers, the lower ids first where they are equal: the order of the API's `top_authors`.
    private static func most(
        _ authors: [AuthorLine], by number: KeyPath<AuthorLine, Int>, _ count: Int
    ) -> [AuthorLine] {
        let sorted = authors.sorted { ($1[keyPath: number], $0.id) < ($0[keyPath: number], $1.id) }
        return Array(sorted.prefix(count))
    }

    private static func tags(_ request: Request) async throws -> [TagLine] {
        let rows = try await request.newTags.group { ($0.tag.id, $0.tag.name, $0.tag.slug) }
            .order({ $0.count.desc }, { $0.tag.name.asc }, { $0.tag.id.asc })
            .limit(request.top)
            .select { ($0.tag.id, $0.tag.name, $0.tag.slug, $0.count) }
            .all()
        let related = try await RelatedTags.all(request.visibility, since: request.since, of: rows.map(\.0))
        return rows.map { TagLine(name: $0.1, slug: $0.2, posts: $0.3, related: related[$0.0] ?? []) }
    }
}
