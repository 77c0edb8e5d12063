/// Which posts a post's page points to as related: those that share its tags, a rare tag counting more than a common one.
///
/// Older posts come first, and a tag's rarity is counted among older posts, so that a new post changes no old page once
/// that has its full number. Ties go to the newer post, then to the greater id (which is the order of the index).
struct RelatedPosts: Sendable {
    /// How many posts a page points to.
    static let limit = 5
    /// How many posts of one tag are looked at, nearest in time first. It keeps the work linear in the number of posts.
    static let reach = 250

    /// For each position the positions of its related posts, best first, and `none` for those that it lacks.
    let table: [UInt32]
    static let none = UInt32.max

    /// Finds them for all posts.
    ///
    /// - Parameter workers: how many tasks share the work.
    init(_ index: SiteIndex, workers: Int) async {
        let tagged = TaggedPosts(index)
        let count = index.posts.count
        let size = max(64, (count + workers - 1) / max(1, workers))
        table = await withTaskGroup(of: (Int, [UInt32]).self) { group in
            for start in stride(from: 0, to: count, by: size) {
                group.addTask { (start, Self.table(start..<min(start + size, count), tagged)) }
            }
            var parts: [(Int, [UInt32])] = []
            for await part in group { parts.append(part) }
            return parts.sorted { $0.0 < $1.0 }.flatMap(\.1)
        }
    }

    /// Those that were found before, of so many posts; nil for a table of anything else.
    init?(table: [UInt32], posts count: Int) {
        guard table.count == count * Self.limit, table.allSatisfy({ $0 < count || $0 == Self.none }) else { return nil }
        self.table = table
    }

    /// Positions of the related posts of the post at `position`, best first.
    func positions(for position: Int) -> some RandomAccessCollection<Int> {
        let entries = table[position * Self.limit..<(position + 1) * Self.limit]
        return entries.prefix { $0 != Self.none }.lazy.map { Int($0) }
    }

    private static func table(_ positions: Range<Int>, _ tagged: TaggedPosts) -> [UInt32] {
        var search = RelatedSearch(tagged)
        var table: [UInt32] = []
        table.reserveCapacity(positions.count * limit)
        for position in positions {
            let best = search.best(for: position)
            for place in 0..<limit { table.append(place < best.count ? best[place].position : none) }
        }
        return table
    }
}

/// Which posts have which tags, in a form that is quick to go through.
private struct TaggedPosts: Sendable {
    /// A tag of a post, and the post's place among those that have it.
    struct Use: Sendable {
        var tag: Int
        var place: Int
    }

    let count: Int
    /// For each tag the positions of its posts, newest first.
    private(set) var positions: [[UInt32]] = []
    private var uses: [Use] = []
    /// Where the uses of each post begin, and where the last ones end.
    private var starts: [Int] = [0]

    init(_ index: SiteIndex) {
        count = index.posts.count
        var numbers: [Int: Int] = [:]
        for (position, entry) in index.posts.enumerated() {
            for id in entry.post.tagIDs {
                let tag = numbers[id] ?? positions.count
                if tag == positions.count {
                    numbers[id] = tag
                    positions.append([])
                }
                uses.append(Use(tag: tag, place: positions[tag].count))
                positions[tag].append(UInt32(truncatingIfNeeded: position))
            }
            starts.append(uses.count)
        }
    }

    /// The tags of the post at `position`.
    func uses(of position: Int) -> ArraySlice<Use> { uses[starts[position]..<starts[position + 1]] }
}

/// The search for one post after another, with room for the weights of all.
private struct RelatedSearch {
    struct Candidate {
        var position: UInt32
        var weight: Int32

        func precedes(_ other: Candidate) -> Bool {
            weight == other.weight ? position < other.position : weight > other.weight
        }
    }

    private let tagged: TaggedPosts
    /// By position; zero between two searches.
    private var weights: [Int32]

    init(_ tagged: TaggedPosts) {
        self.tagged = tagged
        weights = Array(repeating: 0, count: tagged.count)
    }

    mutating func best(for position: Int) -> [Candidate] {
        let older = best(for: position, takingOlder: true, limit: RelatedPosts.limit)
        if older.count == RelatedPosts.limit { return older }
        return older + best(for: position, takingOlder: false, limit: RelatedPosts.limit - older.count)
    }

    private mutating func best(for position: Int, takingOlder: Bool, limit: Int) -> [Candidate] {
        let uses = tagged.uses(of: position)
        for use in uses {
            let all = tagged.positions[use.tag]
            // An integer, so that sums are the same on every machine.
            let weight = max(1, Int32(1_000_000 / (takingOlder ? all.count - use.place : all.count)))
            for candidate in candidates(use, takingOlder) { weights[Int(candidate)] &+= weight }
        }
        var best: [Candidate] = []
        best.reserveCapacity(limit)
        for use in uses {
            for position in candidates(use, takingOlder) {
                let candidate = Candidate(position: position, weight: weights[Int(position)])
                // Another tag had it already.
                if candidate.weight == 0 { continue }
                weights[Int(position)] = 0
                // Most are worse than the worst of those found so far.
                if best.count == limit {
                    guard candidate.precedes(best[limit - 1]) else { continue }
                    best.removeLast()
                }
                let rank = best.firstIndex { candidate.precedes($0) } ?? best.count
                best.insert(candidate, at: rank)
            }
        }
        return best
    }

    /// The posts with a tag of a post that are looked at: newest first, so that older ones follow the post's own place.
    private func candidates(_ use: TaggedPosts.Use, _ takingOlder: Bool) -> ArraySlice<UInt32> {
        let all = tagged.positions[use.tag]
        return takingOlder
            ? all[(use.place + 1)...].prefix(RelatedPosts.reach) : all[..<use.place].suffix(RelatedPosts.reach)
    }
}
