extension TypeChecker {
    private static let maximumDepth = 50

    func call(_ node: Node) -> StaticType {
        let plan = program.calls[Int(node.operation == .call ? node.b : node.c)]
        let callee: StaticType
        if node.operation == .call {
            callee = used(type(of: node.a), at: node.origin)
        } else {
            let owner = type(of: node.a)
            let name = program.symbols[Int(node.b)].name
            if case .loop = owner.kind, name == "cycle" {
                return .joined(plan.positional.map { type(of: $0) })
            }
            callee = used(attribute(name, of: owner, at: node.origin), at: node.origin)
        }
        switch callee.kind {
        case .macro(let macro): return call(macro, plan, at: node.origin)
        case .any:
            for argument in plan.positional + plan.named.map(\.node) { _ = type(of: argument) }
            return .any
        default:
            report("\(callee.described) cannot be called", at: node.origin)
            return .any
        }
    }

    private func call(_ macro: StaticType.MacroType, _ plan: CallPlan, at origin: Int32) -> StaticType {
        let result: StaticType = program.kind == .text ? .text : .markup
        let definition = program.macros[Int(macro.index)]
        guard let given = bind(plan, to: definition, at: origin) else { return result }
        guard frames.indices.contains(Int(macro.frame)), frames[Int(macro.frame)].serial == macro.serial else {
            report("macro \"\(definition.name)\" is called outside of the macro that defines it", at: origin)
            return result
        }
        let caller = plan.caller >= 0 ? type(of: plan.caller) : nil
        if caller != nil, definition.callerSlot < 0 {
            report("macro \"\(definition.name)\" does not use caller()", at: origin)
        }
        let known = MacroCall(
            macro: macro, arguments: given.map { $0 ?? .any } + [caller ?? .any], facts: visibleFacts(from: macro.frame)
        )
        guard frames.count <= Self.maximumDepth, macrosDone.insert(known).inserted else { return result }
        walk(definition, macro, given, caller, at: origin)
        return result
    }

    private func walk(
        _ definition: MacroPlan, _ macro: StaticType.MacroType, _ given: [StaticType?], _ caller: StaticType?,
        at origin: Int32
    ) {
        let before = (frame: frame, facts: facts, slots: slots.count)
        calls.append(origin)
        frames.append(Frame(base: slots.count, link: macro.frame, serial: nextSerial()))
        slots += [StaticType](repeating: .any, count: definition.slotCount)
        frame = Int32(frames.count - 1)
        for (index, type) in given.enumerated() {
            let value: StaticType
            if let type {
                value = type
            } else if definition.defaults[index] >= 0 {
                value = self.type(of: definition.defaults[index])
            } else {
                let message =
                    "argument \"\(definition.parameters[index])\" of macro \"\(definition.name)\" was not given"
                value = StaticType(.undefined(.init(message: message)))
            }
            assign(value, to: Int32(index))
        }
        if definition.callerSlot >= 0 {
            let message = "this macro is not called by a call block: there is no caller"
            assign(caller ?? StaticType(.undefined(.init(message: message))), to: definition.callerSlot)
        }
        runList(definition.body)
        slots.removeLast(slots.count - before.slots)
        frames.removeLast()
        calls.removeLast()
        frame = before.frame
        facts = before.facts
    }

    /// What is known of variables that code in this frame can see.
    private func visibleFacts(from frame: Int32) -> Set<String> {
        var serials: Set<String> = []
        var current = frame
        while true {
            serials.insert("\(frames[Int(current)].serial):")
            if current == 0 { break }
            current = frames[Int(current)].link
        }
        return facts.filter { fact in serials.contains { fact.hasPrefix($0) } }
    }

    private func bind(_ plan: CallPlan, to macro: MacroPlan, at origin: Int32) -> [StaticType?]? {
        let positional = plan.positional.map { type(of: $0) }
        let named = plan.named.map { (name: $0.name, type: type(of: $0.node)) }
        guard positional.count <= macro.parameters.count else {
            let most = Signature(macro.parameters).described
            report("macro \"\(macro.name)\" takes at most \(most), not \(positional.count)", at: origin)
            return nil
        }
        var given = [StaticType?](repeating: nil, count: macro.parameters.count)
        for (index, type) in positional.enumerated() { given[index] = type }
        for (name, type) in named {
            guard let index = macro.parameters.firstIndex(of: name) else {
                var failure = Failure("macro \"\(macro.name)\" has no parameter \"\(name)\"")
                failure.wanted = name
                failure.known = macro.parameters
                report(failure, at: origin)
                return nil
            }
            if given[index] != nil { report("macro \"\(macro.name)\" is given \"\(name)\" twice", at: origin) }
            given[index] = type
        }
        return given
    }

    // MARK: Functions

    func function(_ node: Node) -> StaticType {
        let plan = program.calls[Int(node.b)]
        let function = GlobalFunction.allCases[Int(node.a)]
        switch function {
        case .range:
            for argument in plan.positional {
                let type = used(type(of: argument), for: "range needs integers", at: node.origin)
                if type.kind != .integer, type.kind != .flag, !type.isAny {
                    report("range needs integers, not \(type.described)", at: node.origin)
                }
            }
            return .list(.integer)
        case .namespace:
            var fields: [String: StaticType] = [:]
            for argument in plan.positional {
                if case .dictionary(let given?) = type(of: argument).kind { fields = given }
            }
            for (name, argument) in plan.named { fields[name] = type(of: argument) }
            namespaces.append(fields)
            return StaticType(.namespace(namespaces.count - 1))
        case .url, .asset:
            for argument in plan.positional {
                let type = used(type(of: argument), at: node.origin)
                if !type.isText, !type.isAny, type.kind != .nothing {
                    report("\(function.rawValue) needs a string, not \(type.described)", at: node.origin)
                } else {
                    used(type, for: "\(function.rawValue) needs a string", at: node.origin)
                }
                if function == .asset, case .literal(let name) = type.kind, environment.asset(name) == nil {
                    report("there is no asset \"\(name)\"", at: node.origin)
                }
            }
            return .text
        }
    }
}
