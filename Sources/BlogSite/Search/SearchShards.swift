/// The search index as files small enough to be fetched while somebody types.
///
/// A shard holds the words that begin with its prefix, but for those that a longer prefix takes. For each word it has lists
/// of posts, the heaviest weight first: the weight, the greatest number of a post, then how much smaller each next one is.
/// `{"swift":[[20,907,4,1],[2,1033]]}` says that 907, 903 and 902 have the word with the weight 20, and 1033 with 2.
struct SearchShards: Sendable {
    struct Shard: Sendable {
        var prefix: String
        var bytes: [UInt8]
    }

    /// About how long a file may be. A word whose list alone is longer is a file of its own.
    static let limit = 24_576
    /// How many posts a word leads to: those with the greatest weight, then the newest. A word that more posts have says
    /// little about any of them.
    static let reach = 1_000

    let shards: [Shard]

    init(_ table: SearchTable, limit: Int = Self.limit, reach: Int = Self.reach) {
        let lists = Lists(table, reach: reach)
        let order = Self.sorted(table.words, table.words.indices.filter { lists.counts[$0] > 0 })
        var text: [UInt8] = []
        var starts: [Int] = []
        for word in order {
            starts.append(text.count)
            lists.write(word, named: table.words[word], to: &text)
        }
        starts.append(text.count)
        var splitter = Splitter(
            words: order.map { Array(table.words[$0].unicodeScalars) }, text: text, starts: starts, limit: limit)
        splitter.split(order.indices, [])
        shards = splitter.shards.sorted { $0.prefix.utf8.lexicographicallyPrecedes($1.prefix.utf8) }
    }

    /// Places of words in the order of their UTF-8 bytes, the first eight of which decide mostly.
    private static func sorted(_ words: [String], _ places: [Int]) -> [Int] {
        let keys = words.map { word in
            word.utf8.prefix(8).reduce(into: (key: UInt64(0), shift: UInt64(56))) { state, byte in
                state.key |= UInt64(byte) << state.shift
                state.shift &-= 8
            }.key
        }
        return places.sorted { left, right in
            keys[left] == keys[right]
                ? words[left].utf8.lexicographicallyPrecedes(words[right].utf8) : keys[left] < keys[right]
        }
    }

    /// The name of a shard's file: characters other than a–z and 0–9 as hexadecimal numbers between underscores.
    static func fileName(of prefix: String) -> String {
        if prefix.isEmpty { return "_" }
        return prefix.unicodeScalars.reduce(into: "") { name, scalar in
            switch scalar {
            case "a"..."z", "0"..."9": name.unicodeScalars.append(scalar)
            default: name += "_" + String(scalar.value, radix: 16) + "_"
            }
        }
    }
}

/// For each word its posts, heaviest first, then newest first, cut at the reach.
private struct Lists {
    private var ids: [UInt32] = []
    private var weights: [UInt8] = []
    private var starts: [Int] = []
    /// How many posts each word has here.
    var counts: [Int]

    init(_ table: SearchTable, reach: Int) {
        typealias Weight = SearchTable.Weight
        counts = [Int](repeating: 0, count: table.words.count)
        for row in table.rows { for entry in row.entries { counts[Int(entry >> Weight.bits)] += 1 } }
        var end = 0
        for word in counts.indices {
            starts.append(end)
            counts[word] = min(counts[word], reach)
            end += counts[word]
        }
        ids = [UInt32](repeating: 0, count: end)
        weights = [UInt8](repeating: 0, count: end)
        var filled = [Int](repeating: 0, count: counts.count)
        var next = [Int](repeating: 0, count: table.rows.count)
        // A row's entries are sorted by weight: each round takes those of one weight from all rows.
        for weight in stride(from: Weight.mask, through: 0, by: -1) {
            for (place, row) in table.rows.enumerated().reversed() {
                while next[place] < row.entries.count, row.entries[next[place]] & Weight.mask == weight {
                    let word = Int(row.entries[next[place]] >> Weight.bits)
                    next[place] += 1
                    guard filled[word] < counts[word] else { continue }
                    ids[starts[word] + filled[word]] = row.id
                    weights[starts[word] + filled[word]] = UInt8(weight)
                    filled[word] += 1
                }
            }
        }
    }

