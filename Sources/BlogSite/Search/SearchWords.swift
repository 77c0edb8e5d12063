import Foundation

/// The words that a search knows of a text. The script on the search page (`templates/assets/search.js`) makes the same
/// words of a query; both are held against the same list of examples.
///
/// A text is decomposed (NFKD), put into lower case and freed of its marks; words are runs of letters and digits. A run of
/// Chinese or Japanese characters, which has no spaces, gives each pair of neighbours. Words of one character, and of more
/// than 40, are left out.
///
/// ```swift
/// SearchWords.all(in: "Crème Brûlée, 2nd ed.")     // ["creme", "brulee", "2nd", "ed"]
/// ```
enum SearchWords {
    static let longest = 40

    static func all(in text: String) -> [String] {
        var words: [String] = []
        forEachUTF8(in: text) { words.append(String(decoding: $0, as: UTF8.self)) }
        return words
    }

    /// Gives each word's UTF-8, which is valid during the call alone.
    static func forEachUTF8(in text: String, _ body: (UnsafeBufferPointer<UInt8>) -> Void) {
        var text = text
        text.withUTF8 { forEachUTF8(in: $0[...], body) }
    }

    /// Goes from one ASCII character that is neither letter nor digit to the next: what is between them is read by bytes if
    /// it is ASCII, and by the rules of Unicode otherwise.
    static func forEachUTF8(
        in utf8: Slice<UnsafeBufferPointer<UInt8>>, _ body: (UnsafeBufferPointer<UInt8>) -> Void
    ) {
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: longest) { word in
            var start = utf8.startIndex
            while start < utf8.endIndex {
                var end = start
                var isASCII = true
                while end < utf8.endIndex, let isPart = isWordPart(utf8[end]) {
                    if !isPart { isASCII = false }
                    end += 1
                }
                if isASCII {
                    if (2...longest).contains(end - start) {
                        // Letters become lower case, digits have the bit already.
                        for place in start..<end { word[place - start] = utf8[place] | 0x20 }
                        body(UnsafeBufferPointer(rebasing: word[..<(end - start)]))
                    }
                } else {
                    forEachUnicode(in: String(decoding: utf8[start..<end], as: UTF8.self)) { text in
                        var text = text
                        text.withUTF8(body)
                    }
                }
                start = end + 1
            }
        }
    }

    /// True for an ASCII letter or digit, false for a byte of another character, nil for what separates words.
    private static func isWordPart(_ byte: UInt8) -> Bool? {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
        case 0x80...: false
        default: nil
        }
    }

    private static func forEachUnicode(in text: String, _ body: (String) -> Void) {
        var run: [Unicode.Scalar] = []
        var isCJKRun = false
        func finish() {
            defer { run.removeAll(keepingCapacity: true) }
            guard isCJKRun else {
                if (2...longest).contains(run.count) { body(word(run[...])) }
                return
            }
            if run.count == 1 { body(word(run[...])) }
            for place in run.indices.dropLast() { body(word(run[place...place + 1])) }
        }
        for scalar in text.decomposedStringWithCompatibilityMapping.lowercased().unicodeScalars {
            switch scalar.properties.generalCategory {
            case .nonspacingMark, .spacingMark, .enclosingMark: continue
            case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .decimalNumber,
                .letterNumber, .otherNumber:
                let isCJK = isCJK(scalar)
                if isCJK != isCJKRun { finish() }
                isCJKRun = isCJK
                // JavaScript writes the last sigma of a word in its own form.
                run.append(scalar == "ς" ? "σ" : scalar)
            default: finish()
            }
        }
        finish()
    }

    private static func word(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
        var word = String.UnicodeScalarView()
        word.append(contentsOf: scalars)
        return String(word)
    }

    /// Kana and Han.
    private static func isCJK(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x3040...0x30FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xF900...0xFAFF, 0x20000...0x3134F: true
        default: false
        }
    }
}
