/// Python's string methods, by code points.
enum PythonText {
    static func capitalized(_ text: String) -> String {
        guard let first = text.unicodeScalars.first else { return text }
        return first.properties.titlecaseMapping + lowercased(String(scalars: text.unicodeScalars.dropFirst()))
    }

    /// As Python, with the final form of sigma at the end of a word.
    static func lowercased(_ text: String) -> String {
        guard text.unicodeScalars.contains("\u{3A3}") else { return text.lowercased() }
        let scalars = Array(text.unicodeScalars)
        var result = ""
        for (index, scalar) in scalars.enumerated() {
            guard scalar == "\u{3A3}" else {
                result += scalar.properties.lowercaseMapping
                continue
            }
            let before = scalars[..<index].last { !$0.properties.isCaseIgnorable }
            let after = scalars[(index + 1)...].first { !$0.properties.isCaseIgnorable }
            let isFinal = before?.properties.isCased == true && after?.properties.isCased != true
            result += isFinal ? "\u{3C2}" : "\u{3C3}"
        }
        return result
    }

    /// The first letter after each of `-`, whitespace and `({[<` large, the others small.
    static func titled(_ text: String) -> String {
        var result = ""
        var word = String.UnicodeScalarView()
        func flush() {
            if let first = word.first {
                result += String(scalars: CollectionOfOne(first)).uppercased()
                result += lowercased(String(scalars: word.dropFirst()))
            }
            word.removeAll()
        }
        for scalar in text.unicodeScalars {
            switch scalar {
            case "-", "(", "{", "[", "<":
                flush()
                result.unicodeScalars.append(scalar)
            case _ where Whitespace.contains(scalar):
                flush()
                result.unicodeScalars.append(scalar)
            default: word.append(scalar)
            }
        }
        flush()
        return result
    }

    static func trimmed(_ text: String, _ isTrimmed: (Unicode.Scalar) -> Bool) -> String {
        let scalars = text.unicodeScalars
        guard let first = scalars.firstIndex(where: { !isTrimmed($0) }),
            let last = scalars.lastIndex(where: { !isTrimmed($0) })
        else { return "" }
        return String(scalars[first...last])
    }

    /// `str.splitlines`.
    static func lines(_ text: String) -> [String] {
        var lines: [String] = []
        var line = String.UnicodeScalarView()
        var afterReturn = false
        for scalar in text.unicodeScalars {
            if afterReturn, scalar == "\n" {
                afterReturn = false
                continue
            }
            afterReturn = scalar == "\r"
            switch scalar.value {
            case 0x0A...0x0D, 0x1C...0x1E, 0x85, 0x2028, 0x2029:
                lines.append(String(line))
                line.removeAll()
            default: line.append(scalar)
            }
        }
        if !line.isEmpty { lines.append(String(line)) }
        return lines
    }

    /// Runs of `\w`.
    static func wordCount(_ text: String) -> Int {
        var count = 0
        var inWord = false
        for scalar in text.unicodeScalars {
            let isWord = isWordCharacter(scalar)
            if isWord, !inWord { count += 1 }
            inWord = isWord
        }
        return count
    }

    /// Python's `\w`: alphanumeric or an underscore.
    private static func isWordCharacter(_ scalar: Unicode.Scalar) -> Bool {
        if scalar == "_" { return true }
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .decimalNumber,
            .letterNumber:
            return true
        case .otherNumber: return scalar.properties.numericType != nil
        default: return scalar.properties.numericType != nil
        }
    }

    static func replacing(
        _ old: String, with new: String, in text: String, count: Int, _ context: FilterContext
    ) throws(Failure) -> String {
        var left = count < 0 ? Int.max : count
        if old.isEmpty {
            // Python puts the replacement before every character and at the end.
            try context.checkSize((text.scalarCount + 1) * new.utf8.count)
            var result = ""
            for scalar in text.unicodeScalars {
                if left > 0 {
                    result += new
                    left -= 1
                }
                result.unicodeScalars.append(scalar)
            }
            return left > 0 ? result + new : result
        }
        let bytes = Array(text.utf8)
        var result: [UInt8] = []
        var start = 0
        while left > 0, let range = text.firstRange(ofBytes: old, from: start) {
            result += bytes[start..<range.lowerBound]
            result += Array(new.utf8)
            try context.checkSize(result.count)
            start = range.upperBound
            left -= 1
        }
        if start == 0 { return text }
        result += bytes[start...]
        return String(decoding: result, as: UTF8.self)
    }

    /// `urllib.parse.quote`; in a query a space is `+` and a slash is encoded.
    static func percentEncoded(_ text: String, inQuery: Bool) -> String {
        let digits = Array("0123456789ABCDEF".utf8)
        var result: [UInt8] = []
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "."), UInt8(ascii: "-"),
                UInt8(ascii: "~"):
                result.append(byte)
            case UInt8(ascii: "/") where !inQuery: result.append(byte)
            case UInt8(ascii: " ") where inQuery: result.append(UInt8(ascii: "+"))
            default: result += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: result, as: UTF8.self)
    }

    /// `markupsafe.Markup.striptags`: comments and tags out, runs of whitespace to one space, entities to characters.
    static func withoutTags(_ text: String) -> String {
        var text = text
        for (opening, closing) in [("<!--", "-->"), ("<", ">")] {
            let bytes = Array(text.utf8)
            var kept: [UInt8] = []
            var position = 0
            while let start = text.firstRange(ofBytes: opening, from: position),
                let end = text.firstRange(ofBytes: closing, from: start.lowerBound)
            {
                kept += bytes[position..<start.lowerBound]
                position = end.upperBound
            }
            kept += bytes[position...]
            text = String(decoding: kept, as: UTF8.self)
        }
        let words = text.unicodeScalars.split { Whitespace.contains($0) }.map { String($0) }
        return HTMLEntities.decoded(words.joined(separator: " "))
    }
}
