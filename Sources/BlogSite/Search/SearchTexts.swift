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

    /// How many entries of rows are looked at together, at least: what is held in memory at once.
    private static let share = 1 << 20

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
            // A word has counters of its own besides its entries.
            let cost = Int(table.facts[Int(word)].count) + Int(SearchRow.Weight.mask)
            if size + cost > limit, !part.isEmpty {
                try makeTogether(part, table, file)
                part = []
                size = 0
            }
            part.append(word)
            size += cost
        }
        if !part.isEmpty { try makeTogether(part, table, file) }
    }

    private mutating func makeTogether(_ words: [UInt32], _ table: SearchTable, _ file: SearchRowFile) throws {
        typealias Weight = SearchRow.Weight
        var slots = [Int32](repeating: -1, count: table.words.count)
        for (slot, word) in words.enumerated() { slots[Int(word)] = Int32(slot) }
        // What rows say of these words, the newest post first: the word's slot, the weight turned round, the post.
        var found: [(bin: UInt32, id: UInt32)] = []
        found.reserveCapacity(words.reduce(0) { $0 + Int(table.facts[Int($1)].count) })
        try file.forEach(table.rows.reversed()) { id, entries in
            while let entry = try entries.next() {
                let word = Int(entry >> Weight.bits)
                guard word < slots.count else { throw SearchRowFile.Damaged() }
                let slot = slots[word]
                if slot >= 0 { found.append((UInt32(slot) << Weight.bits | Weight.mask - entry & Weight.mask, id)) }
            }
        }
        // Counting sort: by word, then by weight; the posts of a bin keep their order.
        var ends = [UInt32](repeating: 0, count: words.count << Int(Weight.bits))
        for entry in found { ends[Int(entry.bin)] += 1 }
        var end: UInt32 = 0
        for bin in ends.indices {
            (ends[bin], end) = (end, end + ends[bin])
        }
        var ids = [UInt32](repeating: 0, count: found.count)
        for entry in found {
            ids[Int(ends[Int(entry.bin)])] = entry.id
            ends[Int(entry.bin)] += 1
        }
        for (slot, word) in words.enumerated() {
            let bins = slot << Int(Weight.bits)..<(slot + 1) << Int(Weight.bits)
            let start = bins.lowerBound == 0 ? 0 : Int(ends[bins.lowerBound - 1])
            guard Int(ends[bins.upperBound - 1]) - start == table.facts[Int(word)].count else {
                throw SearchRowFile.Damaged()
            }
            let textStart = UInt32(text.count)
            write(table.words[Int(word)], ids, from: start, ends[bins])
            ranges[Int(word)] = textStart..<UInt32(text.count)
        }
    }

    /// - Parameter ends: where the posts of each weight end, the greatest weight first.
    private mutating func write(_ word: ArraySlice<UInt8>, _ ids: [UInt32], from start: Int, _ ends: ArraySlice<UInt32>)
    {
        text.append(UInt8(ascii: "\""))
        // Letters and digits need no escape in JSON.
        text.append(contentsOf: word)
        text.append(contentsOf: "\":[".utf8)
        var place = start
        for (index, end) in ends.enumerated() {
            let end = min(Int(end), start + reach)
            guard place < end else { continue }
            text.append(contentsOf: (place == start ? "[" : "],[").utf8)
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
