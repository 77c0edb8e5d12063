/// Turns parsed templates into the program of one page template.
///
/// Inheritance, includes and blocks are resolved here: their statements are compiled where they stand, so that at render
/// only macros are calls. Mistakes are collected, not thrown, so that an author sees all of them at once.
final class Compiler {
    let library: Library
    let kind: OutputKind
    /// The page's template serves others as a part; what it calls may come from them.
    let isPart: Bool
    /// Whether the program tells the machine when an include begins and ends.
    let timesIncludes: Bool
    /// Tells the addresses that are the same on every page; nil to leave all of them to the render.
    let environment: RenderEnvironment?
    var problems: [(file: Int, problem: SyntaxProblem)] = []

    var nodes: [Node] = []
    var children: [Int32] = []
    var constants: [Value] = []
    var text: [UInt8] = []
    var symbols: [Symbol] = []
    private var symbolIndexes: [String: Int32] = [:]
    var loops: [LoopPlan] = []
    var patterns: [Pattern] = []
    var calls: [CallPlan] = []
    var filters: [FilterPlan] = []
    var tests: [TestPlan] = []
    var macros: [MacroPlan] = []
    private var origins: [Origin] = []
    private var inputs: [Program.Input] = []
    /// Names that the page's own templates assign at their top level: calling one of them may make sense.
    var assignedAtRoot: Set<String> = []
    /// Where in the page the next text or value is printed.
    var context = HTMLContext()
    /// Definitions of blocks that are shown, for finding those that never are.
    private(set) var shownBlocks: Set<ShownBlock> = []
    /// What is being compiled, outermost first: finds templates and blocks that contain themselves.
    var underWay: [Inclusion] = []
    private static let maximumNodes = 1_000_000

    struct ShownBlock: Hashable {
        let template: Int32
        let name: String
    }

    func show(_ block: String, of template: Int32) { shownBlocks.insert(ShownBlock(template: template, name: block)) }

    enum Inclusion: Equatable {
        case template(String)
        case block(String, level: Int, of: String)
    }

    /// Where a statement stands.
    struct Place {
        var scope: Scope
        var template: Library.Template
        /// Origin of the include or import that led here.
        var site: Int32 = -1
        var chain: Chain
        /// The block being compiled, and the names around the place where it stands.
        var block: (name: String, level: Int, around: Scope)?
        /// After `extends` and in imported templates text goes nowhere.
        var dropsOutput = false
    }

    /// A template and those that it extends, itself first.
    final class Chain {
        let templates: [Library.Template]
        let scope: Scope

        init(_ templates: [Library.Template], scope: Scope) {
            self.templates = templates
            self.scope = scope
        }

        /// Definitions of a block from the nearest one on.
        func definitions(of block: String) -> [(block: Block, template: Library.Template)] {
            templates.compactMap { template in template.blocks[block].map { ($0, template) } }
        }
    }

    init(
        _ library: Library, page: String, environment: RenderEnvironment? = nil, timesIncludes: Bool = false
    ) {
        self.library = library
        self.environment = environment
        self.timesIncludes = timesIncludes
        kind = OutputKind(templateName: page)
        isPart = library.parts.contains(page)
    }

    static func program(
        for template: Library.Template, in library: Library, environment: RenderEnvironment? = nil,
        timesIncludes: Bool = false, problems: inout [(file: Int, problem: SyntaxProblem)]
    ) -> Program {
        let compiler = Compiler(
            library, page: template.name, environment: environment, timesIncludes: timesIncludes)
        let program = compiler.program(for: template)
        problems += compiler.problems
        return program
    }

    /// Compiles the page's template; mistakes are among the problems then.
    func program(for template: Library.Template) -> Program {
        let frame = FunctionFrame(parent: nil)
        let root = Scope(parent: nil, frame: frame)
        let templates = chain(from: template)
        for template in templates { assignedAtRoot.formUnion(Scope.assignedNames(in: template.statements)) }
        let body = list(inherit(templates, scope: root, site: -1))
        return Program(
            kind: kind, nodes: Flat(nodes), children: Flat(children),
            constants: constants,
            text: Flat(text), symbols: symbols, loops: loops, patterns: patterns,
            calls: calls, filters: filters, tests: tests, macros: macros,
            origins: origins, inputs: inputs, slotCount: Int(frame.slotCount), body: body)
    }

