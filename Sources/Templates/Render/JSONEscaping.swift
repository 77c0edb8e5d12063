/// Text inside of a JSON string.
package enum JSONEscaping {
    /// Appends a text, without quotes around it. Only what RFC 8259, section 7, requires is escaped: `"`, `\` and the control characters
    /// below 0x20.
    ///
    /// ```swift
    /// var output: [UInt8] = []
    /// var text = "say \"yes\"\n"
    /// text.withUTF8 { JSONEscaping.append($0, to: &output) }    // say \"yes\"\n, each escape of two characters
    /// ```
    package static func append(_ utf8: UnsafeBufferPointer<UInt8>, to output: inout [UInt8]) {
        let bytes = UnsafeRawBufferPointer(utf8)
        output.append(bytes, escaping: { $0.isSpecialInJSON }) { index, output in
            let byte = bytes[index]
            output.storeBytes(of: UInt8(ascii: "\\"), as: UInt8.self)
            let short: UInt8? =
                switch byte {
                case 0x08: UInt8(ascii: "b")
                case 0x09: UInt8(ascii: "t")
                case 0x0A: UInt8(ascii: "n")
                case 0x0C: UInt8(ascii: "f")
                case 0x0D: UInt8(ascii: "r")
                case ..<0x20: nil
                default: byte
                }
            if let short {
                output.storeBytes(of: short, toByteOffset: 1, as: UInt8.self)
                return 2
            }
            let low = byte & 0x0F
            _ = (output + 1).write("u00")
            output.storeBytes(of: UInt8(ascii: "0") + byte >> 4, toByteOffset: 4, as: UInt8.self)
            let digit = low < 10 ? UInt8(ascii: "0") + low : UInt8(ascii: "a") + low - 10
            output.storeBytes(of: digit, toByteOffset: 5, as: UInt8.self)
            return 6
        }
    }
}
