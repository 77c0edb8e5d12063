/// All templates of a set, parsed; what the compiler works from.
struct Library {
    struct Template {
        let index: Int32
        let source: Source
        let statements: [Statement]
        /// Top level only: what it extends.
        let parent: (name: String, offset: Int)?
        let blocks: [String: Block]
        /// Blocks that stand at the top level, with their offsets.
        let topBlocks: [(name: String, offset: Int)]

        var name: String { source.file.name }
    }

    let templates: [Template]
    /// Names of those that others include or extend: alone they may lack names that those others provide.
    let parts: Set<String>
    /// Names of those that any other refers to.
    let references: Set<String>
    private let positions: [String: Int]

    /// Parses every file; what cannot be parsed is reported and left out.
    init(_ files: [TemplateFile], problems: inout [(file: Int, problem: SyntaxProblem)]) {
        var templates: [Template] = []
        var positions: [String: Int] = [:]
        for (index, file) in files.enumerated() {
            let source = Source(file)
            var statements: [Statement] = []
            do throws(SyntaxProblem) {
                statements = try Parser.statements(of: source)
            } catch {
                problems.append((index, error))
            }
            var structure = Structure()
            structure.collect(statements, isTop: true)
            problems += structure.problems.map { (index, $0) }
            positions[file.name] = index
            templates.append(
                Template(
                    index: Int32(index), source: source, statements: statements, parent: structure.parent,
                    blocks: structure.blocks, topBlocks: structure.topBlocks))
        }
        self.templates = templates
        self.positions = positions
        var parts: Set<String> = []
        for template in templates {
            Structure.visit(template.statements) { statement in
                switch statement.kind {
                case .extends(let name), .include(let name): parts.insert(name)
                default: break
                }
            }
        }
        self.parts = parts
        references = Set(templates.flatMap { Self.references(of: $0) })
    }

    subscript(name: String) -> Template? { positions[name].map { templates[$0] } }

    var names: [String] { templates.map(\.name) }

    /// Names of the templates that this one's source refers to.
    func references(of template: Template) -> [String] { Self.references(of: template) }

    private static func references(of template: Template) -> [String] {
        var found: [String] = []
        Structure.visit(template.statements) { statement in
            switch statement.kind {
            case .extends(let name), .include(let name), .importAll(let name, _), .importNames(let name, _):
                found.append(name)
            default: break
            }
        }
        return found
    }
}

/// Inheritance as one template's source declares it.
private struct Structure {
    var parent: (name: String, offset: Int)?
    var blocks: [String: Block] = [:]
    var topBlocks: [(name: String, offset: Int)] = []
    var problems: [SyntaxProblem] = []

    mutating func collect(_ statements: [Statement], isTop: Bool) {
        for statement in statements {
            switch statement.kind {
            case .extends(let name):
                if !isTop {
                    problems.append(SyntaxProblem(statement.offset, "extends must stand outside of every other tag"))
                } else if parent != nil {
                    problems.append(SyntaxProblem(statement.offset, "a template can extend only one other"))
                } else {
                    parent = (name, statement.offset)
                }
            case .block(let block):
                if blocks[block.name] != nil {
                    problems.append(SyntaxProblem(statement.offset, "block \"\(block.name)\" is defined twice"))
                }
                blocks[block.name] = block
                if isTop, parent != nil { topBlocks.append((block.name, statement.offset)) }
            default: break
            }
            for body in Self.bodies(of: statement) { collect(body, isTop: false) }
        }
    }

    static func visit(_ statements: [Statement], _ body: (Statement) -> Void) {
        for statement in statements {
            body(statement)
            for inner in bodies(of: statement) { visit(inner, body) }
        }
    }

    private static func bodies(of statement: Statement) -> [[Statement]] {
        switch statement.kind {
        case .conditional(let branches, let otherwise): branches.map(\.body) + [otherwise]
        case .loop(let loop): [loop.body, loop.otherwise]
        case .with(_, let body): [body]
        case .block(let block): [block.body]
        case .macro(let macro): [macro.body]
        case .call(_, let macro): [macro.body]
        case .set(_, let expression), .output(let expression): captured(in: expression)
        case .text, .extends, .include, .importAll, .importNames: []
        }
    }

    /// The body of a `filter` or `set` block: below its chain of filters.
    private static func captured(in expression: Expression) -> [[Statement]] {
        switch expression.kind {
        case .capture(let body): [body]
        case .filter(let inner, _, _): captured(in: inner)
        default: []
        }
    }
}