    // MARK: Tables

    func add(_ operation: Operation, _ a: Int32 = 0, _ b: Int32 = 0, _ c: Int32 = 0, at origin: Int32) -> Int32 {
        nodes.append(Node(operation: operation, a: a, b: b, c: c, origin: origin))
        return Int32(nodes.count - 1)
    }

    func constant(_ value: Value, at origin: Int32) -> Int32 {
        constants.append(value)
        return add(.constant, Int32(constants.count - 1), at: origin)
    }

    func list(_ indexes: [Int32]) -> Int32 {
        children.append(Int32(indexes.count))
        children += indexes
        return Int32(children.count - indexes.count - 1)
    }

    func symbol(_ name: String) -> Int32 {
        if let index = symbolIndexes[name] { return index }
        symbols.append(Symbol(name))
        let index = Int32(symbols.count - 1)
        symbolIndexes[name] = index
        return index
    }

    func origin(_ offset: Int, _ place: Place) -> Int32 {
        origins.append(Origin(template: place.template.index, offset: Int32(offset), parent: place.site))
        return Int32(origins.count - 1)
    }

    func report(_ problem: SyntaxProblem, _ place: Place) { problems.append((Int(place.template.index), problem)) }

    // MARK: Names

    /// The value of a name.
    func read(_ name: String, at origin: Int32, _ place: Place) -> Int32 {
        guard let (variable, depth) = find(name, place.scope) else {
            return constant(Undefined.value(.name(name)), at: origin)
        }
        variable.isRead = true
        return depth == 0 ? add(.local, variable.slot, at: origin) : add(.outer, variable.slot, depth, at: origin)
    }

    private func find(_ name: String, _ scope: Scope) -> (variable: Scope.Variable, depth: Int32)? {
        if let found = scope.find(name) { return found }
        let outermost = scope.outermost
        guard outermost.root == .context else { return nil }
        let variable = outermost.declare(name)
        inputs.append(.init(name: name, slot: variable.slot, missing: Undefined.value(.name(name))))
        return scope.find(name)
    }

    /// Whether nothing in the templates gives this name a value: it can only come from the context.
    func isInput(_ name: String, _ scope: Scope) -> Bool {
        var current: Scope? = scope
        while let here = current {
            if here.names[name] != nil, here.parent != nil || here.root == .isolated { return false }
            if here.parent == nil { return here.root == .isolated || !assignedAtRoot.contains(name) }
            current = here.parent
        }
        return true
    }

    /// The slot that an assignment in this scope writes; the scope has declared it.
    func slot(_ name: String, _ place: Place) -> Int32 {
        if let variable = place.scope.names[name] { return variable.slot }
        return find(name, place.scope)?.variable.slot ?? place.scope.declare(name).slot
    }

    /// Makes these names the scope's own, beginning with their outer values; the statements that copy those.
    func declare(_ names: [String], in place: Place, at origin: Int32) -> [Int32] {
        var copies: [Int32] = []
        for name in names where place.scope.names[name] == nil {
            var outside = place
            var outer: Int32?
            if let parent = place.scope.parent {
                outside.scope = Scope(parent: parent, frame: place.scope.frame)
                outer = read(name, at: origin, outside)
            } else if place.scope.root == .context {
                _ = find(name, place.scope)
                continue
            }
            let variable = place.scope.declare(name)
            let value = outer ?? constant(Undefined.value(.name(name)), at: origin)
            copies.append(add(.assign, variable.slot, value, at: origin))
        }
        return copies
    }

    // MARK: Inclusion

    /// Compiles what `body` compiles unless it is already being compiled further out.
    func including(
        _ inclusion: Inclusion, at offset: Int, _ place: Place, _ body: () -> [Int32]
    ) -> [Int32] {
        if underWay.contains(inclusion) {
            let what =
                switch inclusion {
                case .template(let name): "template \"\(name)\""
                case .block(let name, _, _): "block \"\(name)\""
                }
            report(SyntaxProblem(offset, "\(what) contains itself"), place)
            return []
        }
        guard nodes.count < Self.maximumNodes else {
            report(SyntaxProblem(offset, "the template grows too large here: includes and blocks multiply"), place)
            return []
        }
        underWay.append(inclusion)
        defer { underWay.removeLast() }
        return body()
    }
}
