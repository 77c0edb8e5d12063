/// A piece of a template's source.
struct Token {
    enum Kind: Equatable {
        /// Text between tags, whitespace control already applied: a range of the source's bytes.
        case data(Range<Int>)
        case blockBegin, blockEnd, variableBegin, variableEnd
        case name(String)
        case string(String)
        case integer(Int)
        case float(Double)
        case symbol(Mark)
        case end
    }

    enum Mark: String {
        case add = "+", subtract = "-", multiply = "*", divide = "/", floorDivide = "//", modulo = "%", power = "**"
        case tilde = "~", leftParenthesis = "(", rightParenthesis = ")", leftBracket = "[", rightBracket = "]"
        case leftBrace = "{", rightBrace = "}", equal = "==", notEqual = "!=", greater = ">", greaterOrEqual = ">="
        case less = "<", lessOrEqual = "<=", assign = "=", dot = ".", colon = ":", pipe = "|", comma = ","
        case semicolon = ";"
    }

    let kind: Kind
    let offset: Int
}

extension Token.Kind {
    /// For messages: "name \"foo\"", "end of tag".
    var described: String {
        switch self {
        case .data: "text"
        case .blockBegin: "\"{%\""
        case .blockEnd: "\"%}\""
        case .variableBegin: "\"{{\""
        case .variableEnd: "\"}}\""
        case .name(let name): "\"\(name)\""
        case .string: "a string"
        case .integer(let integer): "\"\(integer)\""
        case .float(let double): "\"\(double)\""
        case .symbol(let mark): "\"\(mark.rawValue)\""
        case .end: "the end of the template"
        }
    }
}

/// What is wrong with a template's text, and where.
struct SyntaxProblem: Error {
    let offset: Int
    let message: String
    var hint: String?
    var wanted: String?
    var known: [String] = []

    init(_ offset: Int, _ message: String, hint: String? = nil) {
        self.offset = offset
        self.message = message
        self.hint = hint
    }

    /// A name that is none of those known; the closest one becomes the suggestion.
    init(_ offset: Int, unknown what: String, _ name: String, among known: [String]) {
        self.offset = offset
        message = "unknown \(what) \"\(name)\""
        wanted = name
        self.known = known
    }
}

/// The bytes of a template as Jinja2 reads them: line ends are LF, and one newline at the very end is dropped.
struct Source {
    let file: TemplateFile
    let bytes: [UInt8]

    init(_ file: TemplateFile) {
        self.file = file
        var bytes: [UInt8] = []
        bytes.reserveCapacity(file.source.utf8.count)
        var afterReturn = false
        for byte in file.source.utf8 {
            if byte == 0x0A, afterReturn {
                afterReturn = false
                continue
            }
            afterReturn = byte == 0x0D
            bytes.append(afterReturn ? 0x0A : byte)
        }
        if bytes.last == 0x0A { bytes.removeLast() }
        self.bytes = bytes
    }

    func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }
}
