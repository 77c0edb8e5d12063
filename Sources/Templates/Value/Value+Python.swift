/// Python's notions of truth, equality and order, which a Jinja template relies on.
extension Value {
    var isUndefined: Bool {
        if case .undefined = self { return true }
        return false
    }

    var isAbsent: Bool {
        switch self {
        case .undefined, .none: true
        default: false
        }
    }

    var isMarkup: Bool {
        if case .markup = self { return true }
        return false
    }

    /// The text of a string or of markup.
    var stringValue: String? {
        switch self {
        case .string(let text), .markup(let text): text
        default: nil
        }
    }

    /// An integer; Python's booleans are integers too.
    var intValue: Int? {
        switch self {
        case .int(let integer): integer
        case .bool(let flag): flag ? 1 : 0
        default: nil
        }
    }

    var doubleValue: Double? {
        switch self {
        case .double(let double): double
        default: intValue.map(Double.init)
        }
    }

    /// For messages: "a list".
    var kindWithArticle: String {
        switch self {
        case .none: "none"
        case .bool: "a boolean"
        case .int: "an integer"
        case .double: "a float"
        case .string: "a string"
        case .markup: "markup"
        case .date: "a date"
        case .list: "a list"
        case .tuple: "a tuple"
        case .dict: "a dict"
        case .model(let model): "\"\(model.shape.name)\""
        case .lazy(let compute): compute().kindWithArticle
        case .undefined: "an undefined value"
        case .reference(let reference):
            switch reference.kind {
            case .macro: "a macro"
            case .loop: "a loop"
            case .namespace: "a namespace"
            }
        }
    }

    /// Whether lists, tuples and dicts are inside of each other so deep that walking them could exhaust the stack.
    func isNested(deeperThan limit: Int) -> Bool {
        let parts: [Value]
        switch self {
        case .list(let items), .tuple(let items): parts = items
        case .dict(let dict): parts = dict.values
        default: return false
        }
        return limit <= 0 || parts.contains { $0.isNested(deeperThan: limit - 1) }
    }

    func isTrue() throws(Failure) -> Bool {
        switch self {
        case .none: false
        case .bool(let flag): flag
        case .int(let integer): integer != 0
        case .double(let double): double != 0
        case .string(let text), .markup(let text): !text.isEmpty
        case .list(let items), .tuple(let items): !items.isEmpty
        case .dict(let dict): dict.count > 0
        case .date, .model, .reference: true
        case .lazy(let compute): try compute().isTrue()
        case .undefined(let undefined): if undefined.isLenient { false } else { throw Failure(undefined) }
        }
    }

    func equals(_ other: Value) throws(Failure) -> Bool {
        switch (self, other) {
        case (.string(let a), .string(let b)), (.string(let a), .markup(let b)), (.markup(let a), .string(let b)),
            (.markup(let a), .markup(let b)):
            return a.utf8Equals(b)
        case (.int(let a), .int(let b)): return a == b
        case (.none, .none): return true
        case (.undefined(let a), .undefined(let b)) where a.isLenient && b.isLenient: return true
        case (.undefined(let undefined), _), (_, .undefined(let undefined)):
            if undefined.isLenient { return false }
            throw Failure(undefined)
        case (.lazy(let compute), _): return try compute().equals(other)
        case (_, .lazy(let compute)): return try self.equals(compute())
        case (.date(let a), .date(let b)): return a == b
        case (.list(let a), .list(let b)), (.tuple(let a), .tuple(let b)):
            guard a.count == b.count else { return false }
            for index in a.indices where try !a[index].equals(b[index]) { return false }
            return true
        case (.dict(let a), .dict(let b)):
            guard a.count == b.count else { return false }
            for (key, value) in zip(a.keys, a.values) {
                guard let counterpart = b[key], try value.equals(counterpart) else { return false }
            }
            return true
        case (.model(let a), .model(let b)): return a === b
        case (.reference(let a), .reference(let b)): return a == b
        default:
            if let a = intValue, let b = other.intValue { return a == b }
            guard let a = doubleValue, let b = other.doubleValue else { return false }
            return a == b
        }
    }

    /// Negative, zero or positive; an error for kinds that have no order between them.
    func compare(_ other: Value) throws(Failure) -> Int {
        switch (self, other) {
        case (.undefined(let undefined), _), (_, .undefined(let undefined)): throw Failure(undefined)
        case (.lazy(let compute), _): return try compute().compare(other)
        case (_, .lazy(let compute)): return try compare(compute())
        case (.date(let a), .date(let b)): return a < b ? -1 : a == b ? 0 : 1
        case (.list(let a), .list(let b)), (.tuple(let a), .tuple(let b)):
            for (left, right) in zip(a, b) where try !left.equals(right) { return try left.compare(right) }
            return (a.count - b.count).signum()
        default:
            if let a = stringValue, let b = other.stringValue { return a.utf8Compare(b) }
            if let a = intValue, let b = other.intValue { return a < b ? -1 : a == b ? 0 : 1 }
            // A NaN is neither; callers that ask for < or > treat 2 as "no".
            if let a = doubleValue, let b = other.doubleValue { return a < b ? -1 : a == b ? 0 : a > b ? 1 : 2 }
            throw Failure("\(kindWithArticle) and \(other.kindWithArticle) have no order")
        }
    }

    /// The text that a template prints, before escaping.
    func printed() throws(Failure) -> String {
        switch self {
        case .string(let text), .markup(let text): return text
        case .int(let integer): return String(integer)
        case .double(let double): return double.pythonText
        case .bool(let flag): return flag ? "True" : "False"
        case .none: return "None"
        case .lazy(let compute): return try compute().printed()
        case .undefined(let undefined):
            if undefined.isLenient { return "" }
            throw Failure(undefined)
        case .date:
            throw Failure(
                "a date cannot be printed as it is", hint: "use the filter date, for instance | date(\"iso\")")
        case .list, .tuple:
            throw Failure("a list cannot be printed", hint: "use a for loop, or the filter join or tojson")
        case .dict: throw Failure("a dict cannot be printed", hint: "use a for loop, or the filter tojson")
        case .model(let model):
            throw Failure("\"\(model.shape.name)\" cannot be printed", hint: "print one of its fields")
        case .reference: throw Failure("\(kindWithArticle) cannot be printed")
        }
    }
}

extension Double {
    /// As Python's `repr`, which both languages take from the shortest digits that read back the same.
    var pythonText: String { description }
}

extension String {
    /// Equal code points; Swift's `==` also takes canonically equivalent texts for equal.
    @inline(__always)
    func utf8Equals(_ other: String) -> Bool {
        guard utf8.count == other.utf8.count else { return false }
        let isEqual = utf8.withContiguousStorageIfAvailable { left in
            other.utf8.withContiguousStorageIfAvailable { right in
                for index in left.indices where left[index] != right[index] { return false }
                return true
            }
        }
        return (isEqual ?? nil) ?? utf8.elementsEqual(other.utf8)
    }

    /// The order of code points, which is that of UTF-8 bytes.
    func utf8Compare(_ other: String) -> Int {
        if utf8.lexicographicallyPrecedes(other.utf8) { return -1 }
        return utf8.elementsEqual(other.utf8) ? 0 : 1
    }
}
