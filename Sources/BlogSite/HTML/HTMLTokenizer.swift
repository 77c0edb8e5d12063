import Bytes

/// Splits HTML into tags, texts and comments, in the order of the file; nothing is left out, so that the ranges of all tokens
/// give the file again.
///
/// Follows the HTML standard's tokenizer (13.2.5) as far as finding tags and attributes needs it: comments, the three ways
/// to quote a value, and elements whose content is text whatever it looks like (`script`, `style`, `textarea`, …). Names are
/// in lower case; values are as written, with their character references.
struct HTMLTokenizer {
    /// A piece of the file.
    enum Token: Sendable {
        case text(Range<Int>)
        case startTag(StartTag)
        case endTag(name: String, range: Range<Int>)
        /// From `<!--` to `-->`.
        case comment(Range<Int>)
        /// `<!DOCTYPE …>`, `<![CDATA[…]]>`, `<?…>` and what browsers take for a comment without its being one.
        case declaration(Range<Int>)
    }

    struct StartTag: Sendable {
        var name: String
        var attributes: [Attribute]
        var range: Range<Int>
        /// Written with `/>`; it means something in SVG and MathML only.
        var isSelfClosing: Bool
    }

    struct Attribute: Sendable {
        var name: String
        /// As written.
        var nameRange: Range<Int>
        /// Without its quotes; nil for an attribute that is a name alone.
        var value: Range<Int>?
        /// Nil for a value without quotes.
        var quote: UInt8?
    }

    let bytes: [UInt8]
    var index = 0
    /// Set behind a start tag whose element holds text alone: until its end tag nothing else is a tag.
    private(set) var rawTextElement: String?

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// The next token; nil at the end.
    mutating func next() -> Token? {
        guard index < bytes.count else { return nil }
        if let element = rawTextElement {
            rawTextElement = nil
            let end = endTag(of: element)
            if end > index { return text(until: end) }
        }
        let start = index
        // A `<` that opens nothing is text, with what follows it.
        while let open = nextAngle {
            guard opensMarkup(at: open) else {
                index = open + 1
                continue
            }
            if open > start {
                index = start
                return text(until: open)
            }
            index = open
            return markup()
        }
        index = start
        return text(until: bytes.count)
    }

    /// Where the next `<` is.
    var nextAngle: Int? {
        bytes.withUnsafeBufferPointer { ByteSearch.first(UInt8(ascii: "<"), in: $0, from: index) }
    }

    private mutating func text(until end: Int) -> Token {
        defer { index = end }
        return .text(index..<end)
    }

    private func opensMarkup(at open: Int) -> Bool {
        guard open + 1 < bytes.count else { return false }
        let next = bytes[open + 1]
        if next == UInt8(ascii: "/") { return open + 2 < bytes.count && bytes[open + 2].isASCIILetter }
        return next.isASCIILetter || next == UInt8(ascii: "!") || next == UInt8(ascii: "?")
    }

    private mutating func markup() -> Token {
        let start = index
        switch bytes[index + 1] {
        case UInt8(ascii: "!") where matches("<!--"):
            index += 4
            // `<!-->` and `<!--->` are comments that end at once.
            if matches(">") { index += 1 } else if matches("->") { index += 2 } else { skipComment() }
            return .comment(start..<index)
        case UInt8(ascii: "!") where matches("<![CDATA["):
            skip(past: "]]>")
            return .declaration(start..<index)
        case UInt8(ascii: "!"), UInt8(ascii: "?"):
            skip(past: ">")
            return .declaration(start..<index)
        case UInt8(ascii: "/"):
            index += 2
            let tag = tag(from: start)
            return .endTag(name: tag.name, range: tag.range)
        default:
            index += 1
            let tag = tag(from: start)
            if Self.rawTextElements.contains(tag.name) { rawTextElement = tag.name }
            return .startTag(tag)
        }
    }

    /// Elements whose content is no markup.
    static let rawTextElements: Set<String> = [
        "script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes", "plaintext",
    ]

