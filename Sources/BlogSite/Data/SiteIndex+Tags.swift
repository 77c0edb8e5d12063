extension SiteIndex {
    /// A tag that occurs together with another.
    struct RelatedTag: Sendable, Hashable {
        var tag: TagRecord
        /// The number of visible posts that have both.
        var weight: Int
    }

    /// The ten tags that share most posts with a tag, itself left out; ties by name.
    func relatedTags(of tag: TagRecord) -> [RelatedTag] {
        var weights: [Int: Int] = [:]
        for position in postsByTag[tag.id] ?? [] {
            for other in posts[position].post.tagIDs where other != tag.id { weights[other, default: 0] += 1 }
        }
        let ranked = weights.compactMap { id, weight in rank(ofTag: id).map { (rank: $0, weight: weight) } }
        return ranked.sorted { $0.weight == $1.weight ? $0.rank < $1.rank : $0.weight > $1.weight }.prefix(10)
            .map { RelatedTag(tag: tags[$0.rank], weight: $0.weight) }
    }
}
