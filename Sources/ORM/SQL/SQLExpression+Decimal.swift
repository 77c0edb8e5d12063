import FoundationEssentials

/// Decimal numbers where the engine has none: a column of scale 2 holds hundredths, and so on. What an expression means then depends
/// on its scale, the number of digits behind the point that its integers stand for.
extension SQLExpression {
    /// The scale of a decimal expression; `nil` for an expression of another type.
    var scale: Int? {
        switch self {
        case .column(let path): path.scale
        case .value(.decimal(let number)): number.fractionDigits
        case .binary(let left, "*", let right, _, false): Self.sum(left.scale, right.scale)
        case .binary(let left, _, let right, _, false): Self.greatest([left, right])
        case .function("COALESCE", let arguments), .function("MIN", let arguments), .function("MAX", let arguments):
            Self.greatest(arguments)
        case .function("ABS", let arguments): arguments.first?.scale
        case .aggregate(.sum, let operand, _), .aggregate(.min, let operand, _), .aggregate(.max, let operand, _):
            operand?.scale
        case .scalar(let query): query.projection.scale
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
        case .function(let name, let arguments) where name != "ABS": aligned(arguments) { .function(name, $0) }
        case .inList(let operand, let values, let isNullable):
            if let scale = operand.scale {
                // A number that the scale cannot express equals none of the column's.
                .inList(
                    operand, values.compactMap { $0.isNull ? $0 : $0.scaled(to: scale) }, isNullable: isNullable)
            } else {
                self
            }
        default: self
        }
    }

    /// The expression as a column of this scale is to hold it, where decimals are integers.
    func stored(in scale: Int?, _ dialect: any Dialect) -> SQLExpression {
        guard dialect.storesDecimalsAsIntegers, let scale, let own = self.scale else { return self }
        guard own > scale, !isValue else { return brought(to: scale) }
        // A product has more digits than its column: half a unit is rounded away from zero, as engines with decimals do.
        return .function("orm_rescale", [self, .trusted("\(own - scale)")])
    }

    private var isValue: Bool { if case .value = self { true } else { false } }

    /// The expression as one of a greater scale. A number that no 64-bit integer of that scale can express is compared as a double,
    /// which every integer of a column is less or greater than all the same.
    private func brought(to scale: Int) -> SQLExpression {
        if case .value(.decimal(let number)) = self {
            return number.scaled(scale).map { .value(.int($0)) }
                ?? .value(.double(Double("\(number)e\(scale)") ?? .infinity))
        }
        guard let own = self.scale, own < scale else { return self }
        let factor = SQLExpression.trusted("1" + String(repeating: "0", count: scale - own))
        return .binary(self, "*", factor, isNullable: true, isPredicate: false)
    }

    private func aligned(_ operands: [SQLExpression], _ make: ([SQLExpression]) -> SQLExpression) -> SQLExpression {
        guard let scale = Self.greatest(operands) else { return self }
        return make(operands.map { $0.brought(to: scale) })
    }

    private static func greatest(_ operands: [SQLExpression]) -> Int? { operands.compactMap(\.scale).max() }

    private static func sum(_ left: Int?, _ right: Int?) -> Int? {
        left == nil && right == nil ? nil : (left ?? 0) + (right ?? 0)
    }
}

extension SQLValue {
    /// A decimal as an integer of this scale; `nil` when there is none.
    fileprivate func scaled(to scale: Int) -> SQLValue? {
        guard case .decimal(let number) = self else { return self }
        return number.scaled(scale).map { .int($0) }
    }
}
