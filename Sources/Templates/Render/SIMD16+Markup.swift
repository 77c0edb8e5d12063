extension SIMD16<UInt8> {
    /// Which of the bytes are `"`, `&`, `'`, `<` or `>`: two pairs of them differ in one bit.
    @inline(__always)
    var isSpecialInMarkup: SIMDMask<SIMD16<Int8>> {
        (self .== SIMD16(repeating: 0x22)) .| ((self | SIMD16(repeating: 0x01)) .== SIMD16(repeating: 0x27))
            .| ((self | SIMD16(repeating: 0x02)) .== SIMD16(repeating: 0x3E))
    }

    /// Which of the bytes a JSON string must escape: `"`, `\` and control characters (RFC 8259, section 7).
    @inlinable
    @inline(__always)
    package var isSpecialInJSON: SIMDMask<SIMD16<Int8>> {
        (self .== SIMD16(repeating: 0x22)) .| (self .== SIMD16(repeating: 0x5C)) .| (self .< SIMD16(repeating: 0x20))
    }

    /// Which of the bytes are control characters that XML 1.0 does not allow, or may begin U+FFFE or U+FFFF, which it does not allow either.
    /// <https://www.w3.org/TR/xml/#charsets>
    @inlinable
    @inline(__always)
    package var mayBeForbiddenInXML: SIMDMask<SIMD16<Int8>> {
        let isSpace =
            (self .== SIMD16(repeating: 0x09)) .| (self .== SIMD16(repeating: 0x0A))
            .| (self .== SIMD16(repeating: 0x0D))
        return (self .< SIMD16(repeating: 0x20)) .& .!isSpace .| (self .== SIMD16(repeating: 0xEF))
    }
}
