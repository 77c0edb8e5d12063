/// Cuts a template into tokens with the rules of `jinja2/lexer.py` at its default settings.
struct Lexer {
    private let source: Source
    private let bytes: [UInt8]
    private var position = 0
    private var tokens: [Token] = []
    /// Open brackets: while there are any, `}}` and `%}` are not ends.
    private var open: [(mark: Token.Mark, offset: Int)] = []

    private init(_ source: Source) {
        self.source = source
        bytes = source.bytes
    }

    static func tokens(of source: Source) throws(SyntaxProblem) -> [Token] {
        var lexer = Lexer(source)
        while lexer.position < lexer.bytes.count { try lexer.readText() }
        lexer.tokens.append(Token(kind: .end, offset: lexer.bytes.count))
        return lexer.tokens
    }

    // MARK: Text

    private mutating func readText() throws(SyntaxProblem) {
        let start = position
        while position + 1 < bytes.count {
            if byte(position) == UInt8(ascii: "{") {
                let second = byte(position + 1)
                if second == UInt8(ascii: "{") || second == UInt8(ascii: "%") || second == UInt8(ascii: "#") { break }
            }
            position += 1
        }
        guard position + 1 < bytes.count else {
            position = bytes.count
            appendText(start..<position)
            return
        }
        let tag = position
        let second = byte(tag + 1)
        position += 2
        let sign = byte(position)
        var textEnd = tag
        if sign == UInt8(ascii: "-") { textEnd = trimmedEnd(start..<tag) }
        appendText(start..<textEnd)
        if sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") { position += 1 }
        switch second {
        case UInt8(ascii: "#"): try skipComment(from: tag)
        case UInt8(ascii: "{"):
            tokens.append(Token(kind: .variableBegin, offset: tag))
            try readTag(endingIn: UInt8(ascii: "}"), .variableEnd, from: tag)
        default:
            if let body = rawBegin() {
                position = body
                try readRaw(from: tag)
            } else {
                tokens.append(Token(kind: .blockBegin, offset: tag))
                try readTag(endingIn: UInt8(ascii: "%"), .blockEnd, from: tag)
            }
        }
    }

    private mutating func appendText(_ range: Range<Int>) {
        if !range.isEmpty { tokens.append(Token(kind: .data(range), offset: range.lowerBound)) }
    }

    private mutating func skipComment(from tag: Int) throws(SyntaxProblem) {
        let start = position
        while position + 1 < bytes.count {
            if byte(position) == UInt8(ascii: "#"), byte(position + 1) == UInt8(ascii: "}") {
                let trims = position > start && byte(position - 1) == UInt8(ascii: "-")
                position += 2
                if trims { skipSpace() }
                return
            }
            position += 1
        }
        throw SyntaxProblem(tag, "this comment has no end", hint: "write #} after it")
    }

    /// Position after `{% raw %}`, if the tag whose inside begins here is one.
    private mutating func rawBegin() -> Int? {
        let start = position
        defer { position = start }
        skipSpace()
        guard skip("raw") else { return nil }
        skipSpace()
        if skip("-%}") {
            skipSpace()
            return position
        }
        return skip("%}") ? position : nil
    }

    private mutating func readRaw(from tag: Int) throws(SyntaxProblem) {
        let start = position
        while position + 1 < bytes.count {
            let candidate = position
            if skip("{%") {
                let trims = skip("-")
                if !trims { _ = skip("+") }
                skipSpace()
                if skip("endraw") {
                    skipSpace()
                    let trimsAfter = skip("-%}")
                    if trimsAfter || skip("+%}") || skip("%}") {
                        appendText(start..<(trims ? trimmedEnd(start..<candidate) : candidate))
                        if trimsAfter { skipSpace() }
                        return
                    }
                }
            }
            position = candidate + 1
        }
        throw SyntaxProblem(tag, "this raw block has no end", hint: "write {% endraw %} after it")
    }

    // MARK: Inside a tag

