import FoundationEssentials

/// Decimal numbers where the engine has none: a column of scale 2 holds hundredths, and so on. What an expression means then depends
/// on its scale, the number of digits behind the point that its integers stand for.
extension SQLExpression {
    /// The scale of a decimal expression; `nil` for an expression of another type.
    var scale: Int? {
        switch self {
        case .column(let path): path.scale
        case .stored(_, let scale): scale
        case .value(.decimal(let number)): number.fractionDigits
        case .output(_, let inner): inner.scale
        case .binary(let left, "*", let right, _, false): Self.sum(left.scale, right.scale)
        case .binary(let left, _, let right, _, false): Self.greatest([left, right])
        case .function(.coalesce, let arguments), .function(.least, let arguments), .function(.greatest, let arguments):
            Self.greatest(arguments)
        case .function(.absolute, let arguments), .function(.negate, let arguments): arguments.first?.scale
        case .choice(let branches, let otherwise): Self.greatest(branches.map(\.value) + (otherwise.map { [$0] } ?? []))
        case .aggregate(.sum, let operand, _, _), .aggregate(.min, let operand, _, _),
            .aggregate(.max, let operand, _, _):
            operand?.scale
        case .scalar(let query): query.projection.scale
        case .scalarSelect(let select): select.scale
        default: nil
        }
    }

    /// The expression with its operands brought to one scale, one level deep: operands are written by the same rules.
    var scalingDecimals: SQLExpression {
        switch self {
        case .value(.decimal): brought(to: scale ?? 0)
        case .binary(let left, let word, let right, let isNullable, let isPredicate) where word != "*":
            aligned([left, right]) { .binary($0[0], word, $0[1], isNullable: isNullable, isPredicate: isPredicate) }
        case .equal(let left, let right, let isNullable):
            aligned([left, right]) { .equal($0[0], $0[1], isNullable: isNullable) }
        case .function(let function, let arguments) where [.coalesce, .least, .greatest].contains(function):
            aligned(arguments) { .function(function, $0) }
        case .function(.cast(let type), let arguments): arguments.first?.cast(to: type) ?? self
        case .choice(let branches, let otherwise):
            if let scale {
                .choice(
                    branches.map { Branch(condition: $0.condition, value: $0.value.brought(to: scale)) },
                    otherwise: otherwise?.brought(to: scale))
            } else {
                self
            }
        case .inSelect(let operand, let select, let isNullable, let findsNull):
            aligned(operand, select) { .inSelect($0, $1, isNullable: isNullable, findsNull: findsNull) }
        case .inList(let operand, let values, let isNullable):
            if let scale = operand.scale {
                // A number that the scale cannot express equals none of the column's.
                .inList(operand, values.compactMap { $0.scaled(to: scale) }, isNullable: isNullable)
            } else {
                self
            }
        default: self
        }
    }

    /// The expression as a column of this scale is to hold it, where decimals are integers.
    func stored(in scale: Int?, _ dialect: any Dialect) -> SQLExpression {
        guard dialect.storesDecimalsAsIntegers, let scale, let own = self.scale else { return self }
        if case .value(.decimal(let number)) = self {
            // Never the double that a comparison makes do with.
            return number.scaled(scale).map { .value(.int($0)) }
                ?? .refused(
                    ORMError.unsupported(
                        "decimals of more than 18 digits", dialect: dialect.name,
                        "a decimal has more digits than its column stores exactly"))
        }
        guard own > scale else { return brought(to: scale) }
        // A product has more digits than its column: half a unit is rounded away from zero, as engines with decimals do.
        return .rescaled(self, by: own - scale)
    }

    /// The whole number 1 with so many zeros.
    static func power(of count: Int) -> String { "1" + String(repeating: "0", count: count) }

    /// The expression as one of a greater scale. A number that no 64-bit integer of that scale can express is compared as a double,
    /// which every integer of a column is less or greater than all the same.
    private func brought(to scale: Int) -> SQLExpression {
        if case .value(.decimal(let number)) = self {
            return number.scaled(scale).map { .value(.int($0)) }
                ?? .value(.double(Double("\(number)e\(scale)") ?? .infinity))
        }
        guard let own = self.scale, own < scale else { return self }
        return .binary(self, "*", .trusted(Self.power(of: scale - own)), isNullable: true, isPredicate: false)
    }

    private func aligned(_ operands: [SQLExpression], _ make: ([SQLExpression]) -> SQLExpression) -> SQLExpression {
        guard let scale = Self.greatest(operands) else { return self }
        return make(operands.map { $0.brought(to: scale) })
    }

    private func aligned(
        _ operand: SQLExpression, _ select: SelectStatement, _ make: (SQLExpression, SelectStatement) -> SQLExpression
    ) -> SQLExpression {
        guard operand.scale != select.scale else { return self }
        guard let own = operand.scale, let other = select.scale else {
            return .refused(
                .unsupported(
                    "a decimal compared with one of unknown scale",
                    "a decimal of SQL of your own has no scale to compare it by: select a column with the query builder"
                ))
        }
        let scale = Swift.max(own, other)
        return make(operand.brought(to: scale), select.brought(from: other, to: scale))
    }

    /// A decimal as another type; `nil` for an expression that is none.
    private func cast(to type: StorageType) -> SQLExpression? {
        guard let scale else { return nil }
        return switch type {
        case .real: .binary(self, "/", .trusted(Self.power(of: scale) + ".0"), isNullable: true, isPredicate: false)
        case .text: .digits(self, scale: scale)
        default: .binary(self, "/", .trusted(Self.power(of: scale)), isNullable: true, isPredicate: false)
        }
    }

    private static func greatest(_ operands: [SQLExpression]) -> Int? { operands.compactMap(\.scale).max() }

    private static func sum(_ left: Int?, _ right: Int?) -> Int? {
        left == nil && right == nil ? nil : (left ?? 0) + (right ?? 0)
    }
}

extension SelectStatement {
    /// The statement with its decimals, the first column, as ones of a greater scale.
    fileprivate func brought(from own: Int, to scale: Int) -> SelectStatement {
        guard own < scale else { return self }
        let write = write
        return SelectStatement(
            write: { writer, isNamed in
                writer.raw(
                    "SELECT scaled.c0 * \(SQLExpression.power(of: scale - own))\(isNamed ? " AS c0" : "") FROM (")
                write(&writer, true)
                writer.raw(") AS scaled")
            }, scale: scale, isWindowed: isWindowed)
    }
}

extension SQLValue {
    /// A decimal as an integer of this scale; `nil` when there is none.
    fileprivate func scaled(to scale: Int) -> SQLValue? {
        guard case .decimal(let number) = self else { return self }
        return number.scaled(scale).map { .int($0) }
    }
}
