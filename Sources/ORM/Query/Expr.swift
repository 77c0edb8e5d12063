/// A typed SQL expression: a column, a value made of columns, an aggregate, or a condition.
///
/// Expressions are built inside the closures of a query and have no meaning outside it:
/// ```swift
/// Post.filter { $0.published && $0.viewCount >= 100 }   // … WHERE ("published" AND "view_count" >= ?)
/// ```
/// A condition is an `Expr<Bool>`. It is either true or false: SQL's third value does not come out of the operators below.
public struct Expr<Value: ColumnValue>: Sendable {
    package let node: SQLExpression

    package init(_ node: SQLExpression) { self.node = node }

    /// A value as an expression, bound, never spliced into the SQL.
    public init(_ value: Value) { node = .value(value.sqlValue) }
}

// Operators are members of one nominal type and few, so that long conditions type-check at once.
extension Expr {
    /// Equal as in Swift: `nil` equals `nil` and nothing else.
    public static func == (left: Expr, right: Value) -> Expr<Bool> { left.isEqual(to: Expr(right)) }
    /// Equal as in Swift, of two columns.
    public static func == (left: Expr, right: Expr) -> Expr<Bool> { left.isEqual(to: right) }
    /// The exact opposite of `==`: rows with NULL are among the results.
    public static func != (left: Expr, right: Value) -> Expr<Bool> { Expr<Bool>(.not((left == right).node)) }
    /// The exact opposite of `==`, of two columns.
    public static func != (left: Expr, right: Expr) -> Expr<Bool> { Expr<Bool>(.not((left == right).node)) }

    /// Less than; false for NULL.
    public static func < (left: Expr, right: Value) -> Expr<Bool> { left.compare("<", Expr(right)) }
    /// At most; false for NULL.
    public static func <= (left: Expr, right: Value) -> Expr<Bool> { left.compare("<=", Expr(right)) }
    /// Greater than; false for NULL.
    public static func > (left: Expr, right: Value) -> Expr<Bool> { left.compare(">", Expr(right)) }
    /// At least; false for NULL.
    public static func >= (left: Expr, right: Value) -> Expr<Bool> { left.compare(">=", Expr(right)) }
    /// Less than, of two expressions; false for NULL.
    public static func < (left: Expr, right: Expr) -> Expr<Bool> { left.compare("<", right) }
    /// At most, of two expressions; false for NULL.
    public static func <= (left: Expr, right: Expr) -> Expr<Bool> { left.compare("<=", right) }
    /// Greater than, of two expressions; false for NULL.
    public static func > (left: Expr, right: Expr) -> Expr<Bool> { left.compare(">", right) }
    /// At least, of two expressions; false for NULL.
    public static func >= (left: Expr, right: Expr) -> Expr<Bool> { left.compare(">=", right) }

    /// Whether the value is one of these; an empty list holds nothing, and `nil` in the list means NULL.
    ///
    /// The list is bound as one value, however long it is.
    public func isIn(_ values: some Sequence<Value>) -> Expr<Bool> {
        Expr<Bool>(.inList(node, values.map(\.sqlValue), isNullable: Value.isNullable))
    }

    private func isEqual(to other: Expr) -> Expr<Bool> {
        Expr<Bool>(.equal(node, other.node, isNullable: Value.isNullable))
    }

    fileprivate func compare(_ word: String, _ other: Expr) -> Expr<Bool> {
        Expr<Bool>(.binary(node, word, other.node, isNullable: Value.isNullable, isPredicate: true))
    }
}

/// Within the range, both ends included; false for NULL.
public func ~= <Value: ColumnValue & Comparable>(range: ClosedRange<Value>, expression: Expr<Value>) -> Expr<Bool> {
    expression >= range.lowerBound && expression <= range.upperBound
}

/// Within the range, both ends included; false for NULL.
public func ~= <Value: ColumnValue & Comparable>(range: ClosedRange<Value>, expression: Expr<Value?>) -> Expr<Bool> {
    expression >= range.lowerBound && expression <= range.upperBound
}

