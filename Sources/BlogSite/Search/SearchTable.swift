/// What is known of the words of all posts: which there are, how long their lists are, and where each post's row is.
struct SearchTable: Sendable {
    /// By a word's place.
    struct Word: Sendable, Equatable {
        /// How many posts have it.
        var count: UInt32 = 0
        /// How long its list is in a file of the index.
        var size: UInt32 = 0
    }

    /// Of the posts and their keys: whatever has another was made from other words.
    var key = ContentHash.unknown
    var words = WordList()
    /// By a word's place.
    var facts: [Word] = []
    /// The places of all words in the order of their bytes.
    var order: [UInt32] = []
    /// By the numbers of the posts.
    var rows: [SearchRowFile.Place] = []
    /// Where the next row is written.
    var end = 0

    /// The places of words that posts have, in the order of their bytes.
    var used: [UInt32] { order.filter { facts[Int($0)].count > 0 } }
}

extension SearchTable {
    /// Raised when the form changes, or what the length of a list depends on.
    private static let version = 2

    /// In the form that `init(bytes:)` reads, behind a hash of itself.
    var bytes: [UInt8] {
        var writer = ByteWriter()
        writer.write(Self.version)
        writer.write(key)
        writer.write(end)
        writer.write(words.text)
        writer.write(words.ends)
        writer.write(order)
        writer.write(facts.map(\.count))
        writer.write(facts.map(\.size))
        writer.write(rows.count)
        for row in rows {
            writer.write(Int(row.id))
            writer.write(row.key)
            writer.write(row.offset)
            writer.write(row.count)
        }
        var whole = ByteWriter()
        whole.write(ContentHash.checksum(of: writer.bytes))
        return whole.bytes + writer.bytes
    }

    /// Nil for another version and for damaged bytes: the words are found anew then.
    init?(bytes: [UInt8]) {
        var reader = ByteReader(bytes)
        do {
            let hash = try reader.hash()
            guard hash == bytes.withUnsafeBytes({ ContentHash.checksum(of: $0[16...]) }),
                try reader.number() == Self.version
            else { return nil }
            key = try reader.hash()
            end = try reader.number()
            guard let words = WordList(text: try reader.octets(), ends: try reader.numbers()) else { return nil }
            self.words = words
            order = try reader.numbers()
            let (counts, sizes) = (try reader.numbers(), try reader.numbers())
            guard order.count == words.count, counts.count == words.count, sizes.count == words.count,
                order.allSatisfy({ $0 < words.count })
            else { return nil }
            facts = zip(counts, sizes).map { Word(count: $0, size: $1) }
            let count = try reader.number()
            guard count >= 0, count <= bytes.count / 40 else { return nil }
            rows.reserveCapacity(count)
            for _ in 0..<count {
                rows.append(
                    .init(
                        id: UInt32(truncatingIfNeeded: try reader.number()), key: try reader.hash(),
                        offset: try reader.number(), count: try reader.number()))
            }
        } catch {
            return nil
        }
        guard reader.isAtEnd else { return nil }
    }
}
