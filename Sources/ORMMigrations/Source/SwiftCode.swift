/// A piece of Swift that knows how it is broken into lines: as `swift format` leaves it, at 120 columns.
indirect enum SwiftCode {
    /// What has no place to break.
    case text(String)
    /// A head and its arguments: `ColumnState("id", .integer)`. Labels are parts of the arguments.
    case call(String, [SwiftCode])
    /// Elements between brackets, behind a label.
    case array(String, [SwiftCode])

    /// How long a line may be.
    static let width = 120

    /// The code in one line.
    var line: String {
        switch self {
        case .text(let text): text
        case .call(let head, let arguments): "\(head)(\(arguments.map(\.line).joined(separator: ", ")))"
        case .array(let head, let elements): "\(head)[\(elements.map(\.line).joined(separator: ", "))]"
        }
    }

    /// The code behind so many columns, in as many lines as it needs. `tail` is how many characters follow in its last line.
    func lines(indent: Int, tail: Int = 0, from column: Int? = nil) -> String {
        let single = line
        if (column ?? indent) + single.count + tail <= Self.width || isAtom { return single }
        let inner = indent + 4
        let margin = "\n" + String(repeating: " ", count: inner)
        switch self {
        case .text: return single
        case .call(let head, let arguments):
            return "\(head)(" + Self.filled(arguments, indent: inner, tail: tail + 1) + ")"
        case .array(let head, let elements):
            // The formatter wants a comma behind the last element, but none behind the only one.
            let comma = elements.count > 1 ? "," : ""
            let body = elements.map { margin + $0.lines(indent: inner, tail: 1) + comma }.joined()
            return "\(head)[" + body + "\n" + String(repeating: " ", count: indent) + "]"
        }
    }

    private var isAtom: Bool {
        switch self {
        case .text: true
        case .call(_, let parts), .array(_, let parts): parts.isEmpty
        }
    }

    /// Arguments in lines that are as full as they can be; one that needs several lines has these for itself.
    private static func filled(_ arguments: [SwiftCode], indent: Int, tail: Int) -> String {
        let margin = "\n" + String(repeating: " ", count: indent)
        var text = ""
        var column = Self.width
        for (index, argument) in arguments.enumerated() {
            let isLast = index == arguments.count - 1
            let single = argument.line
            let end = isLast ? tail : 1
            if column + 1 + single.count + end <= Self.width {
                text += " " + single
                column += 1 + single.count
            } else {
                let lines = argument.lines(indent: indent, tail: end)
                text += margin + lines
                column = lines.contains("\n") ? Self.width : indent + lines.count
            }
            if !isLast {
                text += ","
                column += 1
            }
        }
        return text
    }
}

extension SwiftCode {
    /// A string's literal.
    static func string(_ text: String) -> String {
        var literal = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": literal += "\\\""
            case "\\": literal += "\\\\"
            case "\n": literal += "\\n"
            case "\r": literal += "\\r"
            case "\t": literal += "\\t"
            case _ where scalar.value < 0x20 || scalar.value == 0x7F:
                literal += "\\u{\(String(scalar.value, radix: 16))}"
            default: literal.unicodeScalars.append(scalar)
            }
        }
        return literal + "\""
    }

    /// The code behind a label.
    func labelled(_ label: String) -> SwiftCode {
        switch self {
        case .text(let text): .text("\(label): \(text)")
        case .call(let head, let arguments): .call("\(label): \(head)", arguments)
        case .array(let head, let elements): .array("\(label): \(head)", elements)
        }
    }
}
