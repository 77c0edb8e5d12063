/// Words and the time to read them.
struct TextMeasure {
    private(set) var words = 0
    private(set) var eastAsianCharacters = 0

    init(_ text: String) {
        var inWord = false
        var text = text
        let wordBytes = Self.wordBytes
        text.withUTF8 { bytes in
            var index = 0
            while index < bytes.count {
                let byte = bytes[index]
                if byte < 0x80 {
                    index += 1
                    // What joins two letters (don't, e-mail, 3.5) ends no word; alone it starts none.
                    if wordBytes.contains(byte) {
                        words += inWord ? 0 : 1
                        inWord = true
                    } else if byte <= .space {
                        inWord = false
                    }
                    continue
                }
                let (scalar, length) = Self.decode(bytes, at: index)
                index += length
                if EastAsian.isWord(scalar) {
                    eastAsianCharacters += 1
                    inWord = false
                } else if scalar.properties.isAlphabetic || scalar.properties.numericType != nil {
                    if !inWord { words += 1 }
                    inWord = true
                } else if scalar.properties.isWhitespace || scalar.value == 0x2014 || EastAsian.isWide(scalar) {
                    inWord = false
                }
            }
        }
    }

    private static let wordBytes = ByteSet("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")

    var wordCount: Int { words + eastAsianCharacters }

    /// 220 words or 500 characters a minute, usual figures for silent reading; begun minutes count.
    var minutes: Int {
        let seconds = words * 60 / 220 + eastAsianCharacters * 60 / 500
        return max(1, (seconds + 59) / 60)
    }

    /// The bytes come from a `String`: they are valid UTF-8.
    private static func decode(_ bytes: UnsafeBufferPointer<UInt8>, at index: Int) -> (Unicode.Scalar, Int) {
        let lead = UInt32(bytes[index])
        let length = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4
        var value = lead & (length == 2 ? 0x1F : length == 3 ? 0x0F : 0x07)
        for offset in 1..<length { value = value << 6 | UInt32(bytes[index + offset] & 0x3F) }
        return (Unicode.Scalar(value) ?? "\u{FFFD}", length)
    }
}
