extension Machine {
    /// Calls a macro, or `cycle` of a loop. With `intoOutput` a macro's text goes straight to the page, and nil comes back.
    mutating func call(_ index: Int32, intoOutput: Bool) throws(Failure) -> Value? {
        let node = program.nodes[Int(index)]
        let plan = program.calls[Int(node.operation == .call ? node.b : node.c)]
        do throws(Failure) {
            let callee: Value
            if node.operation == .call {
                callee = try evaluate(node.a)
            } else {
                let owner = try evaluate(node.a)
                let symbol = program.symbols[Int(node.b)]
                if case .reference(let reference) = owner, reference.kind == .loop {
                    return try cycle(symbol.name, try state(of: reference), plan)
                }
                callee = try attribute(symbol, of: owner)
                if case .undefined(let undefined) = callee {
                    var failure = Failure(undefined)
                    failure.hint = "the methods of Python's strings, lists and dicts do not exist here: use filters"
                    throw failure
                }
            }
            guard case .reference(let reference) = callee, reference.kind == .macro else {
                if case .undefined(let undefined) = callee { throw Failure(undefined) }
                throw Failure("\(callee.kindWithArticle) cannot be called")
            }
            return try callMacro(reference, plan, at: node.origin, intoOutput: intoOutput)
        } catch {
            throw error.at(node.origin)
        }
    }

    private mutating func cycle(_ name: String, _ loop: LoopState, _ plan: CallPlan) throws(Failure) -> Value {
        guard name == "cycle" else {
            let other = ["changed", "depth", "depth0"].contains(name)
            throw Failure("a loop has no function \"\(name)\"" + (other ? " in this template language" : ""))
        }
        guard !plan.positional.isEmpty, plan.named.isEmpty else { throw Failure("cycle needs values to choose from") }
        // All are evaluated, as in Python, where a mistake in any of them shows.
        var values: [Value] = []
        for node in plan.positional { values.append(try evaluate(node)) }
        return values[loop.index % values.count]
    }

    private mutating func callMacro(
        _ reference: Reference, _ plan: CallPlan, at origin: Int32, intoOutput: Bool
    ) throws(Failure) -> Value? {
        let macro = program.macros[Int(reference.index)]
        guard Int(reference.frame) < frames.count, frames[Int(reference.frame)].serial == reference.serial else {
            throw Failure("macro \"\(macro.name)\" is called outside of the macro that defines it")
        }
        guard frames.count <= environment.limits.macroDepth else {
            throw Failure("macros call each other more than \(environment.limits.macroDepth) deep")
        }
        try checkOutput()
        let bottom = slots.count
        let missing = try pushArguments(plan, of: macro)
        let caller = plan.caller >= 0 ? try evaluate(plan.caller) : nil
        if caller != nil, macro.callerSlot < 0 { throw Failure("macro \"\(macro.name)\" does not use caller()") }

        let previous = (base: base, frame: frame)
        base = bottom
        while slots.count < bottom + macro.slotCount { slots.append(.none) }
        frames.append(Frame(base: base, link: reference.frame, serial: nextSerial()))
        frame = Int32(frames.count - 1)
        let start = output.count
        do throws(Failure) {
            for index in missing where macro.defaults[index] >= 0 {
                slots[base + index] = try evaluate(macro.defaults[index])
            }
            if macro.callerSlot >= 0 {
                slots[base + Int(macro.callerSlot)] =
                    caller ?? Undefined.value(.noItem("this macro is not called by a call block: there is no caller"))
            }
            try runList(macro.body)
        } catch {
            var failure = error
            failure.calls.append(origin)
            throw failure
        }
        slots.removeLast(slots.count - bottom)
        frames.removeLast()
        base = previous.base
        frame = previous.frame
        return intoOutput ? nil : try takeOutput(from: start)
    }

    /// Puts the arguments, evaluated in the caller's frame, into new slots in the order of the macro's parameters; gives the
    /// parameters that have none.
    private mutating func pushArguments(_ plan: CallPlan, of macro: MacroPlan) throws(Failure) -> [Int] {
        guard plan.positional.count <= macro.parameters.count else {
            let most = Signature(macro.parameters).described
            throw Failure("macro \"\(macro.name)\" takes at most \(most), not \(plan.positional.count)")
        }
        let bottom = slots.count
        for node in plan.positional { slots.append(try evaluate(node)) }
        if plan.positional.count == macro.parameters.count, plan.named.isEmpty { return [] }
        for parameter in macro.parameters[plan.positional.count...] {
            slots.append(Undefined.value(.argument(parameter, macro: macro.name)))
        }
        var missing = Array(plan.positional.count..<macro.parameters.count)
        for (name, node) in plan.named {
            guard let index = macro.parameters.firstIndex(of: name) else {
                var failure = Failure("macro \"\(macro.name)\" has no parameter \"\(name)\"")
                failure.wanted = name
                failure.known = macro.parameters
                throw failure
            }
            guard let place = missing.firstIndex(of: index) else {
                throw Failure("macro \"\(macro.name)\" is given \"\(name)\" twice")
            }
            missing.remove(at: place)
            slots[bottom + index] = try evaluate(node)
        }
        return missing
    }

