/// Walks through the JSON of one line without making values of it: what is asked for comes as the bytes it is written in.
struct JSONScanner {
    private static let depthLimit = 64

    private let bytes: LogBytes
    private var place = 0
    private var depth = 0

    init(_ bytes: LogBytes) {
        self.bytes = bytes
    }

    /// Whether nothing but space is left.
    var isAtEnd: Bool {
        mutating get {
            skipSpace()
            return place == bytes.count
        }
    }

    /// Reads an object; `member` gets each key and must read or skip its value. False at the first fault.
    mutating func object(_ member: (_ key: LogBytes, inout JSONScanner) -> Bool) -> Bool {
        guard enter("{") else { return false }
        defer { depth -= 1 }
        if take("}") { return true }
        repeat {
            guard let key = string(), take(":"), member(key, &self) else { return false }
        } while take(",")
        return take("}")
    }

    /// A text without its quotation marks, or a number or word as it stands; `nil` for a list or an object.
    mutating func scalar() -> LogBytes? {
        skipSpace()
        guard place < bytes.count else { return nil }
        if bytes[place] == UInt8(ascii: "\"") { return string() }
        let start = place
        while place < bytes.count, Self.isWord(bytes[place]) { place += 1 }
        return place > start ? bytes.bytes(start, place) : nil
    }

    /// The first text of a list of texts, or the text itself; empty for an empty list.
    mutating func firstOfList() -> LogBytes? {
        skipSpace()
        guard place < bytes.count, bytes[place] == UInt8(ascii: "[") else { return scalar() }
        guard enter("[") else { return nil }
        defer { depth -= 1 }
        if take("]") { return bytes.bytes(0, 0) }
        guard let first = scalar() else { return nil }
        while take(",") { guard skip() else { return nil } }
        return take("]") ? first : nil
    }

    /// Passes over a value.
    mutating func skip() -> Bool {
        skipSpace()
        guard place < bytes.count else { return false }
        switch bytes[place] {
        case UInt8(ascii: "{"): return object { _, scanner in scanner.skip() }
        case UInt8(ascii: "["):
            guard enter("[") else { return false }
            defer { depth -= 1 }
            if take("]") { return true }
            repeat {
                guard skip() else { return false }
            } while take(",")
            return take("]")
        default: return scalar() != nil
        }
    }

    private mutating func enter(_ bracket: Unicode.Scalar) -> Bool {
        guard depth < Self.depthLimit, take(bracket) else { return false }
        depth += 1
        return true
    }

    private mutating func string() -> LogBytes? {
        guard take("\"") else { return nil }
        let start = place
        while let quote = bytes.index(of: UInt8(ascii: "\""), from: place) {
            var backslashes = 0
            while quote - backslashes > start, bytes[quote - backslashes - 1] == UInt8(ascii: "\\") { backslashes += 1 }
            place = quote + 1
            if backslashes.isMultiple(of: 2) { return bytes.bytes(start, quote) }
        }
        return nil
    }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        skipSpace()
        guard place < bytes.count, bytes[place] == UInt8(ascii: character) else { return false }
        place += 1
        return true
    }

    private mutating func skipSpace() {
        while place < bytes.count, bytes[place] == 0x20 || bytes[place] == 0x09 { place += 1 }
    }

    private static func isWord(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "E"),
            UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."):
            true
        default: false
        }
    }
}
