public import FoundationEssentials

/// Decimal numbers are exact on every engine. The column says how many digits it has, and how many of them behind the point:
/// ```swift
/// @Column(.decimal(12, 2)) var price: Decimal
/// ```
/// SQLite has no such type: there the column holds a 64-bit integer of hundredths (of 10⁻ˢᶜᵃˡᵉ), so that order, sum and index
/// are exact too; it has 18 digits at most. A number with more digits than its column is refused, never rounded.
extension Decimal: ColumnValue {
    /// 18 digits, 6 of them behind the point, unless the column says otherwise.
    public static var storage: StorageType { .decimal(precision: 18, scale: 6) }

    /// Reads a decimal number from its text.
    public static func read(_ row: borrowing some ResultRow, at index: Int) throws -> Decimal {
        guard let number = Decimal(digits: try row.text(index)) else {
            throw ORMError.decoding(column: row.name(index), expected: "a decimal number", found: "another text")
        }
        return number
    }

    /// The number as a statement binds it.
    public var sqlValue: SQLValue { isNaN ? .invalid("a decimal that is no number") : .decimal(self) }
}

extension Decimal {
    /// Reads `-12.50`: digits with at most one point, at most 38 of them; `nil` for anything else.
    init?(digits text: String) {
        var significand: Decimal = 0
        var (scale, count, isNegative, hasPoint) = (0, 0, false, false)
        for (position, byte) in text.utf8.enumerated() {
            switch byte {
            case UInt8(ascii: "-") where position == 0: isNegative = true
            case UInt8(ascii: ".") where !hasPoint && count > 0: hasPoint = true
            case 48...57 where count < 38:
                significand = significand * 10 + Decimal(Int(byte - 48))
                count += 1
                if hasPoint { scale += 1 }
            default: return nil
            }
        }
        guard count > 0 else { return nil }
        self = Decimal(
            sign: isNegative && significand != 0 ? .minus : .plus, exponent: -scale, significand: significand)
    }

    /// The number times ten to the power of `scale`, when that is a 64-bit integer.
    ///
    /// ```swift
    /// Decimal(string: "12.5")?.scaled(2)    // 1250
    /// Decimal(string: "12.555")?.scaled(2)  // nil: nothing is rounded
    /// ```
    package func scaled(_ scale: Int) -> Int64? {
        // The description of a decimal has all its digits and no exponent.
        Int64(Decimal(sign: .plus, exponent: scale, significand: self).description)
    }

    /// How many digits stand behind the point.
    package var fractionDigits: Int {
        description.split(separator: ".", maxSplits: 1).dropFirst().first?.utf8.count ?? 0
    }
}