extension Expr where Value == Bool {
    /// Both.
    public static func && (left: Expr<Bool>, right: Expr<Bool>) -> Expr<Bool> {
        Expr<Bool>(.and(left.node, right.node))
    }
    /// At least one.
    public static func || (left: Expr<Bool>, right: Expr<Bool>) -> Expr<Bool> { Expr<Bool>(.or(left.node, right.node)) }
    /// The opposite: `filter(p)` and `filter(!p)` together are all rows, each once, NULL or not.
    public static prefix func ! (operand: Expr<Bool>) -> Expr<Bool> { Expr<Bool>(.not(operand.node)) }
}

extension Expr where Value: Numeric {
    /// The sum of two numbers.
    public static func + (left: Expr, right: Value) -> Expr { left.arithmetic("+", Expr(right)) }
    /// The difference of two numbers.
    public static func - (left: Expr, right: Value) -> Expr { left.arithmetic("-", Expr(right)) }
    /// The product of two numbers.
    public static func * (left: Expr, right: Value) -> Expr { left.arithmetic("*", Expr(right)) }
    /// The sum of two expressions.
    public static func + (left: Expr, right: Expr) -> Expr { left.arithmetic("+", right) }
    /// The difference of two expressions.
    public static func - (left: Expr, right: Expr) -> Expr { left.arithmetic("-", right) }
    /// The product of two expressions.
    public static func * (left: Expr, right: Expr) -> Expr { left.arithmetic("*", right) }

    private func arithmetic(_ word: String, _ other: Expr) -> Expr {
        Expr(.binary(node, word, other.node, isNullable: Value.isNullable, isPredicate: false))
    }
}

/// A text or an optional text: what the text lookups work on.
public protocol TextValue: ColumnValue {}
extension String: TextValue {}
extension Optional: TextValue where Wrapped == String {}

extension Expr where Value: TextValue {
    /// Whether the text contains another, letter for letter. `%` and `_` mean themselves. False for NULL.
    public func contains(_ text: String) -> Expr<Bool> { match(.contains, text) }
    /// Whether the text contains another, whatever the case, in all of Unicode. False for NULL.
    public func icontains(_ text: String) -> Expr<Bool> { match(.containsFolded, text) }
    /// Whether the text starts with another. False for NULL.
    public func hasPrefix(_ text: String) -> Expr<Bool> { match(.hasPrefix, text) }
    /// Whether the text starts with another, whatever the case. False for NULL.
    public func ihasPrefix(_ text: String) -> Expr<Bool> { match(.hasPrefixFolded, text) }
    /// Whether the text ends with another. False for NULL.
    public func hasSuffix(_ text: String) -> Expr<Bool> { match(.hasSuffix, text) }
    /// Whether the text ends with another, whatever the case. False for NULL.
    public func ihasSuffix(_ text: String) -> Expr<Bool> { match(.hasSuffixFolded, text) }
    /// Whether the text equals another, whatever the case. False for NULL.
    public func iequals(_ text: String) -> Expr<Bool> { match(.equalsFolded, text) }

    private func match(_ kind: TextMatch, _ text: String) -> Expr<Bool> {
        Expr<Bool>(.match(kind, node, text, isNullable: Value.isNullable))
    }
}

extension Expr where Value == String {
    /// The number of characters (Unicode scalars) of the text.
    public var length: Expr<Int> { Expr<Int>(.function("LENGTH", [node])) }
}

extension Expr {
    /// The same expression as an optional one, to compare it with one that can be NULL:
    /// `$0.parent.author.id == $0.post.id.asOptional`.
    public var asOptional: Expr<Value?> { Expr<Value?>(node) }

    /// The first of the two that is not NULL: SQL's COALESCE.
    public func or<Wrapped: ColumnValue>(_ fallback: Wrapped) -> Expr<Wrapped> where Value == Wrapped? {
        Expr<Wrapped>(.function("COALESCE", [node, .value(fallback.sqlValue)]))
    }
}
