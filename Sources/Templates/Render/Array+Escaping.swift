import Bytes

extension [UInt8] {
    /// Appends bytes of which some have an escape.
    ///
    /// They go through a small buffer: a body has something to escape every few words, and an array's `append` takes longer than an
    /// escape is.
    ///
    /// - Parameters:
    ///   - mask: tells which of sixteen bytes may have an escape.
    ///   - escape: writes that of the byte at a place, or the byte itself, at most sixteen bytes; gives the length. It may move the place on,
    ///     over bytes that the escape stands for too.
    @inline(__always)
    mutating func append(
        _ bytes: UnsafeRawBufferPointer, escaping mask: (SIMD16<UInt8>) -> SIMDMask<SIMD16<Int8>>,
        _ escape: (_ index: inout Int, _ output: UnsafeMutableRawPointer) -> Int
    ) {
        // Together the most that Swift puts on the stack.
        let (capacity, margin) = (1008, 16)
        withUnsafeTemporaryAllocation(byteCount: capacity + margin, alignment: 16) { buffer in
            guard let start = buffer.baseAddress else { return }
            var (index, used) = (0, 0)
            while index < bytes.count {
                if used >= capacity {
                    append(contentsOf: UnsafeRawBufferPointer(rebasing: buffer[..<used]))
                    used = 0
                }
                let chunk = bytes.chunk(at: index)
                (start + used).storeBytes(of: chunk, as: SIMD16<UInt8>.self)
                let plain = Swift.min(mask(chunk).first, bytes.count - index)
                index += plain
                used += plain
                guard plain < 16, index < bytes.count, used < capacity else { continue }
                used += escape(&index, start + used)
                index += 1
            }
            append(contentsOf: UnsafeRawBufferPointer(rebasing: buffer[..<used]))
        }
    }
}

extension UnsafeMutableRawPointer {
    /// Writes a short text and gives the number of its bytes.
    @inline(__always)
    func write(_ text: StaticString) -> Int {
        copyMemory(from: text.utf8Start, byteCount: text.utf8CodeUnitCount)
        return text.utf8CodeUnitCount
    }
}
