/// How a dialect writes a function: text with places for the arguments, which may come in any order and more than once.
///
/// ```swift
/// let spelling: FunctionSpelling = "SUBSTR(\(0), \(1))"
/// let variadic: FunctionSpelling = "COALESCE(\(all: ", "))"
/// ```
public struct FunctionSpelling: Sendable, ExpressibleByStringInterpolation {
    enum Piece: Sendable {
        case text(String)
        case argument(Int)
        case arguments(separator: String)
    }

    let pieces: [Piece]

    /// The function of the driver's own that the text calls: their names start with `orm_`.
    var ownFunction: String? {
        for case .text(let text) in pieces {
            guard let start = text.firstRange(of: "orm_") else { continue }
            return String(text[start.lowerBound...].prefix { $0.isLetter || $0.isNumber || $0 == "_" })
        }
        return nil
    }

    /// Text without arguments.
    public init(stringLiteral text: String) { pieces = [.text(text)] }

    /// Text with arguments.
    public init(stringInterpolation interpolation: StringInterpolation) { pieces = interpolation.pieces }

    /// Collects the text and the places of an interpolated literal.
    public struct StringInterpolation: StringInterpolationProtocol {
        var pieces: [Piece] = []

        /// An empty interpolation.
        public init(literalCapacity: Int, interpolationCount: Int) {
            pieces.reserveCapacity(interpolationCount * 2 + 1)
        }

        /// Text as it stands.
        public mutating func appendLiteral(_ text: String) { pieces.append(.text(text)) }

        /// The place of an argument, counted from 0.
        public mutating func appendInterpolation(_ argument: Int) { pieces.append(.argument(argument)) }

        /// A word as it stands, such as the name of a function.
        public mutating func appendInterpolation(word: String) { pieces.append(.text(word)) }

        /// The place of all arguments, with a separator between them.
        public mutating func appendInterpolation(all separator: String) {
            pieces.append(.arguments(separator: separator))
        }
    }
}

extension SQLWriter {
    mutating func function(_ function: SQLFunction, _ arguments: [SQLExpression]) {
        guard let spelling = dialect.spelling(of: function, count: arguments.count) else {
            return refuse(.unsupported("\(function)", dialect: dialect.name, "\(dialect.name) has no \(function)"))
        }
        if let name = spelling.ownFunction { refuseOwnFunction(name) }
        for piece in spelling.pieces {
            switch piece {
            case .text(let text): raw(text)
            case .argument(let index): value(arguments[index])
            case .arguments(let separator): separated(arguments, by: separator) { $0.value($1) }
            }
        }
    }
}
