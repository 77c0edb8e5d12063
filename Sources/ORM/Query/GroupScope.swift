/// What `$0` is for a group of rows: its keys, as columns, and aggregates over its rows.
@dynamicMemberLookup
public struct GroupScope<Row: Model>: Sendable {
    let row: Scope<Row, Row>

    /// A column of the rows: one of the group's keys.
    public subscript<Value>(dynamicMember member: KeyPath<Scope<Row, Row>, Value>) -> Value { row[keyPath: member] }

    /// How many rows the group has.
    public var count: Expr<Int> { Expr(.aggregate(.count, nil, isDistinct: false, filter: nil)) }

    /// How many of the group's rows are so: `$0.count { $0.published }`.
    public func count(_ condition: (Scope<Row, Row>) -> Expr<Bool>) -> Expr<Int> {
        Expr(.aggregate(.count, nil, isDistinct: false, filter: condition(row).node))
    }

    /// How many different values the group's rows have; NULL is not counted.
    public func count<Value>(distinct value: (Scope<Row, Row>) -> Expr<Value>) -> Expr<Int> {
        Expr(.aggregate(.count, value(row).node, isDistinct: true, filter: nil))
    }

    /// The sum over the group, NULL left out. Each different value once, if `distinct`.
    public func sum<Value: SummableValue>(
        distinct: Bool = false, _ value: (Scope<Row, Row>) -> Expr<Value>
    ) -> Expr<Value> {
        Expr(.aggregate(.sum, value(row).node, isDistinct: distinct, filter: nil))
    }

    /// The average over the group as a double, NULL left out. Each different value once, if `distinct`.
    public func average<Value: NumberValue>(
        distinct: Bool = false, _ value: (Scope<Row, Row>) -> Expr<Value>
    ) -> Expr<Value.DoubleResult> {
        Expr<Value.DoubleResult>(.aggregate(.average, value(row).node, isDistinct: distinct, filter: nil))
    }

    /// The smallest value of the group that is not NULL.
    public func min<Value>(_ value: (Scope<Row, Row>) -> Expr<Value>) -> Expr<Value> {
        Expr(.aggregate(.min, value(row).node, isDistinct: false, filter: nil))
    }

    /// The greatest value of the group that is not NULL.
    public func max<Value>(_ value: (Scope<Row, Row>) -> Expr<Value>) -> Expr<Value> {
        Expr(.aggregate(.max, value(row).node, isDistinct: false, filter: nil))
    }

    /// The part of the group's rows that are so, for sums and averages of it:
    /// `$0.filter { $0.published }.sum { $0.viewCount }`. As it may be empty, those can be NULL.
    public func filter(_ condition: (Scope<Row, Row>) -> Expr<Bool>) -> AggregateScope<Row> {
        AggregateScope(row: row).filter(condition)
    }
}

/// What `$0` is for a set of rows that may be empty: aggregates over them, which then are NULL.
public struct AggregateScope<Row: Model>: Sendable {
    let row: Scope<Row, Row>
    private var condition: SQLExpression?

    init(row: Scope<Row, Row>) { self.row = row }

    /// Only the rows that are so, on top of earlier conditions.
    public func filter(_ condition: (Scope<Row, Row>) -> Expr<Bool>) -> AggregateScope {
        var narrowed = self
        let node = condition(row).node
        narrowed.condition = self.condition.map { .and($0, node) } ?? node
        return narrowed
    }

    /// How many rows there are.
    public var count: Expr<Int> { Expr(.aggregate(.count, nil, isDistinct: false, filter: condition)) }

    /// How many of the rows are so: `$0.count { $0.published }`.
    public func count(_ condition: (Scope<Row, Row>) -> Expr<Bool>) -> Expr<Int> { filter(condition).count }

    /// How many different values the rows have; NULL is not counted.
    public func count<Value>(distinct value: (Scope<Row, Row>) -> Expr<Value>) -> Expr<Int> {
        aggregate(.count, isDistinct: true, value)
    }

    /// The sum over the rows, NULL left out; NULL when there are no values. Each different value once, if `distinct`.
    public func sum<Value: SummableValue>(
        distinct: Bool = false, _ value: (Scope<Row, Row>) -> Expr<Value>
    ) -> Expr<Value.OrNull> {
        aggregate(.sum, isDistinct: distinct, value)
    }

    /// The average over the rows as a double, NULL left out; NULL when there are no values. Each different value once, if
    /// `distinct`.
    public func average<Value: NumberValue>(
        distinct: Bool = false, _ value: (Scope<Row, Row>) -> Expr<Value>
    ) -> Expr<Double?> {
        aggregate(.average, isDistinct: distinct, value)
    }

    /// The smallest value that is not NULL; NULL when there is none.
    public func min<Value>(_ value: (Scope<Row, Row>) -> Expr<Value>) -> Expr<Value.OrNull> {
        aggregate(.min, isDistinct: false, value)
    }

    /// The greatest value that is not NULL; NULL when there is none.
    public func max<Value>(_ value: (Scope<Row, Row>) -> Expr<Value>) -> Expr<Value.OrNull> {
        aggregate(.max, isDistinct: false, value)
    }

    private func aggregate<Value, Output>(
        _ function: Aggregate, isDistinct: Bool, _ value: (Scope<Row, Row>) -> Expr<Value>
    ) -> Expr<Output> {
        Expr<Output>(.aggregate(function, value(row).node, isDistinct: isDistinct, filter: condition))
    }
}
