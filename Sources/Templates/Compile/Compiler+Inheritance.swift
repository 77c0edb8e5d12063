extension Compiler {
    /// The template and what it extends, itself first; a cycle or an unknown name ends it with a report.
    func chain(from template: Library.Template) -> [Library.Template] {
        var chain = [template]
        while let last = chain.last, let parent = last.parent {
            guard let next = library[parent.name] else {
                problems.append(
                    (
                        Int(last.index),
                        SyntaxProblem(parent.offset, unknown: "template", parent.name, among: library.names)
                    ))
                break
            }
            if chain.contains(where: { $0.name == next.name }) {
                problems.append(
                    (Int(last.index), SyntaxProblem(parent.offset, "\"\(parent.name)\" extends itself in a circle")))
                break
            }
            chain.append(next)
        }
        return chain
    }

    /// Statements of a chain of templates: of each the code at its top level, then the last one's body with the blocks filled.
    func inherit(_ templates: [Library.Template], scope: Scope, site: Int32) -> [Int32] {
        let chain = Chain(templates, scope: scope)
        checkBlocks(of: chain)
        var code: [Int32] = []
        for template in templates {
            var place = Place(scope: scope, template: template, site: site, chain: chain)
            if scope.parent != nil || scope.root == .isolated {
                let names = Scope.assignedNames(in: template.statements)
                code += declare(names, in: place, at: origin(0, place))
            }
            guard let parent = template.parent, library[parent.name] != nil else {
                code += statements(template.statements, place)
                continue
            }
            let before = template.statements.prefix { $0.offset < parent.offset }
            code += statements(Array(before), place)
            place.dropsOutput = true
            code += statements(Array(template.statements.dropFirst(before.count)), place)
        }
        return code
    }

    /// A block at the top level of a template that extends another must exist there: elsewhere it would never be shown.
    private func checkBlocks(of chain: Chain) {
        for (index, template) in chain.templates.enumerated() {
            guard template.parent != nil, index + 1 < chain.templates.count else { continue }
            let ancestors = chain.templates[(index + 1)...]
            for block in template.topBlocks where !ancestors.contains(where: { $0.blocks[block.name] != nil }) {
                let known = ancestors.flatMap(\.blocks.keys).sorted()
                problems.append(
                    (Int(template.index), SyntaxProblem(block.offset, unknown: "block", block.name, among: known)))
            }
        }
    }

    /// The nearest definition of a block, compiled where the block stands.
    func block(_ block: Block, at offset: Int, _ place: Place) -> [Int32] {
        if place.dropsOutput { return [] }
        let around = block.isScoped ? place.scope : place.chain.scope
        return blockDefinition(block.name, level: 0, around: around, at: offset, place)
    }

    /// The definition that `super()` means in the block being compiled.
    func parentBlock(at offset: Int, _ place: Place) -> [Int32] {
        guard let block = place.block else {
            report(SyntaxProblem(offset, "super() stands outside of every block"), place)
            return []
        }
        guard block.level + 1 < place.chain.definitions(of: block.name).count else {
            report(SyntaxProblem(offset, "there is no parent block \"\(block.name)\" for super()"), place)
            return []
        }
        return blockDefinition(block.name, level: block.level + 1, around: block.around, at: offset, place)
    }

    private func blockDefinition(
        _ name: String, level: Int, around: Scope, at offset: Int, _ place: Place
    ) -> [Int32] {
        let definition = place.chain.definitions(of: name)[level]
        show(name, of: definition.template.index)
        let inclusion = Inclusion.block(name, level: level, of: place.chain.templates[0].name)
        return including(inclusion, at: offset, place) {
            var inner = place
            inner.scope = Scope(parent: around, frame: place.scope.frame)
            inner.template = definition.template
            inner.block = (name, level, around)
            if definition.block.isRequired {
                let message = Value.string(
                    "block \"\(name)\" is required, but no template that extends this one fills it")
                constants.append(message)
                return [add(.fail, Int32(constants.count - 1), at: origin(offset, inner))]
            }
            let names = Scope.assignedNames(in: definition.block.body)
            let copies = declare(names, in: inner, at: origin(offset, inner))
            return copies + statements(definition.block.body, inner)
        }
    }

    /// An included template with all that it extends; it sees the names around it and keeps its own to itself.
    func include(_ name: String, at offset: Int, _ place: Place) -> [Int32] {
        guard let template = library[name] else {
            report(SyntaxProblem(offset, unknown: "template", name, among: library.names), place)
            return []
        }
        return including(.template(name), at: offset, place) {
            let scope = Scope(parent: place.scope, frame: place.scope.frame, isInclude: true)
            let site = origin(offset, place)
            let code = inherit(chain(from: template), scope: scope, site: site)
            return timesIncludes ? [add(.timed, template.index, list(code), at: site)] : code
        }
    }

    /// The code of an imported template and the names that it gives away.
    func module(
        _ name: String, at offset: Int, _ place: Place
    ) -> (code: [Int32], exports: [(name: String, variable: Scope.Variable)])? {
        guard let template = library[name] else {
            report(SyntaxProblem(offset, unknown: "template", name, among: library.names), place)
            return nil
        }
        if template.parent != nil {
            report(SyntaxProblem(offset, "\"\(name)\" extends another template and cannot be imported"), place)
            return nil
        }
        let scope = Scope(parent: nil, frame: place.scope.frame, root: .isolated)
        let code = including(.template(name), at: offset, place) {
            let site = origin(offset, place)
            var inner = Place(scope: scope, template: template, site: site, chain: Chain([template], scope: scope))
            inner.dropsOutput = true
            let names = Scope.assignedNames(in: template.statements)
            return apart { declare(names, in: inner, at: origin(0, inner)) + statements(template.statements, inner) }
        }
        let imported = importedNames(in: template.statements)
        let exports = scope.names.filter { !$0.key.hasPrefix("_") && !imported.contains($0.key) }
        return (code, exports.sorted { $0.key < $1.key }.map { ($0.key, $0.value) })
    }

    /// Names that a template imports are not its own to give away.
    private func importedNames(in statements: [Statement]) -> Set<String> {
        var names: Set<String> = []
        for statement in statements {
            switch statement.kind {
            case .importAll(_, let alias): names.insert(alias)
            case .importNames(_, let imported): names.formUnion(imported.map(\.alias))
            case .conditional(let branches, let otherwise):
                for branch in branches { names.formUnion(importedNames(in: branch.body)) }
                names.formUnion(importedNames(in: otherwise))
            default: break
            }
        }
        return names
    }
}
