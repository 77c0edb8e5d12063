/// Different words, each with its place: the first has 0.
///
/// A hash table over bytes, with open addressing. A site's texts have millions of words and some ten thousand different ones; to make
/// a `String` of each and hash that takes several times as long as to find it here.
struct WordList {
    /// The words' bytes, one word after another.
    private var text: [UInt8] = []
    /// Where each word ends in `text`.
    private var ends: [Int] = []
    private var hashes: [UInt64] = []
    /// A word's place and one, or 0 for none; the count is a power of two.
    private var slots = [UInt32](repeating: 0, count: 1024)

    /// How many words there are.
    var count: Int { ends.count }

    /// The words in the order of their places.
    var words: [String] {
        ends.indices.map { String(decoding: text[start(of: $0)..<ends[$0]], as: UTF8.self) }
    }

    /// The place of a word, which is a new one for a new word.
    mutating func place(of word: UnsafeBufferPointer<UInt8>) -> Int {
        let hash = Self.hash(word)
        var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
        while slots[slot] != 0 {
            let place = Int(slots[slot]) - 1
            if hashes[place] == hash, text[start(of: place)..<ends[place]].elementsEqual(word) { return place }
            slot = (slot + 1) & (slots.count - 1)
        }
        slots[slot] = UInt32(count + 1)
        text.append(contentsOf: word)
        ends.append(text.count)
        hashes.append(hash)
        if count * 2 > slots.count { grow() }
        return count - 1
    }

    private func start(of place: Int) -> Int { place == 0 ? 0 : ends[place - 1] }

    private mutating func grow() {
        slots = [UInt32](repeating: 0, count: slots.count * 2)
        for (place, hash) in hashes.enumerated() {
            var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
            while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
            slots[slot] = UInt32(place + 1)
        }
    }

    /// FNV-1a, folded once more because its low bits alone choose the slot. <http://www.isthe.com/chongo/tech/comp/fnv/>
    private static func hash(_ word: UnsafeBufferPointer<UInt8>) -> UInt64 {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in word { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
        return hash ^ hash >> 32
    }
}
