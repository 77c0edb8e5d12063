import Bytes

/// The text of rendered HTML, for finding words in it: tags are left out, character references read.
enum PlainText {
    /// Tags inside of a word; any other separates words.
    private static let inline = Set(
        [
            "a", "abbr", "b", "code", "del", "em", "i", "ins", "kbd", "mark", "q", "s", "small", "span", "strong",
            "sub",
            "sup", "u", "wbr",
        ].map { $0.utf8.reduce(0) { packed($0, $1) } })

    /// The last eight bytes of a name, in lower case, as a number.
    private static func packed(_ name: UInt64, _ byte: UInt8) -> UInt64 { name << 8 | UInt64(byte | 0x20) }

    static func make(of html: String) -> [UInt8] {
        var html = html
        return html.withUTF8 { bytes in
            var text: [UInt8] = []
            text.reserveCapacity(bytes.count)
            var index = 0
            while index < bytes.count {
                switch bytes[index] {
                case UInt8(ascii: "<"): index = skipTag(bytes, index, &text)
                case UInt8(ascii: "&"): index = readReference(bytes, index, &text)
                default:
                    let start = index
                    index = UnsafeRawBufferPointer(bytes).firstIndex(from: index) { $0.beginsTagOrReference }
                    text.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[start..<index]))
                }
            }
            return text
        }
    }

    private static func skipTag(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ text: inout [UInt8]) -> Int {
        if start + 1 < bytes.count, bytes[start + 1] == UInt8(ascii: "!"), bytes[start...].starts(with: "<!--".utf8) {
            return endOfComment(bytes, start + 4)
        }
        var index = start + 1
        if index < bytes.count, bytes[index] == UInt8(ascii: "/") { index += 1 }
        let nameStart = index
        var name: UInt64 = 0
        while index < bytes.count, isNamePart(bytes[index]) {
            name = packed(name, bytes[index])
            index += 1
        }
        let isInline = index - nameStart <= 8 && inline.contains(name)
        // An attribute may have `>` in quotes.
        var quote: UInt8?
        while index < bytes.count {
            let byte = bytes[index]
            index += 1
            if let open = quote {
                if byte == open { quote = nil }
            } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
                quote = byte
            } else if byte == UInt8(ascii: ">") {
                break
            }
        }
        if !isInline { text.append(UInt8(ascii: " ")) }
        return index
    }

    private static func endOfComment(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int) -> Int {
        var index = start
        while index < bytes.count {
            if bytes[index...].starts(with: "-->".utf8) { return index + 3 }
            index += 1
        }
        return index
    }

    private static func isNamePart(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
        default: false
        }
    }

    /// Reads `&#233;` and `&#xE9;`; what a name stands for separates words, for the renderer writes letters as they are.
    private static func readReference(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ text: inout [UInt8]) -> Int {
        guard let end = bytes[start...].prefix(12).firstIndex(of: UInt8(ascii: ";")) else {
            text.append(UInt8(ascii: " "))
            return start + 1
        }
        let body = String(decoding: bytes[(start + 1)..<end], as: UTF8.self)
        let digits = body.dropFirst()
        let value =
            body.first != "#"
            ? nil : digits.first == "x" || digits.first == "X" ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
        if let scalar = value.flatMap(Unicode.Scalar.init) {
            text.append(contentsOf: String(scalar).utf8)
        } else {
            text.append(UInt8(ascii: " "))
        }
        return end + 1
    }
}

extension SIMD16<UInt8> {
    /// Which of the bytes are `<` or `&`.
    @inline(__always)
    fileprivate var beginsTagOrReference: SIMDMask<SIMD16<Int8>> {
        (self .== SIMD16(repeating: 0x3C)) .| (self .== SIMD16(repeating: 0x26))
    }
}
