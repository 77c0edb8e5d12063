/// Different words, each with its place: the first has 0.
///
/// A hash table over bytes, with open addressing. A site's texts have millions of words and some ten thousand different ones; to make
/// a `String` of each and hash that takes several times as long as to find it here.
struct WordList: Sendable {
    /// The words' bytes, one word after another.
    private(set) var text: [UInt8] = []
    /// Where each word ends in `text`.
    private(set) var ends: [UInt32] = []
    private var hashes: [UInt64] = []
    /// A word's place and one, or 0 for none; the count is a power of two.
    private var slots = [UInt32](repeating: 0, count: 1024)

    init() {}

    /// A list with the words that another had; nil where words do not end in their order, or one is there twice.
    init?(text: [UInt8], ends: [UInt32]) {
        var start = 0
        for end in ends {
            let end = Int(end)
            guard start < end, end <= text.count else { return nil }
            let place = count
            guard text.withUnsafeBufferPointer({ self.place(of: .init(rebasing: $0[start..<end])) }) == place else {
                return nil
            }
            start = end
        }
        guard start == text.count else { return nil }
    }

    /// How many words there are.
    var count: Int { ends.count }

    /// The UTF-8 of a word.
    subscript(place: Int) -> ArraySlice<UInt8> { text[start(of: place)..<Int(ends[place])] }

    /// The place of a word, which is a new one for a new word.
    mutating func place(of word: UnsafeBufferPointer<UInt8>) -> Int {
        let hash = Self.hash(word)
        var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
        while slots[slot] != 0 {
            let place = Int(slots[slot]) - 1
            if hashes[place] == hash, isEqual(place, word) { return place }
            slot = (slot + 1) & (slots.count - 1)
        }
        slots[slot] = UInt32(count + 1)
        text.append(contentsOf: word)
        ends.append(UInt32(text.count))
        hashes.append(hash)
        if count * 2 > slots.count { grow() }
        return count - 1
    }

    /// Whether a word whose hash is that of another is the same. The hash tells words of up to eight bytes and of one length apart.
    private func isEqual(_ place: Int, _ word: UnsafeBufferPointer<UInt8>) -> Bool {
        let start = start(of: place)
        guard Int(ends[place]) - start == word.count else { return false }
        return word.count <= 8 || text[start..<start + word.count].elementsEqual(word)
    }

    /// Some places in the order of their words' bytes, the first eight of which decide mostly.
    func sorted(_ places: Range<Int>) -> [UInt32] {
        let keys = places.map { place in
            self[place].prefix(8).reduce(into: (key: UInt64(0), shift: UInt64(56))) { state, byte in
                state.key |= UInt64(byte) << state.shift
                state.shift &-= 8
            }.key
        }
        let sorted = places.indices.sorted { left, right in
            let (leftKey, rightKey) = (keys[left - places.lowerBound], keys[right - places.lowerBound])
            return leftKey == rightKey ? precedes(left, right) : leftKey < rightKey
        }
        return sorted.map { UInt32($0) }
    }

    /// Whether a word comes before another in the order of bytes.
    func precedes(_ left: Int, _ right: Int) -> Bool { self[left].lexicographicallyPrecedes(self[right]) }

    private func start(of place: Int) -> Int { place == 0 ? 0 : Int(ends[place - 1]) }

    private mutating func grow() {
        slots = [UInt32](repeating: 0, count: slots.count * 2)
        for (place, hash) in hashes.enumerated() {
            var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
            while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
            slots[slot] = UInt32(place + 1)
        }
    }

    /// Eight bytes at a time, the last ones with some of those before them; multiplied as in `Checksum`, and folded because the low bits
    /// alone choose the slot. Each step can be undone, so that two words of one length and of one step have different hashes.
    private static func hash(_ word: UnsafeBufferPointer<UInt8>) -> UInt64 {
        let bytes = UnsafeRawBufferPointer(word)
        func load<Word: FixedWidthInteger & UnsignedInteger>(_ offset: Int, as type: Word.Type) -> UInt64 {
            UInt64(bytes.loadUnaligned(fromByteOffset: offset, as: type))
        }
        func mixed(_ word: UInt64) -> UInt64 {
            let product = word &* 0x9FB2_1C65_1E98_DF25
            return product ^ product >> 32
        }
        let count = bytes.count
        switch count {
        case 0: return 0
        case 1...3:
            return mixed(
                load(0, as: UInt8.self) << 16 | load(count / 2, as: UInt8.self) << 8 | load(count - 1, as: UInt8.self))
        case 4...8: return mixed(load(0, as: UInt32.self) << 32 | load(count - 4, as: UInt32.self))
        default:
            var hash: UInt64 = 0
            for offset in stride(from: 0, to: count - 8, by: 8) { hash = mixed(hash ^ load(offset, as: UInt64.self)) }
            return mixed(hash ^ load(count - 8, as: UInt64.self))
        }
    }
}
