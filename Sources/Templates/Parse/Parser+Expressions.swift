extension Parser {
    private static let keywords: Set<String> = ["and", "or", "not", "in", "is", "if", "else", "elif"]

    mutating func expression(allowsConditional: Bool = true) throws(SyntaxProblem) -> Expression {
        try nested { (parser) throws(SyntaxProblem) in
            allowsConditional ? try parser.conditionalExpression() : try parser.or()
        }
    }

    /// An expression of these parts; chains and brackets may go only so deep, because later stages walk them recursively.
    func node(kind: Expression.Kind, offset: Int) throws(SyntaxProblem) -> Expression {
        let expression = Expression(kind: kind, offset: offset)
        guard expression.depth <= 300 else { throw SyntaxProblem(offset, "the expression is too long") }
        return expression
    }

    /// An expression, or a tuple without parentheses: `a, b`.
    mutating func tupleOrExpression(
        allowsConditional: Bool = true, endingAt end: String? = nil
    ) throws(SyntaxProblem) -> Expression {
        let offset = current.offset
        var items = [try expression(allowsConditional: allowsConditional)]
        var isTuple = false
        while skip(.comma) {
            isTuple = true
            switch current.kind {
            case .variableEnd, .blockEnd, .symbol(.rightParenthesis):
                return try node(kind: .tuple(items), offset: offset)
            case .name(let name) where name == end:
                return try node(kind: .tuple(items), offset: offset)
            default: items.append(try expression(allowsConditional: allowsConditional))
            }
        }
        return isTuple ? try node(kind: .tuple(items), offset: offset) : items[0]
    }

    private mutating func conditionalExpression() throws(SyntaxProblem) -> Expression {
        var result = try or()
        while current.kind == .name("if") {
            let offset = advance().offset
            let condition = try or()
            let otherwise = skip(name: "else") ? try expression() : nil
            result = try node(
                kind: .conditional(condition: condition, then: result, otherwise: otherwise), offset: offset)
        }
        return result
    }

    private mutating func or() throws(SyntaxProblem) -> Expression {
        var left = try and()
        while current.kind == .name("or") {
            let offset = advance().offset
            left = try node(kind: .or(left, try and()), offset: offset)
        }
        return left
    }

    private mutating func and() throws(SyntaxProblem) -> Expression {
        var left = try not()
        while current.kind == .name("and") {
            let offset = advance().offset
            left = try node(kind: .and(left, try not()), offset: offset)
        }
        return left
    }

    private mutating func not() throws(SyntaxProblem) -> Expression {
        guard current.kind == .name("not") else { return try comparison() }
        let offset = advance().offset
        let operand = try nested { (parser) throws(SyntaxProblem) in try parser.not() }
        return try node(kind: .unary(.not, operand), offset: offset)
    }

    private mutating func comparison() throws(SyntaxProblem) -> Expression {
        let first = try sum()
        var rest: [(ComparisonOperator, Expression)] = []
        var offset = first.offset
        while let comparison = comparisonOperator() {
            if rest.isEmpty { offset = current.offset }
            advance()
            if comparison == .isNotIn { advance() }
            rest.append((comparison, try sum()))
        }
        return rest.isEmpty ? first : try node(kind: .compare(first, rest), offset: offset)
    }

    private func comparisonOperator() -> ComparisonOperator? {
        switch current.kind {
        case .symbol(.equal): .equal
        case .symbol(.notEqual): .notEqual
        case .symbol(.less): .less
        case .symbol(.lessOrEqual): .lessOrEqual
        case .symbol(.greater): .greater
        case .symbol(.greaterOrEqual): .greaterOrEqual
        case .name("in"): .isIn
        case .name("not") where following.kind == .name("in"): .isNotIn
        default: nil
        }
    }

    private mutating func sum() throws(SyntaxProblem) -> Expression {
        var left = try concatenation()
        while true {
            let offset = current.offset
            if skip(.add) {
                left = try node(kind: .binary(.add, left, try concatenation()), offset: offset)
            } else if skip(.subtract) {
                left = try node(kind: .binary(.subtract, left, try concatenation()), offset: offset)
            } else {
                return left
            }
        }
    }

    private mutating func concatenation() throws(SyntaxProblem) -> Expression {
        let offset = current.offset
        var parts = [try product()]
        while skip(.tilde) { parts.append(try product()) }
        return parts.count == 1 ? parts[0] : try node(kind: .concatenate(parts), offset: offset)
    }

    private mutating func product() throws(SyntaxProblem) -> Expression {
        var left = try power()
        while true {
            let offset = current.offset
            let operation: BinaryOperator
            switch current.kind {
            case .symbol(.multiply): operation = .multiply
            case .symbol(.divide): operation = .divide
            case .symbol(.floorDivide): operation = .floorDivide
            case .symbol(.modulo): operation = .modulo
            default: return left
            }
            advance()
            left = try node(kind: .binary(operation, left, try power()), offset: offset)
        }
    }

    /// As in Jinja2 and unlike Python: from left to right, and `-2 ** 2` is `(-2) ** 2`.
    private mutating func power() throws(SyntaxProblem) -> Expression {
        var left = try unary()
        while current.kind == .symbol(.power) {
            let offset = advance().offset
            left = try node(kind: .binary(.power, left, try unary()), offset: offset)
        }
        return left
    }

    private mutating func unary(withFilters: Bool = true) throws(SyntaxProblem) -> Expression {
        let offset = current.offset
        var result: Expression
        if skip(.subtract) {
            let operand = try nested { (parser) throws(SyntaxProblem) in try parser.unary(withFilters: false) }
            result = try node(kind: .unary(.negative, operand), offset: offset)
        } else if skip(.add) {
            let operand = try nested { (parser) throws(SyntaxProblem) in try parser.unary(withFilters: false) }
            result = try node(kind: .unary(.positive, operand), offset: offset)
        } else {
            result = try primary()
        }
        result = try postfix(result)
        return withFilters ? try filters(result) : result
    }

    private mutating func primary() throws(SyntaxProblem) -> Expression {
        let token = current
        switch token.kind {
        case .name(let name):
            if Self.keywords.contains(name) { throw unexpected("expected an expression") }
            advance()
            switch name {
            case "true", "True": return try node(kind: .constant(.bool(true)), offset: token.offset)
            case "false", "False": return try node(kind: .constant(.bool(false)), offset: token.offset)
            case "none", "None": return try node(kind: .constant(.none), offset: token.offset)
            default:
                if name == "loop" { loopMentions += 1 }
                return try node(kind: .name(name), offset: token.offset)
            }
        case .string(let first):
            advance()
            var text = first
            while case .string(let next) = current.kind {
                text += next
                advance()
            }
            return try node(kind: .constant(.string(text)), offset: token.offset)
        case .integer(let integer):
            advance()
            return try node(kind: .constant(.int(integer)), offset: token.offset)
        case .float(let double):
            advance()
            return try node(kind: .constant(.double(double)), offset: token.offset)
        case .symbol(.leftParenthesis):
            advance()
            if skip(.rightParenthesis) { return try node(kind: .tuple([]), offset: token.offset) }
            let inner = try tupleOrExpression()
            try expect(.rightParenthesis)
            return inner
        case .symbol(.leftBracket): return try list()
        case .symbol(.leftBrace): return try dictionary()
        default: throw unexpected("expected an expression")
        }
    }

    private mutating func list() throws(SyntaxProblem) -> Expression {
        let offset = advance().offset
        var items: [Expression] = []
        while current.kind != .symbol(.rightBracket) {
            if !items.isEmpty {
                try expect(.comma)
                if current.kind == .symbol(.rightBracket) { break }
            }
            items.append(try expression())
        }
        advance()
        return try node(kind: .list(items), offset: offset)
    }

    private mutating func dictionary() throws(SyntaxProblem) -> Expression {
        let offset = advance().offset
        var pairs: [(key: Expression, value: Expression)] = []
        while current.kind != .symbol(.rightBrace) {
            if !pairs.isEmpty {
                try expect(.comma)
                if current.kind == .symbol(.rightBrace) { break }
            }
            let key = try expression()
            try expect(.colon)
            pairs.append((key, try expression()))
        }
        advance()
        return try node(kind: .dictionary(pairs), offset: offset)
    }

    private mutating func postfix(_ start: Expression) throws(SyntaxProblem) -> Expression {
        var result = start
        while true {
            switch current.kind {
            case .symbol(.dot), .symbol(.leftBracket): result = try member(of: result)
            case .symbol(.leftParenthesis):
                let offset = result.offset
                result = try node(kind: .call(result, try arguments()), offset: offset)
            default: return result
            }
        }
    }

    private mutating func member(of owner: Expression) throws(SyntaxProblem) -> Expression {
        if skip(.dot) {
            let token = advance()
            switch token.kind {
            case .name(let name): return try node(kind: .attribute(owner, name), offset: token.offset)
            case .integer(let index):
                let key = try node(kind: .constant(.int(index)), offset: token.offset)
                return try node(kind: .item(owner, key), offset: token.offset)
            default: throw SyntaxProblem(token.offset, "expected a name or a number, found \(token.kind.described)")
            }
        }
        let offset = advance().offset
        var parts: [Expression?] = [nil]
        while current.kind != .symbol(.rightBracket) {
            if skip(.colon) {
                parts.append(nil)
            } else {
                guard parts[parts.count - 1] == nil else { throw unexpected("expected \"]\" or \":\"") }
                parts[parts.count - 1] = try expression()
            }
        }
        advance()
        switch parts.count {
        case 1:
            guard let key = parts[0] else { throw SyntaxProblem(offset, "expected a key between the brackets") }
            return try node(kind: .item(owner, key), offset: offset)
        case 2, 3:
            let step = parts.count == 3 ? parts[2] : nil
            return try node(kind: .slice(owner, start: parts[0], stop: parts[1], step: step), offset: offset)
        default: throw SyntaxProblem(offset, "a slice has at most three parts")
        }
    }

    private mutating func filters(_ start: Expression) throws(SyntaxProblem) -> Expression {
        var result = start
        while true {
            if skip(.pipe) {
                let offset = current.offset
                let name = try expectName("a filter's name")
                if current.kind == .symbol(.dot) { throw SyntaxProblem(offset, "a filter's name has no dots") }
                let given = current.kind == .symbol(.leftParenthesis) ? try arguments() : Arguments()
                result = try node(kind: .filter(result, name: name, given), offset: offset)
            } else if skip(name: "is") {
                result = try test(result)
            } else if current.kind == .symbol(.leftParenthesis) {
                let offset = current.offset
                result = try node(kind: .call(result, try arguments()), offset: offset)
            } else {
                return result
            }
        }
    }

    private mutating func test(_ operand: Expression) throws(SyntaxProblem) -> Expression {
        let negation = current.offset
        let isNegated = skip(name: "not")
        let offset = current.offset
        let name = try expectName("a test's name")
        var given = Arguments()
        switch current.kind {
        case .symbol(.leftParenthesis): given = try arguments()
        case .name(let word) where Self.keywords.contains(word):
            // As in Jinja2: `x is divisibleby is …` is a mistake, the other keywords follow a test without an argument.
            if word == "is" { throw SyntaxProblem(current.offset, "tests cannot be chained with \"is\"") }
        case .name, .string, .integer, .float, .symbol(.leftBracket), .symbol(.leftBrace):
            given.positional = [try postfix(try primary())]
        default: break
        }
        let result = try node(kind: .test(operand, name: name, given), offset: offset)
        return isNegated ? try node(kind: .unary(.not, result), offset: negation) : result
    }

    mutating func arguments() throws(SyntaxProblem) -> Arguments {
        try expect(.leftParenthesis)
        var given = Arguments()
        var isFirst = true
        while current.kind != .symbol(.rightParenthesis) {
            if !isFirst {
                try expect(.comma)
                if current.kind == .symbol(.rightParenthesis) { break }
            }
            isFirst = false
            if current.kind == .symbol(.multiply) || current.kind == .symbol(.power) {
                throw SyntaxProblem(
                    current.offset, "\"*\" and \"**\" before arguments are not part of this template language")
            }
            if case .name(let name) = current.kind, following.kind == .symbol(.assign) {
                let offset = current.offset
                advance()
                advance()
                guard !given.named.contains(where: { $0.name == name }) else {
                    throw SyntaxProblem(offset, "argument \"\(name)\" is given twice")
                }
                given.named.append((name, try expression()))
            } else {
                guard given.named.isEmpty else {
                    throw SyntaxProblem(current.offset, "a positional argument follows a named one")
                }
                given.positional.append(try expression())
            }
        }
        advance()
        return given
    }
}
