import BlogConfiguration

extension APIDocuments {
    /// `users.json`
    func usersWindow() -> [UInt8] {
        let paging = Paging(count: users.count, size: limit)
        return window(
            "users", users.reversed().prefix(limit).map(\.self), total: users.count, pages: paging.filledPages
        ) {
            user(&$0, $1)
        }
    }

    /// `users/page/N.json`
    func usersPage(_ number: Int) -> [UInt8] {
        let paging = Paging(count: users.count, size: limit)
        let newestFirst = Array(users.reversed())
        return numbered("users", Array(newestFirst[paging.positions(onPage: number)]), paging, number) { user(&$0, $1) }
    }

    /// `users/ID.json`
    func user(_ author: AuthorRecord) -> [UInt8] {
        let positions = firstAuthored(by: author)
        var json = JSONWriter()
        json.object {
            $0.field("id", author.id)
            $0.field("username", author.username)
            if site.configuration.api.includeEmail { $0.field("email", author.email) }
            $0.field("full_name", author.fullName)
            $0.field("bio", author.bio)
            $0.field("url", author.website)
            $0.field("post_count", positions.count)
            $0.field("total_views", views(of: positions))
            $0.field("created_at", author.createdAt)
        }
        json.finish()
        return json.bytes
    }

    /// `users/ID/posts.json`
    func posts(of author: AuthorRecord) -> [UInt8] {
        let positions = firstAuthored(by: author)
        return window("posts", Array(positions.prefix(limit)), total: positions.count, pages: nil) { summary(&$0, $1) }
    }

    /// The views of posts, as pages show them.
    func views(of positions: [Int]) -> Int { positions.reduce(0) { $0 + index.posts[$1].post.shownViewCount } }

    /// The posts whose first author this is, as the guide counts them; co-authored ones are on the author's page.
    func firstAuthored(by author: AuthorRecord) -> [Int] {
        (index.postsByAuthor[author.id] ?? []).filter { index.posts[$0].post.authorIDs.first == author.id }
    }

    private func user(_ json: inout JSONWriter, _ author: AuthorRecord) {
        json.object {
            $0.field("id", author.id)
            $0.field("username", author.username)
            if site.configuration.api.includeEmail { $0.field("email", author.email) }
            $0.field("full_name", author.fullName)
            $0.field("post_count", firstAuthored(by: author).count)
        }
    }
}
