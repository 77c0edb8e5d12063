/// Which words stand in which file of the search index: files small enough to be fetched while somebody types.
///
/// A shard holds the words that begin with its prefix, but for those that a longer prefix takes.
struct SearchLayout: Sendable {
    struct Shard: Sendable, Equatable {
        var prefix: String
        /// The places of its words in the table, in the order of the file.
        var words: [UInt32]
    }

    /// About how long a file may be. A word whose list alone is longer is a file of its own.
    static let limit = 24_576

    /// In the order of their prefixes.
    let shards: [Shard]

    init(_ table: SearchTable, limit: Int = Self.limit) {
        var splitter = Splitter(table, limit: limit)
        splitter.split(splitter.words.indices, [])
        shards = splitter.shards.sorted { $0.prefix.utf8.lexicographicallyPrecedes($1.prefix.utf8) }
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

/// Cuts the sorted words into files by their prefixes.
private struct Splitter {
    let list: WordList
    /// Those that posts have, in the order of their bytes.
    let words: [UInt32]
    /// Where the list of each would begin if they stood one after another.
    let starts: [Int]
    let limit: Int
    var shards: [SearchLayout.Shard] = []

    init(_ table: SearchTable, limit: Int) {
        list = table.words
        words = table.used
        self.limit = limit
        var starts = [0]
        starts.reserveCapacity(words.count + 1)
        var end = 0
        for word in words {
            end += Int(table.facts[Int(word)].size)
            starts.append(end)
        }
        self.starts = starts
    }

    private func size(_ range: Range<Int>) -> Int { starts[range.upperBound] - starts[range.lowerBound] + range.count }

    /// The words of a range all begin with the prefix. Where they are too many, those with the commonest next character get
    /// a file of their own, until the rest fits.
    mutating func split(_ range: Range<Int>, _ prefix: [UInt8]) {
        var rest = parts(of: range, after: prefix.count)
        var size = size(range)
        while size > limit,
            let largest = rest.filter({ !$0.next.isEmpty }).max(by: { self.size($0.range) < self.size($1.range) })
        {
            // One word alone cannot be cut.
            if rest.count == 1 && largest.range.count == 1 { break }
            split(largest.range, prefix + largest.next)
            rest.removeAll { $0.range == largest.range }
            size -= self.size(largest.range)
        }
        guard !rest.isEmpty else { return }
        shards.append(.init(prefix: String(decoding: prefix, as: UTF8.self), words: rest.flatMap { words[$0.range] }))
    }

    /// Runs of words with the same next character; an empty one for the word that ends here.
    private func parts(of range: Range<Int>, after count: Int) -> [(next: ArraySlice<UInt8>, range: Range<Int>)] {
        var parts: [(next: ArraySlice<UInt8>, range: Range<Int>)] = []
        for place in range {
            let rest = list[Int(words[place])].dropFirst(count)
            let next = rest.prefix(rest.first.map(Self.length) ?? 0)
            if let last = parts.last, last.next == next {
                parts[parts.count - 1].range = last.range.lowerBound..<(place + 1)
            } else {
                parts.append((next, place..<(place + 1)))
            }
        }
        return parts
    }

    /// How many bytes a character has that begins with this one.
    private static func length(_ first: UInt8) -> Int { first < 0xC0 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4 }
}
