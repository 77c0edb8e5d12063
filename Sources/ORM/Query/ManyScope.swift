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
    private var filters: [SQLExpression] = []
    /// The numbers of the row in the filters' closures.
    private var ids: [ScopeID] = []

    init(link: ToManyLink, owner: ScopePath, ownerKey: String, relationPath: [any Relation]) {
        self.link = link
        self.owner = owner
        self.ownerKey = ownerKey
        self.relationPath = relationPath
    }

    /// Whether at least one of the rows is so: EXISTS.
    public func any(_ condition: (Scope<Row, Row>) -> Expr<Bool>) -> Expr<Bool> {
        Expr<Bool>(.exists(subquery { (.trusted("1"), condition($0).node) }))
    }

    /// Whether there is at least one row: EXISTS.
    public func any() -> Expr<Bool> { Expr<Bool>(.exists(subquery { _ in (.trusted("1"), nil) })) }

    /// Whether none of the rows is so: NOT EXISTS. True when there are no rows.
    public func none(_ condition: (Scope<Row, Row>) -> Expr<Bool>) -> Expr<Bool> { !any(condition) }

    /// Whether there are no rows: NOT EXISTS.
    public func none() -> Expr<Bool> { !any() }

    /// Whether all rows are so. True when there are no rows.
    public func all(_ condition: (Scope<Row, Row>) -> Expr<Bool>) -> Expr<Bool> { !any { !condition($0) } }

    /// Only those of the rows: for a count, a sum, … of a part of them.
    public func filter(_ condition: (Scope<Row, Row>) -> Expr<Bool>) -> ManyScope {
        var narrowed = self
        let id = ScopeID.unique()
        narrowed.ids.append(id)
        narrowed.filters.append(condition(Scope(id: id)).node)
        return narrowed
    }

    /// How many rows there are.
    public var count: Expr<Int> {
        Expr(.scalar(subquery { _ in (.aggregate(.count, nil, isDistinct: false, filter: nil), nil) }))
    }

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
        Expr<Output>(
            .scalar(subquery { (.aggregate(function, value($0).node, isDistinct: isDistinct, filter: nil), nil) }))
    }

    private func subquery(
        _ parts: (Scope<Row, Row>) -> (projection: SQLExpression, condition: SQLExpression?)
    ) -> Subquery {
        let id = ScopeID.unique()
        let (projection, condition) = parts(Scope(id: id))
        // Rows that are deleted softly are not there.
        let alive = Row.deletionColumn(in: .root).map { [SQLExpression.isNull($0)] } ?? []
        return Subquery(
            source: .relation(link, of: owner, ownerKey: ownerKey), ids: ids + [id],
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
