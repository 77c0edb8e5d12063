/// A shortcode in a text: `[gallery ids="1,2"]`, or with a content, `[caption width="300"]…[/caption]`.
///
/// https://developer.wordpress.org/reference/functions/get_shortcode_regex/
struct Shortcode: Sendable {
    var name: String
    var attributes: [String: String] = [:]
    /// Attributes without a name, in their order.
    var values: [String] = []
    /// `nil` for one without a closing tag.
    var content: String?
    /// Its place in the text, with the closing tag.
    var range: Range<Int>

    /// The shortcode that starts at a `[`; `nil` when what stands there is none.
    init?(_ text: ByteCursor, at start: Int) {
        guard text[start] == UInt8(ascii: "[") else { return nil }
        var index = start + 1
        while let byte = text[index], Self.isNameByte(byte) { index += 1 }
        guard index > start + 1, let first = text[start + 1], !(0x30...0x39).contains(first) else { return nil }
        name = String(decoding: text.bytes[(start + 1)..<index], as: UTF8.self)
        range = start..<index
        guard readAttributes(text, &index), let close = text[index] else { return nil }
        var isClosed = false
        if close == UInt8(ascii: "/") {
            isClosed = true
            index += 1
        }
        guard text[index] == UInt8(ascii: "]") else { return nil }
        index += 1
        range = start..<index
        guard !isClosed else { return }
        let end = Array("[/\(name)]".utf8)
        guard let found = text.find(end, from: index) else { return }
        // An opening tag of the same name before the closing one stands alone.
        if let next = text.find(Array("[\(name)".utf8), from: index), next < found,
            text[next + name.utf8.count + 1].map({ !Self.isNameByte($0) }) == true
        {
            return
        }
        content = String(decoding: text.bytes[index..<found], as: UTF8.self)
        range = start..<(found + end.count)
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        (0x61...0x7A).contains(byte | 0x20) || (0x30...0x39).contains(byte) || byte == 0x2D || byte == 0x5F
    }

    /// Reads `key="value" key='value' key=value value`, up to `]` or `/]`; `false` when there is no end.
    private mutating func readAttributes(_ text: ByteCursor, _ index: inout Int) -> Bool {
        while true {
            let before = index
            index = text.skipSpace(at: index)
            guard let byte = text[index] else { return false }
            if byte == UInt8(ascii: "]") || (byte == UInt8(ascii: "/") && text[index + 1] == UInt8(ascii: "]")) {
                return true
            }
            guard index > before, byte != UInt8(ascii: "["), byte != UInt8(ascii: "<") else { return false }
            var end = index
            while let byte = text[end], Self.isNameByte(byte) { end += 1 }
            if end > index, text[end] == UInt8(ascii: "=") {
                let key = String(decoding: text.bytes[index..<end], as: UTF8.self).lowercased()
                index = end + 1
                guard let value = readValue(text, &index) else { return false }
                attributes[key] = value
            } else {
                guard let value = readValue(text, &index) else { return false }
                values.append(value)
            }
        }
    }

    private func readValue(_ text: ByteCursor, _ index: inout Int) -> String? {
        guard let quote = text[index] else { return nil }
        if quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") {
            guard let end = text.behind(quote, from: index + 1) else { return nil }
            defer { index = end }
            return String(decoding: text.bytes[(index + 1)..<(end - 1)], as: UTF8.self)
        }
        let start = index
        while let byte = text[index], !ByteCursor.isSpace(byte), byte != UInt8(ascii: "]"), byte != UInt8(ascii: "[") {
            if byte == UInt8(ascii: "/"), text[index + 1] == UInt8(ascii: "]") { break }
            index += 1
        }
        return index > start ? String(decoding: text.bytes[start..<index], as: UTF8.self) : nil
    }
}
