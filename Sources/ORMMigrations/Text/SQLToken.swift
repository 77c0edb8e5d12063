/// A word, name, value or sign of a piece of SQL.
struct SQLToken: Hashable {
    /// What it is.
    enum Kind: Hashable {
        /// A keyword or a name without quotes.
        case word
        /// A name in quotes of any sort, or between the braces of a ``PortableSQL``.
        case name
        /// A text in single quotes.
        case text
        /// A number, or a blob such as `x'00'`.
        case number
        /// Anything else: a parenthesis, a comma, an operator.
        case sign
    }

    var kind: Kind
    /// As it is written.
    var source: Substring
    /// A name or a text without its quotes; else as it is written.
    var value: String
    /// Whether there is space or a comment in front of it.
    var followsSpace: Bool

    /// Whether it is this keyword, in whatever case.
    func isWord(_ keyword: String) -> Bool { kind == .word && value.uppercased() == keyword }
    /// Whether it is this sign.
    func isSign(_ sign: String) -> Bool { kind == .sign && value == sign }
    /// Whether it can be a name.
    var isName: Bool { kind == .word || kind == .name }
}

/// Takes SQL apart. Comments go; nothing is refused: what is no token of any engine is a sign.
///
/// The lexical rules are SQLite's (<https://sqlite.org/src/file/src/tokenize.c>), which accepts the quotes of all engines. With
/// `isTemplate`, names may stand between braces.
struct SQLTokens {
    private let text: String
    private let isTemplate: Bool
    private var index: String.Index
    private var tokens: [SQLToken] = []

    /// The tokens of a text.
    static func of(_ text: String, isTemplate: Bool = false) -> [SQLToken] {
        var reader = SQLTokens(text: text, isTemplate: isTemplate, index: text.startIndex)
        while reader.readNext() {}
        return reader.tokens
    }

    private init(text: String, isTemplate: Bool, index: String.Index) {
        self.text = text
        self.isTemplate = isTemplate
        self.index = index
    }

    private var rest: Substring { text[index...] }

    private mutating func readNext() -> Bool {
        let start = index
        skipSpace()
        let followsSpace = index > start
        guard let first = rest.first else { return false }
        switch first {
        case "'": quoted(.text, until: "'", followsSpace)
        case "\"", "`": quoted(.name, until: first, followsSpace)
        case "[": quoted(.name, until: "]", doubles: false, followsSpace)
        case "{" where isTemplate, "}" where isTemplate:
            if rest.dropFirst().first == first {
                append(.sign, length: 2, value: String(first), followsSpace)
            } else {
                quoted(.name, until: "}", doubles: false, followsSpace)
            }
        case "x", "X":
            if rest.dropFirst().first == "'" {
                let end = rest.dropFirst(2).firstIndex(of: "'").map { text.index(after: $0) } ?? text.endIndex
                append(.number, length: text.distance(from: index, to: end), followsSpace)
            } else {
                append(.word, length: rest.prefix(while: \.isWordPart).count, followsSpace)
            }
        case _ where first.isWordStart: append(.word, length: rest.prefix(while: \.isWordPart).count, followsSpace)
        case _ where first.isDigit || (first == "." && rest.dropFirst().first?.isDigit == true): number(followsSpace)
        default: append(.sign, length: operatorLength, followsSpace)
        }
        return true
    }

    private mutating func skipSpace() {
        while let first = rest.first {
            if first.isWhitespace {
                index = text.index(after: index)
            } else if rest.hasPrefix("--") {
                index = rest.firstIndex(where: \.isNewline) ?? text.endIndex
            } else if rest.hasPrefix("/*") {
                index = rest.dropFirst(2).firstRange(of: "*/")?.upperBound ?? text.endIndex
            } else {
                return
            }
        }
    }

    private mutating func append(
        _ kind: SQLToken.Kind, length: Int, value: String? = nil, _ followsSpace: Bool
    ) {
        let end = text.index(index, offsetBy: max(1, length))
        let source = text[index..<end]
        tokens.append(
            SQLToken(kind: kind, source: source, value: value ?? String(source), followsSpace: followsSpace))
        index = end
    }

    /// A name or text up to its closing quote, which stands twice where it is meant.
    private mutating func quoted(
        _ kind: SQLToken.Kind, until close: Character, doubles: Bool = true, _ followsSpace: Bool
    ) {
        var value = ""
        var length = 1
        var characters = rest.dropFirst()
        while let next = characters.popFirst() {
            length += 1
            if next == close {
                guard doubles, characters.first == close else { break }
                characters.removeFirst()
                length += 1
            }
            value.append(next)
        }
        append(kind, length: length, value: value, followsSpace)
    }

    private mutating func number(_ followsSpace: Bool) {
        var length = 0
        var previous: Character = " "
        for character in rest {
            // The sign of an exponent belongs to the number; in 0xE-1 there is none.
            let isExponent = (character == "+" || character == "-") && (previous == "e" || previous == "E")
            guard character.isWordPart || character == "." || (isExponent && !rest.hasHexadecimalPrefix) else { break }
            length += 1
            previous = character
        }
        append(.number, length: length, followsSpace)
    }

    /// Operators of two and three characters, longest first.
    private static let operators = ["->>", "||", "<=", ">=", "<>", "!=", "==", "<<", ">>", "->", "::"]

    private var operatorLength: Int { Self.operators.first { rest.hasPrefix($0) }?.count ?? 1 }
}

extension Character {
    fileprivate var isDigit: Bool { isASCII && isNumber }
    fileprivate var isWordStart: Bool { isLetter || self == "_" || !isASCII }
    fileprivate var isWordPart: Bool { isWordStart || isDigit || self == "$" }
}

extension Substring {
    fileprivate var hasHexadecimalPrefix: Bool { hasPrefix("0x") || hasPrefix("0X") }
}
