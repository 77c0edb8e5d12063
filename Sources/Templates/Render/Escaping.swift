/// Writing values into the output, escaped for its kind.
enum Escaping {
    /// `"`, `&`, `'`, `<` and `>`, one bit each: all are below 64.
    private static let special: UInt64 = 1 << 0x22 | 1 << 0x26 | 1 << 0x27 | 1 << 0x3C | 1 << 0x3E
    /// Control characters that XML 1.0 does not allow, not even as references.
    private static let forbiddenInXML: UInt64 = 0xFFFF_FFFF & ~(1 << 0x09 | 1 << 0x0A | 1 << 0x0D)

    static func append(_ value: Value, to output: inout [UInt8], kind: OutputKind) throws(Failure) {
        switch value {
        case .string(let text): append(text, to: &output, kind: kind)
        case .markup(let text):
            switch kind {
            case .json: append(text, to: &output, kind: kind)
            case .xml: appendAllowed(text, to: &output)
            case .html, .text: appendRaw(text, to: &output)
            }
        case .int(let integer): append(integer, to: &output)
        case .bool(let flag) where kind == .json: appendRaw(flag ? "true" : "false", to: &output)
        case .none where kind == .json: appendRaw("null", to: &output)
        default: append(try value.printed(), to: &output, kind: kind)
        }
    }

    /// Digits without a detour by a string.
    private static func append(_ integer: Int, to output: inout [UInt8]) {
        if integer < 0 { output.append(UInt8(ascii: "-")) }
        output.appendDigits(integer.magnitude)
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
        case .json: appendJSON(bytes, to: &output)
        case .text: output.append(contentsOf: bytes)
        }
    }

    /// Markup for XML: of what it holds only the characters without any form in XML are changed.
    private static func appendAllowed(_ text: String, to output: inout [UInt8]) {
        let isDone: Void? = text.utf8.withContiguousStorageIfAvailable { appendAllowed($0, to: &output) }
        if isDone == nil { Array(text.utf8).withUnsafeBufferPointer { appendAllowed($0, to: &output) } }
    }

    private static func appendAllowed(_ bytes: UnsafeBufferPointer<UInt8>, to output: inout [UInt8]) {
        append(bytes, escaping: forbiddenInXML, isXML: true, to: &output) { $0.mayBeForbiddenInXML }
    }

    private static func appendXML(_ bytes: UnsafeBufferPointer<UInt8>, to output: inout [UInt8]) {
        append(bytes, escaping: special | forbiddenInXML, isXML: true, to: &output) {
            $0.isSpecialInMarkup .| $0.mayBeForbiddenInXML
        }
    }

    private static func appendMarkup(_ bytes: UnsafeBufferPointer<UInt8>, to output: inout [UInt8]) {
        append(bytes, escaping: special, isXML: false, to: &output) { $0.isSpecialInMarkup }
    }

    /// Copies the runs between escaped bytes whole, which it looks for sixteen bytes at a time. In XML what section 2.2 does not allow in any
    /// form becomes U+FFFD: control characters, U+FFFE and U+FFFF.
    ///
    /// - escaped: the bytes that may need an escape, one bit each.
    /// - mayNeed: tells which of sixteen bytes may need one; one that does must not be left out.
    @inline(__always)
    private static func append(
        _ bytes: UnsafeBufferPointer<UInt8>, escaping escaped: UInt64, isXML: Bool, to output: inout [UInt8],
        _ mayNeed: (SIMD16<UInt8>) -> SIMDMask<SIMD16<Int8>>
    ) {
        let raw = UnsafeRawBufferPointer(bytes)
        var (start, index) = (0, 0)
        while index < bytes.count {
            while index + 16 <= bytes.count,
                !mayNeed(raw.loadUnaligned(fromByteOffset: index, as: SIMD16<UInt8>.self)).hasAny
            { index += 16 }
            let end = min(index + 16, bytes.count)
            while index < end {
                let byte = bytes[index]
                index += 1
                if byte < 64 {
                    guard escaped >> UInt64(byte) & 1 == 1 else { continue }
                    output.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[start..<index - 1]))
                    appendEscape(of: byte, to: &output)
                    start = index
                } else if isXML, byte == 0xEF, index + 1 < bytes.count, bytes[index] == 0xBF, bytes[index + 1] >= 0xBE {
                    output.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[start..<index - 1]))
                    output.append(contentsOf: "\u{FFFD}".utf8)
                    index += 2
                    start = index
                }
            }
        }
        output.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[start...]))
    }

    private static func appendEscape(of byte: UInt8, to output: inout [UInt8]) {
        switch byte {
        case UInt8(ascii: "&"): output.append(contentsOf: "&amp;".utf8)
        case UInt8(ascii: "<"): output.append(contentsOf: "&lt;".utf8)
        case UInt8(ascii: ">"): output.append(contentsOf: "&gt;".utf8)
        case UInt8(ascii: "\""): output.append(contentsOf: "&#34;".utf8)
        case UInt8(ascii: "'"): output.append(contentsOf: "&#39;".utf8)
        default: output.append(contentsOf: "\u{FFFD}".utf8)
        }
    }

    /// Inside of a JSON string (RFC 8259, section 7).
    private static func appendJSON(_ bytes: UnsafeBufferPointer<UInt8>, to output: inout [UInt8]) {
        var start = 0
        for index in bytes.indices {
            let byte = bytes[index]
            guard byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") else { continue }
            output.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[start..<index]))
            start = index + 1
            output.append(UInt8(ascii: "\\"))
            switch byte {
            case 0x0A: output.append(UInt8(ascii: "n"))
            case 0x0D: output.append(UInt8(ascii: "r"))
            case 0x09: output.append(UInt8(ascii: "t"))
            case UInt8(ascii: "\""), UInt8(ascii: "\\"): output.append(byte)
            default:
                output.append(contentsOf: "u00".utf8)
                output.append(byte < 0x10 ? UInt8(ascii: "0") : UInt8(ascii: "1"))
                let low = byte & 0x0F
                output.append(low < 10 ? UInt8(ascii: "0") + low : UInt8(ascii: "a") + low - 10)
            }
        }
        output.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[start...]))
    }

    /// As Jinja2's `escape`: the same entities in HTML and XML.
    static func html(_ text: String) -> String {
        guard text.utf8.contains(where: { $0 < 64 && special >> UInt64($0) & 1 == 1 }) else { return text }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.utf8.count + 16)
        append(text, to: &bytes, kind: .html)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// For XML, where some control characters have no form at all and become U+FFFD.
    static func xml(_ text: String) -> String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.utf8.count + 16)
        append(text, to: &bytes, kind: .xml)
        return String(decoding: bytes, as: UTF8.self)
    }
}
