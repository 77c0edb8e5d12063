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
        text.withUTF8 { forEachUTF8(in: $0, body) }
    }

    /// Goes from one ASCII character that is neither letter nor digit to the next: what is between them is read by bytes if
    /// it is ASCII, and by the rules of Unicode otherwise.
    static func forEachUTF8(
        in utf8: UnsafeBufferPointer<UInt8>, _ body: (UnsafeBufferPointer<UInt8>) -> Void
    ) {
        kinds.withUnsafeBufferPointer { kinds in
            withUnsafeTemporaryAllocation(byteCount: longest, alignment: 8) { word in
                var start = 0
                while start < utf8.count {
                    var end = start
                    var found: UInt8 = 0
                    while end < utf8.count {
                        let kind = kinds[Int(utf8[end])]
                        if kind == Kind.separator { break }
                        found |= kind
                        end += 1
                    }
                    if found & Kind.other != 0 {
                        let run = UnsafeBufferPointer(rebasing: utf8[start..<end])
                        forEachUnicode(in: String(decoding: run, as: UTF8.self)) { text in
                            var text = text
                            text.withUTF8(body)
                        }
                    } else if end - start >= 2, end - start <= longest {
                        lowercase(UnsafeRawBufferPointer(utf8), start, end - start, to: word)
                        body(UnsafeBufferPointer(rebasing: word.assumingMemoryBound(to: UInt8.self)[..<(end - start)]))
                    }
                    start = end + 1
                }
            }
        }
    }

    /// Copies ASCII letters as lower case ones; digits have the bit already. Eight bytes at a time, where there are as many as a word
    /// may have: what lies behind the word is copied too, and not looked at.
    @inline(__always)
    private static func lowercase(
        _ utf8: UnsafeRawBufferPointer, _ start: Int, _ count: Int, to word: UnsafeMutableRawBufferPointer
    ) {
        guard start + longest <= utf8.count else {
            for place in 0..<count { word[place] = utf8[start + place] | 0x20 }
            return
        }
        for place in stride(from: 0, to: count, by: 8) {
            let bytes = utf8.loadUnaligned(fromByteOffset: start + place, as: UInt64.self)
            word.storeBytes(of: bytes | 0x2020_2020_2020_2020, toByteOffset: place, as: UInt64.self)
        }
    }

    /// What a byte is to a word.
    private enum Kind {
        static let separator: UInt8 = 0
        /// An ASCII letter or digit.
        static let part: UInt8 = 1
        /// Of another character.
        static let other: UInt8 = 2
    }

    /// By the byte; in a table because these are asked for each byte of a site.
    private static let kinds: [UInt8] = (0...255).map { (byte: UInt8) in
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: Kind.part
        case 0x80...: Kind.other
        default: Kind.separator
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
