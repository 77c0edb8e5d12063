extension Compiler {
    /// Names that Jinja2 gives a meaning of its own; a variable cannot have them.
    private static let otherJinjaNames: Set<String> = ["self", "varargs", "kwargs"]
    /// Functions of Jinja2 that we leave out; their names are free for variables.
    private static let otherJinjaFunctions: Set<String> = ["lipsum", "cycler", "joiner", "dict"]

    func expression(_ expression: Expression, _ place: Place, caller: Int32 = -1) -> Int32 {
        let origin = self.origin(expression.offset, place)
        switch expression.kind {
        case .constant(let value): return constant(value, at: origin)
        case .name(let name): return self.name(name, at: expression.offset, origin, place)
        case .list(let items): return folded(.list, items.map { self.expression($0, place) }, at: origin)
        case .tuple(let items): return folded(.tuple, items.map { self.expression($0, place) }, at: origin)
        case .dictionary(let pairs):
            let items = pairs.flatMap { [self.expression($0.key, place), self.expression($0.value, place)] }
            return folded(.dictionary, items, at: origin)
        case .attribute(let owner, let name):
            return add(.attribute, self.expression(owner, place), symbol(name), at: origin)
        case .item(let owner, let key):
            let owner = self.expression(owner, place)
            if case .constant(.string(let name)) = key.kind {
                return add(.attribute, owner, symbol(name), 1, at: origin)
            }
            return add(.item, owner, self.expression(key, place), at: origin)
        case .slice(let owner, let start, let stop, let step):
            let owner = self.expression(owner, place)
            let parts = [start, stop, step].map { part in
                part.map { self.expression($0, place) } ?? constant(.none, at: origin)
            }
            return add(.slice, owner, list(parts), at: origin)
        case .unary(let operation, let operand):
            let node = self.expression(operand, place)
            let unary: Operation =
                switch operation {
                case .not: .not
                case .negative: .negative
                case .positive: .positive
                }
            return fold(add(unary, node, at: origin), operands: [node])
        case .binary(let operation, let left, let right):
            let left = self.expression(left, place)
            let right = self.expression(right, place)
            return fold(add(operation.node, left, right, at: origin), operands: [left, right])
        case .and(let left, let right):
            let left = self.expression(left, place)
            return add(.and, left, self.expression(right, place), at: origin)
        case .or(let left, let right):
            let left = self.expression(left, place)
            return add(.or, left, self.expression(right, place), at: origin)
        case .compare(let first, let rest): return compare(first, rest, at: origin, place)
        case .concatenate(let parts):
            let nodes = parts.map { self.expression($0, place) }
            return folded(.concatenate, nodes, at: origin)
        case .conditional(let condition, let then, let otherwise):
            let condition = self.expression(condition, place)
            let then = self.expression(then, place)
            let otherwise = otherwise.map { self.expression($0, place) } ?? -1
            return add(.choose, condition, then, otherwise, at: origin)
        case .filter(let input, let name, let arguments):
            return filter(input, name, arguments, at: expression.offset, origin, place)
        case .test(let operand, let name, let arguments):
            return test(operand, name, arguments, at: expression.offset, origin, place)
        case .call(let callee, let arguments):
            return call(callee, arguments, caller: caller, at: origin, place)
        case .capture(let body):
            var inner = place
            inner.scope = Scope(parent: place.scope, frame: place.scope.frame)
            inner.dropsOutput = false
            let copies = declare(Scope.assignedNames(in: body), in: inner, at: origin)
            return add(.capture, list(copies + apart { statements(body, inner) }), at: origin)
        }
    }

    private func name(_ name: String, at offset: Int, _ origin: Int32, _ place: Place) -> Int32 {
        if isInput(name, place.scope) {
            if Self.otherJinjaNames.contains(name) {
                report(SyntaxProblem(offset, "\"\(name)\" of Jinja2 is not part of this template language"), place)
            } else if GlobalFunction(rawValue: name) != nil || name == "super" {
                report(SyntaxProblem(offset, "\"\(name)\" is a function", hint: "call it: \(name)(…)"), place)
            }
        }
        return read(name, at: origin, place)
    }

    private func compare(
        _ first: Expression, _ rest: [(ComparisonOperator, Expression)], at origin: Int32, _ place: Place
    ) -> Int32 {
        let operands = [expression(first, place)] + rest.map { expression($0.1, place) }
        if rest.count == 1 {
            let node = add(rest[0].0.node, operands[0], operands[1], at: origin)
            return fold(node, operands: operands)
        }
        let operations = rest.map { Int32($0.0.node.rawValue) }
        return add(.compareChain, list(operands), list(operations), at: origin)
    }

    // MARK: Filters and tests

    private func filter(
        _ input: Expression, _ name: String, _ arguments: Arguments, at offset: Int, _ origin: Int32, _ place: Place
    ) -> Int32 {
        let node = expression(input, place)
        guard let filter = Filter.all[name] else {
            if let instead = Filter.otherJinjaNames[name] {
                report(
                    SyntaxProblem(
                        offset, "the filter \"\(name)\" of Jinja2 is not part of this template language",
                        hint: instead), place)
            } else {
                report(SyntaxProblem(offset, unknown: "filter", name, among: Filter.all.keys.sorted()), place)
            }
            return node
        }
        guard let plan = bind(arguments, to: filter.signature, of: "filter \"\(name)\"", at: offset, place) else {
            return node
        }
        checkNames(in: plan, filter.signature, at: offset, place)
        filters.append(FilterPlan(name: name, filter: filter, arguments: plan))
        return add(.filter, node, Int32(filters.count - 1), at: origin)
    }

    private func test(
        _ operand: Expression, _ name: String, _ arguments: Arguments, at offset: Int, _ origin: Int32, _ place: Place
    ) -> Int32 {
        let node = expression(operand, place)
        if arguments.isEmpty, name == "defined" { return add(.isDefined, node, at: origin) }
        if arguments.isEmpty, name == "undefined" { return add(.isUndefined, node, at: origin) }
        guard let test = Test.all[name] else {
            if Test.otherJinjaNames.contains(name) {
                report(
                    SyntaxProblem(offset, "the test \"\(name)\" of Jinja2 is not part of this template language"), place
                )
            } else {
                report(SyntaxProblem(offset, unknown: "test", name, among: Test.all.keys.sorted()), place)
            }
            return node
        }
        guard let plan = bind(arguments, to: test.signature, of: "test \"\(name)\"", at: offset, place) else {
            return node
        }
        tests.append(TestPlan(name: name, test: test, arguments: plan))
        return add(.test, node, Int32(tests.count - 1), at: origin)
    }

    /// Puts arguments in the order of the parameters.
    private func bind(
        _ arguments: Arguments, to signature: Signature, of what: String, at offset: Int, _ place: Place
    ) -> ArgumentPlan? {
        let positional = arguments.positional.map { expression($0, place) }
        let named = arguments.named.map { (name: $0.name, node: expression($0.value, place)) }
        var plan = ArgumentPlan(nodes: [Int32](repeating: -1, count: signature.parameters.count))
        for (index, node) in positional.enumerated() {
            if index < plan.nodes.count {
                plan.nodes[index] = node
            } else if signature.isOpen {
                plan.extra.append(node)
            } else {
                report(SyntaxProblem(offset, "\(what) takes at most \(signature.described)"), place)
                return nil
            }
        }
        for (name, node) in named {
            if let index = signature.parameters.firstIndex(of: name) {
                guard plan.nodes[index] < 0 else {
                    report(SyntaxProblem(offset, "\(what) is given \"\(name)\" twice"), place)
                    return nil
                }
                plan.nodes[index] = node
            } else if signature.isOpen {
                plan.named.append((name, node))
            } else {
                var problem = SyntaxProblem(offset, "\(what) has no parameter \"\(name)\"")
                problem.wanted = name
                problem.known = signature.parameters
                report(problem, place)
                return nil
            }
        }
        if let missing = plan.nodes.prefix(signature.required).firstIndex(of: -1) {
            report(SyntaxProblem(offset, "\(what) needs the argument \"\(signature.parameters[missing])\""), place)
            return nil
        }
        plan.constant = constantArguments(plan)
        return plan
    }

    private func constantArguments(_ plan: ArgumentPlan) -> FilterArguments? {
        var arguments = FilterArguments()
        for node in plan.nodes {
            guard node >= 0 else {
                arguments.values.append(nil)
                continue
            }
            guard let value = constantValue(node) else { return nil }
            arguments.values.append(value)
        }
        for node in plan.extra {
            guard let value = constantValue(node) else { return nil }
            arguments.extra.append(value)
        }
        for (name, node) in plan.named {
            guard let value = constantValue(node) else { return nil }
            arguments.named.append((name, value))
        }
        return arguments
    }

    /// `map("uper")` is found at load too, where the name is a literal.
    private func checkNames(in plan: ArgumentPlan, _ signature: Signature, at offset: Int, _ place: Place) {
        guard let names = signature.names, let arguments = plan.constant else { return }
        let index = names.position
        guard arguments.extra.count > index, let name = arguments.extra[index].stringValue else { return }
        let known = names.areTests ? Test.all.keys.sorted() : Filter.all.keys.sorted()
        if !known.contains(name) {
            report(SyntaxProblem(offset, unknown: names.areTests ? "test" : "filter", name, among: known), place)
        }
    }

    // MARK: Calls

    private func call(
        _ callee: Expression, _ arguments: Arguments, caller: Int32, at origin: Int32, _ place: Place
    ) -> Int32 {
        if case .name("super") = callee.kind, isInput("super", place.scope) {
            if !arguments.isEmpty { report(SyntaxProblem(callee.offset, "super() takes no arguments"), place) }
            return add(.capture, list(apart { parentBlock(at: callee.offset, place) }), at: origin)
        }
        let plan = CallPlan(
            positional: arguments.positional.map { expression($0, place) },
            named: arguments.named.map { ($0.name, expression($0.value, place)) }, caller: caller)
        calls.append(plan)
        let index = Int32(calls.count - 1)
        switch callee.kind {
        case .name(let name):
            guard isInput(name, place.scope) else {
                return add(.call, read(name, at: origin, place), index, at: origin)
            }
            if let function = GlobalFunction(rawValue: name) {
                function.check(plan, at: callee.offset, self, place)
                if let value = foldedCall(function, plan) { return constant(.string(value), at: origin) }
                return add(.function, function.number, index, at: origin)
            }
            if Self.otherJinjaNames.contains(name) || Self.otherJinjaFunctions.contains(name) {
                report(
                    SyntaxProblem(callee.offset, "\"\(name)\" of Jinja2 is not part of this template language"), place)
            } else if isPart, place.scope.outermost.root == .context {
                // Its own program only matters if somebody renders the part alone; then the name is undefined.
                return add(.call, read(name, at: origin, place), index, at: origin)
            } else {
                let known = GlobalFunction.allCases.map(\.rawValue) + place.scope.visibleNames
                report(SyntaxProblem(callee.offset, unknown: "function", name, among: known), place)
            }
            return constant(.none, at: origin)
        case .attribute(let owner, let name):
            return add(
                .callMember, expression(owner, place), symbol(name), index, at: self.origin(callee.offset, place))
        default: return add(.call, expression(callee, place), index, at: origin)
        }
    }

    // MARK: Folding

    /// What a call gives on every page: the address of a literal path, or of an asset.
    private func foldedCall(_ function: GlobalFunction, _ plan: CallPlan) -> String? {
        guard let environment, plan.positional.count == 1, plan.named.isEmpty,
            let text = constantValue(plan.positional[0])?.stringValue
        else { return nil }
        return function.value(for: text, in: environment)
    }

    func constantValue(_ node: Int32) -> Value? {
        let node = nodes[Int(node)]
        guard node.operation == .constant else { return nil }
        let value = constants[Int(node.a)]
        return value.isUndefined ? nil : value
    }

    private func folded(_ operation: Operation, _ items: [Int32], at origin: Int32) -> Int32 {
        fold(add(operation, list(items), at: origin), operands: items)
    }

    /// Replaces a node whose operands are constants by its value; one that fails stays, to fail at render with its place.
    private func fold(_ index: Int32, operands: [Int32]) -> Int32 {
        let values = operands.compactMap { constantValue($0) }
        guard values.count == operands.count else { return index }
        let node = nodes[Int(index)]
        do throws(Failure) {
            return constant(try Machine.constant(node.operation, values, kind: kind), at: node.origin)
        } catch {
            return index
        }
    }
}

extension BinaryOperator {
    var node: Operation {
        switch self {
        case .add: .add
        case .subtract: .subtract
        case .multiply: .multiply
        case .divide: .divide
        case .floorDivide: .floorDivide
        case .modulo: .modulo
        case .power: .power
        }
    }
}

extension ComparisonOperator {
    var node: Operation {
        switch self {
        case .equal: .equal
        case .notEqual: .notEqual
        case .less: .less
        case .lessOrEqual: .lessOrEqual
        case .greater: .greater
        case .greaterOrEqual: .greaterOrEqual
        case .isIn: .isIn
        case .isNotIn: .isNotIn
        }
    }
}

extension Expression {
    /// Whether the filter `safe` stands at the end: its author vouches for the value wherever it is printed.
    var isMarkedSafe: Bool {
        if case .filter(_, "safe", _) = kind { return true }
        return false
    }
}
