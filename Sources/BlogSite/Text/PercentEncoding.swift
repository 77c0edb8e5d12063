/// Percent-encoding of UTF-8 (RFC 3986, section 2.1).
package enum PercentEncoding {
    /// Encodes a path whose characters all stand for themselves: `?`, `#` and `%` are encoded too.
    package static func path(_ text: String) -> String { encode(text) { isPathByte($0) } }

    /// Encodes what must not stand in a reference and leaves its structure (`?`, `#`, existing `%41`) alone, so that it may
    /// be applied twice.
    package static func reference(_ text: String) -> String {
        let bytes = Array(text.utf8)
        return encode(text) { byte, index in
            switch byte {
            case UInt8(ascii: "?"), UInt8(ascii: "#"): true
            case UInt8(ascii: "%"):
                index + 2 < bytes.count && isHexadecimal(bytes[index + 1]) && isHexadecimal(bytes[index + 2])
            default: isPathByte(byte)
            }
        }
    }

    /// The text with `%41` for what it stands for; a `%` without two digits behind it stays.
    package static func decoded(_ text: String) -> String {
        guard text.utf8.contains(UInt8(ascii: "%")) else { return text }
        let bytes = Array(text.utf8)
        var result: [UInt8] = []
        var index = 0
        while index < bytes.count {
            if bytes[index] == UInt8(ascii: "%"), index + 2 < bytes.count, isHexadecimal(bytes[index + 1]),
                isHexadecimal(bytes[index + 2]),
                let byte = UInt8(String(decoding: bytes[index + 1...index + 2], as: UTF8.self), radix: 16)
            {
                result.append(byte)
                index += 3
            } else {
                result.append(bytes[index])
                index += 1
            }
        }
        return String(decoding: result, as: UTF8.self)
    }

    private static func encode(_ text: String, keeping isKept: (UInt8) -> Bool) -> String {
        encode(text) { byte, _ in isKept(byte) }
    }

    private static func encode(_ text: String, keeping isKept: (UInt8, Int) -> Bool) -> String {
        if text.utf8.enumerated().allSatisfy({ isKept($0.element, $0.offset) }) { return text }
        let digits = Array("0123456789ABCDEF".utf8)
        var result: [UInt8] = []
        result.reserveCapacity(text.utf8.count + 16)
        for (index, byte) in text.utf8.enumerated() {
            if isKept(byte, index) {
                result.append(byte)
            } else {
                result.append(contentsOf: [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 0xF)]])
            }
        }
        return String(decoding: result, as: UTF8.self)
    }

    /// `pchar` and `/`, without `'`, which a single-quoted attribute could not hold.
    private static func isPathByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: "/-._~!$&()*+,;=:@".utf8.contains(byte)
        }
    }

    private static func isHexadecimal(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"),
            UInt8(ascii: "A")...UInt8(ascii: "F"):
            true
        default: false
        }
    }
}
