import Bytes
import Templates

/// What XML 1.0 can hold.
package enum XMLText {
    /// Removes the characters that XML 1.0 forbids (section 2.2, production Char): controls other than tab, line feed and
    /// carriage return, and U+FFFE and U+FFFF. No escape can express them, and one of them makes a feed unreadable.
    ///
    /// `bytes` must be UTF-8, so surrogates cannot occur. A document without such characters is not touched.
    package static func dropForbidden(from bytes: inout [UInt8]) {
        guard let first = firstForbidden(in: bytes) else { return }
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

    /// Sixteen bytes at a time, because hardly any text has one.
    private static func firstForbidden(in bytes: [UInt8]) -> Int? {
        bytes.withUnsafeBytes { raw in
            var index = 0
            while true {
                index = raw.firstIndex(from: index) { $0.mayBeForbiddenInXML }
                guard index < raw.count else { return nil }
                if isForbidden(at: index, in: bytes) > 0 { return index }
                index += 1
            }
        }
    }

    /// The length of the forbidden character that starts here, 0 for any other byte.
    private static func isForbidden(at index: Int, in bytes: [UInt8]) -> Int {
        let byte = bytes[index]
        if byte < 0x20 { return byte == 0x09 || byte == 0x0A || byte == 0x0D ? 0 : 1 }
        if byte == 0xEF, index + 2 < bytes.count, bytes[index + 1] == 0xBF, bytes[index + 2] >= 0xBE { return 3 }
        return 0
    }
}
