/// Collects what a page or a build is made of and gives one hash of it.
///
/// Each value is written with its length, so that `"ab", "c"` and `"a", "bc"` differ.
///
/// A site has several fingerprints for each post, of a few numbers and titles each, so that a cryptographic hash took most of
/// its time to begin and to end. This is MurmurHash3_x64_128 (Austin Appleby,
/// https://github.com/aappleby/smhasher/blob/master/src/MurmurHash3.cpp) over words of 64 bits: it tells any two sites apart that
/// nobody has made alike on purpose. Texts that somebody could want to pass off as another one, bodies and assets, go in as
/// their SHA-256.
package struct Fingerprint: Sendable {
    private var first = seed
    private var second = seed
    /// The word that waits for its neighbour, where their number is odd.
    private var waiting: UInt64 = 0
    private var count: UInt64 = 0

    /// Not 0, so that the hash of nothing is not `ContentHash.unknown`.
    private static let seed: UInt64 = 0x626C_6F67
    private static let factors: (UInt64, UInt64) = (0x87C3_7B91_1142_53D5, 0x4CF5_AD43_2745_937F)

    package init() {}

    /// Adds a text.
    package mutating func add(_ text: String) {
        add(text.utf8.count)
        let isDone: Void? = text.utf8.withContiguousStorageIfAvailable { add(UnsafeRawBufferPointer($0)) }
        if isDone == nil { Array(text.utf8).withUnsafeBytes { add($0) } }
    }

    /// Adds the UTF-8 of a text.
    mutating func add(_ text: ArraySlice<UInt8>) {
        add(text.count)
        text.withUnsafeBytes { add($0) }
    }

    /// Adds a text that may be absent; absent differs from empty.
    package mutating func add(_ text: String?) {
        if let text { add(text) } else { add(-1) }
    }

    /// Adds a number.
    package mutating func add(_ number: Int) { add(UInt64(bitPattern: Int64(number))) }

    /// Adds a flag.
    package mutating func add(_ flag: Bool) { add(flag ? 1 : 0) }

    /// Adds another hash.
    package mutating func add(_ hash: ContentHash) {
        add(hash.high)
        add(hash.low)
    }

    /// The bytes as words, the last one filled up with zeros.
    fileprivate mutating func add(_ bytes: UnsafeRawBufferPointer) {
        var offset = bytes.count < 128 ? 0 : addStripes(bytes)
        while offset + 8 <= bytes.count {
            add(UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self)))
            offset += 8
        }
        guard offset < bytes.count else { return }
        var word: UInt64 = 0
        for place in stride(from: bytes.count - 1, through: offset, by: -1) { word = word << 8 | UInt64(bytes[place]) }
        add(word)
    }

    /// Of a long text the words of its first part that is a multiple of 32 bytes, and gives its length: by the four lanes of XXH64 (Yann
    /// Collet, https://github.com/Cyan4973/xxHash/blob/dev/doc/xxhash_spec.md), of which each waits for itself alone. Then the lanes.
    private mutating func addStripes(_ bytes: UnsafeRawBufferPointer) -> Int {
        let (first, second): (UInt64, UInt64) = (0x9E37_79B1_85EB_CA87, 0xC2B2_AE3D_27D4_EB4F)
        func round(_ lane: UInt64, _ offset: Int) -> UInt64 {
            let word = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
            return Self.rotated(lane &+ word &* second, by: 31) &* first
        }
        var (one, two, three, four) = (first &+ second, second, UInt64(0), 0 &- first)
        var offset = 0
        while offset + 32 <= bytes.count {
            one = round(one, offset)
            two = round(two, offset + 8)
            three = round(three, offset + 16)
            four = round(four, offset + 24)
            offset += 32
        }
        add(one)
        add(two)
        add(three)
        add(four)
        return offset
    }

    private mutating func add(_ word: UInt64) {
        count &+= 1
        if count & 1 == 1 {
            waiting = word
            return
        }
        first ^= Self.left(waiting)
        first = (Self.rotated(first, by: 27) &+ second) &* 5 &+ 0x52DC_E729
        second ^= Self.right(word)
        second = (Self.rotated(second, by: 31) &+ first) &* 5 &+ 0x3849_5AB5
    }

    /// The hash of everything added so far, in its order.
    package var hash: ContentHash {
        var (first, second) = (first, second)
        if count & 1 == 1 { first ^= Self.left(waiting) }
        first ^= count &* 8
        second ^= count &* 8
        first &+= second
        second &+= first
        first = Self.mixed(first)
        second = Self.mixed(second)
        first &+= second
        return ContentHash(high: first, low: second &+ first)
    }

    private static func left(_ word: UInt64) -> UInt64 { rotated(word &* factors.0, by: 31) &* factors.1 }

    private static func right(_ word: UInt64) -> UInt64 { rotated(word &* factors.1, by: 33) &* factors.0 }

    private static func rotated(_ word: UInt64, by count: UInt64) -> UInt64 { word &<< count | word &>> (64 - count) }

    /// Spreads each bit over all.
    private static func mixed(_ word: UInt64) -> UInt64 {
        var word = word
        word = (word ^ word >> 33) &* 0xFF51_AFD7_ED55_8CCD
        word = (word ^ word >> 33) &* 0xC4CE_B9FE_1A85_EC53
        return word ^ word >> 33
    }
}

extension ContentHash {
    /// The fingerprint of bytes, by which a file of the blog's own shows that it is whole after a crash: a fifth of the time that
    /// a cryptographic hash takes, which nobody's text needs here.
    static func checksum(of bytes: UnsafeRawBufferPointer) -> ContentHash {
        var print = Fingerprint()
        print.add(bytes.count)
        print.add(bytes)
        return print.hash
    }

    /// The fingerprint of some of the bytes; see above.
    static func checksum(of bytes: Slice<UnsafeRawBufferPointer>) -> ContentHash {
        checksum(of: UnsafeRawBufferPointer(rebasing: bytes))
    }

    /// The fingerprint of bytes; see above.
    static func checksum(of bytes: [UInt8]) -> ContentHash { bytes.withUnsafeBytes { checksum(of: $0) } }
}
