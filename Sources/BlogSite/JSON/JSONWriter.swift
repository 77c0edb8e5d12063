import Bytes
import Templates

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

    /// A key in the form that a document has it, for one that is written many times.
    struct Key: Sendable {
        fileprivate let bytes: [UInt8]

        init(_ name: String) {
            var json = JSONWriter()
            json.key(name)
            bytes = json.bytes
        }
    }

    /// Writes a key; its value must follow.
    mutating func key(_ key: Key) {
        separate()
        bytes.append(contentsOf: key.bytes)
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
    package mutating func number(_ value: Int) {
        separate()
        bytes.append(decimal: value)
        needsComma = true
    }

    /// Writes the shortest decimal form that reads back equal; `null` for infinity and NaN, which JSON does not have.
    package mutating func number(_ value: Double) { literal(value.isFinite ? "\(value)" : "null") }

    /// Writes an instant as RFC 3339 has it, which needs no escape.
    mutating func instant(_ value: Instant) {
        separate()
        bytes.append(UInt8(ascii: "\""))
        value.appendRFC3339(to: &bytes)
        bytes.append(UInt8(ascii: "\""))
        needsComma = true
    }

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
        if let value { instant(value) } else { null() }
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

    private mutating func quote(_ text: String) {
        bytes.append(UInt8(ascii: "\""))
        var text = text
        text.withUTF8 { JSONEscaping.append($0, to: &bytes) }
        bytes.append(UInt8(ascii: "\""))
    }
}
