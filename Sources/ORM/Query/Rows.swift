/// Reads a row's columns as a tuple.
struct TupleDecoder<each Value: ColumnValue>: RowDecoder {
    func decode(_ row: borrowing some ResultRow) throws -> (repeat each Value) {
        var index = -1
        func next<Item: ColumnValue>(_: Item.Type, _ row: borrowing some ResultRow) throws -> Item {
            index += 1
            return try Item.read(row, at: index)
        }
        return (repeat try next((each Value).self, row))
    }
}

/// A query that selects expressions instead of whole rows: its verbs give typed tuples.
///
/// ```swift
/// let rows = try await User.query.select { ($0.id, $0.username, $0.posts.count) }.all()
/// for (id, username, posts) in rows { … }
/// // SELECT t0."id", t0."username", (SELECT COUNT(*) FROM "posts" AS t1 WHERE t1."author_id" = t0."id") FROM "users" AS t0
/// ```
public struct Rows<each Value: ColumnValue>: Sendable {
    private let writeStatement: @Sendable (inout SQLWriter, _ isDistinct: Bool, _ limit: Int?) -> Void
    private var isDistinct = false

    init(_ write: @escaping @Sendable (inout SQLWriter, _ isDistinct: Bool, _ limit: Int?) -> Void) {
        writeStatement = write
    }

    /// Each different tuple once.
    public func distinct() -> Rows {
        var rows = self
        rows.isDistinct = true
        return rows
    }

    /// Runs the query: all tuples.
    public func all(on session: (any Session)? = nil) async throws -> [(repeat each Value)] {
        try await fetch(limit: nil, on: session)
    }

    /// The first tuple, or `nil` when there is none.
    public func first(on session: (any Session)? = nil) async throws -> (repeat each Value)? {
        try await fetch(limit: 1, on: session).first
    }

    private func fetch(limit: Int?, on session: (any Session)?) async throws -> [(repeat each Value)] {
        try await withLease(session, .readOnly) { lease in
            var writer = SQLWriter(lease.dialect)
            writeStatement(&writer, isDistinct, limit)
            return try await lease.fetch(writer.statement, TupleDecoder<repeat each Value>())
        }
    }
}

extension Query {
    /// Selects expressions instead of whole rows.
    public func select<each Value: ColumnValue>(
        _ selection: (Scope<Row, Row>) -> (repeat Expr<each Value>)
    ) -> Rows<repeat each Value> {
        let selected = selection(.root)
        var list: [SQLExpression] = []
        for expression in repeat each selected { list.append(expression.node) }
        let nodes = list
        return Rows { writer, isDistinct, limit in
            let query = limit.map { self.limit(Swift.min($0, self.limit ?? $0)) } ?? self
            writer.query(
                table: Row.schema.table,
                head: { writer in
                    writer.raw(isDistinct ? "SELECT DISTINCT " : "SELECT ")
                    writer.separated(nodes) { $0.selected($1) }
                },
                tail: { writer in
                    query.writeWhere(&writer)
                    // DISTINCT may order only by what it selects, which the key need not be.
                    Self.orderBy(isDistinct ? query.orderings : query.windowOrderings, &writer)
                    query.writeWindow(&writer)
                })
        }
    }

    /// Groups the rows by expressions; `having` and `select` then speak of groups.
    ///
    /// ```swift
    /// try await Post.filter { $0.published }.group { $0.author.username }
    ///     .having { $0.count > 6 }.select { ($0.author.username, $0.count) }.all()
    /// ```
    public func group<each Key: ColumnValue>(
        _ keys: (Scope<Row, Row>) -> (repeat Expr<each Key>)
    ) -> GroupedQuery<Row> {
        let selected = keys(.root)
        var nodes: [SQLExpression] = []
        for expression in repeat each selected { nodes.append(expression.node) }
        return GroupedQuery(query: self, keys: nodes)
    }
}

extension Model {
    /// Selects expressions from all rows.
    public static func select<each Value: ColumnValue>(
        _ selection: (Scope<Self, Self>) -> (repeat Expr<each Value>)
    ) -> Rows<repeat each Value> {
        Query().select(selection)
    }
    /// Groups all rows by expressions.
    public static func group<each Key: ColumnValue>(
        _ keys: (Scope<Self, Self>) -> (repeat Expr<each Key>)
    ) -> GroupedQuery<Self> {
        Query().group(keys)
    }
}

/// A query whose rows are groups.
public struct GroupedQuery<Row: Model>: Sendable {
    let query: Query<Row>
    let keys: [SQLExpression]
    private var conditions: [SQLExpression] = []
    private var order: [Ordering] = []
    private var limit: Int?

