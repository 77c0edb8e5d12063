extension Parser {
    static let tags = [
        "if", "for", "set", "with", "block", "extends", "include", "macro", "import", "from", "call", "filter", "raw",
    ]
    static let otherJinjaTags = [
        "autoescape", "trans", "pluralize", "do", "break", "continue", "debug", "print",
    ]
    private static let reserved: Set<String> = [
        "true", "false", "none", "True", "False", "None", "and", "or", "not", "in", "is", "if", "else",
    ]

    /// The tag whose name is the current token; `ends` are the tags that would end the body around it.
    mutating func statement(_ ends: [String]) throws(SyntaxProblem) -> Statement {
        let offset = current.offset
        guard case .name(let name) = current.kind else { throw unexpected("expected a tag's name") }
        advance()
        openTags.append((name, offset))
        defer { openTags.removeLast() }
        let kind: Statement.Kind
        switch name {
        case "if": kind = try conditional()
        case "for": kind = try loop()
        case "set": kind = try set()
        case "with": kind = try with()
        case "block": kind = try block(at: offset)
        case "extends": kind = .extends(try templateName("extends"))
        case "include": kind = .include(try templateName("include"))
        case "macro": kind = try macro()
        case "import": kind = try importAll()
        case "from": kind = try importNames()
        case "call": kind = try call()
        case "filter": kind = try filterBlock()
        default: throw unknownTag(name, offset, ends)
        }
        try expectBlockEnd()
        return Statement(kind: kind, offset: offset)
    }

    private func unknownTag(_ name: String, _ offset: Int, _ ends: [String]) -> SyntaxProblem {
        if Self.otherJinjaTags.contains(name) {
            return SyntaxProblem(offset, "the tag \"\(name)\" of Jinja2 is not part of this template language")
        }
        if name.hasPrefix("end") || name == "else" || name == "elif" {
            if ends.isEmpty { return SyntaxProblem(offset, "\"\(name)\" ends nothing: no tag is open here") }
            let open = openTags.dropLast().last?.name ?? ""
            return SyntaxProblem(
                offset, "\"\(name)\" does not fit: \"\(open)\" is open",
                hint: "expected {% \(ends.joined(separator: " %} or {% ")) %}")
        }
        return SyntaxProblem(offset, unknown: "tag", name, among: Self.tags)
    }

    /// Body after the end of the current tag, up to one of the ends.
    private mutating func innerBody(until ends: [String]) throws(SyntaxProblem) -> [Statement] {
        try expectBlockEnd()
        return try body(until: ends)
    }

    private mutating func conditional() throws(SyntaxProblem) -> Statement.Kind {
        var branches: [(condition: Expression, body: [Statement])] = []
        while true {
            let condition = try tupleOrExpression(allowsConditional: false)
            branches.append((condition, try innerBody(until: ["elif", "else", "endif"])))
            if branches.count > 200 { throw SyntaxProblem(condition.offset, "more than 200 branches") }
            if skip(name: "elif") { continue }
            var otherwise: [Statement] = []
            if skip(name: "else") { otherwise = try innerBody(until: ["endif"]) }
            advance()
            return .conditional(branches, otherwise: otherwise)
        }
    }

    private mutating func loop() throws(SyntaxProblem) -> Statement.Kind {
        let target = try assignmentTarget(endingAt: "in")
        guard skip(name: "in") else { throw unexpected("expected \"in\"") }
        let sequence = try tupleOrExpression(allowsConditional: false, endingAt: "recursive")
        let filter = skip(name: "if") ? try expression() : nil
        if current.kind == .name("recursive") {
            throw SyntaxProblem(
                current.offset, "recursive loops of Jinja2 are not part of this template language",
                hint: "use a macro that calls itself")
        }
        let mentions = loopMentions
        let body = try innerBody(until: ["endfor", "else"])
        let mentionsLoop = loopMentions > mentions
        let otherwise = skip(name: "else") ? try innerBody(until: ["endfor"]) : []
        advance()
        return .loop(
            Loop(
                target: target, sequence: sequence, filter: filter, mentionsLoop: mentionsLoop, body: body,
                otherwise: otherwise))
    }

    private mutating func set() throws(SyntaxProblem) -> Statement.Kind {
        let target = try assignmentTarget(allowsNamespace: true)
        if skip(.assign) { return .set(target, try tupleOrExpression()) }
        return .set(target, try capture(until: "endset"))
    }

    private mutating func filterBlock() throws(SyntaxProblem) -> Statement.Kind {
        guard case .name = current.kind else { throw unexpected("expected a filter's name") }
        return .output(try capture(until: "endfilter", beginsWithFilter: true))
    }

    /// Filters of a block, then its body: the body's output passed through the filters.
    private mutating func capture(until end: String, beginsWithFilter: Bool = false) throws(SyntaxProblem) -> Expression
    {
        let offset = current.offset
        var filters: [(name: String, arguments: Arguments, offset: Int)] = []
        while beginsWithFilter && filters.isEmpty || skip(.pipe) {
            let offset = current.offset
            let name = try expectName("a filter's name")
            filters.append((name, current.kind == .symbol(.leftParenthesis) ? try arguments() : Arguments(), offset))
        }
        let body = try innerBody(until: [end])
        advance()
        var result = try node(kind: .capture(body), offset: offset)
        for filter in filters {
            result = try node(kind: .filter(result, name: filter.name, filter.arguments), offset: filter.offset)
        }
        return result
    }

    private mutating func with() throws(SyntaxProblem) -> Statement.Kind {
        var assignments: [(target: AssignmentTarget, value: Expression)] = []
        while current.kind != .blockEnd {
            if !assignments.isEmpty { try expect(.comma) }
            let target = try assignmentTarget()
            try expect(.assign)
            assignments.append((target, try expression()))
        }
        let body = try innerBody(until: ["endwith"])
        advance()
        return .with(assignments, body)
    }

    private mutating func block(at offset: Int) throws(SyntaxProblem) -> Statement.Kind {
        let name = try expectName("a block's name")
        let isScoped = skip(name: "scoped")
        let isRequired = skip(name: "required")
        let mentions = loopMentions
        let body = try innerBody(until: ["endblock"])
        // What a block reads it reads for itself, unless it is scoped: then its loop must be there for it.
        loopMentions = mentions + (isScoped ? 1 : 0)
        advance()
        if case .name(let end) = current.kind {
            guard end == name else {
                throw SyntaxProblem(current.offset, "\"endblock \(end)\" does not fit: block \"\(name)\" is open")
            }
            advance()
        }
        if isRequired, let first = body.first(where: { !isBlank($0) }) {
            throw SyntaxProblem(first.offset, "a required block may contain only whitespace and comments")
        }
        return .block(Block(name: name, offset: offset, isScoped: isScoped, isRequired: isRequired, body: body))
    }

    private func isBlank(_ statement: Statement) -> Bool {
        guard case .text(let range) = statement.kind else { return false }
        return Whitespace.leading(source.bytes[range]) == range.count
    }

    private mutating func templateName(_ tag: String) throws(SyntaxProblem) -> String {
        guard case .string(let name) = current.kind else {
            throw SyntaxProblem(
                current.offset, "\(tag) needs the template's name as a string",
                hint: "templates are put together when they are loaded, so the name cannot be computed")
        }
        advance()
        if case .name(let word) = current.kind, ["ignore", "with", "without"].contains(word) {
            throw SyntaxProblem(
                current.offset, "\"\(word) …\" after \(tag) is not part of this template language",
                hint: "include sees the variables around it, import does not")
        }
        return name
    }

    private mutating func importAll() throws(SyntaxProblem) -> Statement.Kind {
        let name = try templateName("import")
        guard skip(name: "as") else { throw unexpected("expected \"as\"") }
        let alias = try bindableName()
        try refuseContext()
        return .importAll(name, alias: alias)
    }

    private mutating func importNames() throws(SyntaxProblem) -> Statement.Kind {
        let template = try templateName("from")
        guard skip(name: "import") else { throw unexpected("expected \"import\"") }
        var names: [(name: String, alias: String, offset: Int)] = []
        while current.kind != .blockEnd {
            if !names.isEmpty {
                try expect(.comma)
                if current.kind == .blockEnd { break }
            }
            let offset = current.offset
            let name = try bindableName()
            guard !name.hasPrefix("_") else {
                throw SyntaxProblem(offset, "names that begin with an underscore cannot be imported")
            }
            names.append((name, skip(name: "as") ? try bindableName() : name, offset))
            try refuseContext()
        }
        guard !names.isEmpty else { throw unexpected("expected a name to import") }
        return .importNames(template, names)
    }

    private func refuseContext() throws(SyntaxProblem) {
        guard case .name(let word) = current.kind, word == "with" || word == "without" else { return }
        throw SyntaxProblem(
            current.offset, "\"\(word) context\" is not part of this template language",
            hint: "pass what the macro needs as arguments")
    }

    private mutating func macro() throws(SyntaxProblem) -> Statement.Kind {
        let name = try bindableName()
        let parameters = try self.parameters()
        let body = try innerBody(until: ["endmacro"])
        advance()
        return .macro(Macro(name: name, parameters: parameters, body: body))
    }

    private mutating func call() throws(SyntaxProblem) -> Statement.Kind {
        let parameters = current.kind == .symbol(.leftParenthesis) ? try self.parameters() : []
        let expression = try self.expression()
        guard case .call = expression.kind else { throw SyntaxProblem(expression.offset, "expected a call of a macro") }
        let body = try innerBody(until: ["endcall"])
        advance()
        return .call(expression, Macro(name: "caller", parameters: parameters, body: body))
    }

    private mutating func parameters() throws(SyntaxProblem) -> [(name: String, defaultValue: Expression?)] {
        try expect(.leftParenthesis)
        var parameters: [(name: String, defaultValue: Expression?)] = []
        while current.kind != .symbol(.rightParenthesis) {
            if !parameters.isEmpty { try expect(.comma) }
            let offset = current.offset
            let name = try bindableName()
            let defaultValue = skip(.assign) ? try expression() : nil
            if defaultValue == nil, parameters.last?.defaultValue != nil {
                throw SyntaxProblem(offset, "a parameter without a default follows one with a default")
            }
            if parameters.contains(where: { $0.name == name }) {
                throw SyntaxProblem(offset, "two parameters have the name \"\(name)\"")
            }
            parameters.append((name, defaultValue))
        }
        advance()
        return parameters
    }

    // MARK: Targets

    private mutating func bindableName() throws(SyntaxProblem) -> String {
        let offset = current.offset
        let name = try expectName("a name")
        guard !Self.reserved.contains(name), name != "loop", name != "self", name != "super" else {
            throw SyntaxProblem(offset, "\"\(name)\" cannot be assigned to")
        }
        return name
    }

    /// A name, names with commas between them, `(a, b)`, or for `set` also `namespace.attribute`.
    private mutating func assignmentTarget(
        endingAt end: String? = nil, allowsNamespace: Bool = false
    ) throws(SyntaxProblem) -> AssignmentTarget {
        var targets = [try singleTarget(allowsNamespace)]
        var isTuple = false
        while skip(.comma) {
            isTuple = true
            if let end, current.kind == .name(end) { break }
            if current.kind == .symbol(.assign) || current.kind == .symbol(.rightParenthesis) { break }
            targets.append(try singleTarget(allowsNamespace))
        }
        return isTuple ? .tuple(targets) : targets[0]
    }

    private mutating func singleTarget(_ allowsNamespace: Bool) throws(SyntaxProblem) -> AssignmentTarget {
        if skip(.leftParenthesis) {
            let target = try nested { (parser) throws(SyntaxProblem) in try parser.assignmentTarget() }
            try expect(.rightParenthesis)
            return target
        }
        let offset = current.offset
        let name = try bindableName()
        guard allowsNamespace, skip(.dot) else { return .name(name, offset: offset) }
        return .namespace(name, attribute: try expectName("an attribute's name"), offset: offset)
    }
}
