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
        // Outer nil: the text does not lie in one piece.
        guard let found = utf8.withContiguousStorageIfAvailable({ $0.firstIndex(of: needle) }) else {
            return Array(utf8).withUnsafeBufferPointer { $0.firstIndex(of: needle) }.map(range)
        }
        return found.map(range)
        func range(_ start: Int) -> Range<Index> {
            let lower = utf8.index(startIndex, offsetBy: start)
            return lower..<utf8.index(lower, offsetBy: needle.utf8CodeUnitCount)
        }
    }
}

extension UnsafeBufferPointer<UInt8> {
    /// Where the bytes of `needle`, which is not empty, stand first among these; `nil` when they do not.
    package func firstIndex(of needle: StaticString) -> Int? {
        let count = needle.utf8CodeUnitCount
        let raw = UnsafeRawBufferPointer(self)
        let first = SIMD16(repeating: needle.utf8Start[0])
        let last = SIMD16(repeating: needle.utf8Start[count - 1])
        // Sixteen places at a time, by the needle's two ends.
        let end = self.count - count + 1
        var index = 0
        while index < end {
            let found: Int
            if index + 16 <= end {
                let firsts = raw.loadUnaligned(fromByteOffset: index, as: SIMD16<UInt8>.self) .== first
                let lasts = raw.loadUnaligned(fromByteOffset: index + count - 1, as: SIMD16<UInt8>.self) .== last
                found = (firsts .& lasts).first
            } else {
                found = ((raw.chunk(at: index) .== first) .& (raw.chunk(at: index + count - 1) .== last)).first
            }
            index += found
            if found == 16 { continue }
            guard index < end else { return nil }
            if (0..<count).allSatisfy({ self[index + $0] == needle.utf8Start[$0] }) { return index }
            index += 1
        }
        return nil
    }
}
