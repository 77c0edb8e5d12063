extension SiteIndex {
    /// A tag that occurs together with another.
    struct RelatedTag: Sendable {
        var tag: TagRecord
        /// The number of visible posts that have both.
        var weight: Int
    }

    /// For each tag, in the order of `tags`, those that share most posts with it.
    static func relatedTags(
        _ tags: [TagRecord], ranks: [Int: Int], posts: [Entry], _ postsByTag: [Int: [Int]]
    ) -> [[RelatedTag]] {
        // Ranks are looked up once for each post, not once for each pair of its tags.
        let ranksByPost = posts.map { $0.post.tagIDs.compactMap { ranks[$0] } }
        var weights = Array(repeating: 0, count: tags.count)
        return tags.enumerated().map { rank, tag in
            var touched: [Int] = []
            for position in postsByTag[tag.id] ?? [] {
                for other in ranksByPost[position] where other != rank {
                    if weights[other] == 0 { touched.append(other) }
                    weights[other] += 1
                }
            }
            touched.sort { weights[$0] == weights[$1] ? $0 < $1 : weights[$0] > weights[$1] }
            let related = touched.prefix(10).map { RelatedTag(tag: tags[$0], weight: weights[$0]) }
            for other in touched { weights[other] = 0 }
            return related
        }
    }
}
