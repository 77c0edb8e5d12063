/// Which posts a post's page points to as related: those that share its tags, a rare tag counting more than a common one.
///
/// Older posts come first, and a tag's rarity is counted among older posts, so that a new post changes no old page once
/// that has its full number. Ties go to the newer post, then to the greater id (which is the order of the index).
struct RelatedPosts: Sendable {
    /// How many posts a page points to.
    static let limit = 5
    /// How many posts of one tag are looked at, nearest in time first. It keeps the work linear in the number of posts.
    static let reach = 400

    private let index: SiteIndex

    init(_ index: SiteIndex) { self.index = index }

    /// Positions of the related posts of the post at `position`, best first.
    func positions(for position: Int) -> [Int] {
        var result = best(position, takingOlder: true, limit: Self.limit)
        if result.count < Self.limit {
            result += best(position, takingOlder: false, limit: Self.limit - result.count)
        }
        return result
    }

    private func best(_ position: Int, takingOlder: Bool, limit: Int) -> [Int] {
        var weights: [Int: Int] = [:]
        for tag in index.posts[position].post.tagIDs {
            guard let tagged = index.postsByTag[tag], let place = firstIndex(of: position, in: tagged) else { continue }
            // `tagged` is newest first: older posts follow the post's own place.
            let candidates =
                takingOlder ? tagged[(place + 1)...].prefix(Self.reach) : tagged[..<place].suffix(Self.reach)
            // An integer, so that sums are the same on every machine.
            let weight = 1_000_000 / (takingOlder ? tagged.count - place : tagged.count)
            for candidate in candidates { weights[candidate, default: 0] += weight }
        }
        return weights.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(limit).map(\.key)
    }

    /// Binary search; the positions are ascending.
    private func firstIndex(of position: Int, in sorted: [Int]) -> Int? {
        var low = 0
        var high = sorted.count
        while low < high {
            let middle = (low + high) / 2
            if sorted[middle] < position { low = middle + 1 } else { high = middle }
        }
        return low < sorted.count && sorted[low] == position ? low : nil
    }
}
