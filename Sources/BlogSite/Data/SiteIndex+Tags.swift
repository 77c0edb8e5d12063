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
        let related = tags.compactMap { other in weights[other.id].map { RelatedTag(tag: other, weight: $0) } }
        // `tags` is in the order of names, and the sort is stable.
        return Array(related.sorted { $0.weight > $1.weight }.prefix(10))
    }
}
