/// Character references of HTML to characters, as Python's `html.unescape` reads them.
package enum HTMLEntities {
    package static func decoded(_ text: String) -> String {
        guard text.utf8.contains(UInt8(ascii: "&")) else { return text }
        let scalars = Array(text.unicodeScalars)
        var result = String.UnicodeScalarView()
        var index = 0
        while index < scalars.count {
            if scalars[index] == "&", let (replacement, end) = reference(scalars, index + 1) {
                result.append(contentsOf: replacement.unicodeScalars)
                index = end
            } else {
                result.append(scalars[index])
                index += 1
            }
        }
        return String(result)
    }

    private static func reference(_ scalars: [Unicode.Scalar], _ start: Int) -> (String, Int)? {
        guard start < scalars.count else { return nil }
        return scalars[start] == "#" ? numeric(scalars, start + 1) : named(scalars, start)
    }

    private static func numeric(_ scalars: [Unicode.Scalar], _ start: Int) -> (String, Int)? {
        var index = start
        var radix: UInt32 = 10
        if index < scalars.count, scalars[index] == "x" || scalars[index] == "X" {
            radix = 16
            index += 1
        }
        let first = index
        var value: UInt32 = 0
        while index < scalars.count, let digit = Character(scalars[index]).hexDigitValue, UInt32(digit) < radix,
            scalars[index].isASCII
        {
            value = min(value * radix + UInt32(digit), 0x110000)
            index += 1
        }
        guard index > first else { return nil }
        if index < scalars.count, scalars[index] == ";" { index += 1 }
        if let replaced = windows1252[value] { return (String(Character(replaced)), index) }
        guard let scalar = Unicode.Scalar(value) else { return ("\u{FFFD}", index) }
        return (isInvalid(value) ? "" : String(Character(scalar)), index)
    }

    /// Control characters and noncharacters, which Python leaves out.
    private static func isInvalid(_ value: UInt32) -> Bool {
        switch value {
        case 0x1...0x8, 0xB, 0xE...0x1F, 0x7F...0x9F, 0xFDD0...0xFDEF: true
        default: value & 0xFFFE == 0xFFFE
        }
    }

    private static func named(_ scalars: [Unicode.Scalar], _ start: Int) -> (String, Int)? {
        var end = start
        let stops: Set<Unicode.Scalar> = ["\t", "\n", "\u{0C}", " ", "<", "&", "#", ";"]
        while end < scalars.count, end - start < 32, !stops.contains(scalars[end]) { end += 1 }
        if end < scalars.count, scalars[end] == ";" { end += 1 }
        // The longest name that is known; some are also known without their semicolon.
        var length = end - start
        while length > 1 {
            let name = String(scalars: scalars[start..<start + length])
            if let text = HTMLEntityTable.names[name] { return (text, start + length) }
            length -= 1
        }
        return nil
    }

    private static let windows1252: [UInt32: Unicode.Scalar] = [
        0x00: "\u{FFFD}", 0x0D: "\r", 0x80: "\u{20AC}", 0x81: "\u{81}", 0x82: "\u{201A}", 0x83: "\u{192}",
        0x84: "\u{201E}", 0x85: "\u{2026}", 0x86: "\u{2020}", 0x87: "\u{2021}", 0x88: "\u{2C6}", 0x89: "\u{2030}",
        0x8A: "\u{160}", 0x8B: "\u{2039}", 0x8C: "\u{152}", 0x8D: "\u{8D}", 0x8E: "\u{17D}", 0x8F: "\u{8F}",
        0x90: "\u{90}", 0x91: "\u{2018}", 0x92: "\u{2019}", 0x93: "\u{201C}", 0x94: "\u{201D}", 0x95: "\u{2022}",
        0x96: "\u{2013}", 0x97: "\u{2014}", 0x98: "\u{2DC}", 0x99: "\u{2122}", 0x9A: "\u{161}", 0x9B: "\u{203A}",
        0x9C: "\u{153}", 0x9D: "\u{9D}", 0x9E: "\u{17E}", 0x9F: "\u{178}",
    ]
}
