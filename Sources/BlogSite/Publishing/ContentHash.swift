import Crypto

/// The first 128 bits of a SHA-256: enough to tell any two files or inputs of a site apart, half the size to keep.
package struct ContentHash: Sendable, Hashable, CustomStringConvertible {
    let high: UInt64
    let low: UInt64

    init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    /// The hash of `bytes`.
    package init(of bytes: UnsafeRawBufferPointer) {
        var hasher = SHA256()
        hasher.update(bufferPointer: bytes)
        self.init(hasher)
    }

    /// The hash of what a hasher has seen, for content that comes in pieces.
    init(_ hasher: SHA256) { self.init(hasher.finalize()) }

    /// The beginning of a whole digest.
    init(_ digest: SHA256Digest) {
        self = digest.withUnsafeBytes { digest in
            ContentHash(
                high: UInt64(bigEndian: digest.loadUnaligned(fromByteOffset: 0, as: UInt64.self)),
                low: UInt64(bigEndian: digest.loadUnaligned(fromByteOffset: 8, as: UInt64.self)))
        }
    }

    /// The hash of `bytes`.
    package init(of bytes: [UInt8]) {
        self = bytes.withUnsafeBytes { ContentHash(of: $0) }
    }

    /// The hash of the UTF-8 of `text`.
    package init(of text: String) {
        var text = text
        self = text.withUTF8 { ContentHash(of: UnsafeRawBufferPointer($0)) }
    }

    /// Stands for inputs that are not known, so that it never equals the hash of known ones.
    static let unknown = ContentHash(high: 0, low: 0)

    /// Reads 32 hexadecimal digits; nil for anything else.
    init?(hexadecimal digits: some Collection<UInt8>) {
        var high: UInt64 = 0
        var low: UInt64 = 0
        var count = 0
        for digit in digits {
            let value: UInt8
            switch digit {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): value = digit - UInt8(ascii: "0")
            case UInt8(ascii: "a")...UInt8(ascii: "f"): value = digit - UInt8(ascii: "a") + 10
            default: return nil
            }
            high = high << 4 | low >> 60
            low = low << 4 | UInt64(value)
            count += 1
        }
        guard count == 32 else { return nil }
        self.init(high: high, low: low)
    }

    /// Appends the 32 hexadecimal digits.
    func append(to bytes: inout [UInt8]) {
        for word in [high, low] {
            for shift in stride(from: UInt64(60), through: 0, by: -4) {
                let digit = UInt8(truncatingIfNeeded: word >> shift & 0xF)
                bytes.append(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10)
            }
        }
    }

    /// 32 lower-case hexadecimal digits.
    package var description: String {
        var bytes: [UInt8] = []
        append(to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }
}

/// Collects what a page or a build is made of and gives one hash of it.
///
/// Each value is written with its length, so that `"ab", "c"` and `"a", "bc"` differ.
package struct Fingerprint: Sendable {
    private var bytes: [UInt8] = []
    /// Has seen what came before `bytes`, when there was much of it.
    private var hasher: SHA256?

    package init() {
        // Enough for most pages; a site has many fingerprints.
        bytes.reserveCapacity(256)
    }

    /// Adds a text.
    package mutating func add(_ text: String) {
        add(text.utf8.count)
        bytes.append(contentsOf: text.utf8)
    }

    /// Adds the UTF-8 of a text. Any number of these can be added: they are not all kept.
    mutating func add(_ text: ArraySlice<UInt8>) {
        add(text.count)
        bytes.append(contentsOf: text)
        if bytes.count > 32_768 {
            var hasher = hasher ?? SHA256()
            bytes.withUnsafeBytes { hasher.update(bufferPointer: $0) }
            self.hasher = hasher
            bytes.removeAll(keepingCapacity: true)
        }
    }

    /// Adds a text that may be absent; absent differs from empty.
    package mutating func add(_ text: String?) {
        if let text { add(text) } else { add(-1) }
    }

    /// Adds a number.
    package mutating func add(_ number: Int) {
        withUnsafeBytes(of: Int64(number).littleEndian) { bytes.append(contentsOf: $0) }
    }

    /// Adds a flag.
    package mutating func add(_ flag: Bool) { bytes.append(flag ? 1 : 0) }

    /// Adds another hash.
    package mutating func add(_ hash: ContentHash) {
        withUnsafeBytes(of: hash.high.littleEndian) { bytes.append(contentsOf: $0) }
        withUnsafeBytes(of: hash.low.littleEndian) { bytes.append(contentsOf: $0) }
    }

    /// The hash of everything added so far, in its order.
    package var hash: ContentHash {
        guard var hasher else { return ContentHash(of: bytes) }
        bytes.withUnsafeBytes { hasher.update(bufferPointer: $0) }
        return ContentHash(hasher)
    }
}
