/// The rows at the end of a to-many relation, inside a query. They are only ever asked as a whole, by subqueries, so that
/// a condition on them never repeats a row and two counts never multiply each other.
///
/// ```swift
/// User.filter { $0.posts.count > 3 }
///     .select { ($0.username, $0.posts.count, $0.comments.count) }
/// ```
@dynamicMemberLookup
public struct ManyScope<Root: Model, Row: Model>: RelationPath {
    let link: ToManyLink
    let owner: ScopePath
    let ownerKey: String
    /// The relations along the path, first to last.
    public let relationPath: [any Relation]
    var filters: [SQLExpression] = []

    /// Whether at least one of the rows is so: EXISTS.
    public func any(_ condition: (Scope<Row, Row>) -> Predicate) -> Predicate {
        Predicate(.exists(subquery(.trusted("1"), and: condition(inner).node)))
    }

    /// Whether there is at least one row: EXISTS.
    public func any() -> Predicate { Predicate(.exists(subquery(.trusted("1")))) }

    /// Whether none of the rows is so: NOT EXISTS. True when there are no rows.
    public func none(_ condition: (Scope<Row, Row>) -> Predicate) -> Predicate {
        Predicate(.not(any(condition).node))
    }

    /// Whether there are no rows: NOT EXISTS.
    public func none() -> Predicate { Predicate(.not(any().node)) }

    /// Whether all rows are so. True when there are no rows.
    public func all(_ condition: (Scope<Row, Row>) -> Predicate) -> Predicate {
        Predicate(.not(.exists(subquery(.trusted("1"), and: .not(condition(inner).node)))))
    }

    /// Only those of the rows: for a count, a sum, … of a part of them.
    public func filter(_ condition: (Scope<Row, Row>) -> Predicate) -> ManyScope {
        var narrowed = self
        narrowed.filters.append(condition(inner).node)
        return narrowed
    }

    /// How many rows there are.
    public var count: Expr<Int> { Expr(.scalar(subquery(.aggregate(.count, nil, isDistinct: false)))) }

    /// How many different values the rows have; NULL is not counted.
    public func count<Value>(distinct value: (Scope<Row, Row>) -> Expr<Value>) -> Expr<Int> {
        Expr(.scalar(subquery(.aggregate(.count, value(inner).node, isDistinct: true))))
    }

    /// The sum over the rows; NULL when there are none.
    public func sum<Value: Numeric>(_ value: (Scope<Row, Row>) -> Expr<Value>) -> Expr<Value?> {
        aggregate(.sum, value)
    }

    /// The average over the rows as a double; NULL when there are none.
    public func average<Value: Numeric>(_ value: (Scope<Row, Row>) -> Expr<Value>) -> Expr<Double?> {
        aggregate(.average, value)
    }

    /// The smallest value; NULL when there are no rows.
    public func min<Value>(_ value: (Scope<Row, Row>) -> Expr<Value>) -> Expr<Value?> { aggregate(.min, value) }

    /// The greatest value; NULL when there are no rows.
    public func max<Value>(_ value: (Scope<Row, Row>) -> Expr<Value>) -> Expr<Value?> { aggregate(.max, value) }

    /// The sum over the rows, NULL left out; NULL when there are no values.
    public func sum<Value: Numeric>(_ value: (Scope<Row, Row>) -> Expr<Value?>) -> Expr<Value?> {
        aggregate(.sum, value)
    }

    /// The average over the rows as a double, NULL left out; NULL when there are no values.
    public func average<Value: Numeric>(_ value: (Scope<Row, Row>) -> Expr<Value?>) -> Expr<Double?> {
        aggregate(.average, value)
    }

    /// The smallest value that is not NULL; NULL when there is none.
    public func min<Value>(_ value: (Scope<Row, Row>) -> Expr<Value?>) -> Expr<Value?> { aggregate(.min, value) }

    /// The greatest value that is not NULL; NULL when there is none.
    public func max<Value>(_ value: (Scope<Row, Row>) -> Expr<Value?>) -> Expr<Value?> { aggregate(.max, value) }

    private func aggregate<Value, Output>(
        _ function: Aggregate, _ value: (Scope<Row, Row>) -> Expr<Value>
    ) -> Expr<Output> {
        Expr<Output>(.scalar(subquery(.aggregate(function, value(inner).node, isDistinct: false))))
    }

    private var inner: Scope<Row, Row> { .subquery(in: owner) }

    private func subquery(_ projection: SQLExpression, and condition: SQLExpression? = nil) -> Subquery {
        let alive = Row.deletionColumn(in: inner.scopePath).map { [SQLExpression.isNull($0)] } ?? []
        return Subquery(
            source: .relation(link, of: owner, ownerKey: ownerKey), depth: owner.depth + 1,
            filters: alive + filters + (condition.map { [$0] } ?? []), projection: projection)
    }

    /// A column of many rows is no single value.
    @available(
        *, unavailable, message: "a to-many relation has no single column: use .any { }, .none { }, .count, .sum { } …"
    )
    public subscript<Value: ColumnValue>(dynamicMember member: KeyPath<Row.Columns, Column<Row, Value>>) -> Expr<Value>
    {
        Expr(.trusted("NULL"))
    }

    /// On to a required relation of the rows: for ``Query/prefetch(_:)`` only.
    public subscript<Target: Model>(
        dynamicMember member: KeyPath<Row.Columns, ToOne<Row, Target>>
    ) -> RelationChain<Root, Target, ToOneEnd> { chain[dynamicMember: member] }

    /// On to an optional relation of the rows: for ``Query/prefetch(_:)`` only.
    public subscript<Target: Model>(
        dynamicMember member: KeyPath<Row.Columns, ToOneOptional<Row, Target>>
    ) -> RelationChain<Root, Target, ToOneEnd> { chain[dynamicMember: member] }

    /// On to the other side of a one-to-one relation of the rows: for ``Query/prefetch(_:)`` only.
    public subscript<Target: Model>(
        dynamicMember member: KeyPath<Row.Columns, ToOneInverse<Row, Target>>
    ) -> RelationChain<Root, Target, ToOneEnd> { chain[dynamicMember: member] }

    /// On to a to-many relation of the rows: for ``Query/prefetch(_:)`` only.
    public subscript<Target: Model>(
        dynamicMember member: KeyPath<Row.Columns, ToMany<Row, Target>>
    ) -> RelationChain<Root, Target, ToManyEnd> { chain[dynamicMember: member] }

    private var chain: RelationChain<Root, Row, ToManyEnd> { RelationChain(relationPath: relationPath) }
}
