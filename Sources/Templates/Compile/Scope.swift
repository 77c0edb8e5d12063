/// Slots of one macro's frame, or of the template's own.
final class FunctionFrame {
    let parent: FunctionFrame?
    private(set) var slotCount: Int32 = 0

    init(parent: FunctionFrame?) { self.parent = parent }

    func newSlot() -> Int32 {
        defer { slotCount += 1 }
        return slotCount
    }
}

/// Names that are visible at a place of a template, each with its slot.
///
/// As in Jinja2, a loop, `with`, macro, block or captured body is a scope; `if` is not. A name that a scope assigns is its
/// own from the scope's first statement on, and begins with the value of the scope around it.
final class Scope {
    final class Variable {
        let slot: Int32
        var isRead = false
        /// As in Jinja2, `loop` is seen by what a loop includes only if the loop itself mentions it.
        var isHiddenFromIncludes = false

        init(slot: Int32) { self.slot = slot }
    }

    enum Root {
        /// Names that nobody assigns come from the context that the page is rendered with.
        case context
        /// An imported template sees no variables but its own.
        case isolated
    }

    let parent: Scope?
    let frame: FunctionFrame
    let root: Root
    /// Whether it is that of an included template.
    let isInclude: Bool
    var names: [String: Variable] = [:]

    init(parent: Scope?, frame: FunctionFrame, root: Root = .context, isInclude: Bool = false) {
        self.isInclude = isInclude
        self.parent = parent
        self.frame = frame
        self.root = root
    }

    func declare(_ name: String) -> Variable {
        let variable = Variable(slot: frame.newSlot())
        names[name] = variable
        return variable
    }

    /// The variable and how many frames up it lives.
    func find(_ name: String) -> (variable: Variable, depth: Int32)? {
        var scope: Scope? = self
        var isIncluded = false
        while let current = scope {
            if let variable = current.names[name], !isIncluded || !variable.isHiddenFromIncludes {
                var depth: Int32 = 0
                var frame: FunctionFrame? = self.frame
                while let here = frame, here !== current.frame {
                    depth += 1
                    frame = here.parent
                }
                return (variable, depth)
            }
            isIncluded = isIncluded || current.isInclude
            scope = current.parent
        }
        return nil
    }

    var outermost: Scope {
        var scope = self
        while let parent = scope.parent { scope = parent }
        return scope
    }

    /// Names of this scope and those around it, sorted.
    var visibleNames: [String] {
        var names: Set<String> = []
        var scope: Scope? = self
        while let current = scope {
            names.formUnion(current.names.keys)
            scope = current.parent
        }
        return names.sorted()
    }

    /// Names that these statements assign in their own scope, in order.
    static func assignedNames(in statements: [Statement]) -> [String] {
        var names: [String] = []
        for statement in statements {
            switch statement.kind {
            case .set(let target, _): names += target.names
            case .macro(let macro): names.append(macro.name)
            case .importAll(_, let alias): names.append(alias)
            case .importNames(_, let imported): names += imported.map(\.alias)
            case .conditional(let branches, let otherwise):
                for branch in branches { names += assignedNames(in: branch.body) }
                names += assignedNames(in: otherwise)
            case .text, .output, .loop, .with, .block, .extends, .include, .call: break
            }
        }
        var seen: Set<String> = []
        return names.filter { seen.insert($0).inserted }
    }
}

extension AssignmentTarget {
    /// Names that it binds; a namespace's attribute binds none.
    var names: [String] {
        switch self {
        case .name(let name, _): [name]
        case .tuple(let targets): targets.flatMap(\.names)
        case .namespace: []
        }
    }
}
