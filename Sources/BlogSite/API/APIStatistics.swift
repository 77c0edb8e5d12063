import BlogModels

/// `stats.json`: what the database counted for this run, whatever the pages show.
struct APIStatistics: Sendable {
    var statistics: Statistics
    /// By the number of posts, then by name.
    var tags: [TagRecord]
    var topPosts: [TopPost]

    struct TopPost: Sendable {
        var line: Statistics.PostLine
        var address: String?
    }

    init(_ statistics: Statistics, _ site: SiteContext) {
        let index = site.index
        self.statistics = statistics
        // `index.tags` is in the order of names, and the sort is stable.
        tags = index.tags.sorted { (index.postsByTag[$0.id]?.count ?? 0) > (index.postsByTag[$1.id]?.count ?? 0) }
        topPosts = statistics.topPosts.map { line in
            TopPost(
                line: line, address: index.position(ofPost: line.id).map { site.address.page(index.posts[$0].path) })
        }
    }

    static func shape(tag: JSONShape<TagRecord>) -> JSONShape<APIStatistics> {
        let author = JSONShape<Statistics.AuthorLine>(
            "TopAuthor", "One of the users with most posts.",
            [
                .integer("id", "The user's number") { $0.id },
                .text("username", "The name in addresses") { $0.username },
                .text("full_name", "The name to show", orNull: { $0.fullName }),
                .integer("post_count", "How many posts have the user as their first author") { $0.posts },
            ])
        let post = JSONShape<TopPost>(
            "TopPost", "One of the posts that were read most.",
            [
                .integer("id", "The post's number") { $0.line.id }, .text("title", "The title") { $0.line.title },
                .text("slug", "The last part of most posts' addresses") { $0.line.slug },
                .address("url", "The address of its page", orNull: { $0.address }),
                .integer("view_count", "How often it was read") { $0.line.views },
            ])
        let month = JSONShape<Statistics.MonthLine>(
            "MonthCount", "A month and how many posts were published in it.",
            [
                .text("month", "Year and month in the site's time zone: 2025-02") { $0.month },
                .integer("count", "How many posts") { $0.posts },
            ])
        return JSONShape(
            "Statistics", "What the blog knows about itself, as of the last build that changed it.",
            [
                .integer("total_users", "Active users") { $0.statistics.totals.users },
                .integer("total_posts", "Published posts") { $0.statistics.totals.posts },
                .integer("total_comments", "Approved comments on them") { $0.statistics.totals.comments },
                .integer("total_views", "How often they were read") { $0.statistics.totals.views },
                .number("average_views", "Views for each post; 0 without posts") { $0.statistics.totals.averageViews },
                .list("top_authors", "At most five, by posts, then by number", author) {
                    Array($0.statistics.topAuthors.prefix(5))
                },
                .list("top_posts", "At most ten, by views, then by number", post) { $0.topPosts },
                .list("tags", "All tags, by posts, then by name", tag) { $0.tags },
                .list("posts_per_month", "Months with posts, the oldest first", month) { $0.statistics.months },
            ])
    }
}
