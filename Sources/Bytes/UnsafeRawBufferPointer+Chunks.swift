extension UnsafeRawBufferPointer {
    /// Sixteen bytes from a place on; behind the last one there are zeros. There must be one at least.
    @inlinable
    @inline(__always)
    package func chunk(at index: Int) -> SIMD16<UInt8> {
        let rest = count - index
        if rest >= 16 { return loadUnaligned(fromByteOffset: index, as: SIMD16<UInt8>.self) }
        // Two loads that overlap, as no byte behind the last one may be read.
        func load<Word: FixedWidthInteger & UnsignedInteger>(_ offset: Int, as type: Word.Type) -> UInt64 {
            UInt64(Word(littleEndian: loadUnaligned(fromByteOffset: offset, as: type)))
        }
        var words = SIMD2<UInt64>.zero
        if rest >= 8 {
            words.x = load(index, as: UInt64.self)
            words.y = load(count - 8, as: UInt64.self) >> UInt64(8 * (16 - rest))
        } else if rest >= 4 {
            words.x = load(index, as: UInt32.self) | load(count - 4, as: UInt32.self) << UInt64(8 * (rest - 4))
        } else {
            words.x = load(index, as: UInt8.self)
            if rest > 1 { words.x |= load(index + 1, as: UInt8.self) << 8 }
            if rest > 2 { words.x |= load(index + 2, as: UInt8.self) << 16 }
        }
        return unsafeBitCast(SIMD2(x: words.x.littleEndian, y: words.y.littleEndian), to: SIMD16<UInt8>.self)
    }

    /// The first place from `start` on whose byte is looked for, or the end; sixteen bytes are looked at together.
    ///
    /// - Parameter mask: tells which of sixteen bytes are looked for.
    @inlinable
    @inline(__always)
    package func firstIndex(from start: Int, where mask: (SIMD16<UInt8>) -> SIMDMask<SIMD16<Int8>>) -> Int {
        var index = start
        while index < count {
            let found = mask(chunk(at: index)).first
            if found < 16 { return Swift.min(index + found, count) }
            index += 16
        }
        return count
    }
}
