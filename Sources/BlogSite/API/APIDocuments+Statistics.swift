import BlogModels

extension APIDocuments {
    /// `stats.json`: what the database counted for this run, whatever the pages show.
    func statistics(_ statistics: Statistics) -> [UInt8] {
        let totals = statistics.totals
        // `tags` is in the order of names, and the sort is stable.
        let tags = index.tags.sorted { (index.postsByTag[$0.id]?.count ?? 0) > (index.postsByTag[$1.id]?.count ?? 0) }
        var json = JSONWriter()
        json.object {
            $0.field("total_users", totals.users)
            $0.field("total_posts", totals.posts)
            $0.field("total_comments", totals.comments)
            $0.field("total_views", totals.views)
            $0.field("average_views", totals.averageViews)
            $0.field("top_authors", statistics.topAuthors.prefix(5)) { json, author in
                json.object {
                    $0.field("id", author.id)
                    $0.field("username", author.username)
                    $0.field("full_name", author.fullName)
                    $0.field("post_count", author.posts)
                }
            }
            $0.field("top_posts", statistics.topPosts) { json, post in
                json.object {
                    $0.field("id", post.id)
                    $0.field("title", post.title)
                    $0.field("slug", post.slug)
                    $0.field("url", index.position(ofPost: post.id).map { address(index.posts[$0].path) })
                    $0.field("view_count", post.views)
                }
            }
            $0.field("tags", tags) { tag(&$0, $1) }
            $0.field("posts_per_month", statistics.months) { json, month in
                json.object {
                    $0.field("month", month.month)
                    $0.field("count", month.posts)
                }
            }
        }
        json.finish()
        return json.bytes
    }
}
