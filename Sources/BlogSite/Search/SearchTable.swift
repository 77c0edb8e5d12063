/// The words of every post with their weights: what the search index is made from. It is kept in `.blog/`, so that an edit
/// costs the words of one post and not of all.
struct SearchTable: Sendable {
    struct Row: Sendable {
        /// The post's number.
        var id: UInt32
        /// Changes with everything that the words depend on.
        var key: ContentHash
        /// A word's place in `words`, five bits to the left, and its weight; the heaviest first.
        var entries: [UInt32]
    }

    var words: [String] = []
    /// By the numbers of the posts.
    var rows: [Row] = []

    /// What a word counts in a title, a tag and a text. A word in a title outweighs any number of them elsewhere.
    enum Weight {
        static let title: UInt32 = 16
        static let tag: UInt32 = 8
        /// Once, twice, four times, eight times or more.
        static func text(_ count: Int) -> UInt32 { UInt32(min(4, Int.bitWidth - count.leadingZeroBitCount)) }
        static let bits: UInt32 = 5
        static let mask: UInt32 = 31
    }

    /// The text of a post, as far as words are looked for in it.
    struct Source: Sendable {
        var id: UInt32
        var key: ContentHash
        var title: String
        var tags: [String]
        var html: String
    }

    /// The words of some posts, as a table of their own.
    init(_ sources: [Source]) {
        var list = WordList()
        // By the places of words, for one post after another: how often its text has them, and what title and tags add.
        var counts: [(text: Int, extra: UInt32)] = []
        var found: [Int] = []
        func count(_ word: UnsafeBufferPointer<UInt8>, _ add: (inout (text: Int, extra: UInt32)) -> Void) {
            let place = list.place(of: word)
            if place == counts.count { counts.append((0, 0)) }
            if counts[place] == (0, 0) { found.append(place) }
            add(&counts[place])
        }
        for source in sources {
            SearchWords.forEachUTF8(in: source.title) { count($0) { $0.extra |= Weight.title } }
            for tag in source.tags { SearchWords.forEachUTF8(in: tag) { count($0) { $0.extra |= Weight.tag } } }
            PlainText.make(of: source.html).withUnsafeBufferPointer { text in
                SearchWords.forEachUTF8(in: text[...]) { count($0) { $0.text += 1 } }
            }
            let entries = found.map { place in
                UInt32(place) << Weight.bits | Weight.text(counts[place].text) | counts[place].extra
            }
            rows.append(Row(id: source.id, key: source.key, entries: Self.sorted(entries)))
            for place in found { counts[place] = (0, 0) }
            found.removeAll(keepingCapacity: true)
        }
        words = list.words
    }

    init() {}

    /// The heaviest first, then by place. As plain numbers whose order is that one, which sort several times as fast.
    private static func sorted(_ entries: [UInt32]) -> [UInt32] {
        let shift = UInt32.bitWidth - Int(Weight.bits)
        var keys = entries.map { (Weight.mask - $0 & Weight.mask) << shift | $0 >> Weight.bits }
        keys.sort()
        return keys.map { $0 << Weight.bits | (Weight.mask - $0 >> shift) }
    }

    /// Takes in the rows of other tables, whose words get places here.
    mutating func add(_ others: [SearchTable]) {
        var places = Dictionary(uniqueKeysWithValues: words.enumerated().map { ($0.element, UInt32($0.offset)) })
        for other in others {
            let moved = other.words.map { word in
                if let place = places[word] { return place }
                let place = UInt32(words.count)
                places[word] = place
                words.append(word)
                return place
            }
            rows += other.rows.map { row in
                Row(
                    id: row.id, key: row.key,
                    entries: row.entries.map {
                        moved[Int($0 >> Weight.bits)] << Weight.bits | $0 & Weight.mask
                    })
            }
        }
        rows.sort { $0.id < $1.id }
    }

    /// Drops words that no row has, once they are the larger part.
    mutating func compact() {
        var isUsed = [Bool](repeating: false, count: words.count)
        for row in rows { for entry in row.entries { isUsed[Int(entry >> Weight.bits)] = true } }
        guard isUsed.count(where: { $0 }) * 2 < words.count else { return }
        var moved = [UInt32](repeating: 0, count: words.count)
        var kept: [String] = []
        for (place, word) in words.enumerated() where isUsed[place] {
            moved[place] = UInt32(kept.count)
            kept.append(word)
        }
        words = kept
        for index in rows.indices {
            rows[index].entries = rows[index].entries.map {
                moved[Int($0 >> Weight.bits)] << Weight.bits | $0 & Weight.mask
            }
        }
    }
}

extension SearchTable {
    private static let version = 1

    /// In the form that `init(bytes:)` reads, behind a hash of itself.
    var bytes: [UInt8] {
        var writer = ByteWriter()
        writer.write(Self.version)
        writer.write(words.count)
        for word in words { writer.write(word) }
        writer.write(rows.count)
        for row in rows {
            writer.write(Int(row.id))
            writer.write(row.key)
            writer.write(row.entries)
        }
        var whole = ByteWriter()
        whole.write(ContentHash(of: writer.bytes))
        return whole.bytes + writer.bytes
    }

    /// Nil for another version and for damaged bytes: the words are found anew then.
    init?(bytes: [UInt8]) {
        var reader = ByteReader(bytes)
        do {
            let hash = try reader.hash()
            guard hash == bytes.withUnsafeBytes({ ContentHash(of: UnsafeRawBufferPointer(rebasing: $0[16...])) }),
                try reader.number() == Self.version
            else { return nil }
            for _ in 0..<(try reader.number()) { words.append(try reader.text()) }
            for _ in 0..<(try reader.number()) {
                rows.append(
                    Row(
                        id: UInt32(truncatingIfNeeded: try reader.number()), key: try reader.hash(),
                        entries: try reader.numbers()))
            }
        } catch {
            return nil
        }
    }
}
