/// Text as bytes with the replacements that WordPress' rules are made of. A pattern is a function that says, at a place where
/// a match may start, whether one does: first match from the left, then on after it, as `preg_replace` goes.
struct ByteText: Sendable {
    /// A match: where it ends, and what stands for it; `nil` when it stays as it is.
    struct Match {
        var end: Int
        var replacement: [UInt8]?
    }

    private(set) var bytes: [UInt8]

    init(_ text: String) { bytes = Array(text.utf8) }

    init(_ bytes: some Sequence<UInt8>) { self.bytes = Array(bytes) }

    var string: String { String(decoding: bytes, as: UTF8.self) }

    /// Replaces what matches. `first`: the bytes a match can start with.
    mutating func replace(_ first: StaticString, _ match: (ByteCursor, Int) -> Match?) {
        let cursor = ByteCursor(bytes)
        var table = [Bool](repeating: false, count: 256)
        first.withUTF8Buffer { for byte in $0 { table[Int(byte)] = true } }
        var output: [UInt8] = []
        var copied = 0
        var index = 0
        while index < bytes.count {
            guard table[Int(bytes[index])], let found = match(cursor, index) else {
                index += 1
                continue
            }
            if let replacement = found.replacement {
                output += bytes[copied..<index]
                output += replacement
                copied = found.end
            }
            // An empty match would be found for ever.
            index = max(found.end, index + 1)
        }
        guard copied > 0 else { return }
        output += bytes[copied...]
        bytes = output
    }

    /// Replaces one text by another.
    mutating func replace(_ text: StaticString, with replacement: StaticString) {
        let needle = text.withUTF8Buffer { Array($0) }
        let substitute = replacement.withUTF8Buffer { Array($0) }
        guard let first = needle.first else { return }
        var output: [UInt8] = []
        var copied = 0
        var index = 0
        while let found = bytes[index...].firstIndex(of: first) {
            guard bytes[found...].starts(with: needle) else {
                index = found + 1
                continue
            }
            output += bytes[copied..<found]
            output += substitute
            index = found + needle.count
            copied = index
        }
        guard copied > 0 else { return }
        output += bytes[copied...]
        bytes = output
    }

    func contains(_ text: StaticString) -> Bool {
        ByteCursor(bytes).find(text, from: 0) != nil
    }
}

/// Looks at bytes; every question is about a place and has a place for an answer.
struct ByteCursor: Sendable {
    let bytes: [UInt8]

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    subscript(index: Int) -> UInt8? { index >= 0 && index < bytes.count ? bytes[index] : nil }

    subscript(range: Range<Int>) -> [UInt8] { Array(bytes[range]) }

    func has(_ text: StaticString, at index: Int) -> Bool {
        let count = text.utf8CodeUnitCount
        guard index >= 0, index + count <= bytes.count else { return false }
        return text.withUTF8Buffer { buffer in
            for offset in 0..<count where bytes[index + offset] != buffer[offset] { return false }
            return true
        }
    }

    /// The end of a text at a place.
    func skip(_ text: StaticString, at index: Int) -> Int? {
        has(text, at: index) ? index + text.utf8CodeUnitCount : nil
    }

    /// Where the white space at a place ends.
    func skipSpace(at index: Int) -> Int {
        var end = index
        while end < bytes.count, Self.isSpace(bytes[end]) { end += 1 }
        return end
    }

    /// Behind the next byte of this kind.
    func behind(_ byte: UInt8, from index: Int) -> Int? {
        guard index <= bytes.count else { return nil }
        return bytes[index...].firstIndex(of: byte).map { $0 + 1 }
    }

    /// Where a text is next.
    func find(_ text: StaticString, from start: Int) -> Int? {
        let first = text.utf8Start.pointee
        var index = start
        while index <= bytes.count, let found = bytes[index...].firstIndex(of: first) {
            if has(text, at: found) { return found }
            index = found + 1
        }
        return nil
    }

    /// The same by bytes.
    func find(_ text: [UInt8], from start: Int) -> Int? {
        guard let first = text.first else { return nil }
        var index = start
        while index <= bytes.count, let found = bytes[index...].firstIndex(of: first) {
            if bytes[found...].starts(with: text) { return found }
            index = found + 1
        }
        return nil
    }

    /// What PCRE calls `\s`.
    static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }
}
