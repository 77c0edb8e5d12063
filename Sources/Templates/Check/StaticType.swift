/// What is known of a value without rendering.
struct StaticType: Hashable, Sendable {
    indirect enum Kind: Hashable, Sendable {
        /// Nothing is known, and so nothing is reported.
        case any
        /// None and only none.
        case nothing
        case undefined(Missing)
        case flag, integer, number, text, markup, date
        /// A text that is the same at every rendering.
        case literal(String)
        case list(StaticType)
        case tuple([StaticType])
        /// Nil for keys that only data knows.
        case dictionary([String: StaticType]?)
        case object(ObjectType)
        /// What `groupby` makes.
        case group(key: StaticType, element: StaticType)
        case macro(MacroType)
        case module([String: StaticType])
        /// By the number of the check's table.
        case namespace(Int)
        case loop(StaticType)
    }

    /// Why something does not exist; the message of the error at render.
    struct Missing: Hashable, Sendable {
        var message: String
        var wanted: String?
        var known: [String] = []
        /// Whether it is a field that the owner's type never has, rather than a name.
        var isField = false
    }

    struct MacroType: Hashable, Sendable {
        let index: Int32
        let frame: Int32
        let serial: Int
    }

    var kind: Kind
    var mayBeNone = false
    /// May be undefined at render: that `is defined` asks for it makes sense, and using it is not held against the template.
    var mayBeUndefined = false

    init(_ kind: Kind, mayBeNone: Bool = false, mayBeUndefined: Bool = false) {
        self.kind = kind
        self.mayBeNone = mayBeNone
        self.mayBeUndefined = mayBeUndefined
    }

    static let any = StaticType(.any)
    static let flag = StaticType(.flag)
    static let integer = StaticType(.integer)
    static let number = StaticType(.number)
    static let text = StaticType(.text)
    static let markup = StaticType(.markup)
    static func list(_ element: StaticType) -> StaticType { StaticType(.list(element)) }
}

/// A view model, and which of its optional fields are known to be there.
struct ObjectType: Hashable, Sendable {
    let shape: Shape
    var present: Set<String> = []

    static func == (left: ObjectType, right: ObjectType) -> Bool {
        left.shape === right.shape && left.present == right.present
    }

    func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(shape)) }
}

extension StaticType {
    /// The type that a view model's field declares.
    init(declared type: FieldType) {
        switch type {
        case .text, .url: self.init(.text)
        case .markup: self.init(.markup)
        case .integer: self.init(.integer)
        case .number: self.init(.number)
        case .flag: self.init(.flag)
        case .date: self.init(.date)
        case .list(let element): self.init(.list(StaticType(declared: element)))
        case .object(let shape): self.init(.object(ObjectType(shape: shape())))
        case .optional(let wrapped):
            self.init(declared: wrapped)
            mayBeNone = true
        case .dictionary: self.init(.dictionary(nil))
        }
    }

    /// The type of a value that is known at load.
    init(of value: Value) {
        switch value {
        case .none: self.init(.nothing, mayBeNone: true)
        case .bool: self.init(.flag)
        case .int: self.init(.integer)
        case .double: self.init(.number)
        case .string(let text): self.init(.literal(text))
        case .markup: self.init(.markup)
        case .date: self.init(.date)
        case .list(let items): self.init(.list(Self.joined(items.map { StaticType(of: $0) })))
        case .tuple(let items): self.init(.tuple(items.map { StaticType(of: $0) }))
        case .dict(let dict):
            var fields: [String: StaticType] = [:]
            for (key, value) in zip(dict.keys, dict.values) {
                if let name = key.stringValue { fields[name] = StaticType(of: value) }
            }
            self.init(.dictionary(fields))
        case .model(let model): self.init(.object(ObjectType(shape: model.shape)))
        case .undefined(let undefined) where undefined.isLenient: self.init(.literal(""))
        case .undefined(let undefined):
            let candidates = undefined.candidates
            var wanted = candidates?.wanted
            if case .name(let name) = undefined.reason { wanted = name }
            self.init(.undefined(Missing(message: undefined.message, wanted: wanted, known: candidates?.known ?? [])))
        case .lazy, .reference: self.init(.any)
        }
    }

    // MARK: Questions

    var isText: Bool {
        switch kind {
        case .text, .markup, .literal: true
        default: false
        }
    }

    var isNumber: Bool {
        switch kind {
        case .integer, .number, .flag: true
        default: false
        }
    }

    var isAny: Bool { kind == .any }

    var missing: Missing? {
        if case .undefined(let missing) = kind { return missing }
        return nil
    }

    /// The same without none.
    var present: StaticType {
        var type = self
        type.mayBeNone = false
        if kind == .nothing { type.kind = .any }
        return type
    }

    /// What is sorted, joined or gone through; nil for what has no elements.
    var element: StaticType? {
        switch kind {
        case .any: .any
        case .list(let element): element
        case .tuple(let items): Self.joined(items)
        case .text, .markup, .literal: .text
        case .dictionary(let fields): fields == nil ? .any : .text
        case .group: .any
        default: nil
        }
    }

    /// As messages at render name it: "a list".
    var described: String {
        switch kind {
        case .any: "a value"
        case .nothing: "none"
        case .undefined: "an undefined value"
        case .flag: "a boolean"
        case .integer: "an integer"
        case .number: "a number"
        case .text, .literal: "a string"
        case .markup: "markup"
        case .date: "a date"
        case .list: "a list"
        case .tuple: "a tuple"
        case .dictionary: "a dict"
        case .object(let object): "\"\(object.shape.name)\""
        case .group: "\"group\""
        case .macro: "a macro"
        case .module: "an imported template"
        case .namespace: "a namespace"
        case .loop: "a loop"
        }
    }

    // MARK: Joining

    /// What is known of a value that is one of these.
    static func joined(_ types: [StaticType]) -> StaticType {
        guard var result = types.first else { return .any }
        for type in types.dropFirst() { result = result.joined(type) }
        return result
    }

    func joined(_ other: StaticType) -> StaticType {
        var result = StaticType(
            kind, mayBeNone: mayBeNone || other.mayBeNone, mayBeUndefined: mayBeUndefined || other.mayBeUndefined)
        switch (kind, other.kind) {
        case (let a, let b) where a == b: break
        case (.undefined, .undefined): break
        case (_, .nothing): break
        case (.nothing, let b): result.kind = b
        case (_, .undefined): result.mayBeUndefined = true
        case (.undefined, let b):
            result.kind = b
            result.mayBeUndefined = true
        case (.integer, .number), (.number, .integer): result.kind = .number
        case (.literal, .literal), (.literal, .text), (.text, .literal): result.kind = .text
        case (.list(let a), .list(let b)): result.kind = .list(a.joined(b))
        case (.object(let a), .object(let b)) where a.shape === b.shape:
            result.kind = .object(ObjectType(shape: a.shape, present: a.present.intersection(b.present)))
        default: result.kind = .any
        }
        return result
    }
}
