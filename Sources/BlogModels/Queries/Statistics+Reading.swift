import ORM

extension Statistics {
    /// How often posts were read within a time.
    struct Reading {
        /// By post, without those that nobody read.
        let posts: [Int: Int]
        /// The sums of an author's posts.
        let authors: [Int: Int]

        /// Sums the hours of each post. Two statements.
        static func gather(_ request: Request) async throws -> Reading {
            // By an expression, which no index is sorted by: SQLite would else walk all hours of all posts in the order of the index
            // for posts and look up each row, and not only the hours of the time.
            let sums = try await request.hours.group { $0.post.id + 0 }
                .select { ($0.post.id + 0, $0.sum { $0.count }) }.all()
            let posts = Dictionary(sums.map { ($0.0, $0.1) }, uniquingKeysWith: +)
            var authors: [Int: Int] = [:]
            for (post, author) in try await request.posts.select({ ($0.id, $0.author.id) }).all() {
                if let views = posts[post] { authors[author, default: 0] += views }
            }
            return Reading(posts: posts.filter { $0.value > 0 }, authors: authors)
        }

        /// The posts that were read most, those with the lower ids first where they are equal.
        func topPosts(_ count: Int) -> [(id: Int, views: Int)] {
            posts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(count).map { (id: $0.key, views: $0.value) }
        }
    }
}
