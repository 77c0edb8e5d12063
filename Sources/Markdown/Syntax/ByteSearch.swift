#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// Fast searches in bytes.
package enum ByteSearch {
    /// The first `byte` at or after `start`, by the C library's vector code.
    package static func first(_ byte: UInt8, in bytes: UnsafeBufferPointer<UInt8>, from start: Int = 0) -> Int? {
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

/// Up to five ASCII bytes to look for, sixteen positions at a time.
struct ByteFinder: Sendable {
    private let set: ByteSet
    // Fields rather than an array, so that they stay in registers.
    private let first, second, third, fourth, fifth: SIMD16<UInt8>

    init(_ characters: String) {
        let bytes = Array(characters.utf8)
        precondition((1...5).contains(bytes.count), "a byte finder looks for one to five bytes")
        func needle(_ index: Int) -> SIMD16<UInt8> { SIMD16(repeating: bytes[min(index, bytes.count - 1)]) }
        set = ByteSet(characters)
        (first, second, third, fourth, fifth) = (needle(0), needle(1), needle(2), needle(3), needle(4))
    }

    /// The first of the bytes in `range`.
    func first(in bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> Int? {
        var index = range.lowerBound
        let raw = UnsafeRawBufferPointer(bytes)
        while index + 16 <= range.upperBound {
            let chunk = raw.loadUnaligned(fromByteOffset: index, as: SIMD16<UInt8>.self)
            let hits =
                (chunk .== first) .| (chunk .== second) .| (chunk .== third) .| (chunk .== fourth) .| (chunk .== fifth)
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
