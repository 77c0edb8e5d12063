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

    /// SQL of your own as an expression; see ``SQLText``. It must be of the type you say; a condition that is NULL counts as false.
    ///
    /// ```swift
    /// Post.filter { Expr(raw: "\($0.title) GLOB \(pattern)") }   // … WHERE (t0."title" GLOB ?)
    /// ```
    public init(raw text: SQLText) { node = .raw(text, isPredicate: Value.self == Bool.self) }
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
    /// The list is bound as one value, however long it is, where the engine can take it so. SQLite cannot for doubles and bytes: their
    /// lists bind each value, and one with more than a statement may bind is refused with `.unsupported`.
    ///
    /// ```swift
    /// Post.filter { $0.id.isIn([1, 2, 3]) }   // … WHERE (t0."id" IN (SELECT value FROM json_each(?)))
    /// ```
    public func isIn(_ values: some Sequence<Value>) -> Expr<Bool> {
        Expr<Bool>(.inList(node, values.map { $0.sqlValue }, isNullable: Value.isNullable))
    }

    /// Whether the value is none of these: the exact opposite of ``isIn(_:)``, NULL included.
    public func isNotIn(_ values: some Sequence<Value>) -> Expr<Bool> { !isIn(values) }

    private func isEqual(to other: Expr) -> Expr<Bool> {
        Expr<Bool>(.equal(node, other.node, isNullable: Value.isNullable))
    }

    private func compare(_ word: String, _ other: Expr) -> Expr<Bool> {
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

/// Within the range, its end not included; false for NULL: `today..<tomorrow ~= $0.createdAt`.
public func ~= <Value: ColumnValue & Comparable>(range: Range<Value>, expression: Expr<Value>) -> Expr<Bool> {
    expression >= range.lowerBound && expression < range.upperBound
}

/// Within the range, its end not included; false for NULL.
public func ~= <Value: ColumnValue & Comparable>(range: Range<Value>, expression: Expr<Value?>) -> Expr<Bool> {
    expression >= range.lowerBound && expression < range.upperBound
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

extension Expr {
    /// The same expression as an optional one, to compare it with one that can be NULL:
    /// `$0.parent.author.id == $0.post.id.asOptional`.
    public var asOptional: Expr<Value?> { Expr<Value?>(node) }

    /// The value, or another where it is NULL: SQL's COALESCE.
    public func or<Wrapped: ColumnValue>(_ fallback: Wrapped) -> Expr<Wrapped> where Value == Wrapped? {
        Expr<Wrapped>(coalesced(with: .value(fallback.sqlValue)))
    }

    /// The value, or another expression's where it is NULL.
    public func or<Wrapped: ColumnValue>(_ fallback: Expr<Wrapped>) -> Expr<Wrapped> where Value == Wrapped? {
        Expr<Wrapped>(coalesced(with: fallback.node))
    }

    /// The value, or another expression's where it is NULL; NULL where both are. Several in a row become one COALESCE:
    /// ```swift
    /// Comment.select { $0.author.fullName.or($0.author.username).or("a guest") }
    /// // SELECT COALESCE(t1."full_name", t1."username", ?) FROM …
    /// ```
    public func or<Wrapped: ColumnValue>(_ fallback: Expr<Wrapped?>) -> Expr<Wrapped?> where Value == Wrapped? {
        Expr<Wrapped?>(coalesced(with: fallback.node))
    }

    private func coalesced(with fallback: SQLExpression) -> SQLExpression {
        if case .function(.coalesce, let values) = node { return .function(.coalesce, values + [fallback]) }
        return .function(.coalesce, [node, fallback])
    }
}
