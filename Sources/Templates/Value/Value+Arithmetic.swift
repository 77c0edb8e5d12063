/// Python's operators on values. Integers have 64 bits: what does not fit is an error.
extension Value {
    private static let tooLarge = Failure("the number is too large: integers have 64 bits")

    static func add(_ left: Value, _ right: Value) throws(Failure) -> Value {
        switch (left, right) {
        case (.int(let a), .int(let b)): return try checked(a.addingReportingOverflow(b))
        case (.string(let a), .string(let b)): return .string(a + b)
        case (.markup(let a), .markup(let b)): return .markup(a + b)
        case (.markup(let a), .string(let b)): return .markup(a + Escaping.html(b))
        case (.string(let a), .markup(let b)): return .markup(Escaping.html(a) + b)
        case (.list(let a), .list(let b)): return .list(a + b)
        case (.tuple(let a), .tuple(let b)): return .tuple(a + b)
        default:
            if let a = left.intValue, let b = right.intValue { return try checked(a.addingReportingOverflow(b)) }
            if let a = left.doubleValue, let b = right.doubleValue { return .double(a + b) }
            throw mismatch("+", left, right)
        }
    }

    static func subtract(_ left: Value, _ right: Value) throws(Failure) -> Value {
        if let a = left.intValue, let b = right.intValue { return try checked(a.subtractingReportingOverflow(b)) }
        if let a = left.doubleValue, let b = right.doubleValue { return .double(a - b) }
        throw mismatch("-", left, right)
    }

    static func multiply(_ left: Value, _ right: Value, limit: Int) throws(Failure) -> Value {
        if let a = left.intValue, let b = right.intValue { return try checked(a.multipliedReportingOverflow(by: b)) }
        if let a = left.doubleValue, let b = right.doubleValue { return .double(a * b) }
        if let count = right.intValue { return try left.repeated(count, limit, right) }
        if let count = left.intValue { return try right.repeated(count, limit, left) }
        throw mismatch("*", left, right)
    }

    private func repeated(_ count: Int, _ limit: Int, _ other: Value) throws(Failure) -> Value {
        let count = Swift.max(0, count)
        func check(_ size: Int) throws(Failure) {
            let (total, overflow) = size.multipliedReportingOverflow(by: count)
            if overflow || total > limit { throw Failure("the result of * is too large") }
        }
        switch self {
        case .string(let text):
            try check(text.utf8.count)
            return .string(String(repeating: text, count: count))
        case .markup(let text):
            try check(text.utf8.count)
            return .markup(String(repeating: text, count: count))
        case .list(let items):
            try check(items.count)
            return .list(Array(repeatElement(items, count: count).joined()))
        case .tuple(let items):
            try check(items.count)
            return .tuple(Array(repeatElement(items, count: count).joined()))
        default: throw Self.mismatch("*", self, other)
        }
    }

    static func divide(_ left: Value, _ right: Value) throws(Failure) -> Value {
        guard let a = left.doubleValue, let b = right.doubleValue else { throw mismatch("/", left, right) }
        guard b != 0 else { throw Failure("division by zero") }
        return .double(a / b)
    }

    static func floorDivide(_ left: Value, _ right: Value) throws(Failure) -> Value {
        if let a = left.intValue, let b = right.intValue {
            guard b != 0 else { throw Failure("division by zero") }
            let (quotient, overflow) = a.dividedReportingOverflow(by: b)
            if overflow { throw tooLarge }
            return .int(a % b != 0 && (a < 0) != (b < 0) ? quotient - 1 : quotient)
        }
        guard let a = left.doubleValue, let b = right.doubleValue else { throw mismatch("//", left, right) }
        guard b != 0 else { throw Failure("division by zero") }
        return .double(((a - floorModulo(a, b)) / b).rounded(.toNearestOrEven))
    }

    static func modulo(_ left: Value, _ right: Value) throws(Failure) -> Value {
        if let a = left.intValue, let b = right.intValue {
            guard b != 0 else { throw Failure("division by zero") }
            if b == -1 { return .int(0) }
            let remainder = a % b
            return .int(remainder != 0 && (remainder < 0) != (b < 0) ? remainder + b : remainder)
        }
        if left.stringValue != nil { throw Failure("% does not format text here", hint: "use the filter format") }
        guard let a = left.doubleValue, let b = right.doubleValue else { throw mismatch("%", left, right) }
        guard b != 0 else { throw Failure("division by zero") }
        return .double(floorModulo(a, b))
    }

