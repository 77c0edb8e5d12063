/// GFM's extended autolinks (section 6.9 of its specification), with what cmark-gfm adds: hosts without a dot after a
/// scheme, `ftp:`, and quotation marks do not end a URL.
enum Autolink {
    struct Match {
        var range: Range<Int>
        /// What the destination has before the text.
        var prefix: StaticString
    }

    /// No host name is longer (RFC 1035 says 255); it bounds the search.
    private static let maximumHostLength = 1024

    /// - Parameters:
    ///   - index: Of a `w`, `:` or `@`.
    ///   - start: Where text begins that is not yet part of a link.
    ///   - previous: The character before `index`, nil at the beginning of a line.
    static func match(at index: Int, in text: [UInt8], from start: Int, previous: UInt8?) -> Match? {
        switch text[index] {
        case UInt8(ascii: "w"): www(at: index, in: text, previous: previous)
        case UInt8(ascii: ":"): url(colon: index, in: text, from: start)
        default: email(at: index, in: text, from: start)
        }
    }

    private static func www(at start: Int, in text: [UInt8], previous: UInt8?) -> Match? {
        guard text[start...].starts(with: "www.".utf8),
            previous.map({ $0.isASCIISpace || beforeWWW.contains($0) }) ?? true,
            let host = hostEnd(from: start, in: text, needsDot: true)
        else { return nil }
        return Match(range: start..<urlEnd(from: start, host: host, in: text), prefix: "http://")
    }

    private static func url(colon: Int, in text: [UInt8], from start: Int) -> Match? {
        guard text[colon...].starts(with: "://".utf8) else { return nil }
        var first = colon
        while first > start, colon - first <= 5, text[first - 1].isASCIILetter { first -= 1 }
        let scheme = text[first..<colon]
        guard ["http", "https", "ftp"].contains(where: { $0.utf8.count == scheme.count && scheme.hasPrefix($0) }),
            colon + 3 < text.count, isHostByte(text[colon + 3]),
            let host = hostEnd(from: colon + 3, in: text, needsDot: false)
        else { return nil }
        return Match(range: first..<urlEnd(from: first, host: host, in: text), prefix: "")
    }

    private static func email(at: Int, in text: [UInt8], from start: Int) -> Match? {
        var first = at
        while first > start, text[first - 1].isASCIIAlphanumeric || localBytes.contains(text[first - 1]) { first -= 1 }
        guard first < at else { return nil }
        var prefix: StaticString = "mailto:"
        var isXMPP = false
        for scheme in ["mailto:", "xmpp:"] {
            let schemeStart = first - scheme.utf8.count
            guard schemeStart >= start, text[schemeStart..<first].hasPrefix(scheme),
                schemeStart == 0 || !text[schemeStart - 1].isASCIIAlphanumeric
            else { continue }
            (first, prefix, isXMPP) = (schemeStart, "", scheme == "xmpp:")
            break
        }
        var end = at + 1
        var dots = 0
        var inHost = true
        while end < text.count {
            let byte = text[end]
            if byte == UInt8(ascii: "@") { return nil }
            if byte == UInt8(ascii: "."), end + 1 < text.count, text[end + 1].isASCIIAlphanumeric {
                if inHost { dots += 1 }
            } else if byte == UInt8(ascii: "/"), isXMPP {
                inHost = false
            } else if !byte.isASCIIAlphanumeric, byte != UInt8(ascii: "-"), byte != UInt8(ascii: "_") {
                break
            }
            end += 1
        }
        guard dots > 0, text[end - 1].isASCIIAlphanumeric else { return nil }
        return Match(range: first..<end, prefix: prefix)
    }

    /// Letters, digits, `-`, `_`, `.` and what is not ASCII; no underscore in the last two parts.
    private static func hostEnd(from start: Int, in text: [UInt8], needsDot: Bool) -> Int? {
        var end = start
        var dots = 0
        var underscores = (last: 0, secondLast: 0)
        while end < text.count, end - start <= maximumHostLength {
            let byte = text[end]
            if byte == UInt8(ascii: "_") {
                underscores.last += 1
            } else if byte == UInt8(ascii: ".") {
                underscores = (0, underscores.last)
                // A dot at the end is the sentence's.
                if end + 1 < text.count, isHostByte(text[end + 1]) { dots += 1 }
            } else if !isHostByte(byte), byte != UInt8(ascii: "-") {
                break
            }
            end += 1
        }
        guard end - start <= maximumHostLength, underscores.last == 0, underscores.secondLast == 0,
            dots > 0 || !needsDot
        else { return nil }
        return end
    }

    private static func isHostByte(_ byte: UInt8) -> Bool { byte.isASCIIAlphanumeric || byte >= 0x80 }

    private static func urlEnd(from start: Int, host: Int, in text: [UInt8]) -> Int {
        var end = host
        while end < text.count, !text[end].isASCIISpace, text[end] != UInt8(ascii: "<") { end += 1 }
        return trimmedEnd(start..<end, in: text)
    }

    /// Leaves out punctuation at the end, an entity, and closing parentheses that nothing in the URL opens.
    private static func trimmedEnd(_ range: Range<Int>, in text: [UInt8]) -> Int {
        var end = range.upperBound
        var surplus: Int?
        while end > range.lowerBound {
            let last = text[end - 1]
            if trailing.contains(last) {
                end -= 1
            } else if last == UInt8(ascii: ";") {
                var entity = end - 2
                while entity > range.lowerBound, text[entity].isASCIILetter { entity -= 1 }
                end = entity < end - 2 && text[entity] == UInt8(ascii: "&") ? entity : end - 1
                // Parentheses are not in what was cut off.
            } else if last == UInt8(ascii: ")") {
                let closing = surplus ?? parenthesisSurplus(text[range.lowerBound..<end])
                if closing <= 0 { break }
                surplus = closing - 1
                end -= 1
            } else {
                break
            }
        }
        return end
    }

    private static func parenthesisSurplus(_ text: ArraySlice<UInt8>) -> Int {
        text.reduce(into: 0) { surplus, byte in
            if byte == UInt8(ascii: ")") { surplus += 1 } else if byte == UInt8(ascii: "(") { surplus -= 1 }
        }
    }

    private static let beforeWWW = ByteSet("*_~(")
    private static let localBytes = ByteSet(".+-_")
    private static let trailing = ByteSet("?!.,:*_~'\"")
}
