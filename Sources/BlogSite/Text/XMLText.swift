/// What XML 1.0 can hold.
package enum XMLText {
    /// Removes the characters that XML 1.0 forbids (section 2.2, production Char): controls other than tab, line feed and
    /// carriage return, and U+FFFE and U+FFFF. No escape can express them, and one of them makes a feed unreadable.
    ///
    /// `bytes` must be UTF-8, so surrogates cannot occur. A document without such characters is not touched.
    package static func dropForbidden(from bytes: inout [UInt8]) {
        guard let first = bytes.indices.first(where: { isForbidden(at: $0, in: bytes) > 0 }) else { return }
        var kept = first
        var index = first
        while index < bytes.count {
            let length = isForbidden(at: index, in: bytes)
            if length > 0 {
                index += length
            } else {
                bytes[kept] = bytes[index]
                kept += 1
                index += 1
            }
        }
        bytes.removeSubrange(kept...)
    }

    /// The length of the forbidden character that starts here, 0 for any other byte.
    private static func isForbidden(at index: Int, in bytes: [UInt8]) -> Int {
        let byte = bytes[index]
        if byte < 0x20 { return byte == 0x09 || byte == 0x0A || byte == 0x0D ? 0 : 1 }
        if byte == 0xEF, index + 2 < bytes.count, bytes[index + 1] == 0xBF, bytes[index + 2] >= 0xBE { return 3 }
        return 0
    }
}
