/// What the site tells of itself in numbers, counted over the posts that readers see.
///
/// It is what `Statistics.gather` asks the database for, as tests compare. A build has all rows anyway, and an edit of one post
/// would wait for the joins.
struct SiteCounts: Sendable {
    /// Active users.
    var users: Int
    /// Approved comments on visible posts.
    var comments: Int
    /// All views of them, whatever the pages show.
    var views: Int
    /// Views for each post; 0 when there are no posts.
    var averageViews: Double
    /// Positions of the posts that were read most, at most ten: by views, then by id.
    var topPosts: [Int]
    /// The active users with most posts as their first author, at most ten: by posts, then by id.
    var topAuthors: [(author: AuthorRecord, posts: Int)]
    /// All tags with their posts: by posts, then by name.
    var tags: [(tag: TagRecord, posts: Int)]
    /// The months with posts, the oldest first.
    var months: [Archive.Month]

    /// How long the lists of the best are.
    static let top = 10

    init(_ index: SiteIndex, _ archive: Archive) {
        users = index.authors.values.count { $0.isActive }
        (comments, views) = (0, 0)
        var postsByAuthor: [Int: Int] = [:]
        for entry in index.posts {
            comments += entry.post.comments.count
            views += entry.post.viewCount
            if let author = entry.post.authorIDs.first { postsByAuthor[author, default: 0] += 1 }
        }
        averageViews = index.posts.isEmpty ? 0 : Double(views) / Double(index.posts.count)
        topPosts = index.mostRead(\.viewCount)
        let authors = postsByAuthor.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.lazy
            .compactMap { id, posts in index.authors[id].map { (author: $0, posts: posts) } }
        topAuthors = Array(authors.filter { $0.author.isActive }.prefix(Self.top))
        // `index.tags` is in the order of names, and the sort is stable.
        tags = index.tags.map { (tag: $0, posts: index.postsByTag[$0.id]?.count ?? 0) }.sorted { $0.posts > $1.posts }
        months = archive.months.reversed()
    }
}

extension SiteIndex {
    /// Positions of the posts that were read most, at most ten: by views, then by id; none that nobody read.
    func mostRead(_ views: (PostRecord) -> Int) -> [Int] {
        var best: [(views: Int, id: Int, position: Int)] = []
        for (position, entry) in posts.enumerated() {
            let post = (views: views(entry.post), id: entry.post.id, position: position)
            guard post.views > 0 else { continue }
            let place = best.firstIndex { (post.views, $0.id) > ($0.views, post.id) } ?? best.count
            guard place < SiteCounts.top else { continue }
            if best.count == SiteCounts.top { best.removeLast() }
            best.insert(post, at: place)
        }
        return best.map(\.position)
    }
}
