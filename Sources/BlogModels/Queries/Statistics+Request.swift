import FoundationEssentials
import ORM

/// What a request's conditions mean in queries.
extension Statistics.Request {
    /// Whether views are those of a time rather than all.
    var isWindow: Bool { since != nil || until != nil }

    /// Whether the post counts: readers see it, and it has the author and the tag.
    private func counts<Root>(_ post: Scope<Root, Post>) -> Expr<Bool> {
        var condition = visibility.shows(post)
        if let author { condition = condition && post.author.id == author }
        if let tag { condition = condition && post.tags.any { $0.id == tag } }
        return condition
    }

    /// Whether the post was published within the time.
    private func isNew<Root>(_ post: Scope<Root, Post>) -> Expr<Bool> {
        var condition = Expr(true)
        if let since { condition = condition && post.publishedAt >= since }
        if let until { condition = condition && post.publishedAt < until }
        return condition
    }

    /// The posts that count, whenever they were published.
    var posts: Query<Post> { Post.filter { counts($0) } }
    /// The posts that count and were published within the time.
    var newPosts: Query<Post> { isWindow ? posts.filter { isNew($0) } : posts }

    func posts<Root>(of posts: ManyScope<Root, Post>) -> ManyScope<Root, Post> { posts.filter { counts($0) } }
    func newPosts<Root>(of posts: ManyScope<Root, Post>) -> ManyScope<Root, Post> {
        isWindow ? self.posts(of: posts).filter { isNew($0) } : self.posts(of: posts)
    }

    /// The hours of the posts that count.
    var allHours: Query<HourlyView> {
        if let hidden { return HourlyView.filter { $0.post.id.isNotIn(hidden.all) } }
        let posts = posts
        return HourlyView.filter { $0.post.isIn(posts) }
    }

    /// Those within the time.
    var hours: Query<HourlyView> {
        var hours = allHours
        if let since { hours = hours.filter { $0.hour >= since } }
        if let until { hours = hours.filter { $0.hour < until } }
        return hours
    }

    /// The approved comments of the time, on posts that count.
    var comments: Query<Comment> {
        var comments = Comment.filter { $0.status == .approved }
        if let hidden {
            comments = comments.filter { $0.post != nil && $0.post.id.isNotIn(hidden.all) }
        } else {
            let posts = posts
            comments = comments.filter { $0.post.isIn(posts) }
        }
        if let since { comments = comments.filter { $0.createdAt >= since } }
        if let until { comments = comments.filter { $0.createdAt < until } }
        return comments
    }

    /// The tags of the posts that count and were published within the time.
    var newTags: Query<PostTag> {
        if let hidden, !isWindow { return PostTag.filter { $0.post.id.isNotIn(hidden.all) } }
        let posts = newPosts
        return PostTag.filter { $0.post.isIn(posts) }
    }

    // MARK: Authors

    /// How often a user's posts were read at all.
    func views(of user: Scope<User, User>) -> Expr<Int> { posts(of: user.posts).sum { $0.viewCount }.or(0) }

    // MARK: Hidden posts

    /// The request with the keys of the posts that readers do not see, where they are few and all others count.
    func knowingHiddenPosts(on session: (any Session)? = nil) async throws -> Statistics.Request {
        guard author == nil, tag == nil else { return self }
        let (visibility, most) = (visibility, 1000)
        let rows = try await Post.filter { !visibility.shows($0) }.order { $0.id.asc }.limit(most + 1)
            .select { ($0.id, $0.viewCount) }.all(on: session)
        guard rows.count <= most else { return self }
        var request = self
        request.hidden = Hidden(all: rows.map(\.0), read: rows.filter { $0.1 > 0 }.map(\.0))
        return request
    }

    // MARK: Months

    /// The month of an instant in the site's zone: `2025-02`.
    func month(of date: Date) -> String {
        String(Timestamp(date.addingTimeInterval(Double(utcOffset(date)))).text.prefix(7))
    }

    /// The months from one instant to another, both included, each with its first instant and that of the next; of more than
    /// 400 the newest, because SQLite takes no more than 500 parts of one statement.
    func months(from first: Date, to last: Date) -> [(name: String, start: Date, end: Date)] {
        guard first <= last else { return [] }
        let (start, end) = (CalendarDate(month(of: first) + "-01"), CalendarDate(month(of: last) + "-01"))
        guard let start, let end else { return [] }
        var months: [(name: String, start: Date, end: Date)] = []
        var day = start
        while day <= end {
            let next = day.month == 12 ? (day.year + 1, 1) : (day.year, day.month + 1)
            guard let following = CalendarDate(year: next.0, month: next.1, day: 1), let first = midnight(of: day),
                let end = midnight(of: following)
            else { break }
            months.append((String(day.description.prefix(7)), first, end))
            day = following
        }
        if let since, !months.isEmpty { months[0].start = max(months[0].start, since) }
        if let until, let last = months.indices.last { months[last].end = min(months[last].end, until) }
        return months.suffix(400)
    }

    /// The first instant of a day: midnight by UTC, moved by the offset that holds there.
    private func midnight(of day: CalendarDate) -> Date? {
        let utc = Array("\(day)T00:00:00.000000Z".utf8).withUnsafeBufferPointer { Timestamp(text: $0)?.date }
        return utc.map { utc in
            let guess = utc.addingTimeInterval(-Double(utcOffset(utc)))
            return utc.addingTimeInterval(-Double(utcOffset(guess)))
        }
    }
}
