extension Machine {
    mutating func evaluate(_ index: Int32) throws(Failure) -> Value {
        let node = program.nodes[Int(index)]
        do throws(Failure) {
            return try value(of: node, index)
        } catch {
            throw error.at(node.origin)
        }
    }

    private mutating func value(of node: Node, _ index: Int32) throws(Failure) -> Value {
        switch node.operation {
        case .constant: return program.constants[Int(node.a)]
        case .local: return load(base + Int(node.a))
        case .outer: return load(outerBase(node.b) + Int(node.a))
        case .attribute:
            let owner = program.nodes[Int(node.a)]
            // Most of what a page reads is a field of a variable: the variable's value need not be copied for it.
            if owner.operation == .local, case .model(let model) = slots[base + Int(owner.a)],
                let field = model.shape.index(of: program.symbols[Int(node.b)])
            {
                return filterContext.forced(model.value(field))
            }
            return try attribute(program.symbols[Int(node.b)], of: evaluate(node.a))
        case .item: return try item(try evaluate(node.b), of: try evaluate(node.a))
        case .slice: return try slice(try evaluate(node.a), try evaluateList(node.b))
        case .list: return .list(try evaluateList(node.a))
        case .tuple: return .tuple(try evaluateList(node.a))
        case .dictionary: return try dictionary(try evaluateList(node.a))
        case .module: return module(try evaluateList(node.a))
        case .not: return .bool(!(try evaluate(node.a).isTrue()))
        case .negative: return try Value.negative(try evaluate(node.a))
        case .positive: return try Value.positive(try evaluate(node.a))
        case .add, .subtract, .multiply, .divide, .floorDivide, .modulo, .power:
            return try arithmetic(node.operation, try evaluate(node.a), try evaluate(node.b))
        case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual, .isIn, .isNotIn:
            return .bool(try Self.compare(node.operation, try evaluate(node.a), try evaluate(node.b)))
        case .compareChain: return .bool(try compareChain(node))
        case .and:
            let left = try evaluate(node.a)
            return try left.isTrue() ? try evaluate(node.b) : left
        case .or:
            let left = try evaluate(node.a)
            return try left.isTrue() ? left : try evaluate(node.b)
        case .concatenate: return try concatenate(try evaluateList(node.a))
        case .choose:
            if try evaluate(node.a).isTrue() { return try evaluate(node.b) }
            return node.c >= 0 ? try evaluate(node.c) : Undefined.value(.noElse)
        case .filter:
            let input = try evaluate(node.a)
            return try apply(program.filters[Int(node.b)], to: input)
        case .test:
            let operand = try evaluate(node.a)
            return .bool(try apply(program.tests[Int(node.b)], to: operand))
        case .isDefined: return .bool(!(try evaluate(node.a).isUndefined))
        case .isUndefined: return .bool(try evaluate(node.a).isUndefined)
        case .call, .callMember: return try call(index, intoOutput: false) ?? .none
        case .function: return try callFunction(node)
        case .macro:
            return .reference(
                Reference(kind: .macro, index: node.a, frame: frame, serial: frames[Int(frame)].serial))
        case .capture: return try capture(node.a)
        case .text, .output, .outputAddress, .outputRaw, .outputXMLEscape, .conditional, .loop, .assign, .assignPattern,
            .assignAttribute, .timed, .fail:
            preconditionFailure("a statement stands where an expression belongs")
        }
    }

    // MARK: Variables

    private mutating func load(_ slot: Int) -> Value {
        guard case .lazy(let compute) = slots[slot] else { return slots[slot] }
        var value = compute()
        while case .lazy(let next) = value { value = next() }
        slots[slot] = value
        return value
    }

    private func outerBase(_ depth: Int32) -> Int {
        var current = frame
        for _ in 0..<depth { current = frames[Int(current)].link }
        return frames[Int(current)].base
    }

    mutating func evaluateList(_ list: Int32) throws(Failure) -> [Value] {
        let count = Int(program.children[Int(list)])
        var values: [Value] = []
        values.reserveCapacity(count)
        for offset in 0..<count { values.append(try evaluate(program.children[Int(list) + 1 + offset])) }
        return values
    }

    // MARK: Members

    func attribute(_ symbol: Symbol, of owner: Value) throws(Failure) -> Value {
        switch owner {
        case .reference(let reference): try attribute(symbol.name, of: reference)
        default: try filterContext.attribute(symbol, of: owner)
        }
    }

    private func attribute(_ name: String, of reference: Reference) throws(Failure) -> Value {
        switch reference.kind {
        case .macro: return Undefined.value(.attribute(name, owner: .reference(reference)))
        case .namespace:
            return namespaces[Int(reference.index)][name]
                ?? Undefined.value(.attribute(name, owner: .reference(reference)))
        case .loop:
            let loop = try state(of: reference)
            let count = loop.items.count
            switch name {
            case "index": return .int(loop.index + 1)
            case "index0": return .int(loop.index)
            case "first": return .bool(loop.index == 0)
            case "last": return .bool(loop.index == count - 1)
            case "length": return .int(count)
            case "revindex": return .int(count - loop.index)
            case "revindex0": return .int(count - loop.index - 1)
            case "previtem":
                return loop.index > 0
                    ? loop.items[loop.index - 1] : Undefined.value(.noItem("there is no previous item"))
            case "nextitem":
                return loop.index + 1 < count
                    ? loop.items[loop.index + 1] : Undefined.value(.noItem("there is no next item"))
            default: return Undefined.value(.attribute(name, owner: .reference(reference)))
            }
        }
    }