    /// The remainder with the divisor's sign.
    private static func floorModulo(_ a: Double, _ b: Double) -> Double {
        let remainder = a.truncatingRemainder(dividingBy: b)
        if remainder == 0 { return Double(signOf: b, magnitudeOf: 0) }
        return (remainder < 0) != (b < 0) ? remainder + b : remainder
    }

    static func power(_ left: Value, _ right: Value) throws(Failure) -> Value {
        if let base = left.intValue, let exponent = right.intValue, exponent >= 0 {
            return .int(try integerPower(base, exponent))
        }
        guard let base = left.doubleValue, let exponent = right.doubleValue else { throw mismatch("**", left, right) }
        if base == 0, exponent < 0 { throw Failure("division by zero: 0 has no negative power") }
        if base < 0, exponent.rounded() != exponent { throw Failure("a negative number has no fractional power here") }
        let result = CLibrary.power(base, exponent)
        if result.isInfinite, base.isFinite, exponent.isFinite { throw Failure("the result of ** is too large") }
        return .double(result)
    }

    private static func integerPower(_ base: Int, _ exponent: Int) throws(Failure) -> Int {
        // The only bases whose large powers fit; without them a large exponent would run long.
        if base == 0 || base == 1 { return exponent == 0 ? 1 : base }
        if base == -1 { return exponent % 2 == 0 ? 1 : -1 }
        guard exponent < 64 else { throw tooLarge }
        var result = 1
        for _ in 0..<exponent {
            let (product, overflow) = result.multipliedReportingOverflow(by: base)
            if overflow { throw tooLarge }
            result = product
        }
        return result
    }

    static func negative(_ value: Value) throws(Failure) -> Value {
        if let integer = value.intValue { return try checked(0.subtractingReportingOverflow(integer)) }
        if let double = value.doubleValue { return .double(-double) }
        if case .undefined(let undefined) = value { throw Failure(undefined) }
        throw Failure("\(value.kindWithArticle) has no negative")
    }

    static func positive(_ value: Value) throws(Failure) -> Value {
        if let integer = value.intValue { return .int(integer) }
        if value.doubleValue != nil { return value }
        if case .undefined(let undefined) = value { throw Failure(undefined) }
        throw Failure("+ needs a number, not \(value.kindWithArticle)")
    }

    /// Whether this value is an element, a key or a part of the other.
    func isContained(in container: Value) throws(Failure) -> Bool {
        switch container {
        case .string(let text), .markup(let text):
            if case .undefined(let undefined) = self { throw Failure(undefined) }
            guard let part = stringValue else { throw Failure("\(kindWithArticle) cannot be in a string") }
            return part.isEmpty || text.firstRange(ofBytes: part) != nil
        case .list(let items), .tuple(let items):
            for item in items where try item.equals(self) { return true }
            return false
        case .dict(let dict):
            if case .undefined(let undefined) = self { throw Failure(undefined) }
            return dict[self] != nil
        case .undefined(let undefined): throw Failure(undefined)
        case .lazy(let compute): return try isContained(in: compute())
        default: throw Failure("nothing can be in \(container.kindWithArticle)")
        }
    }

    private static func checked(_ result: (partialValue: Int, overflow: Bool)) throws(Failure) -> Value {
        if result.overflow { throw tooLarge }
        return .int(result.partialValue)
    }

    private static func mismatch(_ operation: String, _ left: Value, _ right: Value) -> Failure {
        if case .undefined(let undefined) = left { return Failure(undefined) }
        if case .undefined(let undefined) = right { return Failure(undefined) }
        var failure = Failure("\(operation) does not work between \(left.kindWithArticle) and \(right.kindWithArticle)")
        if operation == "+", left.stringValue != nil || right.stringValue != nil {
            failure.hint = "use ~ to join texts"
        }
        return failure
    }
}

extension Double {
    fileprivate init(signOf sign: Double, magnitudeOf magnitude: Double) {
        self = Double(sign: sign.sign, exponent: 0, significand: 1) * magnitude
    }
}
