/// Walks a page's program as the machine does, with types in place of values, and reports what would fail.
///
/// Both branches of a condition are walked unless the types decide it; what a condition says of a variable (`if post.image`)
/// holds in its branch. Macros are walked anew for every combination of types that they are called with.
final class TypeChecker {
    struct Frame {
        let base: Int
        let link: Int32
        /// Tells frames apart that took the same place one after the other.
        let serial: Int
    }

    /// A mistake on its way to a finding.
    struct Problem {
        let severity: TemplateFinding.Severity
        let failure: Failure
    }

    let program: Program
    let environment: RenderEnvironment
    /// Texts that are always the same, by path: "page.kind".
    let constants: [String: String]
    private(set) var problems: [Problem] = []

    var slots: [StaticType]
    var frames = [Frame(base: 0, link: 0, serial: 0)]
    var frame: Int32 = 0
    /// Paths of values that are neither none nor undefined here.
    var facts: Set<String> = []
    /// Attributes of each namespace as it was made.
    var namespaces: [[String: StaticType]] = []
    /// Names that something assigns to attributes of namespaces.
    let assignedAttributes: Set<String>
    /// Origins of the macro calls under way, outermost first.
    var calls: [Int32] = []
    var macrosDone: Set<MacroCall> = []
    private var serial = 0

    /// A macro with the types of its arguments and what is known of the variables that it sees.
    struct MacroCall: Hashable {
        let macro: StaticType.MacroType
        let arguments: [StaticType]
        let facts: Set<String>
    }

    init(
        _ program: Program, variables: [Shape.Field], constants: [String: String], environment: RenderEnvironment
    ) {
        self.program = program
        self.environment = environment
        self.constants = constants
        assignedAttributes = Set(
            (0..<program.nodes.count).map { program.nodes[$0] }.filter { $0.operation == .assignAttribute }
                .map { program.symbols[Int($0.b)].name })
        slots = [StaticType](repeating: .any, count: program.slotCount)
        for input in program.inputs {
            if let variable = variables.first(where: { $0.name == input.name }) {
                slots[Int(input.slot)] = StaticType(declared: variable.type)
            } else {
                slots[Int(input.slot)] = StaticType(
                    .undefined(
                        .init(
                            message: "\"\(input.name)\" is undefined", wanted: input.name,
                            known: variables.map(\.name))))
            }
        }
    }

    func run() { runList(program.body) }

    func nextSerial() -> Int {
        serial += 1
        return serial
    }

    // MARK: Reporting

    func report(_ failure: Failure, at origin: Int32, _ severity: TemplateFinding.Severity = .error) {
        var failure = failure.at(origin)
        failure.calls = calls.reversed()
        problems.append(Problem(severity: severity, failure: failure))
    }

    func report(
        _ message: String, hint: String? = nil, at origin: Int32, _ severity: TemplateFinding.Severity = .error
    ) {
        report(Failure(message, hint: hint), at: origin, severity)
    }

    /// Reports a value that is used but does not exist, or may be none where none cannot be used. The type to go on with.
    @discardableResult
    func used(_ type: StaticType, for use: String? = nil, at origin: Int32) -> StaticType {
        if let missing = type.missing {
            var failure = Failure(missing.message)
            failure.wanted = missing.wanted
            failure.known = missing.known
            report(failure, at: origin)
            return .any
        }
        if let use, type.mayBeNone {
            report(
                type.kind == .nothing ? "\(use), and this is none" : "\(use), and this may be none",
                hint: "ask for it with if, or give a value with default(…, true)", at: origin)
        }
        return use == nil ? type : type.present
    }
}
