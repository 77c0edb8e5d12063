extension TypeChecker {
    func filter(_ node: Node) -> StaticType {
        let plan = program.filters[Int(node.b)]
        var input = type(of: node.a)
        if !plan.filter.acceptsUndefined { input = used(input, at: program.nodes[Int(node.a)].origin) }
        return apply(
            plan.name, to: input,
            FilterCall(plan.filter.signature, plan.arguments, type: { self.type(of: $0) }), at: node.origin)
    }

    /// A filter's arguments by name, as types.
    struct FilterCall {
        /// Parameters that were given.
        var given: [String: StaticType] = [:]
        /// Arguments of an open filter: the name of a filter or test, and what it gets.
        var extra: [StaticType] = []
        var named: [String: StaticType] = [:]
        /// Values of all arguments, if they are constants.
        var constant: FilterArguments?

        init(_ signature: Signature, _ plan: ArgumentPlan, type: (Int32) -> StaticType) {
            for (parameter, node) in zip(signature.parameters, plan.nodes) where node >= 0 {
                given[parameter] = type(node)
            }
            extra = plan.extra.map(type)
            for (name, node) in plan.named { named[name] = type(node) }
            constant = plan.constant
        }

        /// The call of a filter that `map` names.
        init(_ signature: Signature, _ extra: ArraySlice<StaticType>, _ named: [String: StaticType]) {
            given = named
            for (parameter, type) in zip(signature.parameters, extra) { given[parameter] = type }
        }

        /// Whether a parameter is given and not false.
        func isSet(_ parameter: String, _ index: Int) -> Bool {
            guard given[parameter] != nil else { return false }
            guard let value = constant?.values[index] else { return true }
            if case .bool(false) = value { return false }
            return true
        }
    }

    private func apply(_ name: String, to input: StaticType, _ call: FilterCall, at origin: Int32) -> StaticType {
        if name == "default" { return standard(input, call, at: origin) }
        guard let rule = FilterRule.all[name], let filter = Filter.all[name] else { return .any }
        guard rule.input.takes(input) else {
            report("\(name) needs \(rule.input.wanted), not \(input.described)", at: origin)
            return .any
        }
        if rule.input == .printable, input.mayBeNone { reportNone(at: origin) }
        let input = rule.input.isForAll ? input : used(input, for: "\(name) needs \(rule.input.wanted)", at: origin)
        if rule.isTried, let arguments = call.constant { tryOut(filter, arguments, rule.input.sample, at: origin) }
        let element = input.element ?? .any
        if let attribute = rule.attribute {
            let key = call.given[attribute].map { keyType($0, of: element, at: origin) } ?? element
            if rule.isOrdering { checkOrder(key, name, at: origin) }
            return special(name, input, call, key: key, at: origin) ?? result(rule.result, input)
        }
        return special(name, input, call, key: .any, at: origin) ?? result(rule.result, input)
    }

    private func result(_ result: FilterRule.Result, _ input: StaticType) -> StaticType {
        switch result {
        case .text: return .text
        case .sameText: return input.kind == .markup ? .markup : .text
        case .markup: return .markup
        case .integer: return .integer
        case .number: return .number
        case .sameNumber: return input.kind == .flag ? .integer : input
        case .element: return input.element ?? .any
        case .list: return input.isText ? .any : .list(input.element ?? .any)
        case .lists: return .list(.list(input.element ?? .any))
        case .special: return .any
        }
    }

    /// A filter whose constant arguments are wrong fails whatever its input is.
    private func tryOut(_ filter: Filter, _ arguments: FilterArguments, _ sample: Value, at origin: Int32) {
        do throws(Failure) {
            _ = try filter.apply(sample, arguments, FilterContext(kind: program.kind, environment: environment))
        } catch {
            report(error, at: origin)
        }
    }

    private func standard(_ input: StaticType, _ call: FilterCall, at origin: Int32) -> StaticType {
        let standard = call.given["default_value"] ?? StaticType(.literal(""))
        if let missing = input.missing {
            // A part may serve pages with and without a variable, but a view model's fields are always the same.
            if missing.isField {
                var failure = Failure("\(missing.message), so that the default is always used")
                failure.wanted = missing.wanted
                failure.known = missing.known
                report(failure, at: origin, .warning)
            }
            return standard
        }
        if call.isSet("boolean", 1) { return input.present.joined(standard) }
        return input.mayBeUndefined ? input.joined(standard) : input
    }

    // MARK: Filters of their own

    private func special(
        _ name: String, _ input: StaticType, _ call: FilterCall, key: StaticType, at origin: Int32
    ) -> StaticType? {
        let element = input.element ?? .any
        switch name {
        case "groupby": return .list(StaticType(.group(key: key, element: element)))
        case "join":
            requirePrintable(used(key, at: origin), at: origin)
            return key.kind == .markup || call.given["d"]?.kind == .markup ? .markup : .text
        case "sum":
            let key = used(key, for: "sum needs numbers", at: origin)
            if !key.isNumber, !key.isAny { report("sum needs numbers, not \(key.described)", at: origin) }
            return key.kind == .flag ? .integer : key
        case "dictsort":
            guard case .dictionary(let fields?) = input.kind else { return .list(StaticType(.tuple([.any, .any]))) }
            return .list(StaticType(.tuple([.text, .joined(Array(fields.values))])))
        case "attr":
            guard case .literal(let name)? = call.given["name"]?.kind else { return .any }
            return attribute(name, of: input, at: origin)
        case "map": return map(element, call, at: origin)
        case "selectattr", "rejectattr": return .list(selected(name == "selectattr", element, call, at: origin))
        case "sort", "unique", "min", "max": return nil
        default: return nil
        }
    }

    private func map(_ element: StaticType, _ call: FilterCall, at origin: Int32) -> StaticType {
        if let path = call.named["attribute"] {
            var type = keyType(path, of: element, at: origin, isDefaulted: call.named["default"] != nil)
            if let standard = call.named["default"] { type = type.joined(standard) }
            return .list(type)
        }
        guard case .literal(let name)? = call.extra.first?.kind, let filter = Filter.all[name] else {
            return .list(.any)
        }
        return .list(
            apply(name, to: element, FilterCall(filter.signature, call.extra.dropFirst(), call.named), at: origin))
    }

    /// The elements that are left; what they were selected by is there in all of them.
    private func selected(_ isSelected: Bool, _ element: StaticType, _ call: FilterCall, at origin: Int32) -> StaticType
    {
        guard let path = call.extra.first else { return element }
        let test: String? = if call.extra.count > 1, case .literal(let test) = call.extra[1].kind { test } else { nil }
        let asksForDefined = test == "defined" || test == "undefined"
        _ = keyType(path, of: element, at: origin, isDefaulted: asksForDefined)
        guard isSelected, case .literal(let name) = path.kind, !name.contains("."),
            case .object(var object) = element.kind,
            test == nil || !["none", "undefined", "ne", "!="].contains(test)
        else { return element }
        object.present.insert(name)
        return StaticType(.object(object))
    }

    /// The type at the end of a path such as "author.name", and a report if there is none.
    private func keyType(
        _ path: StaticType, of element: StaticType, at origin: Int32, isDefaulted: Bool = false
    ) -> StaticType {
        guard case .literal(let text) = path.kind else { return .any }
        var type = element
        for part in text.split(separator: ",", omittingEmptySubsequences: false).prefix(1) {
            for name in part.split(separator: ".", omittingEmptySubsequences: false) {
                if Int(name) != nil { return .any }
                type = attribute(String(name), of: type, at: origin)
                if isDefaulted, type.missing != nil { return .any }
                type = used(type, at: origin)
            }
        }
        return type
    }

    private func checkOrder(_ key: StaticType, _ name: String, at origin: Int32) {
        let key = used(key, for: "\(name) compares values", at: origin)
        switch key.kind {
        case .object, .group, .dictionary, .macro, .namespace, .loop, .module:
            report("\(key.described) and \(key.described) have no order", hint: "name an attribute", at: origin)
        default: break
        }
    }

    // MARK: Tests

    func checkTest(_ name: String, _ operand: StaticType, _ arguments: [StaticType], at origin: Int32) {
        let operand = used(operand, at: origin)
        switch name {
        case "odd", "even", "divisibleby":
            let number = used(operand, for: "\(name) needs a number", at: origin)
            if !number.isNumber, !number.isAny {
                report("\(name) needs a number, not \(number.described)", at: origin)
            }
        case "lt", "<", "le", "<=", "gt", ">", "ge", ">=":
            compare(.less, operand, arguments.first ?? .any, at: origin)
        case "in": compare(.isIn, operand, arguments.first ?? .any, at: origin)
        default: break
        }
    }
}

extension FilterRule.Input {
    /// Whether none will do as well.
    fileprivate var isForAll: Bool {
        switch self {
        case .anything, .json, .printable: true
        default: false
        }
    }
}
