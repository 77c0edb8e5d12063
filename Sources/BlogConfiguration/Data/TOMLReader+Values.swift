extension TOMLReader {
    mutating func value(depth: Int) throws(Diagnostic) -> DataNode {
        guard depth <= Self.depthLimit else { throw fault("values nested more than \(Self.depthLimit) deep") }
        let place = place(of: index)
        switch peek() {
        case UInt8(ascii: "\""), UInt8(ascii: "'"):
            return DataNode(.scalar(try isTripled ? longString() : string(), isPlain: false), at: place)
        case UInt8(ascii: "["): return DataNode(.list(try array(depth: depth)), at: place)
        case UInt8(ascii: "{"): return DataNode(.map(try inlineTable(depth: depth)), at: place)
        default: return DataNode(.scalar(try plain(), isPlain: true), at: place)
        }
    }

    private mutating func array(depth: Int) throws(Diagnostic) -> [DataNode] {
        var items: [DataNode] = []
        index += 1
        while true {
            skipBlank(newlines: true)
            if skip("]") { return items }
            items.append(try value(depth: depth + 1))
            skipBlank(newlines: true)
            if skip("]") { return items }
            guard skip(",") else { throw fault("expected \",\" or \"]\"") }
        }
    }

    /// `{ a = 1, b.c = 2 }`, complete in itself.
    private mutating func inlineTable(depth: Int) throws(Diagnostic) -> [DataNode.Entry] {
        var entries: [DataNode.Entry] = []
        index += 1
        if skip("}") { return entries }
        repeat {
            let path = try dottedKey()
            guard skip("=") else { throw fault("expected \"=\" after the key \"\(path[path.count - 1].text)\"") }
            skipBlank()
            let value = try value(depth: depth + path.count)
            try Self.insert(value, at: path[...], into: &entries, source)
        } while skip(",")
        guard skip("}") else { throw fault("expected \",\" or \"}\"") }
        return entries
    }

    private static func insert(
        _ value: DataNode, at path: ArraySlice<Key>, into entries: inout [DataNode.Entry], _ source: SourceText
    ) throws(Diagnostic) {
        guard let key = path.first else { return }
        let known = entries.firstIndex { $0.key == key.text }
        if path.count == 1 {
            guard known == nil else { throw source.diagnostic(at: key.place, "the key \"\(key.text)\" twice") }
            entries.append(DataNode.Entry(key: key.text, keyPlace: key.place, value: value))
            return
        }
        var inner: [DataNode.Entry] = []
        if let known {
            guard let map = entries[known].value.map, entries[known].value.place == entries[known].keyPlace else {
                throw source.diagnostic(at: key.place, "the key \"\(key.text)\" twice")
            }
            inner = map
        }
        try insert(value, at: path.dropFirst(), into: &inner, source)
        // A table made by a dotted key stands where its key does: so it is told from one in braces, which is complete.
        let node = DataNode(.map(inner), at: known.map { entries[$0].keyPlace } ?? key.place)
        if let known {
            entries[known].value = node
        } else {
            entries.append(DataNode.Entry(key: key.text, keyPlace: key.place, value: node))
        }
    }

    // MARK: Strings

    /// Whether three quotes open here.
    var isTripled: Bool { peek() == peek(1) && peek() == peek(2) }

    /// A string in one pair of quotes, on one line.
    mutating func string() throws(Diagnostic) -> String {
        let quote = peek()
        let start = index
        var units: [UInt8] = []
        index += 1
        while let byte = peek() {
            switch byte {
            case quote:
                index += 1
                return String(decoding: units, as: UTF8.self)
            case UInt8(ascii: "\\") where quote == UInt8(ascii: "\""): units += String(try escape()).utf8
            case 0x0A: throw fault("the quotes never close on this line", at: start)
            default:
                try take(byte, into: &units)
            }
        }
        throw fault("the quotes never close", at: start)
    }

    /// A string in three quotes; a line break right after them does not count.
    mutating func longString() throws(Diagnostic) -> String {
        let quote = peek()
        let start = index
        let isBasic = quote == UInt8(ascii: "\"")
        var units: [UInt8] = []
        index += 3
        if peek() == 0x0A { index += 1 }
        while let byte = peek() {
            switch byte {
            case quote where isTripled:
                // Up to two quotes may stand right before the three that close.
                var count = 0
                while peek(count) == quote, count < 5 { count += 1 }
                units += [UInt8](repeating: byte, count: count - 3)
                index += count
                return String(decoding: units, as: UTF8.self)
            case UInt8(ascii: "\\") where isBasic:
                if skipContinuation() { continue }
                units += String(try escape()).utf8
            case 0x0A:
                units.append(byte)
                index += 1
            default: try take(byte, into: &units)
            }
        }
        throw fault("the three quotes never close", at: start)
    }

    private mutating func take(_ byte: UInt8, into units: inout [UInt8]) throws(Diagnostic) {
        guard byte >= 0x20 && byte != 0x7F || byte == 0x09 else { throw fault("a control character inside quotes") }
        units.append(byte)
        index += 1
    }

    /// A backslash at the end of a line, which joins it with the next text.
    private mutating func skipContinuation() -> Bool {
        var end = index + 1
        while end < bytes.count, bytes[end] == 0x20 || bytes[end] == 0x09 { end += 1 }
        guard end < bytes.count, bytes[end] == 0x0A else { return false }
        while end < bytes.count, [0x20, 0x09, 0x0A].contains(bytes[end]) { end += 1 }
        index = end
        return true
    }

    private mutating func escape() throws(Diagnostic) -> Unicode.Scalar {
        let start = index
        index += 1
        let byte = peek()
        index += 1
        switch byte {
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "f"): return "\u{C}"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "\""): return "\""
        case UInt8(ascii: "\\"): return "\\"
        case UInt8(ascii: "u"), UInt8(ascii: "U"):
            let count = byte == UInt8(ascii: "u") ? 4 : 8
            let digits = bytes[index...].prefix(count)
            if digits.count == count, digits.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }),
                let value = UInt32(String(decoding: digits, as: UTF8.self), radix: 16),
                let scalar = Unicode.Scalar(value)
            {
                index += count
                return scalar
            }
        default: break
        }
        throw fault("an unknown escape", at: start)
    }

    // MARK: Numbers, booleans, dates

    /// A word without quotes. Integers come out in decimal digits, dates as written.
    private mutating func plain() throws(Diagnostic) -> String {
        let start = index
        func isWord(_ byte: UInt8) -> Bool {
            let scalar = Character(Unicode.Scalar(byte))
            return scalar.isASCII && (scalar.isLetter || scalar.isNumber || "+-._:".contains(scalar))
        }
        while let byte = peek(), isWord(byte) { index += 1 }
        // A space may stand for the T between date and time.
        if index - start == 10, peek() == 0x20, let next = peek(1), (0x30...0x39).contains(next) {
            index += 1
            while let byte = peek(), isWord(byte) { index += 1 }
        }
        let word = String(decoding: bytes[start..<index], as: UTF8.self)
        guard !word.isEmpty else { throw fault("expected a value") }
        if ["true", "false", "inf", "+inf", "-inf", "nan", "+nan", "-nan"].contains(word) { return word }
        if Self.isDateOrTime(word) { return word }
        guard let number = Self.number(word) else {
            throw fault("\"\(word)\" is no value; text needs quotes", at: start)
        }
        return number
    }

    /// The shape alone: whether there is such a day is for the reader of the field to say.
    private static func isDateOrTime(_ word: String) -> Bool {
        let shape = String(decoding: word.utf8.map { isDigit($0) ? UInt8(ascii: "0") : $0 }, as: UTF8.self)
        var rest = shape[...]
        func skip(_ prefix: String) -> Bool {
            guard rest.hasPrefix(prefix) else { return false }
            rest = rest.dropFirst(prefix.count)
            return true
        }
        let hasDate = skip("0000-00-00")
        if hasDate {
            if rest.isEmpty { return true }
            guard skip("T") || skip("t") || skip(" ") else { return false }
        }
        guard skip("00:00:00") else { return false }
        if skip(".") {
            guard skip("0") else { return false }
            rest = rest.drop { $0 == "0" }
        }
        return rest.isEmpty || hasDate && ["Z", "z", "+00:00", "-00:00"].contains(rest)
    }

    /// A number's value in decimal digits; `nil` for what is no number.
    private static func number(_ word: String) -> String? {
        for (prefix, radix) in [("0x", 16), ("0o", 8), ("0b", 2)] where word.hasPrefix(prefix) {
            let digits = word.dropFirst(2)
            guard let first = digits.utf8.first, let last = digits.utf8.last, !digits.contains("__"),
                !"_+-".utf8.contains(first), last != UInt8(ascii: "_")
            else { return nil }
            return Int(digits.replacing("_", with: ""), radix: radix).map(String.init)
        }
        var rest = word.utf8[...]
        // Digits, with single underscores between two of them.
        func skipDigits() -> Bool {
            guard rest.first.map(isDigit) == true else { return false }
            while let byte = rest.first {
                let isJoint = byte == UInt8(ascii: "_") && rest.dropFirst().first.map(isDigit) == true
                guard isDigit(byte) || isJoint else { break }
                rest = rest.dropFirst()
            }
            return true
        }
        func skipSign() {
            if let byte = rest.first, "+-".utf8.contains(byte) { rest = rest.dropFirst() }
        }
        skipSign()
        let whole = rest
        guard skipDigits(),
            whole.first != UInt8(ascii: "0") || whole.startIndex == word.utf8.index(before: rest.startIndex)
        else { return nil }
        let digits = word.replacing("_", with: "")
        if rest.isEmpty { return Int(digits).map(String.init) }
        if rest.first == UInt8(ascii: ".") {
            rest = rest.dropFirst()
            guard skipDigits() else { return nil }
        }
        if let byte = rest.first, "eE".utf8.contains(byte) {
            rest = rest.dropFirst()
            skipSign()
            guard skipDigits() else { return nil }
        }
        return rest.isEmpty ? digits : nil
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
}
