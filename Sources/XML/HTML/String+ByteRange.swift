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
        let first = needle.utf8Start[0]
        func offset(in bytes: UnsafeBufferPointer<UInt8>) -> Int? {
            var index = 0
            while index + count <= bytes.count {
                if bytes[index] == first, (1..<count).allSatisfy({ bytes[index + $0] == needle.utf8Start[$0] }) {
                    return index
                }
                index += 1
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
