#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// Finds bytes by the C library's vector code.
package enum ByteSearch {
    /// The first `byte` at or after `start`.
    package static func first(_ byte: UInt8, in bytes: UnsafeBufferPointer<UInt8>, from start: Int = 0) -> Int? {
        guard start < bytes.count, let base = bytes.baseAddress,
            let found = memchr(base + start, Int32(byte), bytes.count - start)
        else { return nil }
        return UnsafeRawPointer(found) - UnsafeRawPointer(base)
    }

    /// Whether `byte` occurs more than `limit` times.
    package static func count(of byte: UInt8, in bytes: UnsafeBufferPointer<UInt8>, exceeds limit: Int) -> Bool {
        var (count, index) = (0, 0)
        while let found = first(byte, in: bytes, from: index) {
            count += 1
            if count > limit { return true }
            index = found + 1
        }
        return false
    }

    /// Whether the bytes of `text`, which is not empty, stand among these.
    package static func contains(_ text: StaticString, in bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        text.utf8CodeUnitCount == 1 ? first(text.utf8Start[0], in: bytes) != nil : bytes.firstIndex(of: text) != nil
    }
}
