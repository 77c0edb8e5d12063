/// Which posts a post's page points to as related: those that share its tags, a rare tag counting more than a common one.
///
/// Older posts come first, and a tag's rarity is counted among older posts, so that a new post changes no old page once
/// that has its full number. Ties go to the newer post, then to the greater id (which is the order of the index).
struct RelatedPosts: Sendable {
    /// How many posts a page points to.
    static let limit = 5
    /// How many posts of one tag are looked at, nearest in time first. It keeps the work linear in the number of posts.
    static let reach = 250

    /// For each position the positions of its related posts, best first.
    private let table: [[Int32]]

    /// Finds them for all posts.
    ///
    /// - Parameter workers: how many tasks share the work.
    init(_ index: SiteIndex, workers: Int) async {
        let count = index.posts.count
        let size = max(64, (count + workers - 1) / max(1, workers))
        table = await withTaskGroup(of: (Int, [[Int32]]).self) { group in
            for start in stride(from: 0, to: count, by: size) {
                group.addTask {
                    var search = Search(index)
                    return (start, (start..<min(start + size, count)).map { search.best(for: $0) })
                }
            }
            var parts: [(Int, [[Int32]])] = []
            for await part in group { parts.append(part) }
            return parts.sorted { $0.0 < $1.0 }.flatMap(\.1)
        }
    }

    /// Positions of the related posts of the post at `position`, best first.
    func positions(for position: Int) -> [Int] { table[position].map(Int.init) }
}

/// The search for one post after another, with room for the weights of all.
private struct Search {
    private let index: SiteIndex
    /// By position; zero between two searches.
    private var weights: [Int32]
    private var touched: [Int32] = []

    init(_ index: SiteIndex) {
        self.index = index
        weights = Array(repeating: 0, count: index.posts.count)
    }

    mutating func best(for position: Int) -> [Int32] {
        var result = best(for: position, takingOlder: true, limit: RelatedPosts.limit)
        if result.count < RelatedPosts.limit {
            result += best(for: position, takingOlder: false, limit: RelatedPosts.limit - result.count)
        }
        return result
    }

    private mutating func best(for position: Int, takingOlder: Bool, limit: Int) -> [Int32] {
        for tag in index.posts[position].post.tagIDs {
            guard let tagged = index.postsByTag[tag], let place = firstIndex(of: position, in: tagged) else { continue }
            // `tagged` is newest first: older posts follow the post's own place.
            let candidates =
                takingOlder
                ? tagged[(place + 1)...].prefix(RelatedPosts.reach) : tagged[..<place].suffix(RelatedPosts.reach)
            // An integer, so that sums are the same on every machine.
            let weight = Int32(1_000_000 / (takingOlder ? tagged.count - place : tagged.count))
            for candidate in candidates {
                if weights[candidate] == 0 { touched.append(Int32(candidate)) }
                weights[candidate] &+= max(1, weight)
            }
        }
        var best: [Int32] = []
        for candidate in touched {
            let rank = best.firstIndex { precedes(candidate, $0) } ?? best.count
            guard rank < limit else { continue }
            best.insert(candidate, at: rank)
            if best.count > limit { best.removeLast() }
        }
        for candidate in touched { weights[Int(candidate)] = 0 }
        touched.removeAll(keepingCapacity: true)
        return best
    }

    private func precedes(_ left: Int32, _ right: Int32) -> Bool {
        let (a, b) = (weights[Int(left)], weights[Int(right)])
        return a == b ? left < right : a > b
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
