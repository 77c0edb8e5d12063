/// Python's `%` formatting for the filter `format`: `%[(name)][flags][width][.precision]` and one of `s d i u f F e E g G x X o c`.
enum PercentFormat {
    private struct Field {
        var flags = ""
        var width = 0
        var precision: Int?
        var name: String?
    }

    static func format(
        _ input: Value, _ arguments: FilterArguments, _ context: FilterContext
    ) throws(Failure) -> String {
        let format = try input.printed()
        if !arguments.extra.isEmpty, !arguments.named.isEmpty {
            throw Failure("format takes positional or named values, not both")
        }
        var scalars = Array(format.unicodeScalars)[...]
        var result = ""
        var used = 0
        func value(_ field: Field) throws(Failure) -> Value {
            if let name = field.name {
                guard let named = arguments.named.first(where: { $0.name == name }) else {
                    throw Failure("format is given no value \"\(name)\"")
                }
                return named.value
            }
            guard used < arguments.extra.count else { throw Failure("format is given too few values") }
            used += 1
            return arguments.extra[used - 1]
        }
        while let scalar = scalars.popFirst() {
            guard scalar == "%" else {
                result.unicodeScalars.append(scalar)
                continue
            }
            var field = try self.field(&scalars)
            guard let conversion = scalars.popFirst() else { throw Failure("the format ends after %") }
            if conversion == "%" {
                result += "%"
                continue
            }
            if field.width == -1 {
                guard let width = try value(Field()).intValue else { throw Failure("* in a format takes an integer") }
                if width < 0 { field.flags += "-" }
                field.width = Int(clamping: width.magnitude)
            }
            try context.checkSize(max(field.width, field.precision ?? 0) + result.utf8.count)
            result += try text(of: try value(field), field, conversion, escapes: input.isMarkup)
        }
        if arguments.named.isEmpty, used < arguments.extra.count { throw Failure("format is given too many values") }
        return result
    }

    private static func field(_ scalars: inout ArraySlice<Unicode.Scalar>) throws(Failure) -> Field {
        var field = Field()
        if scalars.first == "(" {
            guard let end = scalars.firstIndex(of: ")") else { throw Failure("a name in the format has no )") }
            field.name = String(scalars: scalars[(scalars.startIndex + 1)..<end])
            scalars = scalars[(end + 1)...]
        }
        while let flag = scalars.first, "-+ #0".unicodeScalars.contains(flag) {
            field.flags.unicodeScalars.append(flag)
            scalars.removeFirst()
        }
        if scalars.first == "*" {
            scalars.removeFirst()
            field.width = -1
        } else {
            field.width = try number(&scalars)
        }
        if scalars.first == "." {
            scalars.removeFirst()
            field.precision = try number(&scalars)
        }
        while let length = scalars.first, "hlL".unicodeScalars.contains(length) { scalars.removeFirst() }
        return field
    }

    private static func number(_ scalars: inout ArraySlice<Unicode.Scalar>) throws(Failure) -> Int {
        var number = 0
        while let digit = scalars.first?.value, (0x30...0x39).contains(digit) {
            number = number * 10 + Int(digit - 0x30)
            guard number < 1 << 20 else { throw Failure("a width in the format is too large") }
            scalars.removeFirst()
        }
        return number
    }

    private static func text(
        of value: Value, _ field: Field, _ conversion: Unicode.Scalar, escapes: Bool
    ) throws(Failure) -> String {
        switch conversion {
        case "s":
            var text = try value.printed()
            if escapes, !value.isMarkup { text = Escaping.html(text) }
            if let precision = field.precision { text = String(scalars: text.unicodeScalars.prefix(precision)) }
            return padded(text, field, sign: "", isNumber: false)
        case "d", "i", "u":
            guard let number = value.intValue ?? value.doubleValue.flatMap({ Int(exactly: $0.rounded(.towardZero)) })
            else {
                throw Failure("%\(conversion) needs a number, not \(value.kindWithArticle)")
            }
            return integer(number, 10, "", field)
        case "x", "X", "o":
            guard let number = value.intValue else {
                throw Failure("%\(conversion) needs an integer, not \(value.kindWithArticle)")
            }
            let prefix = field.flags.contains("#") ? "0\(conversion)" : ""
            let text = integer(number, conversion == "o" ? 8 : 16, prefix, field)
            return conversion == "X" ? text.uppercased() : text
        case "f", "F", "e", "E", "g", "G":
            guard let number = value.doubleValue else {
                throw Failure("%\(conversion) needs a number, not \(value.kindWithArticle)")
            }
            let alternate = field.flags.contains("#") ? "#" : ""
            let digits = CLibrary.formatted(
                number.magnitude, flags: alternate, precision: field.precision ?? 6, conversion: Character(conversion))
            let isNegative = number.sign == .minus && !number.isNaN
            return padded(digits, field, sign: sign(isNegative, field), isNumber: number.isFinite)
        case "c":
            if let text = value.stringValue, text.scalarCount == 1 {
                return padded(text, field, sign: "", isNumber: false)
            }
            guard let code = value.intValue, let scalar = UInt32(exactly: code).flatMap(Unicode.Scalar.init) else {
                throw Failure("%c needs one character or its number")
            }
            return padded(String(Character(scalar)), field, sign: "", isNumber: false)
        default: throw Failure("format has no %\(conversion)", hint: "there are %s %d %f %e %g %x %o %c and %%")
        }
    }

    private static func integer(_ number: Int, _ radix: Int, _ prefix: String, _ field: Field) -> String {
        var digits = String(number.magnitude, radix: radix)
        if let precision = field.precision, digits.count < precision {
            digits = String(repeating: "0", count: precision - digits.count) + digits
        }
        return padded(digits, field, sign: sign(number < 0, field) + prefix, isNumber: true)
    }

    private static func sign(_ isNegative: Bool, _ field: Field) -> String {
        if isNegative { return "-" }
        if field.flags.contains("+") { return "+" }
        return field.flags.contains(" ") ? " " : ""
    }

    private static func padded(_ text: String, _ field: Field, sign: String, isNumber: Bool) -> String {
        let missing = max(0, field.width - text.scalarCount - sign.count)
        if field.flags.contains("-") { return sign + text + String(repeating: " ", count: missing) }
        if isNumber, field.flags.contains("0") { return sign + String(repeating: "0", count: missing) + text }
        return String(repeating: " ", count: missing) + sign + text
    }
}
