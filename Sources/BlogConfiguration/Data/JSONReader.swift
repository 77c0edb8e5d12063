/// Reads JSON (RFC 8259) into a ``DataNode`` with places.
///
/// YAML's own reader takes most JSON, but neither `\ud83d\ude00` (which many programs write for an emoji) nor a document
/// that goes on after its closing brace.
package struct JSONReader {
    private static let depthLimit = 100

    private let source: SourceText
    private let bytes: Substring.UTF8View
    private var index: String.Index
    private var counted: (index: String.Index, place: Place)

    private init(_ source: SourceText, from start: String.Index) {
        self.source = source
        bytes = source.text[start...].utf8
        index = start
        counted = (source.text.startIndex, Place(line: 1, column: 1))
    }

    /// The value that starts at `start` (or after space there), and where it ends.
    package static func read(
        _ source: SourceText, from start: String.Index
    ) throws(Diagnostic) -> (value: DataNode, end: String.Index) {
        var reader = JSONReader(source, from: start)
        let value = try reader.value(depth: 0)
        return (value, reader.index)
    }

    /// The one value of a whole file.
    package static func read(_ source: SourceText) throws(Diagnostic) -> DataNode {
        var reader = JSONReader(source, from: source.text.startIndex)
        let value = try reader.value(depth: 0)
        reader.skipSpace()
        guard reader.index == reader.bytes.endIndex else { throw reader.fault("text after the end of the JSON") }
        return value
    }

    private mutating func value(depth: Int) throws(Diagnostic) -> DataNode {
        skipSpace()
        guard depth <= Self.depthLimit else { throw fault("values nested more than \(Self.depthLimit) deep") }
        let place = place(of: index)
        switch peek() {
        case UInt8(ascii: "{"): return DataNode(.map(try object(depth: depth)), at: place)
        case UInt8(ascii: "["): return DataNode(.list(try array(depth: depth)), at: place)
        case UInt8(ascii: "\""): return DataNode(.scalar(try string(), isPlain: false), at: place)
        default:
            let end = bytes[index...].firstIndex { !Self.isWord($0) } ?? bytes.endIndex
            let word = String(bytes[index..<end]) ?? ""
            guard ["true", "false", "null"].contains(word) || Self.isNumber(word) else {
                throw fault("invalid JSON: expected a value")
            }
            index = end
            return DataNode(.scalar(word, isPlain: true), at: place)
        }
    }

    private mutating func object(depth: Int) throws(Diagnostic) -> [DataNode.Entry] {
        var entries: [DataNode.Entry] = []
        var keys: Set<String> = []
        index = bytes.index(after: index)
        if skip("}") { return entries }
        repeat {
            skipSpace()
            let keyPlace = place(of: index)
            guard peek() == UInt8(ascii: "\"") else { throw fault("invalid JSON: expected a key in quotes") }
            let start = index
            let key = try string()
            guard keys.insert(key).inserted else {
                index = start
                throw fault("the key \"\(key)\" twice")
            }
            guard skip(":") else { throw fault("invalid JSON: expected \":\" after the key \"\(key)\"") }
            entries.append(DataNode.Entry(key: key, keyPlace: keyPlace, value: try value(depth: depth + 1)))
        } while skip(",")
        guard skip("}") else { throw fault("invalid JSON: expected \",\" or \"}\"") }
        return entries
    }

    private mutating func array(depth: Int) throws(Diagnostic) -> [DataNode] {
        var items: [DataNode] = []
        index = bytes.index(after: index)
        if skip("]") { return items }
        repeat {
            items.append(try value(depth: depth + 1))
        } while skip(",")
        guard skip("]") else { throw fault("invalid JSON: expected \",\" or \"]\"") }
        return items
    }

    private mutating func string() throws(Diagnostic) -> String {
        var units: [UInt8] = []
        index = bytes.index(after: index)
        while let byte = peek() {
            switch byte {
            case UInt8(ascii: "\""):
                index = bytes.index(after: index)
                return String(decoding: units, as: UTF8.self)
            case UInt8(ascii: "\\"):
                units.append(contentsOf: String(try escape()).utf8)
            case 0..<0x20: throw fault("invalid JSON: a line break or control character inside quotes")
            default:
                units.append(byte)
                index = bytes.index(after: index)
            }
        }
        throw fault("invalid JSON: the quotes never close")
    }

    private mutating func escape() throws(Diagnostic) -> Unicode.Scalar {
        let simple: [UInt8: Unicode.Scalar] = [
            UInt8(ascii: "\""): "\"", UInt8(ascii: "\\"): "\\", UInt8(ascii: "/"): "/", UInt8(ascii: "b"): "\u{8}",
            UInt8(ascii: "f"): "\u{C}", UInt8(ascii: "n"): "\n", UInt8(ascii: "r"): "\r", UInt8(ascii: "t"): "\t",
        ]
        let start = index
        index = bytes.index(after: index)
        if let scalar = peek().flatMap({ simple[$0] }) {
            index = bytes.index(after: index)
            return scalar
        }
        if let unit = unicodeEscape() {
            if let scalar = Unicode.Scalar(unit) { return scalar }
            // Half of a pair: the other half must follow.
            if (0xD800...0xDBFF).contains(unit), peek() == UInt8(ascii: "\\") {
                index = bytes.index(after: index)
                if let low = unicodeEscape(), (0xDC00...0xDFFF).contains(low),
                    let scalar = Unicode.Scalar(0x10000 + (UInt32(unit) - 0xD800) << 10 + UInt32(low) - 0xDC00)
                {
                    return scalar
                }
            }
        }
        index = start
        throw fault("invalid JSON: an unknown escape")
    }

    private mutating func unicodeEscape() -> UInt16? {
        guard peek() == UInt8(ascii: "u") else { return nil }
        let digits = bytes[bytes.index(after: index)...].prefix(4)
        guard digits.count == 4, let text = String(digits), let unit = UInt16(text, radix: 16) else { return nil }
        index = digits.endIndex
        return unit
    }

    private func peek() -> UInt8? {
        index < bytes.endIndex ? bytes[index] : nil
    }

    private mutating func skipSpace() {
        while let byte = peek(), [0x20, 0x09, 0x0A].contains(byte) { index = bytes.index(after: index) }
    }

    private mutating func skip(_ character: Unicode.Scalar) -> Bool {
        skipSpace()
        guard peek() == UInt8(ascii: character) else { return false }
        index = bytes.index(after: index)
        return true
    }

    private static func isWord(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "E"),
            UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."):
            true
        default: false
        }
    }

    private static func isNumber(_ word: String) -> Bool {
        guard let first = word.utf8.first else { return false }
        return (first == UInt8(ascii: "-") || (0x30...0x39).contains(first)) && Double(word) != nil
    }

    /// Counts on from the last place asked for: from the start each time, a long document would take quadratic time.
    private mutating func place(of index: String.Index) -> Place {
        if index < counted.index { counted = (source.text.startIndex, Place(line: 1, column: 1)) }
        for scalar in source.text.unicodeScalars[counted.index..<index] {
            if scalar == "\n" {
                counted.place = Place(line: counted.place.line + 1, column: 1)
            } else {
                counted.place.column += 1
            }
        }
        counted.index = index
        return counted.place
    }

    private mutating func fault(_ message: String) -> Diagnostic {
        guard index < bytes.endIndex else {
            return source.diagnostic(at: place(of: index), "invalid JSON: the file ends inside it")
        }
        return source.diagnostic(at: place(of: index), message)
    }
}
