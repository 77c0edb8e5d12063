#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Finds a byte by the C library's vector code.
enum ByteSearch {
    @inline(__always)
    static func index(of byte: UInt8, in bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
        guard start < bytes.count, let base = bytes.baseAddress,
            let found = memchr(base + start, Int32(byte), bytes.count - start)
        else { return nil }
        return UnsafeRawPointer(found) - UnsafeRawPointer(base)
    }

    /// Where a byte is for the last time.
    static func lastIndex(of byte: UInt8, in bytes: UnsafeBufferPointer<UInt8>) -> Int? {
        // Where there is none, vector code says so at once; where there is one, it is near the end of a log's piece.
        guard index(of: byte, in: bytes, from: 0) != nil else { return nil }
        return bytes.lastIndex(of: byte)
    }
}
