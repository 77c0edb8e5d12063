extension TypeChecker {
    func types(ofList list: Int32) -> [StaticType] {
        (0..<Int(program.children[Int(list)])).map { type(of: program.children[Int(list) + 1 + $0]) }
    }

    /// The type of an expression; reports what is wrong inside of it. An undefined value is reported where it is used.
    func type(of index: Int32) -> StaticType {
        let node = program.nodes[Int(index)]
        switch node.operation {
        case .constant: return StaticType(of: program.constants[Int(node.a)])
        case .local, .outer, .attribute:
            if let path = writtenPath(of: index), let text = constants[path] { return StaticType(.literal(text)) }
            if node.operation == .local { return known(slots[frames[Int(frame)].base + Int(node.a)], index) }
            if node.operation == .outer {
                return known(slots[frames[Int(outerFrame(node.b))].base + Int(node.a)], index)
            }
            return known(
                attribute(program.symbols[Int(node.b)].name, of: operand(node.a), at: node.origin), index)
        case .item: return item(node)
        case .slice: return slice(node)
        case .list: return .list(StaticType.joined(types(ofList: node.a)))
        case .tuple: return StaticType(.tuple(types(ofList: node.a)))
        case .dictionary: return dictionary(node)
        case .module: return module(node)
        case .not, .and, .or, .equal, .notEqual, .isIn, .isNotIn, .isDefined, .isUndefined, .test:
            return condition(index).type
        case .negative, .positive: return sign(node)
        case .add, .subtract, .multiply, .divide, .floorDivide, .modulo, .power:
            return arithmetic(node.operation, operand(node.a), operand(node.b), at: node.origin)
        case .less, .lessOrEqual, .greater, .greaterOrEqual:
            compare(node.operation, operand(node.a), operand(node.b), at: node.origin)
            return .flag
        case .compareChain: return compareChain(node)
        case .concatenate: return concatenate(node)
        case .choose: return choose(node)
        case .filter: return filter(node)
        case .call, .callMember: return call(node)
        case .function: return function(node)
        case .macro:
            return StaticType(.macro(.init(index: node.a, frame: frame, serial: frames[Int(frame)].serial)))
        case .capture:
            let before = facts
            runList(node.a)
            facts = before
            return program.kind == .text ? .text : .markup
        case .text, .output, .outputAddress, .outputRaw, .outputXMLEscape, .conditional, .loop, .assign, .assignPattern,
            .assignAttribute, .timed, .fail:
            preconditionFailure("a statement stands where an expression belongs")
        }
    }

    /// An operand that has to exist.
    private func operand(_ index: Int32) -> StaticType { used(type(of: index), at: program.nodes[Int(index)].origin) }

    private func known(_ type: StaticType, _ index: Int32) -> StaticType {
        guard type.mayBeNone || type.mayBeUndefined, let path = path(of: index), facts.contains(path) else {
            return type
        }
        var type = type.present
        type.mayBeUndefined = false
        return type
    }

    // MARK: Members

    func attribute(_ name: String, of owner: StaticType, at origin: Int32) -> StaticType {
        let owner = used(owner, for: "\"\(name)\" is a field of something", at: origin)
        switch owner.kind {
        case .any: return .any
        case .object(let object):
            guard let field = object.shape.fields.first(where: { $0.name == name }) else {
                return missing(name, owner, known: object.shape.fields.map(\.name))
            }
            let type = StaticType(declared: field.type)
            return object.present.contains(name) ? type.present : type
        case .dictionary(let fields?): return fields[name] ?? missing(name, owner, known: fields.keys.sorted())
        case .dictionary(nil): return StaticType(.any, mayBeUndefined: true)
        case .module(let members): return members[name] ?? missing(name, owner, known: members.keys.sorted())
        case .group(let key, let element):
            return name == "grouper"
                ? key : name == "list" ? .list(element) : missing(name, owner, known: ["grouper", "list"])
        case .namespace(let number):
            if assignedAttributes.contains(name) { return .any }
            return namespaces[number][name] ?? missing(name, owner, known: namespaces[number].keys.sorted())
        case .loop(let element): return loop(name, element, owner)
        default: return missing(name, owner, known: [])
        }
    }

    private func missing(_ name: String, _ owner: StaticType, known: [String]) -> StaticType {
        StaticType(
            .undefined(
                .init(
                    message: "\(owner.described) has no attribute \"\(name)\"", wanted: name, known: known,
                    isField: known.isEmpty == false)))
    }

    private func loop(_ name: String, _ element: StaticType, _ owner: StaticType) -> StaticType {
        switch name {
        case "index", "index0", "length", "revindex", "revindex0": .integer
        case "first", "last": .flag
        case "previtem", "nextitem": StaticType(element.kind, mayBeNone: element.mayBeNone, mayBeUndefined: true)
        default: missing(name, owner, known: TemplateLanguage.loopFields)
        }
    }

    private func item(_ node: Node) -> StaticType {
        let key = operand(node.b)
        let owner = used(type(of: node.a), for: "an item belongs to something", at: node.origin)
        switch owner.kind {
        case .list(let element): return key.isNumber || key.isAny ? element : noItem(owner, key, at: node.origin)
        case .tuple(let items): return key.isNumber || key.isAny ? .joined(items) : noItem(owner, key, at: node.origin)
        case .text, .literal, .markup: return key.isNumber || key.isAny ? owner : noItem(owner, key, at: node.origin)
        case .flag, .integer, .number, .date, .nothing: return noItem(owner, key, at: node.origin)
        default: return .any
        }
    }

    private func noItem(_ owner: StaticType, _ key: StaticType, at origin: Int32) -> StaticType {
        report("\(owner.described) has no item for \(key.described)", at: origin)
        return .any
    }

    private func slice(_ node: Node) -> StaticType {
        let owner = used(type(of: node.a), for: "a slice is cut out of something", at: node.origin)
        for bound in types(ofList: node.b) {
            let bound = used(bound, at: node.origin)
            if !bound.isNumber, !bound.isAny, bound.kind != .nothing {
                report("the bounds of a slice are integers, not \(bound.described)", at: node.origin)
            }
        }
        switch owner.kind {
        case .any, .list, .text, .markup: return owner
        case .literal: return .text
        case .tuple(let items): return .list(.joined(items))
        default:
            report("\(owner.described) cannot be sliced", at: node.origin)
            return .any
        }
    }

    private func dictionary(_ node: Node) -> StaticType {
        var fields: [String: StaticType]? = [:]
        let items = types(ofList: node.a)
        for index in stride(from: 0, to: items.count, by: 2) {
            if case .literal(let name) = items[index].kind { fields?[name] = items[index + 1] } else { fields = nil }
        }
        return StaticType(.dictionary(fields))
    }

    private func module(_ node: Node) -> StaticType {
        var members: [String: StaticType] = [:]
        let items = types(ofList: node.a)
        for index in stride(from: 0, to: items.count, by: 2) {
            if case .literal(let name) = items[index].kind { members[name] = items[index + 1] }
        }
        return StaticType(.module(members))
    }

    // MARK: Operators

    private func sign(_ node: Node) -> StaticType {
        let type = used(type(of: node.a), for: "a sign needs a number", at: node.origin)
        if !type.isNumber, !type.isAny { report("a sign needs a number, not \(type.described)", at: node.origin) }
        return type.kind == .flag ? .integer : type
    }

    private func arithmetic(_ operation: Operation, _ left: StaticType, _ right: StaticType, at origin: Int32)
        -> StaticType
    {
        let left = used(left, for: "a number is needed", at: origin)
        let right = used(right, for: "a number is needed", at: origin)
        if left.isAny || right.isAny { return .any }
        if left.isNumber, right.isNumber {
            switch operation {
            case .divide: return .number
            case .power: return .any
            default: return left.kind == .number || right.kind == .number ? .number : .integer
            }
        }
        switch (operation, left.kind, right.kind) {
        case (.add, _, _) where left.isText && right.isText:
            return left.kind == .markup || right.kind == .markup ? .markup : .text
        case (.add, .list(let a), .list(let b)): return .list(a.joined(b))
        case (.add, .tuple(let a), .tuple(let b)): return StaticType(.tuple(a + b))
        case (.multiply, .list, _) where right.isNumber, (.multiply, .text, _) where right.isNumber: return left
        case (.multiply, _, _) where left.isText && right.isNumber: return .text
        case (.multiply, _, _) where left.isNumber && (right.isText || right.element != nil): return right
        default:
            report(
                "\(operation.sign) does not work between \(left.described) and \(right.described)",
                hint: operation == .add && (left.isText || right.isText) ? "use ~ to join texts" : nil, at: origin)
            return .any
        }
    }

    func compare(_ operation: Operation, _ left: StaticType, _ right: StaticType, at origin: Int32) {
        if operation == .isIn || operation == .isNotIn { return contained(left, right, at: origin) }
        let left = used(left, for: "an order needs two values", at: origin)
        let right = used(right, for: "an order needs two values", at: origin)
        let isOrdered: Bool
        switch (left.kind, right.kind) {
        case (.any, _), (_, .any), (.date, .date), (.list, .list), (.tuple, .tuple): isOrdered = true
        default: isOrdered = left.isText && right.isText || left.isNumber && right.isNumber
        }
        if !isOrdered { report("\(left.described) and \(right.described) have no order", at: origin) }
    }

    private func contained(_ part: StaticType, _ container: StaticType, at origin: Int32) {
        let container = used(container, for: "in needs a list, a dict or a text", at: origin)
        switch container.kind {
        case .any, .list, .tuple, .dictionary: break
        case .text, .literal, .markup:
            if !part.isText, !part.isAny { report("\(part.described) cannot be a part of a string", at: origin) }
        default: report("in needs a list, a dict or a text, not \(container.described)", at: origin)
        }
    }

    private func compareChain(_ node: Node) -> StaticType {
        let operands = types(ofList: node.a).map { used($0, at: node.origin) }
        for offset in 0..<Int(program.children[Int(node.b)]) {
            guard let operation = Operation(rawValue: UInt8(program.children[Int(node.b) + 1 + offset])) else {
                continue
            }
            if operation != .equal, operation != .notEqual {
                compare(operation, operands[offset], operands[offset + 1], at: node.origin)
            }
        }
        return .flag
    }

    private func concatenate(_ node: Node) -> StaticType {
        var isMarkup = false
        for offset in 0..<Int(program.children[Int(node.a)]) {
            let part = program.children[Int(node.a) + 1 + offset]
            let origin = program.nodes[Int(part)].origin
            let type = used(type(of: part), at: origin)
            requirePrintable(type, at: origin)
            if type.mayBeNone { reportNone(at: origin) }
            if type.kind == .markup { isMarkup = true }
        }
        return isMarkup && program.kind.escapesMarkup ? .markup : .text
    }

    private func choose(_ node: Node) -> StaticType {
        let condition = condition(node.a)
        var types: [StaticType] = []
        if condition.truth != false { types.append(assuming(condition.whenTrue) { type(of: node.b) }) }
        if condition.truth != true {
            // Without an else the value prints nothing.
            types.append(
                node.c >= 0 ? assuming(condition.whenFalse) { type(of: node.c) } : StaticType(.literal("")))
        }
        return .joined(types)
    }
}

extension Operation {
    /// As authors write it.
    fileprivate var sign: String {
        switch self {
        case .add: "+"
        case .subtract: "-"
        case .multiply: "*"
        case .divide: "/"
        case .floorDivide: "//"
        case .modulo: "%"
        default: "**"
        }
    }
}
