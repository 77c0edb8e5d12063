import Bytes

/// HTML under construction.
struct HTMLText {
    private var bytes: [UInt8] = []

    var string: String { String(utf8Bytes: bytes) }
    /// Nothing is to be seen on the line yet: white space would not show.
    private(set) var isAtLineStart = true

    mutating func raw(_ markup: String) { bytes.append(contentsOf: markup.utf8) }

    mutating func lineBreak() {
        raw("<br />\n")
        isAtLineStart = true
    }

    mutating func close(_ name: String) {
        let role = HTMLElement.named(name)?.role
        if role == .structure || name == "blockquote" { startLine() }
        raw("</\(name)>")
        guard role != .inline else { return }
        raw("\n")
        isAtLineStart = true
    }

    mutating func escaped(_ text: some StringProtocol) {
        if !text.isEmpty { isAtLineStart = false }
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "<"): raw("&lt;")
            case UInt8(ascii: ">"): raw("&gt;")
            case UInt8(ascii: "&"): raw("&amp;")
            case UInt8(ascii: "\""): raw("&quot;")
            default: bytes.append(byte)
            }
        }
    }

    mutating func tag(_ name: String, _ attributes: HTMLAttributes.List, isEmpty: Bool = false) {
        raw("<\(name)")
        let role = HTMLElement.named(name)?.role
        for attribute in attributes {
            raw(" \(attribute.name)=\"")
            escaped(attribute.value)
            raw("\"")
        }
        raw(isEmpty ? " />" : ">")
        if role == .structure || name == "blockquote" { raw("\n") }
        if role != .inline { isAtLineStart = role != .image }
    }

    /// Ends the current line if something is on it.
    mutating func startLine() {
        if let last = bytes.last, last != UInt8(ascii: "\n") { bytes.append(UInt8(ascii: "\n")) }
    }
}