    /// Appends `"word":[[…]]`.
    func write(_ word: Int, named name: String, to text: inout [UInt8]) {
        text.append(UInt8(ascii: "\""))
        // Letters and digits need no escape in JSON.
        text.append(contentsOf: name.utf8)
        text.append(contentsOf: "\":[".utf8)
        var weight: UInt8 = 0
        var last: UInt32 = 0
        for place in starts[word]..<(starts[word] + counts[word]) {
            if weights[place] == weight {
                text.append(UInt8(ascii: ","))
                append(last - ids[place], to: &text)
            } else {
                text.append(contentsOf: (weight == 0 ? "[" : "],[").utf8)
                weight = weights[place]
                append(UInt32(weight), to: &text)
                text.append(UInt8(ascii: ","))
                append(ids[place], to: &text)
            }
            last = ids[place]
        }
        text.append(contentsOf: "]]".utf8)
    }

    private func append(_ number: UInt32, to text: inout [UInt8]) {
        if number >= 10 { append(number / 10, to: &text) }
        text.append(UInt8(ascii: "0") + UInt8(number % 10))
    }
}

/// Cuts the sorted words into files by their prefixes.
private struct Splitter {
    let words: [[Unicode.Scalar]]
    /// Their lists one after another, and where each begins.
    let text: [UInt8]
    let starts: [Int]
    let limit: Int
    var shards: [SearchShards.Shard] = []

    init(words: [[Unicode.Scalar]], text: [UInt8], starts: [Int], limit: Int) {
        self.words = words
        self.text = text
        self.starts = starts
        self.limit = limit
    }

    private func size(_ range: Range<Int>) -> Int { starts[range.upperBound] - starts[range.lowerBound] + range.count }

    /// The words of a range all begin with the prefix. Where they are too many, those with the commonest next character get
    /// a file of their own, until the rest fits.
    mutating func split(_ range: Range<Int>, _ prefix: [Unicode.Scalar]) {
        var rest = parts(of: range, after: prefix.count)
        var size = size(range)
        while size > limit,
            let largest = rest.filter({ $0.next != nil }).max(by: { self.size($0.range) < self.size($1.range) }),
            let next = largest.next
        {
            // One word alone cannot be cut.
            if rest.count == 1 && largest.range.count == 1 { break }
            split(largest.range, prefix + [next])
            rest.removeAll { $0.range == largest.range }
            size -= self.size(largest.range)
        }
        guard !rest.isEmpty else { return }
        var name = String.UnicodeScalarView()
        name.append(contentsOf: prefix)
        shards.append(.init(prefix: String(name), bytes: document(rest.flatMap(\.range))))
    }

    /// Runs of words with the same next character; nil for the word that ends here.
    private func parts(of range: Range<Int>, after count: Int) -> [(next: Unicode.Scalar?, range: Range<Int>)] {
        var parts: [(next: Unicode.Scalar?, range: Range<Int>)] = []
        for place in range {
            let next = words[place].count > count ? words[place][count] : nil
            if let last = parts.last, last.next == next {
                parts[parts.count - 1].range = last.range.lowerBound..<(place + 1)
            } else {
                parts.append((next, place..<(place + 1)))
            }
        }
        return parts
    }

    private func document(_ places: [Int]) -> [UInt8] {
        var bytes: [UInt8] = [UInt8(ascii: "{")]
        for place in places {
            if bytes.count > 1 { bytes.append(UInt8(ascii: ",")) }
            bytes.append(contentsOf: text[starts[place]..<starts[place + 1]])
        }
        return bytes + Array("}\n".utf8)
    }
}