    init(query: Query<Row>, keys: [SQLExpression]) {
        self.query = query
        self.keys = keys
    }

    /// Only groups for which the condition holds.
    public func having(_ condition: (GroupScope<Row>) -> Predicate) -> GroupedQuery {
        var grouped = self
        grouped.conditions.append(condition(GroupScope()).node)
        return grouped
    }

    /// Orders the groups. Without it, they come in the order of their keys.
    public func order(_ keys: ((GroupScope<Row>) -> Ordering)...) -> GroupedQuery {
        var grouped = self
        grouped.order = keys.map { $0(GroupScope()) }
        return grouped
    }

    /// At most so many groups.
    public func limit(_ count: Int) -> GroupedQuery {
        var grouped = self
        grouped.limit = Swift.max(0, count)
        return grouped
    }

    /// Selects keys and aggregates of each group.
    public func select<each Value: ColumnValue>(
        _ selection: (GroupScope<Row>) -> (repeat Expr<each Value>)
    ) -> Rows<repeat each Value> {
        let selected = selection(GroupScope())
        var list: [SQLExpression] = []
        for expression in repeat each selected { list.append(expression.node) }
        let nodes = list
        return Rows { writer, isDistinct, limit in
            var filtered = query
            if query.isWindowed {
                filtered = Query()
                filtered.filters = [query.windowMembership]
            }
            writer.query(
                table: Row.schema.table,
                head: { writer in
                    writer.raw(isDistinct ? "SELECT DISTINCT " : "SELECT ")
                    writer.separated(nodes) { $0.selected($1) }
                },
                tail: { writer in
                    filtered.writeWhere(&writer)
                    writer.raw(" GROUP BY ")
                    writer.separated(keys) { $0.value($1) }
                    if let condition = SQLExpression.all(conditions) {
                        writer.raw(" HAVING ")
                        writer.condition(condition)
                    }
                    let tie = keys.map { Ordering(expression: $0, isDescending: false) }
                    Query<Row>.orderBy(order + tie, &writer)
                    if let count = [self.limit, limit].compactMap({ $0 }).min() {
                        writer.raw(" LIMIT ")
                        writer.bind(.int(Int64(count)))
                    }
                })
        }
    }
}

/// What `$0` is for a group of rows: its keys, as columns, and aggregates over its rows.
@dynamicMemberLookup
public struct GroupScope<Row: Model>: Sendable {
    /// A column of the rows: one of the group's keys.
    public subscript<Value>(dynamicMember member: KeyPath<Scope<Row, Row>, Value>) -> Value {
        Scope<Row, Row>.root[keyPath: member]
    }

    /// How many rows the group has.
    public var count: Expr<Int> { Expr(.aggregate(.count, nil, isDistinct: false)) }

    /// How many different values the group's rows have; NULL is not counted.
    public func count<Value>(distinct value: (Scope<Row, Row>) -> Expr<Value>) -> Expr<Int> {
        Expr(.aggregate(.count, value(.root).node, isDistinct: true))
    }

    /// The sum over the group.
    public func sum<Value: Numeric>(_ value: (Scope<Row, Row>) -> Expr<Value>) -> Expr<Value> {
        Expr(.aggregate(.sum, value(.root).node, isDistinct: false))
    }

    /// The average over the group, as a double.
    public func average<Value: Numeric>(_ value: (Scope<Row, Row>) -> Expr<Value>) -> Expr<Double> {
        Expr(.aggregate(.average, value(.root).node, isDistinct: false))
    }

    /// The sum over the group, NULL left out; NULL when there are no values.
    public func sum<Value: Numeric>(_ value: (Scope<Row, Row>) -> Expr<Value?>) -> Expr<Value?> {
        Expr(.aggregate(.sum, value(.root).node, isDistinct: false))
    }

    /// The average over the group as a double, NULL left out; NULL when there are no values.
    public func average<Value: Numeric>(_ value: (Scope<Row, Row>) -> Expr<Value?>) -> Expr<Double?> {
        Expr(.aggregate(.average, value(.root).node, isDistinct: false))
    }

    /// The smallest value of the group.
    public func min<Value>(_ value: (Scope<Row, Row>) -> Expr<Value>) -> Expr<Value> {
        Expr(.aggregate(.min, value(.root).node, isDistinct: false))
    }

    /// The greatest value of the group.
    public func max<Value>(_ value: (Scope<Row, Row>) -> Expr<Value>) -> Expr<Value> {
        Expr(.aggregate(.max, value(.root).node, isDistinct: false))
    }
}