    func state(of reference: Reference) throws(Failure) -> LoopState {
        let index = Int(reference.index)
        guard index < loops.count, loops[index].serial == reference.serial else { throw Failure("this loop is over") }
        return loops[index]
    }

    private func item(_ key: Value, of owner: Value) throws(Failure) -> Value {
        if case .reference(let reference) = owner, let name = key.stringValue {
            return try attribute(name, of: reference)
        }
        return try filterContext.item(key, of: owner)
    }

    private func slice(_ owner: Value, _ parts: [Value]) throws(Failure) -> Value {
        switch owner {
        case .list(let items): return .list(try Slicing.slice(items, parts))
        case .tuple(let items): return .tuple(try Slicing.slice(items, parts))
        case .string(let text), .markup(let text):
            return owner.sameKind(String(scalars: try Slicing.slice(Array(text.unicodeScalars), parts)))
        case .undefined(let undefined): throw Failure(undefined)
        default: throw Failure("\(owner.kindWithArticle) cannot be sliced")
        }
    }

    // MARK: Operators

    private func dictionary(_ items: [Value]) throws(Failure) -> Value {
        var dict = Value.Dictionary()
        for index in stride(from: 0, to: items.count, by: 2) {
            guard dict.set(items[index], to: items[index + 1]) else {
                if case .undefined(let undefined) = items[index] { throw Failure(undefined) }
                throw Failure("\(items[index].kindWithArticle) cannot be a key")
            }
        }
        return .dict(dict)
    }

    private func module(_ items: [Value]) -> Value {
        var dict = Value.Dictionary()
        for index in stride(from: 0, to: items.count, by: 2) where !items[index + 1].isUndefined {
            dict.set(items[index], to: items[index + 1])
        }
        return .dict(dict)
    }

    private func arithmetic(_ operation: Operation, _ left: Value, _ right: Value) throws(Failure) -> Value {
        switch operation {
        case .add: try bounded(try Value.add(left, right))
        case .subtract: try Value.subtract(left, right)
        case .multiply: try Value.multiply(left, right, limit: environment.limits.outputBytes)
        case .divide: try Value.divide(left, right)
        case .floorDivide: try Value.floorDivide(left, right)
        case .modulo: try Value.modulo(left, right)
        default: try Value.power(left, right)
        }
    }

    /// A value that is made of others, if it is not larger than a page may be: in a loop it could double with each pass.
    private func bounded(_ value: Value) throws(Failure) -> Value {
        switch value {
        case .string(let text), .markup(let text): try filterContext.checkSize(text.utf8.count)
        case .list(let items), .tuple(let items):
            guard items.count <= environment.limits.iterations else {
                throw Failure("the list has more than \(environment.limits.iterations) elements")
            }
        default: break
        }
        return value
    }

    static func compare(_ operation: Operation, _ left: Value, _ right: Value) throws(Failure) -> Bool {
        switch operation {
        case .equal: return try left.equals(right)
        case .notEqual: return try !left.equals(right)
        case .isIn: return try left.isContained(in: right)
        case .isNotIn: return try !left.isContained(in: right)
        default:
            let order = try left.compare(right)
            guard order != 2 || left.doubleValue == nil else { return false }
            return switch operation {
            case .less: order < 0
            case .lessOrEqual: order <= 0
            case .greater: order > 0
            default: order >= 0
            }
        }
    }

    private mutating func compareChain(_ node: Node) throws(Failure) -> Bool {
        var left = try evaluate(program.children[Int(node.a) + 1])
        for offset in 0..<Int(program.children[Int(node.b)]) {
            guard let operation = Operation(rawValue: UInt8(program.children[Int(node.b) + 1 + offset])) else {
                continue
            }
            let right = try evaluate(program.children[Int(node.a) + 2 + offset])
            guard try Self.compare(operation, left, right) else { return false }
            left = right
        }
        return true
    }

    /// `~`: with markup among the parts the others are escaped and the whole is markup.
    private func concatenate(_ parts: [Value]) throws(Failure) -> Value {
        let isMarkup = program.kind.escapesMarkup && parts.contains { $0.isMarkup }
        var text = ""
        for part in parts {
            let printed = try part.printed()
            text += isMarkup && !part.isMarkup ? Escaping.html(printed) : printed
        }
        return try bounded(isMarkup ? .markup(text) : .string(text))
    }

    // MARK: Filters and tests

    private mutating func apply(_ plan: FilterPlan, to input: Value) throws(Failure) -> Value {
        var input = input
        if case .undefined(let undefined) = input, !plan.filter.acceptsUndefined {
            guard undefined.isLenient else { throw Failure(undefined) }
            input = .string("")
        }
        let arguments = try arguments(plan.arguments)
        return try bounded(try plan.filter.apply(input, arguments, filterContext))
    }

    private mutating func apply(_ plan: TestPlan, to operand: Value) throws(Failure) -> Bool {
        let arguments = try arguments(plan.arguments)
        return try plan.test.apply(operand, arguments, filterContext)
    }

    private mutating func arguments(_ plan: ArgumentPlan) throws(Failure) -> FilterArguments {
        if let constant = plan.constant { return constant }
        var arguments = FilterArguments()
        for node in plan.nodes { arguments.values.append(node >= 0 ? try evaluate(node) : nil) }
        for node in plan.extra { arguments.extra.append(try evaluate(node)) }
        for (name, node) in plan.named { arguments.named.append((name, try evaluate(node))) }
        return arguments
    }
}