    private mutating func readTag(
        endingIn first: UInt8, _ end: Token.Kind, from tag: Int
    ) throws(SyntaxProblem) {
        open = []
        while true {
            skipSpace()
            guard position < bytes.count else {
                if let bracket = open.last {
                    throw SyntaxProblem(bracket.offset, "\"\(bracket.mark.rawValue)\" is never closed")
                }
                throw SyntaxProblem(
                    tag, "this tag has no end", hint: "write \(end == .blockEnd ? "%}" : "}}") after it")
            }
            if open.isEmpty, readEnd(first, end) { return }
            try readToken()
        }
    }

    private mutating func readEnd(_ first: UInt8, _ end: Token.Kind) -> Bool {
        let start = position
        var trims = false
        if byte(position) == UInt8(ascii: "-") {
            trims = true
            position += 1
        } else if byte(position) == UInt8(ascii: "+"), end == .blockEnd {
            position += 1
        }
        guard byte(position) == first, byte(position + 1) == UInt8(ascii: "}") else {
            position = start
            return false
        }
        position += 2
        tokens.append(Token(kind: end, offset: start))
        if trims { skipSpace() }
        return true
    }

    private mutating func readToken() throws(SyntaxProblem) {
        let start = position
        let first = byte(position)
        if isDigit(first) {
            tokens.append(Token(kind: try readNumber(), offset: start))
        } else if first == UInt8(ascii: "\"") || first == UInt8(ascii: "'") {
            tokens.append(Token(kind: .string(try readString(quote: first)), offset: start))
        } else if isNameByte(first) {
            while isNameByte(byte(position)) { position += 1 }
            let name = source.text(start..<position)
            guard name.unicodeScalars.allSatisfy({ $0 == "_" || $0.properties.isXIDContinue }) else {
                throw SyntaxProblem(start, "\"\(name)\" is not a name")
            }
            tokens.append(Token(kind: .name(name), offset: start))
        } else {
            try readMark()
        }
    }

    private mutating func readMark() throws(SyntaxProblem) {
        let start = position
        var mark: Token.Mark?
        for length in [2, 1] where start + length <= bytes.count {
            if let found = Token.Mark(rawValue: source.text(start..<start + length)) {
                mark = found
                break
            }
        }
        guard let mark else {
            let character = String(source.text(start..<bytes.count).prefix(1))
            throw SyntaxProblem(start, "unexpected character \"\(character)\"")
        }
        position += mark.rawValue.utf8.count
        switch mark {
        case .leftParenthesis, .leftBracket, .leftBrace: open.append((mark, start))
        case .rightParenthesis: try close(.leftParenthesis, with: mark, at: start)
        case .rightBracket: try close(.leftBracket, with: mark, at: start)
        case .rightBrace: try close(.leftBrace, with: mark, at: start)
        default: break
        }
        tokens.append(Token(kind: .symbol(mark), offset: start))
    }

    private mutating func close(_ opener: Token.Mark, with mark: Token.Mark, at start: Int) throws(SyntaxProblem) {
        guard let last = open.popLast() else { throw SyntaxProblem(start, "unexpected \"\(mark.rawValue)\"") }
        guard last.mark == opener else {
            throw SyntaxProblem(start, "\"\(mark.rawValue)\" does not close \"\(last.mark.rawValue)\"")
        }
    }

    // MARK: Numbers

    private mutating func readNumber() throws(SyntaxProblem) -> Token.Kind {
        let start = position
        if byte(position) == UInt8(ascii: "0"), let radix = Self.radix[byte(position + 1) | 0x20] {
            position += 2
            while isNameByte(byte(position)) { position += 1 }
            let digits = source.text(start + 2..<position).filter { $0 != "_" }
            guard let value = Int(digits, radix: radix) else {
                throw SyntaxProblem(start, "\"\(source.text(start..<position))\" is not an integer of 64 bits")
            }
            return .integer(value)
        }
        skipDigits()
        var isFloat = false
        let afterDot = start > 0 && byte(start - 1) == UInt8(ascii: ".")
        if !afterDot {
            if byte(position) == UInt8(ascii: "."), isDigit(byte(position + 1)) {
                isFloat = true
                position += 1
                skipDigits()
            }
            let mark = position
            if byte(position) | 0x20 == UInt8(ascii: "e") {
                position += 1
                if byte(position) == UInt8(ascii: "+") || byte(position) == UInt8(ascii: "-") { position += 1 }
                if isDigit(byte(position)) {
                    isFloat = true
                    skipDigits()
                } else {
                    position = mark
                }
            }
        }
        let text = source.text(start..<position)
        let digits = text.filter { $0 != "_" }
        guard !isNameByte(byte(position)), !text.hasSuffix("_") else {
            throw SyntaxProblem(start, "a name cannot begin with a digit")
        }
        if isFloat, let value = Double(digits) { return .float(value) }
        if digits.hasPrefix("0"), digits.contains(where: { $0 != "0" }) {
            throw SyntaxProblem(start, "\"\(text)\" is not an integer: it begins with 0")
        }
        guard let value = Int(digits) else { throw SyntaxProblem(start, "\"\(text)\" is not an integer of 64 bits") }
        return .integer(value)
    }

    private static let radix: [UInt8: Int] = [UInt8(ascii: "x"): 16, UInt8(ascii: "o"): 8, UInt8(ascii: "b"): 2]

    private mutating func skipDigits() {
        while isDigit(byte(position)) || byte(position) == UInt8(ascii: "_") { position += 1 }
    }

    // MARK: Strings

    private mutating func readString(quote: UInt8) throws(SyntaxProblem) -> String {
        let start = position
        position += 1
        var text: [UInt8] = []
        while position < bytes.count {
            let byte = byte(position)
            position += 1
            if byte == quote { return String(decoding: text, as: UTF8.self) }
            if byte == UInt8(ascii: "\\") {
                try readEscape(into: &text)
            } else {
                text.append(byte)
            }
        }
        throw SyntaxProblem(start, "this string has no end")
    }

    /// Python's escapes, without `\N{…}`.
    private mutating func readEscape(into text: inout [UInt8]) throws(SyntaxProblem) {
        let start = position - 1
        guard position < bytes.count else { return }
        let byte = byte(position)
        position += 1
        switch byte {
        case UInt8(ascii: "\n"): break
        case UInt8(ascii: "\\"), UInt8(ascii: "'"), UInt8(ascii: "\""): text.append(byte)
        case UInt8(ascii: "n"): text.append(0x0A)
        case UInt8(ascii: "t"): text.append(0x09)
        case UInt8(ascii: "r"): text.append(0x0D)
        case UInt8(ascii: "a"): text.append(0x07)
        case UInt8(ascii: "b"): text.append(0x08)
        case UInt8(ascii: "f"): text.append(0x0C)
        case UInt8(ascii: "v"): text.append(0x0B)
        case UInt8(ascii: "x"): try readScalar(digits: 2, from: start, into: &text)
        case UInt8(ascii: "u"): try readScalar(digits: 4, from: start, into: &text)
        case UInt8(ascii: "U"): try readScalar(digits: 8, from: start, into: &text)
        case UInt8(ascii: "N"):
            throw SyntaxProblem(start, "\\N{…} is not supported", hint: "write the character itself")
        case UInt8(ascii: "0")...UInt8(ascii: "7"):
            var value = UInt32(byte & 7)
            var digits = 1
            while digits < 3, (UInt8(ascii: "0")...UInt8(ascii: "7")).contains(self.byte(position)) {
                value = value * 8 + UInt32(self.byte(position) & 7)
                position += 1
                digits += 1
            }
            try append(value, from: start, to: &text)
        default: text += [UInt8(ascii: "\\"), byte]
        }
    }

    private mutating func readScalar(
        digits: Int, from start: Int, into text: inout [UInt8]
    ) throws(SyntaxProblem) {
        let end = min(position + digits, bytes.count)
        guard end - position == digits, let value = UInt32(source.text(position..<end), radix: 16) else {
            throw SyntaxProblem(
                start, "\"\(source.text(start..<end))\" is not an escape of \(digits) hexadecimal digits")
        }
        position = end
        try append(value, from: start, to: &text)
    }

    private func append(_ value: UInt32, from start: Int, to text: inout [UInt8]) throws(SyntaxProblem) {
        guard let scalar = Unicode.Scalar(value) else {
            throw SyntaxProblem(start, "\"\(source.text(start..<position))\" is not a Unicode character")
        }
        text += Array(String(Character(scalar)).utf8)
    }

    // MARK: Bytes

    /// The byte at the index, 0 past the end.
    private func byte(_ index: Int) -> UInt8 { index < bytes.count ? bytes[index] : 0 }

    private func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

    private func isNameByte(_ byte: UInt8) -> Bool {
        isDigit(byte) || byte == UInt8(ascii: "_") || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
            || byte >= 0x80
    }

    private mutating func skip(_ text: StaticString) -> Bool {
        let length = text.utf8CodeUnitCount
        guard position + length <= bytes.count else { return false }
        let matches = text.withUTF8Buffer { wanted in (0..<length).allSatisfy { wanted[$0] == bytes[position + $0] } }
        if matches { position += length }
        return matches
    }

    private mutating func skipSpace() { position += Whitespace.leading(bytes[position...]) }

    private func trimmedEnd(_ range: Range<Int>) -> Int { range.upperBound - Whitespace.trailing(bytes[range]) }
}
