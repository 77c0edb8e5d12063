import BlogConfiguration

extension APIDocuments {
    /// `stats.json`: counts as of this run, whatever the pages show.
    func statistics() -> [UInt8] {
        let posts = index.posts
        let views = posts.reduce(0) { $0 + $1.post.viewCount }
        let topAuthors = users.map { ($0, firstAuthored(by: $0).count) }
            .filter { $0.1 > 0 }.sorted { ($1.1, $0.0.id) < ($0.1, $1.0.id) }.prefix(5)
        let topPosts = posts.filter { $0.post.viewCount > 0 }
            .sorted { ($1.post.viewCount, $0.post.id) < ($0.post.viewCount, $1.post.id) }.prefix(10)
        // `tags` is in the order of names, and the sort is stable.
        let tags = index.tags.sorted { (index.postsByTag[$0.id]?.count ?? 0) > (index.postsByTag[$1.id]?.count ?? 0) }
        var json = JSONWriter()
        json.object {
            $0.field("total_users", users.count)
            $0.field("total_posts", posts.count)
            $0.field("total_comments", posts.reduce(0) { $0 + $1.post.comments.count })
            $0.field("total_views", views)
            $0.field("average_views", posts.isEmpty ? 0.0 : Double(views) / Double(posts.count))
            $0.field("top_authors", topAuthors) { json, row in
                json.object {
                    $0.field("id", row.0.id)
                    $0.field("username", row.0.username)
                    $0.field("full_name", row.0.fullName)
                    $0.field("post_count", row.1)
                }
            }
            $0.field("top_posts", topPosts) { json, entry in
                json.object {
                    $0.field("id", entry.post.id)
                    $0.field("title", entry.post.title)
                    $0.field("slug", entry.post.slug)
                    $0.field("url", address(entry.path))
                    $0.field("view_count", entry.post.viewCount)
                }
            }
            $0.field("tags", tags) { tag(&$0, $1) }
            $0.field("posts_per_month", postsPerMonth()) { json, month in
                json.object {
                    $0.field("month", month.name)
                    $0.field("count", month.count)
                }
            }
        }
        json.finish()
        return json.bytes
    }

    /// The months with posts in the site's zone, oldest first.
    private func postsPerMonth() -> [(name: String, count: Int)] {
        var months: [(name: String, count: Int)] = []
        for entry in index.posts[..<index.datedCount].reversed() {
            guard let date = entry.post.publishedAt?.date else { continue }
            let day = CalendarDay(date, in: site.configuration.timeZone)
            let name = "\(day.year)-\(day.month < 10 ? "0" : "")\(day.month)"
            if months.last?.name == name { months[months.count - 1].count += 1 } else { months.append((name, 1)) }
        }
        return months
    }
}
