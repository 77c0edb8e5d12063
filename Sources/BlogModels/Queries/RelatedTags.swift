package import FoundationEssentials
package import ORM

/// Tags that appear on the same posts.
package enum RelatedTags {
    /// For each of the tags, those that share the most visible posts with it: at most `limit`, ties by name. One statement.
    package static func all(
        _ visibility: PostVisibility, since: Date? = nil, of tags: [Int], limit: Int = 10,
        on session: (any Session)? = nil
    ) async throws -> [Int: [Statistics.TagLine.Related]] {
        guard !tags.isEmpty else { return [:] }
        let now = visibility.now
        // A join of the pivot with itself, which no path of relations says without naming each pair of tags.
        let rows = try await Rows<Int, String, Int>.raw(
            """
            SELECT mine.tag_id, tags.slug, COUNT(*)
            FROM post_tags AS mine
            JOIN post_tags AS theirs ON theirs.post_id = mine.post_id AND theirs.tag_id <> mine.tag_id
            JOIN posts ON posts.id = mine.post_id
            JOIN tags ON tags.id = theirs.tag_id
            WHERE mine.tag_id IN (\(list: tags)) AND (\(visibility.drafts) OR posts.published)
                AND (\(visibility.future) OR posts.published_at IS NULL OR posts.published_at <= \(now))
                AND (posts.expires_at IS NULL OR posts.expires_at > \(now))
                AND (\(since == nil) OR posts.published_at >= \(since ?? now))
            GROUP BY mine.tag_id, tags.id, tags.slug, tags.name
            ORDER BY mine.tag_id, COUNT(*) DESC, tags.name, tags.id
            """
        ).all(on: session)
        var found: [Int: [Statistics.TagLine.Related]] = [:]
        for (tag, slug, weight) in rows where found[tag, default: []].count < limit {
            found[tag, default: []].append(.init(slug: slug, weight: weight))
        }
        return found
    }
}
