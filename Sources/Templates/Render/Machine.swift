import Bytes

/// Runs a program for one page. It belongs to one call of `render` and is never shared.
struct Machine: ~Copyable {
    struct Frame {
        /// First slot.
        var base: Int
        /// Index of the frame that the macro was defined in.
        var link: Int32
        var serial: UInt32
    }

    struct LoopState {
        var items: [Value]
        var index: Int
        var serial: UInt32
    }

    let program: Program
    let environment: RenderEnvironment
    let filterContext: FilterContext
    var output: [UInt8]
    /// Bytes that were in the output before this page.
    let outputStart: Int
    var slots: [Value]
    var base = 0
    var frames: [Frame] = [Frame(base: 0, link: 0, serial: 0)]
    var frame: Int32 = 0
    var loops: [LoopState] = []
    var namespaces: [Value.Dictionary] = []
    private let metrics: TemplateMetrics?
    /// What includes of this page took, if that is measured.
    private(set) var times: [TemplateMetrics.Sample] = []
    private var serial: UInt32 = 0
    private var iterations = 0

    init(
        _ program: Program, _ environment: RenderEnvironment, metrics: TemplateMetrics? = nil, output: consuming [UInt8]
    ) {
        self.metrics = metrics
        self.program = program
        self.environment = environment
        filterContext = FilterContext(kind: program.kind, environment: environment)
        outputStart = output.count
        self.output = output
        slots = [Value](repeating: .none, count: program.slotCount)
    }

    /// Value of an operation on constants. One that has operands finds them at 0 and 1, one that has a list finds it at 0.
    static func constant(
        _ operation: Operation, _ operands: [Value], kind: OutputKind
    ) throws(Failure) -> Value {
        let indexes = operands.indices.map { Int32($0) }
        var nodes = indexes.map { Node(operation: .constant, a: $0, origin: -1) }
        nodes.append(Node(operation: operation, a: 0, b: 1, origin: -1))
        let program = Program(
            kind: kind, nodes: Flat(nodes), children: Flat([Int32(operands.count)] + indexes), constants: operands,
            text: Flat([]), symbols: [], loops: [], patterns: [], calls: [], filters: [], tests: [], macros: [],
            origins: [], inputs: [], slotCount: 0, body: 0)
        var limits = RenderLimits()
        // What a template repeats at load stays in memory for good.
        limits.outputBytes = 1 << 16
        var machine = Machine(program, RenderEnvironment(limits: limits), output: [])
        return try machine.evaluate(Int32(operands.count))
    }

    /// Renders the whole program.
    mutating func run(_ context: [(String, Value)]) throws(Failure) {
        for input in program.inputs {
            let given = context.first { $0.0.utf8Equals(input.name) }
            slots[Int(input.slot)] = given?.1 ?? input.missing
        }
        do throws(Failure) {
            try runList(program.body)
            try checkOutput()
        } catch {
            var failure = error
            if let wanted = failure.wanted, failure.known.isEmpty, failure.message.hasSuffix("is undefined") {
                failure.known = context.map(\.0).filter { $0 != wanted }
            }
            throw failure
        }
    }

    mutating func nextSerial() -> UInt32 {
        serial &+= 1
        return serial
    }

    /// Counts a pass of a loop; too many, or too much output, is an error.
    mutating func countIteration() throws(Failure) {
        iterations += 1
        if iterations > environment.limits.iterations {
            throw Failure("more than \(environment.limits.iterations) passes of loops on one page")
        }
        try checkOutput()
    }

    func checkOutput() throws(Failure) {
        if output.count - outputStart > environment.limits.outputBytes {
            throw Failure("the page is larger than \(environment.limits.outputBytes) bytes")
        }
    }

    // MARK: Statements

    mutating func runList(_ list: Int32) throws(Failure) {
        let start = Int(list) + 1
        let end = start + Int(program.children[Int(list)])
        for index in start..<end { try runStatement(program.children[index]) }
    }

