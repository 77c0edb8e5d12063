import Bytes

/// HTML under construction, as UTF-8.
struct HTMLBuffer {
    private(set) var bytes: [UInt8] = []

    init(capacity: Int = 0) {
        bytes.reserveCapacity(capacity)
    }

    var string: String { String(utf8Bytes: bytes) }
    var isEmpty: Bool { bytes.isEmpty }

    mutating func raw(_ literal: StaticString) {
        bytes.append(contentsOf: UnsafeBufferPointer(start: literal.utf8Start, count: literal.utf8CodeUnitCount))
    }

    mutating func raw(_ text: some Collection<UInt8>) {
        bytes.append(contentsOf: text)
    }

    mutating func raw(_ byte: UInt8) {
        bytes.append(byte)
    }

    mutating func number(_ value: Int) {
        bytes.append(contentsOf: String(value).utf8)
    }

    /// Ends the current line if something is on it.
    mutating func startLine() {
        if let last = bytes.last, last != .newline { bytes.append(.newline) }
    }

    mutating func escaped(_ text: String) {
        escaped(Array(text.utf8)[...])
    }

    /// Text or a double-quoted attribute's value.
    mutating func escaped(_ text: ArraySlice<UInt8>) {
        text.withUnsafeBufferPointer { text in
            var copied = 0
            while let index = Self.needsEscape.first(in: text, copied..<text.count) {
                bytes.append(contentsOf: UnsafeBufferPointer(rebasing: text[copied..<index]))
                copied = index + 1
                switch text[index] {
                case UInt8(ascii: "<"): raw("&lt;")
                case UInt8(ascii: ">"): raw("&gt;")
                case UInt8(ascii: "&"): raw("&amp;")
                default: raw("&quot;")
                }
            }
            bytes.append(contentsOf: UnsafeBufferPointer(rebasing: text[copied...]))
        }
    }

    /// A URL in a double-quoted attribute: percent-encoded where cmark does so (`houdini_href_e.c`), so that valid URLs
    /// stay as they are.
    mutating func url(_ text: ArraySlice<UInt8>) {
        for byte in text {
            if byte.isASCIIAlphanumeric || Self.urlSafe.contains(byte) {
                bytes.append(byte)
            } else if byte == UInt8(ascii: "&") {
                raw("&amp;")
            } else if byte == UInt8(ascii: "'") {
                raw("&#x27;")
            } else {
                bytes.append(UInt8(ascii: "%"))
                bytes.append(Self.hexDigits[Int(byte >> 4)])
                bytes.append(Self.hexDigits[Int(byte & 15)])
            }
        }
    }

    private static let needsEscape = ByteFinder("<>&\"")
    private static let urlSafe = ByteSet("-_.+!*(),%#@?=;:/$~")
    private static let hexDigits = Array("0123456789ABCDEF".utf8)
}
