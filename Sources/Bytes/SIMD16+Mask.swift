extension SIMDMask<SIMD16<Int8>> {
    /// Which of them is the first that is set; 16 if none is.
    ///
    /// ```swift
    /// (chunk .== SIMD16(repeating: UInt8(ascii: "<"))).first
    /// ```
    ///
    /// `any(_:)` compiles to a loop, and so do the comparisons with a single byte, which are generic: compare with a vector of it.
    @inlinable
    @inline(__always)
    package var first: Int {
        let words = unsafeBitCast(self, to: SIMD2<UInt64>.self)
        let (low, high) = (UInt64(littleEndian: words.x), UInt64(littleEndian: words.y))
        return (low != 0 ? low.trailingZeroBitCount : 64 + high.trailingZeroBitCount) >> 3
    }
}
