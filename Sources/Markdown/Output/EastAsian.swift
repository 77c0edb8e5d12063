/// Characters of scripts that are written without spaces: Chinese and Japanese.
enum EastAsian {
    static func isWide(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x3001...0x3003, 0x3005...0x301F, 0x3021...0x30FF, 0x31F0...0x31FF: true  // punctuation, kana
        case 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xF900...0xFAFF: true  // ideographs
        case 0xFF01...0xFF0F, 0xFF1A...0xFF20, 0xFF5F...0xFF9F: true  // full-width punctuation, half-width kana
        case 0x20000...0x3FFFF: true  // ideographs beyond the first plane
        default: false
        }
    }

    /// One that is read as a word of its own: no punctuation.
    static func isWord(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x3005...0x3007, 0x3041...0x3096, 0x30A1...0x30FA, 0x31F0...0x31FF, 0x3400...0x4DBF, 0x4E00...0x9FFF: true
        case 0xF900...0xFAFF, 0xFF66...0xFF9D, 0x20000...0x3FFFF: true
        default: false
        }
    }

    static func startsWide(_ text: ArraySlice<UInt8>) -> Bool {
        guard let first = text.first, first >= 0xE3 else { return false }
        return String(decoding: text.prefix(4), as: UTF8.self).unicodeScalars.first.map(isWide) ?? false
    }

    static func endsWide(_ text: ArraySlice<UInt8>) -> Bool {
        guard let last = text.last, last >= 0x80 else { return false }
        return String(decoding: text.suffix(4), as: UTF8.self).unicodeScalars.last.map(isWide) ?? false
    }
}
