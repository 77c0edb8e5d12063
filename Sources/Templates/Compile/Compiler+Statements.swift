extension Compiler {
    func statements(_ statements: [Statement], _ place: Place) -> [Int32] {
        var code: [Int32] = []
        for statement in statements {
            for node in self.statement(statement, place) { append(node, to: &code) }
        }
        return code
    }

    /// Joins text that follows text, which inlining brings about.
    private func append(_ node: Int32, to code: inout [Int32]) {
        let added = nodes[Int(node)]
        if added.operation == .text, let last = code.last {
            let previous = nodes[Int(last)]
            if previous.operation == .text, previous.a + previous.b == added.a {
                nodes[Int(last)].b += added.b
                return
            }
        }
        code.append(node)
    }

    private func statement(_ statement: Statement, _ place: Place) -> [Int32] {
        let offset = statement.offset
        switch statement.kind {
        case .text(let range):
            if place.dropsOutput { return [] }
            return [text(place.template.source.bytes[range], at: origin(offset, place))]
        case .output(let expression): return output(expression, place)
        case .conditional(let branches, let otherwise): return conditional(branches[...], otherwise, place)
        case .loop(let plan): return [loop(plan, at: offset, place)]
        case .set(let target, let value):
            let node = expression(value, place)
            return [assign(target, node, at: origin(offset, place), place)]
        case .with(let assignments, let body): return with(assignments, body, at: offset, place)
        case .block(let block): return self.block(block, at: offset, place)
        case .extends: return []
        case .include(let name): return place.dropsOutput ? [] : include(name, at: offset, place)
        case .macro(let macro):
            let value = self.macro(macro, at: offset, place)
            return [add(.assign, slot(macro.name, place), value, at: origin(offset, place))]
        case .importAll(let name, let alias): return importAll(name, alias, at: offset, place)
        case .importNames(let name, let names): return importNames(name, names, at: offset, place)
        case .call(let call, let macro):
            let caller = self.macro(macro, at: offset, place)
            let value = expression(call, place, caller: caller)
            return place.dropsOutput ? [] : [outputNode(value, at: origin(offset, place))]
        }
    }

    private func text(_ bytes: ArraySlice<UInt8>, at origin: Int32) -> Int32 {
        if kind == .html { context.feed(bytes) }
        let start = Int32(text.count)
        text += bytes
        return add(.text, start, Int32(bytes.count), at: origin)
    }

    private func output(_ value: Expression, _ place: Place) -> [Int32] {
        if case .call(let callee, let arguments) = value.kind, case .name("super") = callee.kind, arguments.isEmpty {
            let code = parentBlock(at: value.offset, place)
            return place.dropsOutput ? [] : code
        }
        let node = expression(value, place)
        if place.dropsOutput { return [] }
        let origin = nodes[Int(node)].origin
        // In JSON only these two say that a text is JSON already: markup is HTML there.
        if kind == .json, case .filter(_, let name, _) = value.kind, name == "tojson" || name == "safe" {
            return [add(.outputRaw, node, at: origin)]
        }
        // Feeds have the whole of their posts so.
        if kind == .xml, nodes[Int(node)].operation == .filter, case .filter(_, "xmlescape", _) = value.kind {
            return [add(.outputXMLEscape, node, at: origin)]
        }
        if nodes[Int(node)].operation == .constant, let escaped = foldedOutput(constants[Int(nodes[Int(node)].a)]) {
            return [text(escaped[...], at: origin)]
        }
        return [outputNode(node, isTrusted: value.isMarkedSafe, at: origin)]
    }

    /// Prints a value where the page stands: at the beginning of an address what is not marked safe is looked at first.
    private func outputNode(_ node: Int32, isTrusted: Bool = false, at origin: Int32) -> Int32 {
        guard kind == .html else { return add(.output, node, at: origin) }
        let position = isTrusted ? OutputPosition.text : context.position
        context.printValue()
        return add(position == .addressStart ? .outputAddress : .output, node, position.rawValue, at: origin)
    }

    /// What `body` compiles, from the same place of the page as what comes after it.
    func apart<Result>(from context: HTMLContext = HTMLContext(), _ body: () -> Result) -> Result {
        let outer = self.context
        self.context = context
        defer { self.context = outer }
        return body()
    }

    private func foldedOutput(_ value: Value) -> [UInt8]? {
        var bytes: [UInt8] = []
        do throws(Failure) {
            try Escaping.append(value, to: &bytes, kind: kind)
            return bytes
        } catch {
            // The same failure comes again at render, with its place.
            return nil
        }
    }

    private func conditional(
        _ branches: ArraySlice<(condition: Expression, body: [Statement])>, _ otherwise: [Statement], _ place: Place
    ) -> [Int32] {
        guard let branch = branches.first else { return statements(otherwise, place) }
        let condition = expression(branch.condition, place)
        let start = context
        let body = list(statements(branch.body, place))
        var end = context
        context = start
        let rest = list(conditional(branches.dropFirst(), otherwise, place))
        end.merge(context)
        context = end
        return [add(.conditional, condition, body, rest, at: origin(branch.condition.offset, place))]
    }

    private func loop(_ loop: Loop, at offset: Int, _ place: Place) -> Int32 {
        let origin = self.origin(offset, place)
        let sequence = expression(loop.sequence, place)
        var inner = place
        inner.scope = Scope(parent: place.scope, frame: place.scope.frame)
        for name in loop.target.names { _ = inner.scope.declare(name) }
        let pattern = self.pattern(loop.target, inner)
        let filter = loop.filter.map { expression($0, inner) } ?? -1
        let state = inner.scope.declare("loop")
        state.isHiddenFromIncludes = !loop.mentionsLoop
        let copies = declare(Scope.assignedNames(in: loop.body), in: inner, at: origin)
        let start = context
        let body = list(copies + statements(loop.body, inner))
        context.merge(start)
        var outside = place
        outside.scope = Scope(parent: place.scope, frame: place.scope.frame)
        let copiesOutside = declare(Scope.assignedNames(in: loop.otherwise), in: outside, at: origin)
        let otherwise = list(copiesOutside + apart(from: start) { statements(loop.otherwise, outside) })
        loops.append(
            LoopPlan(
                sequence: sequence, pattern: pattern, filter: filter, body: body, otherwise: otherwise,
                stateSlot: state.isRead ? state.slot : -1))
        return add(.loop, Int32(loops.count - 1), at: origin)
    }

    private func assign(_ target: AssignmentTarget, _ value: Int32, at origin: Int32, _ place: Place) -> Int32 {
        switch target {
        case .name(let name, _): return add(.assign, slot(name, place), value, at: origin)
        case .tuple:
            patterns.append(pattern(target, place))
            return add(.assignPattern, Int32(patterns.count - 1), value, at: origin)
        case .namespace(let name, let attribute, let offset):
            let owner = read(name, at: self.origin(offset, place), place)
            return add(.assignAttribute, owner, symbol(attribute), value, at: origin)
        }
    }

    private func pattern(_ target: AssignmentTarget, _ place: Place) -> Pattern {
        switch target {
        case .name(let name, _): return .slot(slot(name, place))
        case .tuple(let targets): return .tuple(targets.map { pattern($0, place) })
        case .namespace(let name, let attribute, let offset):
            return .attribute(read(name, at: origin(offset, place), place), symbol(attribute))
        }
    }

    private func with(
        _ assignments: [(target: AssignmentTarget, value: Expression)], _ body: [Statement], at offset: Int,
        _ place: Place
    ) -> [Int32] {
        let origin = self.origin(offset, place)
        // All values first: they see the names around the block, not each other.
        let values = assignments.map { expression($0.value, place) }
        var inner = place
        inner.scope = Scope(parent: place.scope, frame: place.scope.frame)
        for name in assignments.flatMap(\.target.names) where inner.scope.names[name] == nil {
            _ = inner.scope.declare(name)
        }
        let copies = declare(Scope.assignedNames(in: body), in: inner, at: origin)
        let assigned = zip(assignments, values).map { assign($0.target, $1, at: origin, inner) }
        return copies + assigned + statements(body, inner)
    }

    /// A node whose value is the macro.
    func macro(_ macro: Macro, at offset: Int, _ place: Place) -> Int32 {
        let origin = self.origin(offset, place)
        let frame = FunctionFrame(parent: place.scope.frame)
        var inner = place
        inner.scope = Scope(parent: place.scope, frame: frame)
        inner.dropsOutput = false
        for parameter in macro.parameters { _ = inner.scope.declare(parameter.name) }
        let caller = inner.scope.declare("caller")
        // The number is taken before the body, which may contain macros of its own.
        let index = macros.count
        let parameters = macro.parameters.map(\.name)
        macros.append(MacroPlan(name: macro.name, parameters: parameters))
        let defaults = macro.parameters.map { parameter in parameter.defaultValue.map { expression($0, inner) } ?? -1 }
        let copies = declare(Scope.assignedNames(in: macro.body), in: inner, at: origin)
        let body = list(copies + apart { statements(macro.body, inner) })
        macros[index] = MacroPlan(
            name: macro.name, parameters: parameters, defaults: defaults, body: body,
            slotCount: Int(frame.slotCount), callerSlot: caller.isRead ? caller.slot : -1)
        return add(.macro, Int32(index), at: origin)
    }

    private func importAll(_ name: String, _ alias: String, at offset: Int, _ place: Place) -> [Int32] {
        guard let module = module(name, at: offset, place) else { return [] }
        let origin = self.origin(offset, place)
        var pairs: [Int32] = []
        for export in module.exports {
            pairs.append(constant(.string(export.name), at: origin))
            pairs.append(add(.local, export.variable.slot, at: origin))
        }
        let value = add(.module, list(pairs), at: origin)
        return module.code + [add(.assign, slot(alias, place), value, at: origin)]
    }

    private func importNames(
        _ template: String, _ names: [(name: String, alias: String, offset: Int)], at offset: Int, _ place: Place
    ) -> [Int32] {
        guard let module = module(template, at: offset, place) else { return [] }
        var code = module.code
        for name in names {
            guard let export = module.exports.first(where: { $0.name == name.name }) else {
                let known = module.exports.map(\.name)
                report(SyntaxProblem(name.offset, unknown: "name in \(template)", name.name, among: known), place)
                continue
            }
            let origin = self.origin(name.offset, place)
            let value = add(.local, export.variable.slot, at: origin)
            code.append(add(.assign, slot(name.alias, place), value, at: origin))
        }
        return code
    }
}
