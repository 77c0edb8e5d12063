public import FoundationEssentials

/// Something that has a sum: a number, a length of time, or an optional of these.
public protocol SummableValue: ColumnValue {}
extension Duration: SummableValue {}
extension Optional: SummableValue where Wrapped: SummableValue {}

/// A number or an optional number: what arithmetic works on.
public protocol NumberValue: SummableValue {}
extension Double: NumberValue {}
extension Float: NumberValue {}
extension Decimal: NumberValue {}
extension Optional: NumberValue where Wrapped: NumberValue {}

/// An integer or an optional integer.
public protocol IntegerValue: NumberValue {}
extension Int: IntegerValue {}
extension Int8: IntegerValue {}
extension Int16: IntegerValue {}
extension Int32: IntegerValue {}
extension Int64: IntegerValue {}
extension UInt: IntegerValue {}
extension UInt8: IntegerValue {}
extension UInt16: IntegerValue {}
extension UInt32: IntegerValue {}
extension UInt64: IntegerValue {}
extension Optional: IntegerValue where Wrapped: IntegerValue {}

extension Expr where Value: NumberValue {
    /// The sum of two numbers.
    public static func + (left: Expr, right: Value) -> Expr { left.arithmetic("+", .value(right.sqlValue)) }
    /// The sum of two expressions; NULL when one of them is.
    public static func + (left: Expr, right: Expr) -> Expr { left.arithmetic("+", right.node) }
    /// The difference of two numbers.
    public static func - (left: Expr, right: Value) -> Expr { left.arithmetic("-", .value(right.sqlValue)) }
    /// The difference of two expressions; NULL when one of them is.
    public static func - (left: Expr, right: Expr) -> Expr { left.arithmetic("-", right.node) }
    /// The product of two numbers.
    public static func * (left: Expr, right: Value) -> Expr { left.arithmetic("*", .value(right.sqlValue)) }
    /// The product of two expressions; NULL when one of them is.
    public static func * (left: Expr, right: Expr) -> Expr { left.arithmetic("*", right.node) }

    /// The quotient; of integers an integer, cut towards zero as in Swift. Decimals are refused with `.unsupported`: theirs has no
    /// end, so divide their ``asDouble``. The constant 0 as a divisor is refused with
    /// `.validationFailure` before the query runs.
    ///
    /// ```swift
    /// Post.select { ($0.viewCount / 7, $0.viewCount.asDouble / 7) }
    /// // SELECT (t0."view_count" / ?), (CAST(t0."view_count" AS REAL) / ?) FROM …
    /// ```
    public static func / (left: Expr, right: Value) -> Expr {
        Expr(quotient(left.node, divisor(right)))
    }

    /// The quotient of two expressions, of integers cut towards zero; NULL where the divisor is 0, on every engine.
    public static func / (left: Expr, right: Expr) -> Expr<Value.OrNull> {
        Expr<Value.OrNull>(quotient(left.node, right.node))
    }

    /// The number with its sign turned.
    public static prefix func - (operand: Expr) -> Expr { Expr(.function(.negate, [operand.node])) }

    /// The number without its sign.
    public var abs: Expr { Expr(.function(.absolute, [node])) }

    /// The number as a double: `$0.viewCount.asDouble / 7`.
    public var asDouble: Expr<Value.DoubleResult> { Expr<Value.DoubleResult>(.function(.cast(.real), [node])) }

    /// The number as an integer, cut towards zero.
    public var asInt: Expr<Value.IntResult> {
        Expr<Value.IntResult>(Value.storage.isInteger ? node : .function(.cast(.integer), [node]))
    }

    private func arithmetic(_ word: String, _ other: SQLExpression) -> Expr {
        Expr(.binary(node, word, other, isNullable: Value.isNullable, isPredicate: false))
    }

    private static func quotient(_ dividend: SQLExpression, _ divisor: SQLExpression) -> SQLExpression {
        guard Value.storage.scale == nil else {
            return .refused(
                .unsupported(
                    "the quotient of two decimals",
                    "the quotient of two decimals has no end to its digits: divide their .asDouble"))
        }
        return .function(.divide(integers: Value.storage.isInteger), [dividend, divisor])
    }

    fileprivate static func divisor(_ value: Value) -> SQLExpression {
        switch value.sqlValue {
        case .int(0), .double(0): .refused(.validation("a divisor", rule: "not 0", "is the constant 0"))
        case let value: .value(value)
        }
    }
}

extension Expr where Value: IntegerValue {
    /// What a division by a number leaves, with the sign of the dividend as in Swift. The constant 0 is refused with
    /// `.validationFailure` before the query runs.
    public static func % (left: Expr, right: Value) -> Expr {
        Expr(.function(.remainder, [left.node, divisor(right)]))
    }

    /// What a division leaves, with the sign of the dividend as in Swift; NULL where the divisor is 0, on every engine.
    public static func % (left: Expr, right: Expr) -> Expr<Value.OrNull> {
        Expr<Value.OrNull>(.function(.remainder, [left.node, right.node]))
    }

    /// The integer's decimal digits. Doubles have none of this, because engines write them differently.
    public var asText: Expr<Value.TextResult> { Expr<Value.TextResult>(.function(.cast(.text), [node])) }
}

extension Expr where Value: NumberValue, Value.DoubleResult == Value {
    /// The double rounded to so many decimal places, halves away from zero.
    public func rounded(to places: Int = 0) -> Expr {
        Expr(.function(.round, [node, .value(.int(Int64(Swift.max(0, places))))]))
    }
}

extension Expr {
    /// The smaller of this value and another, as Swift's `min`; NULL when one of them is.
    ///
    /// ```swift
    /// Post.select { $0.viewCount.atMost(1000) }   // SELECT MIN(t0."view_count", ?) FROM …
    /// ```
    public func atMost(_ other: Value) -> Expr { Expr(.function(.least, [node, .value(other.sqlValue)])) }
    /// The smaller of this value and another expression's; NULL when one of them is.
    public func atMost(_ other: Expr) -> Expr { Expr(.function(.least, [node, other.node])) }
    /// The greater of this value and another, as Swift's `max`; NULL when one of them is.
    public func atLeast(_ other: Value) -> Expr { Expr(.function(.greatest, [node, .value(other.sqlValue)])) }
    /// The greater of this value and another expression's; NULL when one of them is.
    public func atLeast(_ other: Expr) -> Expr { Expr(.function(.greatest, [node, other.node])) }
}
