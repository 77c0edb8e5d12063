/// The words of one post and what they count there.
struct SearchRow: Sendable, Equatable {
    /// The post's number.
    var id: UInt32
    /// Changes with everything that the words depend on.
    var key: ContentHash
    /// A word's place, five bits to the left, and its weight; ascending.
    var entries: [UInt32]

    /// What a word counts in a title, a tag and a text. A word in a title outweighs any number of them elsewhere.
    enum Weight {
        static let title: UInt32 = 16
        static let tag: UInt32 = 8
        /// Once, twice, four times, eight times or more.
        static func text(_ count: Int) -> UInt32 { UInt32(min(4, Int.bitWidth - count.leadingZeroBitCount)) }
        static let bits: UInt32 = 5
        static let mask: UInt32 = 31
    }
}

/// The words of some posts, found without looking at those of others: many batches are made at once.
struct SearchBatch: Sendable {
    /// The text of a post, as far as words are looked for in it.
    struct Source: Sendable {
        var id: UInt32
        var key: ContentHash
        var title: String
        var tags: [String]
        var html: String
    }

    /// The words of the batch.
    let words: WordList
    /// With places in `words`, in no order.
    private var rows: [SearchRow] = []

    init(_ sources: [Source]) {
        typealias Weight = SearchRow.Weight
        var counter = Counter()
        for source in sources {
            SearchWords.forEachUTF8(in: source.title) { counter.count($0, extra: Weight.title) }
            for tag in source.tags { SearchWords.forEachUTF8(in: tag) { counter.count($0, extra: Weight.tag) } }
            PlainText.make(of: source.html).withUnsafeBufferPointer { text in
                SearchWords.forEachUTF8(in: text) { counter.count($0) }
            }
            rows.append(SearchRow(id: source.id, key: source.key, entries: counter.takeEntries()))
        }
        words = counter.words
    }

    /// Counts the words of one post after another.
    private struct Counter {
        private(set) var words = WordList()
        /// By the places of words: how often this post's text has them, and what title and tags add.
        private var counts: [(text: Int, extra: UInt32)] = []
        /// The places of this post's words.
        private var found: [Int] = []

        /// Counts a word of a text.
        mutating func count(_ word: UnsafeBufferPointer<UInt8>) { counts[find(word)].text += 1 }

        /// Notes a word of a title or a tag.
        mutating func count(_ word: UnsafeBufferPointer<UInt8>, extra: UInt32) { counts[find(word)].extra |= extra }

        private mutating func find(_ word: UnsafeBufferPointer<UInt8>) -> Int {
            let place = words.place(of: word)
            if place == counts.count { counts.append((0, 0)) }
            if counts[place] == (0, 0) { found.append(place) }
            return place
        }

        /// What was counted since the last call, in no order.
        mutating func takeEntries() -> [UInt32] {
            typealias Weight = SearchRow.Weight
            let entries = found.map { place in
                UInt32(place) << Weight.bits | Weight.text(counts[place].text) | counts[place].extra
            }
            for place in found { counts[place] = (0, 0) }
            found.removeAll(keepingCapacity: true)
            return entries
        }
    }

    /// The rows with other places for their words.
    ///
    /// The words are put in order once for the batch; a row then marks its own in a set of bits and reads them in that order,
    /// which is many times as fast as to sort each row.
    ///
    /// - Parameter places: for each word of the batch its place there.
    func rows(at places: [UInt32]) -> [SearchRow] {
        typealias Weight = SearchRow.Weight
        let order = places.indices.sorted { places[$0] < places[$1] }
        var ranks = [Int](repeating: 0, count: places.count)
        for (rank, place) in order.enumerated() { ranks[place] = rank }
        var marks = [UInt64](repeating: 0, count: (places.count + 63) / 64)
        var weights = [UInt32](repeating: 0, count: places.count)
        return rows.map { row in
            for entry in row.entries {
                let rank = ranks[Int(entry >> Weight.bits)]
                marks[rank / 64] |= 1 << UInt64(rank % 64)
                weights[rank] = entry & Weight.mask
            }
            var entries: [UInt32] = []
            entries.reserveCapacity(row.entries.count)
            for index in marks.indices {
                while marks[index] != 0 {
                    let rank = index * 64 + marks[index].trailingZeroBitCount
                    marks[index] &= marks[index] - 1
                    entries.append(places[order[rank]] << Weight.bits | weights[rank])
                }
            }
            return SearchRow(id: row.id, key: row.key, entries: entries)
        }
    }
}
