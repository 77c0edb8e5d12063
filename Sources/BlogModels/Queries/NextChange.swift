package import FoundationEssentials
package import ORM

/// When readers see something else without anybody doing anything: a scheduled post comes, an old one goes.
package enum NextChange {
    /// The first instant after `now` at which a published post or page appears or expires; `nil` when none does. One statement.
    package static func after(_ now: Date, on session: any Session) async throws -> Date? {
        let posts = Post.filter { $0.published }
        let pages = Page.filter { $0.published }
        let times: [Expr<Date?>] = [
            Expr(subquery: posts.filter { $0.publishedAt > now }.aggregate { $0.min { $0.publishedAt } }),
            Expr(subquery: posts.filter { $0.expiresAt > now }.aggregate { $0.min { $0.expiresAt } }),
            Expr(subquery: pages.filter { $0.publishedAt > now }.aggregate { $0.min { $0.publishedAt } }),
            Expr(subquery: pages.filter { $0.expiresAt > now }.aggregate { $0.min { $0.expiresAt } }),
        ]
        let row = try await SiteState.filter { $0.id == 1 }.select { _ in (times[0], times[1], times[2], times[3]) }
            .get(on: session)
        return [row.0, row.1, row.2, row.3].compactMap(\.self).min()
    }
}
