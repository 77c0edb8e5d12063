/// SQL of your own. Interpolated values are bound, never spliced into the text.
///
/// ```swift
/// let rows = try await Rows<String, Int>.raw("SELECT slug, view_count FROM posts WHERE view_count > \(limit)").all()
/// ```
public struct SQLText: Sendable, ExpressibleByStringInterpolation {
    fileprivate enum Piece: Sendable {
        case text(String)
        case value(SQLValue)
        /// Values as a column of this scale holds them.
        case stored([SQLValue], scale: Int?)
        case identifier(String)
        case list([SQLValue])
        case expression(SQLExpression)
    }

    private var pieces: [Piece] = []

    /// SQL without values.
    public init(stringLiteral text: String) { pieces = [.text(text)] }

    /// SQL with values.
    public init(stringInterpolation interpolation: StringInterpolation) { pieces = interpolation.pieces }

    /// Collects the text and the values of an interpolated literal.
    public struct StringInterpolation: StringInterpolationProtocol {
        fileprivate var pieces: [Piece] = []

        /// An empty interpolation.
        public init(literalCapacity: Int, interpolationCount: Int) {
            pieces.reserveCapacity(interpolationCount * 2 + 1)
        }

        /// Text as it stands.
        public mutating func appendLiteral(_ text: String) { pieces.append(.text(text)) }

        /// A value, bound. A decimal is refused with `.unsupported` on engines that store it as an integer: say in which column's
        /// scale, ``appendInterpolation(_:in:)``.
        public mutating func appendInterpolation(_ value: some ColumnValue) { pieces.append(.value(value.sqlValue)) }

        /// A value as a column holds it, bound: what a decimal needs, which some engines store as an integer of the column's scale.
        ///
        /// ```swift
        /// try await SQLText("UPDATE products SET price = \(price, in: \Product.Columns.price)").execute()
        /// ```
        public mutating func appendInterpolation<Row: Model, Value>(
            _ value: Value, in column: KeyPath<Row.Columns, Column<Row, Value>>
        ) {
            pieces.append(.stored([value.sqlValue], scale: Row.columns[keyPath: column].scale))
        }

        /// The values of an IN list as a column holds them, each bound: `WHERE price IN (\(list: prices, in: \Product.Columns.price))`.
        public mutating func appendInterpolation<Row: Model, Value>(
            list values: some Sequence<Value>, in column: KeyPath<Row.Columns, Column<Row, Value>>
        ) {
            pieces.append(.stored(values.map(\.sqlValue), scale: Row.columns[keyPath: column].scale))
        }

        /// An expression of the query that the text stands in: `Expr(raw: "\($0.title) GLOB \(pattern)")`.
        public mutating func appendInterpolation<Value>(_ expression: Expr<Value>) {
            pieces.append(.expression(expression.node))
        }

        /// The values of an IN list, bound: `WHERE id IN (\(list: ids))`.
        public mutating func appendInterpolation(list values: some Sequence<some ColumnValue>) {
            pieces.append(.list(values.map(\.sqlValue)))
        }

        /// The name of a table or column, quoted: `\(identifier: "order")`.
        public mutating func appendInterpolation(identifier name: String) { pieces.append(.identifier(name)) }
    }

    /// The expressions in it.
    var expressions: [SQLExpression] {
        pieces.compactMap { if case .expression(let expression) = $0 { expression } else { nil } }
    }

    /// The text as it stands, without what is interpolated.
    var plainText: String {
        pieces.reduce(into: "") { text, piece in
            if case .text(let part) = piece { text += part } else { text += " " }
        }
    }

    func write(_ writer: inout SQLWriter) {
        for piece in pieces {
            switch piece {
            case .text(let text): writer.raw(text)
            case .value(let value): writer.bind(value)
            case .stored(let values, let scale):
                writer.separated(values) { writer, value in
                    writer.value(SQLExpression.value(value).stored(in: scale, writer.dialect))
                }
            case .identifier(let name): writer.identifier(name)
            case .list(let values): writer.values(values)
            case .expression(let expression): writer.value(expression)
            }
        }
    }
}
