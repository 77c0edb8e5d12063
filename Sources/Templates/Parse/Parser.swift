/// Reads a template's tokens into statements; the grammar is that of `jinja2/parser.py`, cut to our closed list.
struct Parser {
    let source: Source
    private let tokens: [Token]
    private var index = 0
    /// Nested tags and brackets; a wrong or hostile file must not exhaust the stack.
    private var depth = 0
    private static let maximumDepth = 100
    /// How often the name `loop` has been read so far, outside of blocks.
    var loopMentions = 0
    /// Tags that are open, for messages about a missing end.
    var openTags: [(name: String, offset: Int)] = []

    private init(_ source: Source) throws(SyntaxProblem) {
        self.source = source
        tokens = try Lexer.tokens(of: source)
    }

    static func statements(of source: Source) throws(SyntaxProblem) -> [Statement] {
        var parser = try Parser(source)
        let statements = try parser.body(until: [])
        return statements
    }

    // MARK: Tokens

    var current: Token { tokens[index] }

    var following: Token { tokens[min(index + 1, tokens.count - 1)] }

    @discardableResult
    mutating func advance() -> Token {
        let token = tokens[index]
        if index + 1 < tokens.count { index += 1 }
        return token
    }

    mutating func skip(_ mark: Token.Mark) -> Bool {
        guard current.kind == .symbol(mark) else { return false }
        advance()
        return true
    }

    mutating func skip(name: String) -> Bool {
        guard current.kind == .name(name) else { return false }
        advance()
        return true
    }

    mutating func expect(_ mark: Token.Mark) throws(SyntaxProblem) {
        guard skip(mark) else { throw unexpected("expected \"\(mark.rawValue)\"") }
    }

    mutating func expectName(_ what: String) throws(SyntaxProblem) -> String {
        guard case .name(let name) = current.kind else { throw unexpected("expected \(what)") }
        advance()
        return name
    }

    mutating func expectBlockEnd() throws(SyntaxProblem) {
        guard current.kind == .blockEnd else { throw unexpected("expected \"%}\"") }
        advance()
    }

    /// "expected X, found Y" at the current token.
    func unexpected(_ expected: String) -> SyntaxProblem {
        SyntaxProblem(current.offset, "\(expected), found \(current.kind.described)")
    }

    mutating func nested<Result>(
        _ parse: (inout Parser) throws(SyntaxProblem) -> Result
    ) throws(SyntaxProblem) -> Result {
        depth += 1
        defer { depth -= 1 }
        guard depth <= Self.maximumDepth else { throw SyntaxProblem(current.offset, "nested too deeply") }
        return try parse(&self)
    }

    // MARK: Bodies

    /// Statements up to a tag of one of these names, whose name is then the current token; up to the end if there are none.
    mutating func body(until ends: [String]) throws(SyntaxProblem) -> [Statement] {
        var statements: [Statement] = []
        while true {
            let token = current
            switch token.kind {
            case .data(let range):
                advance()
                statements.append(Statement(kind: .text(range), offset: token.offset))
            case .variableBegin:
                advance()
                if current.kind == .variableEnd {
                    throw SyntaxProblem(current.offset, "expected an expression, found \"}}\"")
                }
                let expression = try tupleOrExpression()
                guard current.kind == .variableEnd else { throw unexpected("expected \"}}\"") }
                advance()
                statements.append(Statement(kind: .output(expression), offset: expression.offset))
            case .blockBegin:
                advance()
                if case .name(let name) = current.kind, ends.contains(name) { return statements }
                statements.append(try nested { (parser) throws(SyntaxProblem) in try parser.statement(ends) })
            default:
                guard ends.isEmpty else {
                    let open = openTags.last
                    throw SyntaxProblem(
                        open?.offset ?? current.offset, "\"\(open?.name ?? "")\" has no end",
                        hint: "expected {% \(ends.joined(separator: " %} or {% ")) %}")
                }
                return statements
            }
        }
    }
}
