/// Writes one JSON document: keys in the order they are given, no white space, and one line feed at the end.
///
/// The same calls give the same bytes on every machine. Text is written as UTF-8; only what JSON requires is escaped.
///
/// ```swift
/// var json = JSONWriter()
/// json.object {
///     $0.field("id", 7)
///     $0.field("tags", ["a", "b"]) { json, tag in json.string(tag) }
/// }
/// json.finish()    // {"id":7,"tags":["a","b"]}⏎
/// ```
package struct JSONWriter: Sendable {
    /// What has been written.
    package private(set) var bytes: [UInt8]
    /// Whether the next value or key follows another and needs a comma.
    private var needsComma = false

    /// Starts an empty document; `reusing` gives its storage, not its contents.
    package init(reusing buffer: [UInt8] = []) {
        bytes = buffer
        bytes.removeAll(keepingCapacity: true)
    }

    /// Ends the document with its line feed.
    package mutating func finish() { bytes.append(UInt8(ascii: "\n")) }

    /// Writes `{…}` around the fields that `body` writes.
    package mutating func object<Failure: Error>(
        _ body: (inout JSONWriter) throws(Failure) -> Void
    ) throws(Failure) {
        separate()
        bytes.append(UInt8(ascii: "{"))
        needsComma = false
        try body(&self)
        bytes.append(UInt8(ascii: "}"))
        needsComma = true
    }

    /// Writes `[…]`, one value for each element.
    package mutating func array<Elements: Sequence, Failure: Error>(
        _ elements: Elements, _ write: (inout JSONWriter, Elements.Element) throws(Failure) -> Void
    ) throws(Failure) {
        separate()
        bytes.append(UInt8(ascii: "["))
        needsComma = false
        for element in elements { try write(&self, element) }
        bytes.append(UInt8(ascii: "]"))
        needsComma = true
    }

    /// Writes a key; its value must follow.
    package mutating func key(_ name: String) {
        separate()
        quote(name)
        bytes.append(UInt8(ascii: ":"))
        needsComma = false
    }

    /// Writes a text.
    package mutating func string(_ text: String) {
        separate()
        quote(text)
        needsComma = true
    }

    /// Writes `null`, `true`, `false` or a number that is already in JSON's form.
    private mutating func literal(_ text: String) {
        separate()
        bytes.append(contentsOf: text.utf8)
        needsComma = true
    }

    /// Writes an integer. Readers whose numbers are doubles get it exactly below 2^53.
    package mutating func number(_ value: Int) { literal(String(value)) }

    /// Writes the shortest decimal form that reads back equal; `null` for infinity and NaN, which JSON does not have.
    package mutating func number(_ value: Double) { literal(value.isFinite ? "\(value)" : "null") }

    /// Writes `true` or `false`.
    package mutating func bool(_ value: Bool) { literal(value ? "true" : "false") }

    /// Writes `null`.
    package mutating func null() { literal("null") }

    /// A field with a text, or `null`.
    package mutating func field(_ name: String, _ value: String?) {
        key(name)
        if let value { string(value) } else { null() }
    }

    /// A field with an integer, or `null`.
    package mutating func field(_ name: String, _ value: Int?) {
        key(name)
        if let value { number(value) } else { null() }
    }

    /// A field with a double.
    package mutating func field(_ name: String, _ value: Double) {
        key(name)
        number(value)
    }

    /// A field with a flag.
    package mutating func field(_ name: String, _ value: Bool) {
        key(name)
        bool(value)
    }

    /// A field with an instant, or `null`.
    package mutating func field(_ name: String, _ value: Instant?) {
        key(name)
        if let value { string(value.rfc3339) } else { null() }
    }

    /// A field with an array.
    package mutating func field<Elements: Sequence, Failure: Error>(
        _ name: String, _ elements: Elements, _ write: (inout JSONWriter, Elements.Element) throws(Failure) -> Void
    ) throws(Failure) {
        key(name)
        try array(elements, write)
    }

    /// A field with an object.
    package mutating func field<Failure: Error>(
        _ name: String, object body: (inout JSONWriter) throws(Failure) -> Void
    ) throws(Failure) {
        key(name)
        try object(body)
    }

    private mutating func separate() {
        if needsComma { bytes.append(UInt8(ascii: ",")) }
    }

    /// RFC 8259, section 7: `"`, `\` and the controls below 0x20 must be escaped, nothing else need be.
    private mutating func quote(_ text: String) {
        bytes.append(UInt8(ascii: "\""))
        var text = text
        text.withUTF8 { utf8 in
            var clean = 0
            while let index = Self.firstToEscape(in: utf8, from: clean) {
                bytes.append(contentsOf: utf8[clean..<index])
                appendEscape(utf8[index])
                clean = index + 1
            }
            bytes.append(contentsOf: utf8[clean...])
        }
        bytes.append(UInt8(ascii: "\""))
    }

    /// Eight bytes at a time: a byte of `x` is 0 where that of `(x - 0x01…01) & ~x & 0x80…80` is not, if it is the first such.
    /// <https://graphics.stanford.edu/~seander/bithacks.html#ZeroInWord>
    private static func firstToEscape(in utf8: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
        let (ones, highs): (UInt64, UInt64) = (0x0101_0101_0101_0101, 0x8080_8080_8080_8080)
        let (quotes, backslashes) = (ones &* 0x22, ones &* 0x5C)
        let raw = UnsafeRawBufferPointer(utf8)
        var index = start
        while index + 8 <= raw.count {
            let word = raw.loadUnaligned(fromByteOffset: index, as: UInt64.self)
            let (quote, backslash) = (word ^ quotes, word ^ backslashes)
            let controls = (word &- ones &* 0x20) & ~word
            if (controls | (quote &- ones) & ~quote | (backslash &- ones) & ~backslash) & highs != 0 { break }
            index += 8
        }
        while index < utf8.count {
            let byte = utf8[index]
            if byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { return index }
            index += 1
        }
        return nil
    }

    private mutating func appendEscape(_ byte: UInt8) {
        bytes.append(UInt8(ascii: "\\"))
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes.append(byte)
        case 0x08: bytes.append(UInt8(ascii: "b"))
        case 0x09: bytes.append(UInt8(ascii: "t"))
        case 0x0A: bytes.append(UInt8(ascii: "n"))
        case 0x0C: bytes.append(UInt8(ascii: "f"))
        case 0x0D: bytes.append(UInt8(ascii: "r"))
        default:
            let digits = Array("0123456789abcdef".utf8)
            bytes.append(contentsOf: "u00".utf8)
            bytes.append(digits[Int(byte >> 4)])
            bytes.append(digits[Int(byte & 0xF)])
        }
    }
}
