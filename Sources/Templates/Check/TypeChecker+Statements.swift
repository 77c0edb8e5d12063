extension TypeChecker {
    func runList(_ list: Int32) {
        for offset in 0..<Int(program.children[Int(list)]) { runStatement(program.children[Int(list) + 1 + offset]) }
    }

    private func runStatement(_ index: Int32) {
        let node = program.nodes[Int(index)]
        switch node.operation {
        case .text: break
        case .output, .outputAddress, .outputRaw, .outputXMLEscape: output(node)
        case .conditional: conditional(node)
        case .loop: loop(program.loops[Int(node.a)], at: node.origin)
        case .assign: assign(type(of: node.b), to: node.a)
        case .assignPattern: bind(type(of: node.b), to: program.patterns[Int(node.a)], at: node.origin)
        case .assignAttribute:
            requireNamespace(type(of: node.a), at: node.origin)
            _ = type(of: node.c)
        case .timed: runList(node.b)
        case .fail: report(program.constants[Int(node.a)].stringValue ?? "", at: node.origin)
        default: preconditionFailure("an expression stands where a statement belongs")
        }
    }

    // MARK: Output

    private func output(_ node: Node) {
        let origin = program.nodes[Int(node.a)].origin
        let type = used(type(of: node.a), at: origin)
        requirePrintable(type, at: origin)
        if type.mayBeNone, program.kind != .json { reportNone(at: origin) }
        if let position = OutputPosition(rawValue: node.b), node.operation != .outputRaw {
            checkPosition(position, type, node.a, at: origin)
        }
    }

    func reportNone(at origin: Int32) {
        report(
            "this may be none, which is printed as “None”",
            hint: "ask for it with if, or give a value with default(…, true)", at: origin, .warning)
    }

    /// What `Value.printed` refuses.
    func requirePrintable(_ type: StaticType, at origin: Int32) {
        switch type.kind {
        case .date:
            report(
                "a date cannot be printed as it is", hint: "use the filter date, for instance | date(\"iso\")",
                at: origin)
        case .list, .tuple:
            report("a list cannot be printed", hint: "use a for loop, or the filter join or tojson", at: origin)
        case .dictionary: report("a dict cannot be printed", hint: "use a for loop, or the filter tojson", at: origin)
        case .object, .group: report("\(type.described) cannot be printed", hint: "print one of its fields", at: origin)
        case .macro, .module, .namespace, .loop: report("\(type.described) cannot be printed", at: origin)
        case .any, .nothing, .undefined, .flag, .integer, .number, .text, .markup, .literal: break
        }
    }

    /// Places of an HTML page where escaping alone does not make a text safe.
    private func checkPosition(_ position: OutputPosition, _ type: StaticType, _ expression: Int32, at origin: Int32) {
        switch position {
        case .text, .attribute, .addressStart: break
        case .unquotedValue:
            report(
                "this attribute's value has no quotes: a space in it would begin another attribute",
                hint: "write quotes around it", at: origin)
        case .tag:
            guard !type.isNumber, type.kind != .markup, !type.isAny else { return }
            report(
                "a text is printed inside of a tag, where it could be any attribute", hint: "use the filter xmlattr",
                at: origin)
        case .code:
            guard !type.isNumber, !type.isAny else { return }
            report(
                "a text is printed into an event handler or a style, whose language escaping does not know",
                hint: "put it into a data- attribute", at: origin, .warning)
        case .script:
            guard !type.isNumber, !isScriptSafe(expression), !type.isAny else { return }
            report(
                "a text is printed into a script, where HTML's escapes are not undone", hint: "use the filter tojson",
                at: origin, .warning)
        case .style:
            guard !type.isNumber, !type.isAny else { return }
            report("a text is printed into a style, where HTML's escapes are not undone", at: origin, .warning)
        }
    }

    /// JSON, and dates, which consist of digits and letters.
    private func isScriptSafe(_ expression: Int32) -> Bool {
        let node = program.nodes[Int(expression)]
        guard node.operation == .filter else { return false }
        return ["tojson", "date", "urlencode"].contains(program.filters[Int(node.b)].name)
    }

    // MARK: Branches

    private func conditional(_ node: Node) {
        let condition = condition(node.a)
        let before = (slots: slots, facts: facts)
        var ways: [(slots: [StaticType], facts: Set<String>)] = []
        for (truth, known, list) in [(true, condition.whenTrue, node.b), (false, condition.whenFalse, node.c)]
        where condition.truth != !truth {
            slots = before.slots
            facts = before.facts.union(known)
            runList(list)
            ways.append((slots, facts))
        }
        guard ways.count == 2 else { return }
        slots = zip(ways[0].slots, ways[1].slots).map { $0 == $1 ? $0 : $0.joined($1) }
        facts = ways[0].facts.intersection(ways[1].facts)
    }

    private func loop(_ plan: LoopPlan, at origin: Int32) {
        let sequence = used(
            type(of: plan.sequence), for: "a loop needs something to go through",
            at: program.nodes[Int(plan.sequence)].origin)
        let before = (slots: slots, facts: facts)
        bind(elements(of: sequence, at: origin), to: plan.pattern, at: origin)
        if plan.filter >= 0 { facts.formUnion(condition(plan.filter).whenTrue) }
        if plan.stateSlot >= 0 { assign(StaticType(.loop(elements(of: sequence))), to: plan.stateSlot) }
        runList(plan.body)
        // A pass's own names end with it; what it does to namespaces is not followed.
        slots = before.slots
        facts = before.facts
        runList(plan.otherwise)
        slots = before.slots
        facts = before.facts
    }

    /// The type of what a loop over the value goes through. With `origin`, a value without elements is reported.
    func elements(of type: StaticType, at origin: Int32? = nil) -> StaticType {
        if let element = type.element { return element }
        if type.kind == .nothing { return .any }
        if let origin { report("\(type.described) has no elements to go through", at: origin) }
        return .any
    }

    // MARK: Assignment

    func assign(_ type: StaticType, to slot: Int32) {
        let path = path(ofSlot: slot, frame: frame)
        facts = facts.filter { $0 != path && !$0.hasPrefix(path + ".") }
        slots[frames[Int(frame)].base + Int(slot)] = type
    }

    private func bind(_ type: StaticType, to pattern: Pattern, at origin: Int32) {
        switch pattern {
        case .slot(let slot): assign(type, to: slot)
        case .attribute(let owner, _): requireNamespace(self.type(of: owner), at: origin)
        case .tuple(let patterns):
            let type = used(type, for: "names need values", at: origin)
            switch type.kind {
            case .tuple(let items) where items.count != patterns.count:
                report("\(patterns.count) names cannot take the \(items.count) elements of a list", at: origin)
            case .tuple(let items):
                for (item, pattern) in zip(items, patterns) { bind(item, to: pattern, at: origin) }
                return
            case .group(let key, let element) where patterns.count == 2:
                bind(key, to: patterns[0], at: origin)
                return bind(.list(element), to: patterns[1], at: origin)
            default:
                let element = elements(of: type, at: origin)
                for pattern in patterns { bind(element, to: pattern, at: origin) }
                return
            }
            for pattern in patterns { bind(.any, to: pattern, at: origin) }
        }
    }

    private func requireNamespace(_ type: StaticType, at origin: Int32) {
        let type = used(type, at: origin)
        switch type.kind {
        case .namespace, .any: break
        default:
            report(
                "only a namespace's attributes can be set, and this is \(type.described)",
                hint: "make one with {% set name = namespace() %}", at: origin)
        }
    }
}
