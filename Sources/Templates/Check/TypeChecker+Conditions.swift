extension TypeChecker {
    /// What the types say of a condition.
    struct Condition {
        var type: StaticType
        /// Nil if only data can tell.
        var truth: Bool?
        /// Paths that are neither none nor undefined if it holds.
        var whenTrue: Set<String> = []
        var whenFalse: Set<String> = []

        init(_ type: StaticType = .flag, truth: Bool? = nil) {
            self.type = type
            self.truth = truth
        }

        var negated: Condition {
            var result = Condition(truth: truth.map { !$0 })
            result.whenTrue = whenFalse
            result.whenFalse = whenTrue
            return result
        }
    }

    /// Types an expression whose truth is asked for, and says what follows from it.
    func condition(_ index: Int32) -> Condition {
        let node = program.nodes[Int(index)]
        switch node.operation {
        case .not: return condition(node.a).negated
        case .and: return and(node)
        case .or: return or(node)
        case .isDefined: return isDefined(node.a)
        case .isUndefined: return isDefined(node.a).negated
        case .equal, .notEqual: return equality(node)
        case .isIn, .isNotIn: return containment(node)
        case .test: return test(node)
        default:
            let type = used(type(of: index), at: node.origin)
            var result = Condition(type)
            switch type.kind {
            case .nothing: result.truth = false
            case .literal(let text): result.truth = !text.isEmpty
            default: if node.operation == .constant { result.truth = constantTruth(node) }
            }
            if let path = path(of: index) { result.whenTrue = [path] }
            return result
        }
    }

    private func constantTruth(_ node: Node) -> Bool? {
        do throws(Failure) { return try program.constants[Int(node.a)].isTrue() } catch { return nil }
    }

    private func and(_ node: Node) -> Condition {
        let left = condition(node.a)
        if left.truth == false { return left }
        let right = assuming(left.whenTrue) { condition(node.b) }
        var result = Condition(left.truth == true ? right.type : left.type.joined(right.type))
        result.truth = right.truth == false ? false : left.truth == true ? right.truth : nil
        result.whenTrue = left.whenTrue.union(right.whenTrue)
        result.whenFalse = left.truth == true ? right.whenFalse : left.whenFalse.intersection(right.whenFalse)
        return result
    }

    private func or(_ node: Node) -> Condition {
        let left = condition(node.a)
        if left.truth == true { return left }
        let right = assuming(left.whenFalse) { condition(node.b) }
        // The left value is the result only if it is true, so it is not none.
        var result = Condition(left.truth == false ? right.type : left.type.present.joined(right.type))
        result.truth = right.truth == true ? true : left.truth == false ? right.truth : nil
        result.whenFalse = left.whenFalse.union(right.whenFalse)
        result.whenTrue = left.truth == false ? right.whenTrue : left.whenTrue.intersection(right.whenTrue)
        return result
    }

    private func isDefined(_ operand: Int32) -> Condition {
        let type = type(of: operand)
        if type.missing != nil { return Condition(truth: false) }
        return Condition(truth: type.mayBeUndefined || type.isAny ? nil : true)
    }

    private func equality(_ node: Node) -> Condition {
        let left = used(type(of: node.a), at: program.nodes[Int(node.a)].origin)
        let right = used(type(of: node.b), at: program.nodes[Int(node.b)].origin)
        var result = Condition()
        if case .literal(let a) = left.kind, case .literal(let b) = right.kind, !left.mayBeNone, !right.mayBeNone {
            result.truth = a == b
        }
        for (operand, other) in [(node.a, right), (node.b, left)] {
            guard let path = path(of: operand) else { continue }
            if other.kind == .nothing {
                result.whenFalse.insert(path)
            } else if !other.mayBeNone {
                result.whenTrue.insert(path)
            }
        }
        return node.operation == .equal ? result : result.negated
    }

    /// `page.kind in ["post", "page"]`, decided where both are known.
    private func containment(_ node: Node) -> Condition {
        let left = used(type(of: node.a), at: program.nodes[Int(node.a)].origin)
        let right = used(type(of: node.b), at: program.nodes[Int(node.b)].origin)
        compare(.isIn, left, right, at: node.origin)
        var result = Condition()
        let container = program.nodes[Int(node.b)]
        if case .literal(let text) = left.kind, !left.mayBeNone, container.operation == .constant {
            do throws(Failure) {
                result.truth = try Value.string(text).isContained(in: program.constants[Int(container.a)])
            } catch {
                report(error, at: node.origin)
            }
        }
        return node.operation == .isIn ? result : result.negated
    }

    private func test(_ node: Node) -> Condition {
        let plan = program.tests[Int(node.b)]
        let operand = type(of: node.a)
        let arguments = plan.arguments.nodes.map { $0 >= 0 ? type(of: $0) : .any }
        var result = Condition()
        let path = path(of: node.a)
        switch plan.name {
        case "defined": return isDefined(node.a)
        case "undefined": return isDefined(node.a).negated
        case "none":
            let type = used(operand, at: node.origin)
            result.truth = type.kind == .nothing ? true : type.isAny || type.mayBeNone ? nil : false
            if let path { result.whenFalse = [path] }
        case "string", "number", "mapping", "sequence", "iterable":
            used(operand, at: node.origin)
            if let path { result.whenTrue = [path] }
        default:
            checkTest(plan.name, operand, arguments, at: node.origin)
            if let path { result.whenTrue = [path] }
        }
        return result
    }

    /// The type of what `body` types while these paths are known to be there.
    func assuming<Result>(_ known: Set<String>, _ body: () -> Result) -> Result {
        let before = facts
        facts.formUnion(known)
        defer { facts = before }
        return body()
    }

    // MARK: Paths

    /// A name for a variable or a field of one, the same wherever it is read.
    func path(of index: Int32) -> String? {
        let node = program.nodes[Int(index)]
        switch node.operation {
        case .local: return path(ofSlot: node.a, frame: frame)
        case .outer: return path(ofSlot: node.a, frame: outerFrame(node.b))
        case .attribute: return path(of: node.a).map { "\($0).\(program.symbols[Int(node.b)].name)" }
        default: return nil
        }
    }

    func path(ofSlot slot: Int32, frame: Int32) -> String { "\(frames[Int(frame)].serial):\(slot)" }

    func outerFrame(_ depth: Int32) -> Int32 {
        var current = frame
        for _ in 0..<depth { current = frames[Int(current)].link }
        return current
    }

    /// As authors write it, if it begins at a variable of the page: "page.kind".
    func writtenPath(of index: Int32) -> String? {
        let node = program.nodes[Int(index)]
        switch node.operation {
        case .local where frame == 0, .outer where outerFrame(node.b) == 0:
            return program.inputs.first { $0.slot == node.a }?.name
        case .attribute: return writtenPath(of: node.a).map { "\($0).\(program.symbols[Int(node.b)].name)" }
        default: return nil
        }
    }
}
