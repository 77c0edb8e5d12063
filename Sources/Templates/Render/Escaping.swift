import Bytes

/// Writing values into the output, escaped for its kind.
enum Escaping {
    static func append(_ value: Value, to output: inout [UInt8], kind: OutputKind) throws(Failure) {
        switch value {
        case .string(let text): append(text, to: &output, kind: kind)
        case .markup(let text):
            switch kind {
            case .json: append(text, to: &output, kind: kind)
            case .xml: appendAllowed(text, to: &output)
            case .html, .text: appendRaw(text, to: &output)
            }
        case .int(let integer): output.append(decimal: integer)
        case .bool(let flag) where kind == .json: appendRaw(flag ? "true" : "false", to: &output)
        case .none where kind == .json: appendRaw("null", to: &output)
        default: append(try value.printed(), to: &output, kind: kind)
        }
    }

    static func appendRaw(_ text: String, to output: inout [UInt8]) { output.append(contentsOf: text.utf8) }

    static func append(_ text: String, to output: inout [UInt8], kind: OutputKind) {
        let isDone: Void? = text.utf8.withContiguousStorageIfAvailable { append($0, to: &output, kind: kind) }
        if isDone == nil { Array(text.utf8).withUnsafeBufferPointer { append($0, to: &output, kind: kind) } }
    }

    private static func append(_ bytes: UnsafeBufferPointer<UInt8>, to output: inout [UInt8], kind: OutputKind) {
        switch kind {
        case .html: appendMarkup(bytes, to: &output)
        case .xml: appendXML(bytes, to: &output)
        case .json: JSONEscaping.append(bytes, to: &output)
        case .text: output.append(contentsOf: bytes)
        }
    }

    /// Markup for XML: of what it holds only the characters without any form in XML are changed.
    private static func appendAllowed(_ text: String, to output: inout [UInt8]) {
        let isDone: Void? = text.utf8.withContiguousStorageIfAvailable { appendAllowed($0, to: &output) }
        if isDone == nil { Array(text.utf8).withUnsafeBufferPointer { appendAllowed($0, to: &output) } }
    }

    private static func appendAllowed(_ bytes: UnsafeBufferPointer<UInt8>, to output: inout [UInt8]) {
        let raw = UnsafeRawBufferPointer(bytes)
        output.append(raw, escaping: { $0.mayBeForbiddenInXML }) { index, output in replace(raw, &index, output) }
    }

    private static func appendXML(_ bytes: UnsafeBufferPointer<UInt8>, to output: inout [UInt8]) {
        let raw = UnsafeRawBufferPointer(bytes)
        output.append(raw, escaping: { $0.isSpecialInMarkup .| $0.mayBeForbiddenInXML }) { index, output in
            let length = writeEscape(of: raw[index], output)
            return length > 0 ? length : replace(raw, &index, output)
        }
    }

    private static func appendMarkup(_ bytes: UnsafeBufferPointer<UInt8>, to output: inout [UInt8]) {
        let raw = UnsafeRawBufferPointer(bytes)
        output.append(raw, escaping: { $0.isSpecialInMarkup }) { index, output in writeEscape(of: raw[index], output) }
    }

    /// Writes the escape of a character that means something in markup; 0 for any other.
    @inline(__always)
    private static func writeEscape(of byte: UInt8, _ output: UnsafeMutableRawPointer) -> Int {
        switch byte {
        case UInt8(ascii: "&"): output.write("&amp;")
        case UInt8(ascii: "<"): output.write("&lt;")
        case UInt8(ascii: ">"): output.write("&gt;")
        case UInt8(ascii: "\""): output.write("&#34;")
        case UInt8(ascii: "'"): output.write("&#39;")
        default: 0
        }
    }

    /// Writes U+FFFD for what XML 1.0, section 2.2, does not allow in any form, control characters, U+FFFE and U+FFFF; any other byte as
    /// it is.
    @inline(__always)
    private static func replace(
        _ bytes: UnsafeRawBufferPointer, _ index: inout Int, _ output: UnsafeMutableRawPointer
    ) -> Int {
        let byte = bytes[index]
        if byte == 0xEF {
            guard index + 2 < bytes.count, bytes[index + 1] == 0xBF, bytes[index + 2] >= 0xBE else {
                output.storeBytes(of: byte, as: UInt8.self)
                return 1
            }
            index += 2
        }
        return output.write("\u{FFFD}")
    }

    /// As Jinja2's `escape`: the same entities in HTML and XML.
    static func html(_ text: String) -> String {
        var source = text
        let isPlain = source.withUTF8 { utf8 in
            UnsafeRawBufferPointer(utf8).firstIndex(from: 0) { $0.isSpecialInMarkup } == utf8.count
        }
        if isPlain { return text }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.utf8.count + 16)
        append(text, to: &bytes, kind: .html)
        return String(utf8Bytes: bytes)
    }

    /// For XML, where some control characters have no form at all and become U+FFFD.
    static func xml(_ text: String) -> String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.utf8.count + 16)
        append(text, to: &bytes, kind: .xml)
        return String(utf8Bytes: bytes)
    }
}
