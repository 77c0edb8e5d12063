extension Filter {
    /// Filters that take or make a number.
    static let numbers: [String: Filter] = [
        "abs": Filter { (input, _, _) throws(Failure) in
            if let integer = input.intValue {
                guard integer != .min else { throw Failure("the number is too large: integers have 64 bits") }
                return .int(abs(integer))
            }
            guard let double = input.doubleValue else {
                throw Failure("abs needs a number, not \(input.kindWithArticle)")
            }
            return .double(abs(double))
        },
        "int": Filter(["default", "base"]) { (input, arguments, _) throws(Failure) in
            let base = try arguments.integer(1, "the base", default: 10)
            if let text = input.stringValue, let integer = try PythonNumber.integer(text, base: base) {
                return .int(integer)
            }
            if let integer = input.intValue { return .int(integer) }
            let double = input.stringValue.map { PythonNumber.double($0) } ?? input.doubleValue
            if let double, let integer = Int(exactly: double.rounded(.towardZero)) { return .int(integer) }
            if let double, double.isFinite { throw Failure("the number is too large: integers have 64 bits") }
            return try arguments.given(0) ?? .int(0)
        },
        "float": Filter(["default"]) { (input, arguments, _) throws(Failure) in
            let double = input.stringValue.map { PythonNumber.double($0) } ?? input.doubleValue
            if let double { return .double(double) }
            return try arguments.given(0) ?? .double(0)
        },
        "round": Filter(["precision", "method"]) { (input, arguments, _) throws(Failure) in
            let precision = try arguments.integer(0, "the precision", default: 0)
            let method = try arguments.text(1, "the method", default: "common")
            return try PythonNumber.rounded(input, precision: precision, method: method)
        },
        "sum": Filter(["attribute", "start"]) { (input, arguments, context) throws(Failure) in
            var total = try arguments.given(1) ?? .int(0)
            let attribute = try arguments.given(0)
            if total.stringValue != nil { throw Failure("sum adds numbers, not texts", hint: "use the filter join") }
            for item in try context.elements(of: input) {
                var value = item
                if let attribute, !attribute.isAbsent { value = try context.attribute(path: attribute, of: item) }
                total = try Value.add(total, value)
            }
            return total
        },
    ]
}

/// Python's reading and rounding of numbers.
enum PythonNumber {
    /// `int(text, base)`; nil if the text is not such a number.
    static func integer(_ text: String, base: Int) throws(Failure) -> Int? {
        guard base == 0 || (2...36).contains(base) else { throw Failure("the base is 0 or between 2 and 36") }
        var digits = Substring(asciiDigits(PythonText.trimmed(text) { Whitespace.contains($0) }))
        var isNegative = false
        if digits.first == "-" || digits.first == "+" { isNegative = digits.removeFirst() == "-" }
        var radix = base
        let prefixes: [(String, Int)] = [("0x", 16), ("0o", 8), ("0b", 2)]
        for (prefix, prefixBase) in prefixes
        where digits.prefix(2).lowercased() == prefix && (base == prefixBase || base == 0) {
            radix = prefixBase
            digits = digits.dropFirst(2)
            if digits.first == "_" { digits.removeFirst() }
        }
        if radix == 0 {
            radix = 10
            if digits.first == "0", digits.contains(where: { $0 != "0" && $0 != "_" }) { return nil }
        }
        guard isPlainNumber(digits) else { return nil }
        let plain = digits.filter { $0 != "_" }
        guard plain.first != "+", plain.first != "-" else { return nil }
        if let value = Int((isNegative ? "-" : "") + plain, radix: radix) { return value }
        let isNumber = !plain.isEmpty && plain.allSatisfy { $0.isASCII && Int(String($0), radix: radix) != nil }
        if isNumber { throw Failure("the number is too large: integers have 64 bits") }
        return nil
    }

    /// `float(text)`; nil if the text is not a number.
    static func double(_ text: String) -> Double? {
        let trimmed = asciiDigits(PythonText.trimmed(text) { Whitespace.contains($0) })
        let lower = trimmed.lowercased()
        let unsigned = lower.first == "+" || lower.first == "-" ? String(lower.dropFirst()) : lower
        if ["inf", "infinity", "nan"].contains(unsigned) { return Double(lower) }
        guard isPlainNumber(Substring(unsigned)), let first = unsigned.first, first.isNumber || first == ".",
            unsigned.utf8.allSatisfy({ (0x30...0x39).contains($0) || "._e+-".utf8.contains($0) }),
            unsigned.contains(where: { $0.isNumber })
        else { return nil }
        var digits = lower.filter { $0 != "_" }
        // Swift wants a digit on each side of the point.
        digits = digits.replacingPointsWithoutDigits()
        return Double(digits)
    }

    /// Decimal digits of every script as those of ASCII.
    private static func asciiDigits(_ text: String) -> String {
        if text.utf8.allSatisfy({ $0 < 0x80 }) { return text }
        return String(
            scalars: text.unicodeScalars.map { scalar in
                guard scalar.properties.generalCategory == .decimalNumber, let value = scalar.properties.numericValue
                else { return scalar }
                return Unicode.Scalar(UInt8(ascii: "0") + UInt8(value))
            })
    }

    /// Underscores stand only between digits.
    private static func isPlainNumber(_ text: Substring) -> Bool {
        !text.isEmpty && text.first != "_" && text.last != "_" && !text.contains("__")
            && !text.contains("_.") && !text.contains("._") && !text.contains("_e") && !text.contains("e_")
    }

    static func rounded(_ value: Value, precision: Int, method: String) throws(Failure) -> Value {
        guard ["common", "ceil", "floor"].contains(method) else {
            throw Failure("the method of round is \"common\", \"ceil\" or \"floor\"")
        }
        guard (-300...300).contains(precision) else { throw Failure("the precision of round is too large") }
        guard let double = value.doubleValue else {
            throw Failure("round needs a number, not \(value.kindWithArticle)")
        }
        if method != "common" {
            let factor = CLibrary.power(10, Double(precision))
            return .double((double * factor).rounded(method == "ceil" ? .up : .down) / factor)
        }
        if let integer = value.intValue {
            return .int(precision >= 0 ? integer : try roundedInteger(integer, -precision))
        }
        guard double.isFinite else { return value }
        if precision >= 0 {
            // The digits of the exact binary value, rounded half to even: what Python does as well.
            return .double(Double(CLibrary.formatted(double, precision: precision)) ?? double)
        }
        let unit = CLibrary.power(10, Double(-precision))
        return .double((double / unit).rounded(.toNearestOrEven) * unit)
    }

    private static func roundedInteger(_ integer: Int, _ zeros: Int) throws(Failure) -> Int {
        guard zeros < 19, let unit = try Value.power(.int(10), .int(zeros)).intValue else { return 0 }
        let remainder = ((integer % unit) + unit) % unit
        let lower = integer - remainder
        let isUp = remainder * 2 > unit || (remainder * 2 == unit && (lower / unit) % 2 != 0)
        return isUp ? lower + unit : lower
    }
}

extension String {
    fileprivate func replacingPointsWithoutDigits() -> String {
        var result = ""
        var previous: Character?
        let characters = Array(self)
        for (index, character) in characters.enumerated() {
            if character == ".", previous?.isNumber != true { result.append("0") }
            result.append(character)
            if character == ".", index + 1 == characters.count || !characters[index + 1].isNumber { result.append("0") }
            previous = character
        }
        return result
    }
}