    // MARK: Functions

    mutating func callFunction(_ node: Node) throws(Failure) -> Value {
        let plan = program.calls[Int(node.b)]
        var positional: [Value] = []
        for argument in plan.positional { positional.append(try evaluate(argument)) }
        for value in positional {
            if case .undefined(let undefined) = value { throw Failure(undefined) }
        }
        let function = GlobalFunction.all[Int(node.a)]
        switch function {
        case .range: return try range(positional)
        case .namespace: return try namespace(positional, plan)
        case .url, .asset:
            let text = try text(positional[0], for: function.rawValue)
            guard let address = function.value(for: text, in: environment) else {
                throw Failure("there is no asset \"\(text)\"")
            }
            return .string(address)
        }
    }

    private func text(_ value: Value, for function: String) throws(Failure) -> String {
        guard let text = value.stringValue else {
            throw Failure("\(function) needs a string, not \(value.kindWithArticle)")
        }
        return text
    }

    private func range(_ arguments: [Value]) throws(Failure) -> Value {
        var bounds: [Int] = []
        for argument in arguments {
            guard let bound = argument.intValue else {
                throw Failure("range needs integers, not \(argument.kindWithArticle)")
            }
            bounds.append(bound)
        }
        let start = bounds.count > 1 ? bounds[0] : 0
        let stop = bounds.count > 1 ? bounds[1] : bounds[0]
        let step = bounds.count > 2 ? bounds[2] : 1
        guard step != 0 else { throw Failure("the step of range cannot be 0") }
        let (distance, overflow) = stop.subtractingReportingOverflow(start)
        guard !overflow, distance.magnitude / step.magnitude <= environment.limits.iterations else {
            throw Failure("range makes more than \(environment.limits.iterations) numbers")
        }
        return .list(stride(from: start, to: stop, by: step).map { .int($0) })
    }

    private mutating func namespace(_ positional: [Value], _ plan: CallPlan) throws(Failure) -> Value {
        var dict = Value.Dictionary()
        if let first = positional.first {
            guard case .dict(let given) = first else { throw Failure("namespace takes a dict or named values") }
            dict = given
        }
        for (name, node) in plan.named { dict.set(.string(name), to: try evaluate(node)) }
        namespaces.append(dict)
        return .reference(Reference(kind: .namespace, index: Int32(namespaces.count - 1), frame: 0, serial: 0))
    }
}

/// Functions that every template can call by name.
enum GlobalFunction: String, CaseIterable {
    case range, namespace, url, asset

    /// Whether Jinja2 does not have it.
    var isOwn: Bool {
        switch self {
        case .range, .namespace: false
        case .url, .asset: true
        }
    }

    /// By number.
    static let all = allCases

    var number: Int32 { Int32(Self.all.firstIndex(of: self) ?? 0) }

    /// What the function gives for one text, if that depends on nothing else; nil for an asset that is not there, and where only the
    /// render can tell.
    func value(for text: String, in environment: RenderEnvironment) -> String? {
        switch self {
        case .url: environment.url(text)
        case .asset: environment.asset(text)
        case .range, .namespace: nil
        }
    }

    func check(_ plan: CallPlan, at offset: Int, _ compiler: Compiler, _ place: Compiler.Place) {
        let allowed =
            switch self {
            case .range: 1...3
            case .namespace: 0...1
            case .url, .asset: 1...1
            }
        if !allowed.contains(plan.positional.count) || (self != .namespace && !plan.named.isEmpty) {
            let count =
                allowed.lowerBound == allowed.upperBound
                ? "\(allowed.lowerBound) argument" : "\(allowed.lowerBound) to \(allowed.upperBound) arguments"
            compiler.report(
                SyntaxProblem(offset, "\(rawValue) takes \(count), not \(plan.positional.count + plan.named.count)"),
                place)
        }
    }
}
