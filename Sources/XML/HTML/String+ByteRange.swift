extension StringProtocol {
    /// Where the bytes of `needle`, which is not empty, stand first among these; `nil` when they do not.
    ///
    /// For markup, whose characters are compared byte by byte anyway: `firstRange(of:)` compares by the rules of Unicode, and one such
    /// search in each body took a sixth of the CPU time of a whole build.
    ///
    /// ```swift
    /// "a<!--more-->b".byteRange(of: "<!--")    // that of <!--
    /// ```
    package func byteRange(of needle: StaticString) -> Range<Index>? {
        let count = needle.utf8CodeUnitCount
        let first = SIMD16(repeating: needle.utf8Start[0])
        let last = SIMD16(repeating: needle.utf8Start[count - 1])
        func offset(in bytes: UnsafeBufferPointer<UInt8>) -> Int? {
            let raw = UnsafeRawBufferPointer(bytes)
            let end = bytes.count - count + 1
            var index = 0
            while index < end {
                // Sixteen places at a time, by the needle's two ends.
                while index + 16 <= end {
                    let firsts = raw.loadUnaligned(fromByteOffset: index, as: SIMD16<UInt8>.self) .== first
                    let lasts = raw.loadUnaligned(fromByteOffset: index + count - 1, as: SIMD16<UInt8>.self) .== last
                    // What `any` would say, which is a loop.
                    if unsafeBitCast(firsts .& lasts, to: SIMD2<UInt64>.self) != SIMD2.zero { break }
                    index += 16
                }
                let stop = Swift.min(index + 16, end)
                while index < stop {
                    if (0..<count).allSatisfy({ bytes[index + $0] == needle.utf8Start[$0] }) { return index }
                    index += 1
                }
            }
            return nil
        }
        // Outer nil: the text does not lie in one piece.
        guard let found = utf8.withContiguousStorageIfAvailable(offset) else {
            return Array(utf8).withUnsafeBufferPointer(offset).map(range)
        }
        return found.map(range)
        func range(_ start: Int) -> Range<Index> {
            let lower = utf8.index(startIndex, offsetBy: start)
            return lower..<utf8.index(lower, offsetBy: count)
        }
    }
}
