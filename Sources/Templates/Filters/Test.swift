/// A test, as in `x is odd`.
struct Test: Sendable {
    typealias Body = @Sendable (Value, FilterArguments, FilterContext) throws(Failure) -> Bool

    let signature: Signature
    let apply: Body

    init(_ parameters: [String] = [], _ apply: @escaping Body) {
        signature = Signature(parameters, required: parameters.count)
        self.apply = apply
    }

    static let all: [String: Test] = [
        "defined": Test { (value, _, _) in !value.isUndefined },
        "undefined": Test { (value, _, _) in value.isUndefined },
        "none": Test { (value, _, _) in
            if case .none = value { true } else { false }
        },
        "string": Test { (value, _, _) in value.stringValue != nil },
        "number": Test { (value, _, _) in value.doubleValue != nil },
        "mapping": Test { (value, _, _) in
            switch value {
            case .dict, .model: true
            default: false
            }
        },
        "sequence": Test { (value, _, _) in
            switch value {
            case .string, .markup, .list, .tuple, .dict: true
            default: false
            }
        },
        "iterable": Test { (value, _, _) throws(Failure) in
            switch value {
            case .string, .markup, .list, .tuple, .dict: true
            case .undefined(let undefined): throw Failure(undefined)
            default: false
            }
        },
        "odd": Test { (value, _, _) throws(Failure) in
            try Value.modulo(try number(value, "odd"), .int(2)).equals(.int(1))
        },
        "even": Test { (value, _, _) throws(Failure) in
            try Value.modulo(try number(value, "even"), .int(2)).equals(.int(0))
        },
        "divisibleby": Test(["num"]) { (value, arguments, _) throws(Failure) in
            let divisor = try number(try arguments.given(0) ?? .none, "divisibleby")
            return try Value.modulo(try number(value, "divisibleby"), divisor).equals(.int(0))
        },
        "eq": comparison(.equal), "ne": comparison(.notEqual), "lt": comparison(.less), "le": comparison(.lessOrEqual),
        "gt": comparison(.greater), "ge": comparison(.greaterOrEqual), "in": comparison(.isIn),
        "==": comparison(.equal), "!=": comparison(.notEqual), "<": comparison(.less), "<=": comparison(.lessOrEqual),
        ">": comparison(.greater), ">=": comparison(.greaterOrEqual),
    ]

    /// Tests of Jinja2 that we leave out on purpose: a message can say so.
    static let otherJinjaNames: Set<String> = [
        "boolean", "callable", "equalto", "escaped", "false", "filter", "float", "greaterthan", "integer", "lessthan",
        "lower", "sameas", "test", "true", "upper",
    ]

    private static func comparison(_ operation: Operation) -> Test {
        Test(["other"]) { (value, arguments, _) throws(Failure) in
            try Machine.compare(operation, value, try arguments.given(0) ?? .none)
        }
    }

    private static func number(_ value: Value, _ test: String) throws(Failure) -> Value {
        if case .undefined(let undefined) = value { throw Failure(undefined) }
        guard value.doubleValue != nil else { throw Failure("\(test) needs a number, not \(value.kindWithArticle)") }
        return value
    }
}
