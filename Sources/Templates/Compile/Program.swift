/// One template compiled with everything it extends, includes and imports: flat tables that refer to each other by index.
///
/// Nodes are plain data without references, so that walking them touches no reference counts. A list of nodes is a count
/// in `children`, followed by that many indexes of nodes.
struct Program: Sendable {
    let kind: OutputKind
    let nodes: Flat<Node>
    let children: Flat<Int32>
    let constants: [Value]
    let text: Flat<UInt8>
    let symbols: [Symbol]
    let loops: [LoopPlan]
    let patterns: [Pattern]
    let calls: [CallPlan]
    let filters: [FilterPlan]
    let tests: [TestPlan]
    let macros: [MacroPlan]
    let origins: [Origin]
    /// Names that the template reads from its context.
    let inputs: [Input]
    let slotCount: Int
    let body: Int32

    struct Input: Sendable {
        let name: String
        let slot: Int32
        let missing: Value
    }
}

struct Node: Sendable {
    var operation: Operation
    var a: Int32 = 0
    var b: Int32 = 0
    var c: Int32 = 0
    /// Index into `Program.origins`.
    var origin: Int32
}

/// What a node does; `a`, `b` and `c` are its operands.
enum Operation: UInt8, Sendable {
    // Statements
    /// Bytes `a..<a+b` of the program's text.
    case text
    /// Expression a, escaped; b is the raw value of its `OutputPosition`.
    case output
    /// The same at the beginning of an address, where a script's scheme is taken out.
    case outputAddress
    /// Expression a, not escaped.
    case outputRaw
    /// Expression a, which is the filter `xmlescape`, in a page where its result stays as it is.
    case outputXMLEscape
    /// Condition a, list b, list c.
    case conditional
    /// Plan a.
    case loop
    /// Slot a, expression b.
    case assign
    /// Pattern a, expression b.
    case assignPattern
    /// Expression a (a namespace), symbol b, expression c.
    case assignAttribute
    /// Message: constant a.
    case fail
    /// List b, an include of the template of number a.
    case timed

    // Expressions
    case constant
    case local
    /// Slot a of the frame b links up.
    case outer
    /// Expression a, symbol b.
    case attribute
    case item
    /// Expression a, list b of three.
    case slice
    case list
    case tuple
    /// List a: keys and values in turn.
    case dictionary
    /// List a: keys and values in turn, without the undefined ones.
    case module
    case not, negative, positive
    case add, subtract, multiply, divide, floorDivide, modulo, power
    case equal, notEqual, less, lessOrEqual, greater, greaterOrEqual, isIn, isNotIn
    /// List a: operands; list b: operations in turn.
    case compareChain
    case and, or
    /// List a.
    case concatenate
    /// Condition a, then b, otherwise c or -1.
    case choose
    /// Expression a, plan b.
    case filter
    case test
    case isDefined, isUndefined
    /// Callee a, plan b.
    case call
    /// Owner a, symbol b, plan c.
    case callMember
    /// Function a, plan b.
    case function
    /// Macro a.
    case macro
    /// List a of statements, as markup.
    case capture
}

struct LoopPlan: Sendable {
    var sequence: Int32
    var pattern: Pattern
    var filter: Int32
    var body: Int32
    var otherwise: Int32
    /// Slot of the variable `loop`, -1 if nothing reads it.
    var stateSlot: Int32
}

indirect enum Pattern: Sendable {
    case slot(Int32)
    case tuple([Pattern])
    /// Slot of the namespace, symbol.
    case attribute(Int32, Int32)
}

// Plans with arrays in them are objects: a machine that follows one counts one reference, not those of all its parts.

final class CallPlan: Sendable {
    let positional: [Int32]
    let named: [(name: String, node: Int32)]
    /// The macro of a `call` block, -1 without one.
    let caller: Int32

    init(positional: [Int32], named: [(name: String, node: Int32)], caller: Int32) {
        self.positional = positional
        self.named = named
        self.caller = caller
    }
}

final class FilterPlan: Sendable {
    let name: String
    let filter: Filter
    let arguments: ArgumentPlan

    init(name: String, filter: Filter, arguments: ArgumentPlan) {
        self.name = name
        self.filter = filter
        self.arguments = arguments
    }
}

final class TestPlan: Sendable {
    let name: String
    let test: Test
    let arguments: ArgumentPlan

    init(name: String, test: Test, arguments: ArgumentPlan) {
        self.name = name
        self.test = test
        self.arguments = arguments
    }
}

/// Arguments bound to parameters at load; if all are constants, so is the result.
struct ArgumentPlan: Sendable {
    /// A node for each parameter, -1 where none is given.
    var nodes: [Int32]
    var extra: [Int32] = []
    var named: [(name: String, node: Int32)] = []
    var constant: FilterArguments?
}

final class MacroPlan: Sendable {
    let name: String
    let parameters: [String]
    /// -1 for none.
    let defaults: [Int32]
    let body: Int32
    let slotCount: Int
    /// -1 if the macro does not use `caller`.
    let callerSlot: Int32

    init(
        name: String, parameters: [String], defaults: [Int32] = [], body: Int32 = 0, slotCount: Int = 0,
        callerSlot: Int32 = -1
    ) {
        self.name = name
        self.parameters = parameters
        self.defaults = defaults
        self.body = body
        self.slotCount = slotCount
        self.callerSlot = callerSlot
    }
}

/// A place in a template, and the include or import that brought it here.
struct Origin: Sendable {
    let template: Int32
    let offset: Int32
    /// Index of the origin of that include or import, -1 for none.
    let parent: Int32
}

/// How values are escaped, decided by the ending of the page's template.
enum OutputKind: UInt8, Sendable {
    case html, xml, json, text

    init(templateName: String) {
        if templateName.hasSuffix(".html") || templateName.hasSuffix(".htm") {
            self = .html
        } else if templateName.hasSuffix(".xml") || templateName.hasSuffix(".svg") {
            self = .xml
        } else if templateName.hasSuffix(".json") {
            self = .json
        } else {
            self = .text
        }
    }

    /// Whether strings are escaped and captured output is markup, as under Jinja2's autoescape.
    var escapesMarkup: Bool { self == .html || self == .xml }
}
