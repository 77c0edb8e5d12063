import FoundationEssentials
import ORM

extension Statistics {
    /// Posts that were read at all, most read first.
    static func topPosts(_ request: Request) async throws -> [(id: Int, views: Int)] {
        try await request.posts.filter { $0.viewCount > 0 }.order({ $0.viewCount.desc }, { $0.id.asc })
            .limit(request.top).select { ($0.id, $0.viewCount) }.all().map { (id: $0.0, views: $0.1) }
    }

    /// Posts that gained readers, those that gained most first: the last seven days against the seven before.
    static func risingPosts(_ request: Request) async throws -> [(id: Int, recent: Int, before: Int)] {
        let end = min(request.until ?? request.visibility.now, request.visibility.now)
        let middle = end.addingTimeInterval(-7 * 86_400)
        let start = middle.addingTimeInterval(-7 * 86_400)
        let hours = request.allHours.filter { $0.hour >= start && $0.hour < end }
        let gain: (GroupScope<HourlyView>) -> Expr<Int> = {
            $0.filter { $0.hour >= middle }.sum { $0.count }.or(0)
                - $0.filter { $0.hour < middle }.sum { $0.count }.or(0)
        }
        let rows = try await hours.group { $0.post.id }.having { gain($0) > 0 }
            .order({ gain($0).desc }, { $0.post.id.asc }).limit(request.top)
            .select {
                (
                    $0.post.id, $0.filter { $0.hour >= middle }.sum { $0.count }.or(0),
                    $0.filter { $0.hour < middle }.sum { $0.count }.or(0)
                )
            }.all()
        return rows.map { (id: $0.0, recent: $0.1, before: $0.2) }
    }

    /// Posts that have comments, those with the most first.
    static func discussedPosts(_ request: Request) async throws -> [(id: Int, comments: Int)] {
        let rows = try await request.comments.group { $0.post.id }
            .order({ $0.count.desc }, { $0.post.id.asc }).limit(request.top)
            .select { ($0.post.id, $0.count) }.all()
        return rows.compactMap { id, comments in id.map { (id: $0, comments: comments) } }
    }

    /// What the lists tell of their posts beside what each counts.
    struct PostNames {
        private let lines: [Int: PostLine]

        /// Reads those of all lists. One statement.
        static func gather(_ ids: [Int]) async throws -> PostNames {
            let ids = Set(ids).sorted()
            let rows = try await Post.filter { $0.id.isIn(ids) }.select(into: PostLine.init) {
                (
                    $0.id, $0.title, $0.slug, $0.author.username, $0.viewCount,
                    $0.comments.filter { $0.status == .approved }.count
                )
            }.all()
            return PostNames(lines: Dictionary(uniqueKeysWithValues: rows.map { ($0.id, $0) }))
        }

        func line(_ id: Int, views: Int) -> PostLine? {
            var line = lines[id]
            line?.views = views
            return line
        }

        func line(_ id: Int, comments: Int) -> PostLine? {
            var line = lines[id]
            line?.comments = comments
            return line
        }

        func line(_ id: Int, recent: Int, before: Int) -> RisingLine? {
            line(id, views: recent).map { RisingLine(post: $0, recent: recent, before: before) }
        }
    }
}
