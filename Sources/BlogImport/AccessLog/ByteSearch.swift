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
        // Near the end in a log's chunk, so that a plain loop will do.
        bytes.lastIndex(of: byte)
    }
}
