/// Begins a choice, SQL's CASE: the value of the first branch whose condition holds.
///
/// ```swift
/// Post.select { when($0.viewCount > 1000, then: "hot").when($0.viewCount > 100, then: "warm").else("cold") }
/// // SELECT CASE WHEN (t0."view_count" > ?) THEN ? WHEN (t0."view_count" > ?) THEN ? ELSE ? END FROM …
/// ```
public func when<Value: ColumnValue>(_ condition: Expr<Bool>, then value: Value) -> Choice<Value> {
    Choice(branches: []).when(condition, then: value)
}

/// Begins a choice with the value of an expression.
public func when<Value: ColumnValue>(_ condition: Expr<Bool>, then value: Expr<Value>) -> Choice<Value> {
    Choice(branches: []).when(condition, then: value)
}

/// A choice that has begun with ``when(_:then:)`` and is to end with ``else(_:)`` or ``orNull``.
public struct Choice<Value: ColumnValue>: Sendable {
    fileprivate var branches: [SQLExpression.Branch]

    /// A further branch, asked when those before do not hold.
    public func when(_ condition: Expr<Bool>, then value: Value) -> Choice {
        when(condition, then: Expr(value))
    }

    /// A further branch with the value of an expression.
    public func when(_ condition: Expr<Bool>, then value: Expr<Value>) -> Choice {
        Choice(branches: branches + [SQLExpression.Branch(condition: condition.node, value: value.node)])
    }

    /// The value when no branch holds.
    public func `else`(_ value: Value) -> Expr<Value> { `else`(Expr(value)) }

    /// The value of an expression when no branch holds.
    public func `else`(_ value: Expr<Value>) -> Expr<Value> { Expr(.choice(branches, otherwise: value.node)) }

    /// The choice without a last value: NULL when no branch holds.
    public var orNull: Expr<Value.OrNull> { Expr<Value.OrNull>(.choice(branches, otherwise: nil)) }
}
