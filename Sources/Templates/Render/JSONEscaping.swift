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
        output.append(bytes, escaping: { $0.isSpecialInJSON }) { index, output in write(bytes[index], output) }
    }

    /// Writes the escape of a quote, a backslash or a control character, and gives its length.
    @inline(__always)
    static func write(_ byte: UInt8, _ output: UnsafeMutableRawPointer) -> Int {
        switch byte {
        case UInt8(ascii: "\""): output.write("\\\"")
        case UInt8(ascii: "\\"): output.write("\\\\")
        case 0x08: output.write("\\b")
        case 0x09: output.write("\\t")
        case 0x0A: output.write("\\n")
        case 0x0C: output.write("\\f")
        case 0x0D: output.write("\\r")
        default: write(unit: UInt16(byte), output)
        }
    }

    /// Writes a UTF-16 code unit as `\u001f`, and gives the length of that.
    static func write(unit: UInt16, _ output: UnsafeMutableRawPointer) -> Int {
        _ = output.write("\\u")
        for place in 0..<4 {
            let digit = UInt8(truncatingIfNeeded: unit >> UInt16(12 - 4 * place)) & 0x0F
            let character = digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10
            output.storeBytes(of: character, toByteOffset: 2 + place, as: UInt8.self)
        }
        return 6
    }
}
