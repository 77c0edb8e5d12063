/// One key of an order: an expression and its direction.
public struct Ordering: Sendable {
    let expression: SQLExpression
    let isDescending: Bool
    /// Whether it can be NULL, as far as that is known.
    var isNullable = true

    var reversed: Ordering {
        Ordering(expression: expression, isDescending: !isDescending, isNullable: isNullable)
    }
}

extension Expr {
    /// From the smallest; NULL comes first, on every engine.
    public var asc: Ordering { Ordering(expression: node, isDescending: false, isNullable: Value.isNullable) }
    /// From the greatest; NULL comes last, on every engine.
    public var desc: Ordering { Ordering(expression: node, isDescending: true, isNullable: Value.isNullable) }
}
