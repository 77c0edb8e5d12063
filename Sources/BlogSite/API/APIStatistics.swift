/// `stats.json`: what there is as of this run, whatever the pages show.
struct APIStatistics: Sendable {
    var counts: SiteCounts
    var posts: Int
    var topPosts: [TopPost]

    struct TopPost: Sendable {
        var post: PostRecord
        var address: String
    }

    init(_ counts: SiteCounts, _ site: SiteContext) {
        let index = site.index
        self.counts = counts
        posts = index.posts.count
        topPosts = counts.topPosts.map { position in
            let entry = index.posts[position]
            return TopPost(post: entry.post, address: site.address.page(entry.path))
        }
    }

    static func shape(tag: JSONShape<TagRecord>) -> JSONShape<APIStatistics> {
        let author = JSONShape<(author: AuthorRecord, posts: Int)>(
            "TopAuthor", "One of the users with most posts.",
            [
                .integer("id", "The user's number") { $0.author.id },
                .text("username", "The name in addresses") { $0.author.username },
                .text("full_name", "The name to show", orNull: { $0.author.fullName }),
                .integer("post_count", "How many posts have the user as their first author") { $0.posts },
            ])
        let post = JSONShape<TopPost>(
            "TopPost", "One of the posts that were read most.",
            [
                .integer("id", "The post's number") { $0.post.id }, .text("title", "The title") { $0.post.title },
                .text("slug", "The last part of most posts' addresses") { $0.post.slug },
                .address("url", "The address of its page", orNull: { $0.address }),
                .integer("view_count", "How often it was read") { $0.post.viewCount },
            ])
        let month = JSONShape<Archive.Month>(
            "MonthCount", "A month and how many posts were published in it.",
            [
                .text("month", "Year and month in the site's time zone: 2025-02") { $0.label },
                .integer("count", "How many posts") { $0.positions.count },
            ])
        return JSONShape(
            "Statistics", "What the blog knows about itself, as of the last build that changed it.",
            [
                .integer("total_users", "Active users") { $0.counts.users },
                .integer("total_posts", "Published posts") { $0.posts },
                .integer("total_comments", "Approved comments on them") { $0.counts.comments },
                .integer("total_views", "How often they were read") { $0.counts.views },
                .number("average_views", "Views for each post; 0 without posts") { $0.counts.averageViews },
                .list("top_authors", "At most five, by posts, then by number", author) {
                    Array($0.counts.topAuthors.prefix(5))
                },
                .list("top_posts", "At most ten, by views, then by number", post) { $0.topPosts },
                .list("tags", "All tags, by posts, then by name", tag) { $0.counts.tags.map(\.tag) },
                .list("posts_per_month", "Months with posts, the oldest first", month) { $0.counts.months },
            ])
    }
}
