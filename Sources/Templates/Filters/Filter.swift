/// A filter: its name in templates, its parameters and what it does.
struct Filter: Sendable {
    typealias Body = @Sendable (Value, FilterArguments, FilterContext) throws(Failure) -> Value

    let signature: Signature
    /// Most filters fail on an undefined value before they run.
    var acceptsUndefined = false
    let apply: Body

    init(_ parameters: [String] = [], required: Int = 0, acceptsUndefined: Bool = false, _ apply: @escaping Body) {
        signature = Signature(parameters, required: required)
        self.acceptsUndefined = acceptsUndefined
        self.apply = apply
    }

    init(_ signature: Signature, _ apply: @escaping Body) {
        self.signature = signature
        self.apply = apply
    }

    static let all: [String: Filter] = texts.merging(numbers) { first, _ in first }
        .merging(sequences) { first, _ in first }
        .merging(site) { first, _ in first }

    /// Filters of Jinja2 that we leave out on purpose, each with what to use instead, if there is something.
    static let otherJinjaNames: [String: String?] = [
        "count": "use length", "d": "use default", "e": "use escape", "filesizeformat": nil,
        "forceescape": "use xmlescape",
        "items": "use dictsort", "pprint": "use tojson", "random": nil, "urlize": "use markdown", "wordwrap": nil,
    ]
}

/// Parameters of a filter or a test.
struct Signature: Sendable {
    let parameters: [String]
    let required: Int
    /// Takes any further arguments as well.
    var isOpen = false
    /// Which of the further arguments names a filter or a test.
    var names: (position: Int, areTests: Bool)?

    init(_ parameters: [String] = [], required: Int = 0) {
        self.parameters = parameters
        self.required = required
    }

    static func open(names: (position: Int, areTests: Bool)? = nil) -> Signature {
        var signature = Signature()
        signature.isOpen = true
        signature.names = names
        return signature
    }

    var described: String {
        switch parameters.count {
        case 0: "no arguments"
        case 1: "1 argument"
        default: "\(parameters.count) arguments"
        }
    }
}

/// The values for a filter's parameters.
struct FilterArguments: Sendable {
    /// One for each parameter, nil where none was given.
    var values: [Value?] = []
    var extra: [Value] = []
    var named: [(name: String, value: Value)] = []

    func given(_ index: Int) throws(Failure) -> Value? {
        guard let value = values[index] else { return nil }
        if case .undefined(let undefined) = value { throw Failure(undefined) }
        return value
    }

    func text(_ index: Int, _ what: String, default standard: String) throws(Failure) -> String {
        guard let value = try given(index) else { return standard }
        guard let text = value.stringValue else { throw Failure("\(what) is a string, not \(value.kindWithArticle)") }
        return text
    }

    func integer(_ index: Int, _ what: String, default standard: Int) throws(Failure) -> Int {
        guard let value = try given(index) else { return standard }
        guard let integer = value.intValue else { throw Failure("\(what) is an integer, not \(value.kindWithArticle)") }
        return integer
    }

    func flag(_ index: Int, default standard: Bool) throws(Failure) -> Bool {
        guard let value = try given(index) else { return standard }
        return try value.isTrue()
    }
}
