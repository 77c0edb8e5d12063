/// An error inside the engine, on its way to a ``TemplateError``: it learns its place from the node that it passes first.
struct Failure: Error {
    var message: String
    var hint: String?
    /// Index into the program's origins; -1 until a node adds its own.
    var origin: Int32 = -1
    /// Origins of the macro calls under way, innermost first.
    var calls: [Int32] = []
    /// A name that could be meant, looked for among `known` when the error is shown.
    var wanted: String?
    var known: [String] = []

    init(_ message: String, hint: String? = nil) {
        self.message = message
        self.hint = hint
    }

    init(_ undefined: Undefined) {
        message = undefined.message
        if let candidates = undefined.candidates {
            wanted = candidates.wanted
            known = candidates.known
        }
        switch undefined.reason {
        case .name(let name): wanted = name
        case .attribute, .item, .argument, .noElse, .noItem: break
        }
    }
}
