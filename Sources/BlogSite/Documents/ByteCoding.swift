import Bytes

/// Appends values to a buffer in the form that `ByteReader` reads: numbers as little-endian, texts with their length.
struct ByteWriter {
    private(set) var bytes: [UInt8] = []

    mutating func write(_ number: Int) {
        withUnsafeBytes(of: Int64(number).littleEndian) { bytes.append(contentsOf: $0) }
    }

    mutating func write(_ text: String) {
        write(text.utf8.count)
        bytes.append(contentsOf: text.utf8)
    }

    mutating func write(_ bytes: [UInt8]) {
        write(bytes.count)
        self.bytes.append(contentsOf: bytes)
    }

    mutating func write(_ numbers: [UInt32]) {
        write(numbers.count)
        numbers.map(\.littleEndian).withUnsafeBytes { bytes.append(contentsOf: $0) }
    }

    mutating func write(_ hash: ContentHash) {
        withUnsafeBytes(of: hash.high.littleEndian) { bytes.append(contentsOf: $0) }
        withUnsafeBytes(of: hash.low.littleEndian) { bytes.append(contentsOf: $0) }
    }
}

/// Reads what `ByteWriter` wrote; throws `Truncated` instead of reading past the end.
struct ByteReader {
    struct Truncated: Error {}

    private let bytes: ArraySlice<UInt8>
    /// How many of them are read.
    private var position = 0

    init(_ bytes: ArraySlice<UInt8>) { self.bytes = bytes }

    init(_ bytes: [UInt8]) { self.bytes = bytes[...] }

    var isAtEnd: Bool { position == bytes.count }

    mutating func word() throws(Truncated) -> UInt64 {
        guard position + 8 <= bytes.count else { throw Truncated() }
        defer { position += 8 }
        return bytes.withUnsafeBytes {
            UInt64(littleEndian: $0.loadUnaligned(fromByteOffset: position, as: UInt64.self))
        }
    }

    mutating func number() throws(Truncated) -> Int { Int(Int64(bitPattern: try word())) }

    mutating func text() throws(Truncated) -> String { String(utf8Bytes: try slice()) }

    mutating func octets() throws(Truncated) -> [UInt8] { Array(try slice()) }

    private mutating func slice() throws(Truncated) -> ArraySlice<UInt8> {
        let count = try number()
        guard count >= 0, count <= bytes.count - position else { throw Truncated() }
        defer { position += count }
        return bytes.dropFirst(position).prefix(count)
    }

    mutating func numbers() throws(Truncated) -> [UInt32] {
        let count = try number()
        guard count >= 0, count <= (bytes.count - position) / 4 else { throw Truncated() }
        let start = position
        position += count * 4
        return bytes.withUnsafeBytes { raw in
            (0..<count).map {
                UInt32(littleEndian: raw.loadUnaligned(fromByteOffset: start + $0 * 4, as: UInt32.self))
            }
        }
    }

    mutating func hash() throws(Truncated) -> ContentHash {
        ContentHash(high: try word(), low: try word())
    }
}
