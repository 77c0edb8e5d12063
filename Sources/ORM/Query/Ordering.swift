/// One key of an order: an expression and its direction.
public struct Ordering: Sendable {
    let expression: SQLExpression
    let isDescending: Bool

    var reversed: Ordering { Ordering(expression: expression, isDescending: !isDescending) }
}

extension Expr {
    /// From the smallest; NULL comes first, on every engine.
    public var asc: Ordering { Ordering(expression: node, isDescending: false) }
    /// From the greatest; NULL comes last, on every engine.
    public var desc: Ordering { Ordering(expression: node, isDescending: true) }
}