    private mutating func runStatement(_ index: Int32) throws(Failure) {
        let node = program.nodes[Int(index)]
        do throws(Failure) {
            switch node.operation {
            case .text:
                program.text.append(Int(node.a), count: Int(node.b), to: &output)
            case .output:
                let inner = program.nodes[Int(node.a)].operation
                if inner == .call || inner == .callMember {
                    if let value = try call(node.a, intoOutput: true) {
                        try Escaping.append(value, to: &output, kind: program.kind)
                    }
                } else {
                    try Escaping.append(try evaluate(node.a), to: &output, kind: program.kind)
                }
            case .outputAddress: try printAddress(try evaluate(node.a))
            case .outputRaw: Escaping.appendRaw(try evaluate(node.a).printed(), to: &output)
            case .outputXMLEscape:
                let input = try evaluate(program.nodes[Int(node.a)].a)
                Escaping.append(try input.printed(), to: &output, kind: .xml)
            case .conditional: try runList(try evaluate(node.a).isTrue() ? node.b : node.c)
            case .loop: try runLoop(program.loops[Int(node.a)])
            case .assign: slots[base + Int(node.a)] = try evaluate(node.b)
            case .assignPattern: try bind(try evaluate(node.b), to: program.patterns[Int(node.a)])
            case .assignAttribute:
                try assign(try evaluate(node.c), to: program.symbols[Int(node.b)].name, of: try evaluate(node.a))
            case .timed: try runTimed(node)
            case .fail: throw Failure(program.constants[Int(node.a)].stringValue ?? "")
            default: preconditionFailure("an expression stands where a statement belongs")
            }
        } catch {
            throw error.at(node.origin)
        }
    }

    /// Prints the beginning of an address, but no script's.
    private mutating func printAddress(_ value: Value) throws(Failure) {
        if let text = value.stringValue, AddressScheme.isScript(text) {
            return AddressScheme.replacement.withUTF8Buffer { output.append(contentsOf: $0) }
        }
        try Escaping.append(value, to: &output, kind: program.kind)
    }

    private mutating func runTimed(_ node: Node) throws(Failure) {
        guard let metrics else { return try runList(node.b) }
        let start = metrics.now()
        try runList(node.b)
        times.append(TemplateMetrics.Sample(template: node.a, nanoseconds: metrics.now() - start))
    }

    private mutating func runLoop(_ plan: LoopPlan) throws(Failure) {
        var items = try elements(of: try evaluate(plan.sequence))
        if plan.filter >= 0 {
            var kept: [Value] = []
            for item in items {
                try countIteration()
                try bind(item, to: plan.pattern)
                if try evaluate(plan.filter).isTrue() { kept.append(item) }
            }
            items = kept
        }
        if items.isEmpty { return try runList(plan.otherwise) }
        let depth = loops.count
        if plan.stateSlot >= 0 {
            let serial = nextSerial()
            loops.append(LoopState(items: items, index: 0, serial: serial))
            slots[base + Int(plan.stateSlot)] = .reference(
                Reference(kind: .loop, index: Int32(depth), frame: 0, serial: serial))
        }
        for index in items.indices {
            try countIteration()
            if plan.stateSlot >= 0 { loops[depth].index = index }
            try bind(items[index], to: plan.pattern)
            try runList(plan.body)
        }
        if plan.stateSlot >= 0 { loops.removeLast() }
    }

    private mutating func bind(_ value: Value, to pattern: Pattern) throws(Failure) {
        switch pattern {
        case .slot(let slot): slots[base + Int(slot)] = value
        case .attribute(let owner, let symbol):
            try assign(value, to: program.symbols[Int(symbol)].name, of: try evaluate(owner))
        case .tuple(let patterns):
            let items = try elements(of: value)
            guard items.count == patterns.count else {
                throw Failure(
                    "\(patterns.count) names cannot take the \(items.count) elements of \(value.kindWithArticle)")
            }
            for (item, pattern) in zip(items, patterns) { try bind(item, to: pattern) }
        }
    }

    private mutating func assign(_ value: Value, to name: String, of owner: Value) throws(Failure) {
        guard case .reference(let reference) = owner, reference.kind == .namespace else {
            throw Failure(
                "only a namespace's attributes can be set, and this is \(owner.kindWithArticle)",
                hint: "make one with {% set name = namespace() %}")
        }
        guard !value.isNested(deeperThan: environment.limits.valueDepth) else {
            throw Failure("lists or dicts are nested more than \(environment.limits.valueDepth) deep")
        }
        namespaces[Int(reference.index)].set(.string(name), to: value)
    }

    /// What a loop goes through.
    func elements(of value: Value) throws(Failure) -> [Value] { try filterContext.elements(of: value) }

    /// Output of statements as a value; nothing of it stays in the page.
    mutating func capture(_ list: Int32) throws(Failure) -> Value {
        let start = output.count
        try runList(list)
        return try takeOutput(from: start)
    }

    mutating func takeOutput(from start: Int) throws(Failure) -> Value {
        try checkOutput()
        let text = String(utf8Bytes: output[start...])
        output.removeLast(output.count - start)
        return program.kind == .text ? .string(text) : .markup(text)
    }
}

extension Failure {
    /// The same failure with a place, unless it has one already.
    func at(_ origin: Int32) -> Failure {
        guard self.origin < 0 else { return self }
        var failure = self
        failure.origin = origin
        return failure
    }
}
