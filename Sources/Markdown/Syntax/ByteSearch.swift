#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// Fast searches in bytes.
enum ByteSearch {
    /// The first `byte` at or after `start`.
    static func first(_ byte: UInt8, in bytes: UnsafeBufferPointer<UInt8>, from start: Int = 0) -> Int? {
        guard start < bytes.count, let base = bytes.baseAddress,
            let found = memchr(base + start, Int32(byte), bytes.count - start)
        else { return nil }
        return UnsafeRawPointer(found) - UnsafeRawPointer(base)
    }

    /// Whether `byte` occurs more than `limit` times.
    static func count(of byte: UInt8, in bytes: UnsafeBufferPointer<UInt8>, exceeds limit: Int) -> Bool {
        var (count, index) = (0, 0)
        while let found = first(byte, in: bytes, from: index) {
            count += 1
            if count > limit { return true }
            index = found + 1
        }
        return false
    }

    static func contains(_ text: StaticString, in bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        let mark = UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)
        var index = 0
        while let found = first(mark[0], in: bytes, from: index) {
            if bytes[found...].starts(with: mark) { return true }
            index = found + 1
        }
        return false
    }
}

/// A few ASCII bytes to look for, sixteen positions at a time.
struct ByteFinder: Sendable {
    private let set: ByteSet
    private let needles: [SIMD16<UInt8>]

    init(_ characters: String) {
        set = ByteSet(characters)
        needles = characters.utf8.map { SIMD16(repeating: $0) }
    }

    /// The first of the bytes in `range`.
    func first(in bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> Int? {
        var index = range.lowerBound
        while index + 16 <= range.upperBound {
            let chunk = UnsafeRawBufferPointer(bytes).loadUnaligned(fromByteOffset: index, as: SIMD16<UInt8>.self)
            var hits = SIMDMask<SIMD16<Int8>>(repeating: false)
            for needle in needles { hits .|= chunk .== needle }
            if any(hits) { break }
            index += 16
        }
        while index < range.upperBound {
            if set.contains(bytes[index]) { return index }
            index += 1
        }
        return nil
    }
}
