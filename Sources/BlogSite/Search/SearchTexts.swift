/// The lists of words as the files of the index have them. For each word the posts that have it, the heaviest weight first:
/// the weight, the greatest number of a post, then how much smaller each next one is. `"swift":[[20,907,4,1],[2,1033]]` says
/// that 907, 903 and 902 have the word with the weight 20, and 1033 with 2.
struct SearchTexts {
    /// How many posts a word leads to: those with the greatest weight, then the newest. A word that more posts have says
    /// little about any of them.
    static let reach = 1_000

    let reach: Int
    private var text: [UInt8] = []
    /// By a word's place.
    private var ranges: [Range<UInt32>?]

    /// How many entries of rows are looked at together, at least: what is held in memory at once, five bytes each.
    private static let share = 1 << 21

    init(wordCount: Int, reach: Int = Self.reach) {
        self.reach = reach
        ranges = [Range<UInt32>?](repeating: nil, count: wordCount)
    }

    /// `"word":[[…]]`; nil for a word that it was not made for.
    subscript(word: UInt32) -> ArraySlice<UInt8>? {
        ranges[Int(word)].map { text[Int($0.lowerBound)..<Int($0.upperBound)] }
    }

    /// Makes the lists of some words that have none here, from the rows of all posts. They are made a share at a time: all
    /// entries of a site's rows would need more memory than the rest of a build.
    mutating func make(_ words: [UInt32], _ table: SearchTable, _ file: SearchRowFile) throws {
        let total = words.reduce(0) { $0 + Int(table.facts[Int($1)].count) }
        let limit = max(Self.share, total / 8)
        var part: [UInt32] = []
        var size = 0
        for word in words where ranges[Int(word)] == nil {
            let count = Int(table.facts[Int(word)].count)
            if size + count > limit, !part.isEmpty {
                try makeTogether(part, table, file)
                part = []
                size = 0
            }
            part.append(word)
            size += count
        }
        if !part.isEmpty { try makeTogether(part, table, file) }
    }

    private mutating func makeTogether(_ words: [UInt32], _ table: SearchTable, _ file: SearchRowFile) throws {
        typealias Weight = SearchRow.Weight
        // Where the next post of a word goes, by the word's place; a word of another part has no room.
        var rooms = [UInt32](repeating: .max, count: table.words.count)
        var total: UInt32 = 0
        for word in words {
            rooms[Int(word)] = total
            total += table.facts[Int(word)].count
        }
        // What the rows say of these words: those of each word together, the newest post first.
        var ids = [UInt32](repeating: 0, count: Int(total))
        var weights = [UInt8](repeating: 0, count: Int(total))
        try file.forEach(table.rows.reversed()) { id, entries in
            while let entry = try entries.next() {
                let word = Int(entry >> Weight.bits)
                guard word < rooms.count else { throw SearchRowFile.Damaged() }
                let room = rooms[word]
                guard room != .max else { continue }
                guard room < total else { throw SearchRowFile.Damaged() }
                ids[Int(room)] = id
                weights[Int(room)] = UInt8(entry & Weight.mask)
                rooms[word] = room + 1
            }
        }
        var start = 0
        var (sorted, ends): ([UInt32], [Int]) = ([], [])
        for word in words {
            let end = start + Int(table.facts[Int(word)].count)
            guard rooms[Int(word)] == end else { throw SearchRowFile.Damaged() }
            Self.sort(ids[start..<end], by: weights[start..<end], into: &sorted, &ends)
            let textStart = UInt32(text.count)
            write(table.words[Int(word)], sorted, ends)
            ranges[Int(word)] = textStart..<UInt32(text.count)
            start = end
        }
    }

    /// Counting sort: the greatest weight first, the posts of one weight in their order.
    ///
    /// - Parameter ends: gets where the posts of each weight end, the greatest weight first.
    private static func sort(
        _ ids: ArraySlice<UInt32>, by weights: ArraySlice<UInt8>, into sorted: inout [UInt32], _ ends: inout [Int]
    ) {
        let greatest = Int(SearchRow.Weight.mask)
        ends.removeAll(keepingCapacity: true)
        ends.append(contentsOf: repeatElement(0, count: greatest + 1))
        for weight in weights { ends[greatest - Int(weight)] += 1 }
        var end = 0
        for bin in ends.indices {
            (ends[bin], end) = (end, end + ends[bin])
        }
        sorted.removeAll(keepingCapacity: true)
        sorted.append(contentsOf: ids)
        for (id, weight) in zip(ids, weights) {
            sorted[ends[greatest - Int(weight)]] = id
            ends[greatest - Int(weight)] += 1
        }
    }

    /// - Parameters:
    ///   - ids: of the posts that have the word.
    ///   - ends: where those of each weight end, the greatest weight first.
    private mutating func write(_ word: ArraySlice<UInt8>, _ ids: [UInt32], _ ends: [Int]) {
        text.append(UInt8(ascii: "\""))
        // Letters and digits need no escape in JSON.
        text.append(contentsOf: word)
        text.append(contentsOf: "\":[".utf8)
        var place = 0
        for index in ends.indices {
            let end = min(ends[index], reach)
            guard place < end else { continue }
            text.append(contentsOf: (place == 0 ? "[" : "],[").utf8)
            append(SearchRow.Weight.mask - UInt32(index))
            text.append(UInt8(ascii: ","))
            append(ids[place])
            for next in (place + 1)..<max(end, place + 1) {
                text.append(UInt8(ascii: ","))
                append(ids[next - 1] - ids[next])
            }
            place = end
        }
        text.append(contentsOf: "]]".utf8)
    }

    private mutating func append(_ number: UInt32) {
        if number >= 10 { append(number / 10) }
        text.append(UInt8(ascii: "0") + UInt8(number % 10))
    }
}