    /// Where the end tag of an element that holds text alone begins, or the end of the file.
    private func endTag(of element: String) -> Int {
        guard element != "plaintext" else { return bytes.count }
        let wanted = Array("</\(element)".utf8)
        var place = index
        while place + wanted.count <= bytes.count {
            let isHere = wanted.indices.allSatisfy { bytes[place + $0].asciiLowercased == wanted[$0] }
            let behind = place + wanted.count
            if isHere, behind == bytes.count || bytes[behind].isHTMLSpace || [0x2F, 0x3E].contains(bytes[behind]) {
                return place
            }
            place += 1
        }
        return bytes.count
    }

    /// Reads a tag from its name to its `>`.
    private mutating func tag(from start: Int) -> StartTag {
        let nameStart = index
        while index < bytes.count, !bytes[index].isHTMLSpace, bytes[index] != 0x3E, bytes[index] != 0x2F { index += 1 }
        var tag = StartTag(
            name: lowercased(nameStart..<index), attributes: [], range: start..<index, isSelfClosing: false)
        while index < bytes.count {
            var endsInSlash = false
            while index < bytes.count, bytes[index].isHTMLSpace || bytes[index] == 0x2F {
                endsInSlash = bytes[index] == 0x2F
                index += 1
            }
            guard index < bytes.count else { break }
            if bytes[index] == 0x3E {
                tag.isSelfClosing = endsInSlash
                index += 1
                break
            }
            tag.attributes.append(attribute())
        }
        tag.range = start..<index
        return tag
    }

    private mutating func attribute() -> Attribute {
        let start = index
        // A `=` that comes first belongs to the name (HTML standard, 13.2.5.32).
        index += 1
        while index < bytes.count, !bytes[index].isHTMLSpace, bytes[index] != 0x3D, bytes[index] != 0x3E,
            bytes[index] != 0x2F
        { index += 1 }
        var attribute = Attribute(name: lowercased(start..<index), nameRange: start..<index)
        let nameEnd = index
        while index < bytes.count, bytes[index].isHTMLSpace { index += 1 }
        guard index < bytes.count, bytes[index] == 0x3D else {
            index = nameEnd
            return attribute
        }
        index += 1
        while index < bytes.count, bytes[index].isHTMLSpace { index += 1 }
        guard index < bytes.count, bytes[index] != 0x3E else { return attribute }
        if bytes[index] == 0x22 || bytes[index] == 0x27 {
            attribute.quote = bytes[index]
            let end = bytes[(index + 1)...].firstIndex(of: bytes[index]) ?? bytes.count
            attribute.value = index + 1..<end
            index = min(end + 1, bytes.count)
        } else {
            let end = bytes[index...].firstIndex { $0.isHTMLSpace || $0 == 0x3E } ?? bytes.count
            attribute.value = index..<end
            index = end
        }
        return attribute
    }

    /// The text of a range.
    func string(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

    private func matches(_ text: String) -> Bool { bytes[index...].starts(with: text.utf8) }

    /// Moves behind the end of a comment: `-->`, or `--!>`, which browsers take too.
    private mutating func skipComment() {
        while index < bytes.count {
            skip(past: "--")
            // `--->` ends one as well.
            while index < bytes.count, bytes[index] == UInt8(ascii: "-") { index += 1 }
            if matches(">") || matches("!>") {
                skip(past: ">")
                return
            }
        }
    }

    /// Moves behind the next occurrence of a text, or to the end.
    private mutating func skip(past text: String) {
        let wanted = Array(text.utf8)
        while index + wanted.count <= bytes.count {
            if bytes[index] == wanted[0], bytes[index...].starts(with: wanted) {
                index += wanted.count
                return
            }
            index += 1
        }
        index = bytes.count
    }

    private func lowercased(_ range: Range<Int>) -> String {
        // As names nearly always are.
        if bytes[range].allSatisfy({ $0 == $0.asciiLowercased }) { return string(range) }
        return String(decoding: bytes[range].map(\.asciiLowercased), as: UTF8.self)
    }
}

extension UInt8 {
    /// Space, tab, line feed, form feed, carriage return: what HTML takes for white space.
    var isHTMLSpace: Bool { self == 0x20 || (self >= 0x09 && self <= 0x0D && self != 0x0B) }

    var isASCIILetter: Bool { (0x61...0x7A).contains(self | 0x20) }

    var asciiLowercased: UInt8 { self >= 0x41 && self <= 0x5A ? self | 0x20 : self }
}
