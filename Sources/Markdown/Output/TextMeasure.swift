/// Words and the time to read them.
struct TextMeasure {
    private(set) var words = 0
    private(set) var eastAsianCharacters = 0

    /// - Parameter bytes: Valid UTF-8.
    init(_ bytes: UnsafeBufferPointer<UInt8>) {
        let raw = UnsafeRawBufferPointer(bytes)
        var inWord = false
        var index = 0
        while index < bytes.count {
            if index + 8 <= bytes.count {
                let eight = UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: index, as: UInt64.self))
                if eight & ASCIIClasses.highBits == 0 {
                    words += ASCIIClasses(of: eight).wordStarts(&inWord)
                    index += 8
                    continue
                }
            }
            index += countScalar(bytes, at: index, &inWord)
        }
    }

    init(_ text: String) {
        var text = text
        self = text.withUTF8 { TextMeasure($0) }
    }

    /// Returns the character's length.
    private mutating func countScalar(
        _ bytes: UnsafeBufferPointer<UInt8>, at index: Int, _ inWord: inout Bool
    ) -> Int {
        let byte = bytes[index]
        if byte < 0x80 {
            // What joins two letters (don't, e-mail, 3.5) ends no word; alone it starts none.
            if byte.isASCIIAlphanumeric {
                words += inWord ? 0 : 1
                inWord = true
            } else if byte <= .space {
                inWord = false
            }
            return 1
        }
        let (scalar, length) = Self.decode(bytes, at: index)
        if EastAsian.isWord(scalar) {
            eastAsianCharacters += 1
            inWord = false
        } else if scalar.properties.isAlphabetic || scalar.properties.numericType != nil {
            words += inWord ? 0 : 1
            inWord = true
        } else if scalar.properties.isWhitespace || scalar.value == 0x2014 || EastAsian.isWide(scalar) {
            inWord = false
        }
        return length
    }

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

/// Eight ASCII characters at once: which are letters or digits, and which are neither those nor white space. The lowest
/// bit is the first character's.
private struct ASCIIClasses {
    static let highBits: UInt64 = 0x8080_8080_8080_8080

    private let letters: UInt64
    private let joiners: UInt64

    init(of eight: UInt64) {
        // Adding what is missing to 128 sets a byte's highest bit if it is at least that character.
        func atLeast(_ character: UInt64, _ bytes: UInt64) -> UInt64 { bytes &+ (128 - character) &* Self.ones }
        let lower = eight | 0x20 &* Self.ones
        let letters = atLeast(0x61, lower) & ~atLeast(0x7B, lower) | atLeast(0x30, eight) & ~atLeast(0x3A, eight)
        let visible = atLeast(0x21, eight)
        self.letters = Self.packed(letters)
        joiners = Self.packed(visible & ~letters)
    }

    /// How many words begin here. `inWord` is whether the text before ends in a word, and then whether this does.
    func wordStarts(_ inWord: inout Bool) -> Int {
        let behindLetters = letters << 1 | (inWord ? 1 : 0)
        // A run of joiners behind a letter: the addition carries from its beginning to behind its end.
        let behindJoiners = (joiners + behindLetters & joiners) & ~joiners
        let behindWord = behindLetters | behindJoiners
        inWord = behindWord >> 8 & 1 != 0
        return (letters & ~behindWord).nonzeroBitCount
    }

    private static let ones: UInt64 = 0x0101_0101_0101_0101

    /// The highest bits of eight bytes, side by side.
    private static func packed(_ bytes: UInt64) -> UInt64 {
        ((bytes & highBits) >> 7 &* 0x0102_0408_1020_4080) >> 56
    }
}
