/// A query whose rows are groups.
public struct GroupedQuery<Row: Model>: Sendable {
    private var query: Query<Row>
    private let keys: [SQLExpression]
    private var conditions: [SQLExpression] = []
    private var orderings: [Ordering] = []
    private var limit: Int?
    private var offset = 0

    init(query: Query<Row>, keys: [SQLExpression]) {
        self.query = query
        self.keys = keys
    }

    /// Only groups for which the condition holds, on top of earlier conditions.
    ///
    /// ```swift
    /// Post.group { $0.author.id }.having { $0.average { $0.viewCount } > 10 && $0.count >= 3 }
    /// ```
    public func having(_ condition: (GroupScope<Row>) -> Expr<Bool>) -> GroupedQuery {
        var grouped = self
        grouped.conditions.append(condition(grouped.group()).node)
        return grouped
    }

    /// Orders the groups. Groups that are equal in this order, or without it all, come in the order of their keys.
    public func order(_ keys: ((GroupScope<Row>) -> Ordering)...) -> GroupedQuery {
        var grouped = self
        let group = grouped.group()
        grouped.orderings = keys.map { $0(group) }
        return grouped
    }

    /// At most so many groups.
    public func limit(_ count: Int) -> GroupedQuery {
        var grouped = self
        grouped.limit = Swift.max(0, count)
        return grouped
    }

    /// Without the first so many groups.
    public func offset(_ count: Int) -> GroupedQuery {
        var grouped = self
        grouped.offset = Swift.max(0, count)
        return grouped
    }

    /// Selects keys and aggregates of each group. A column that is neither, and that the keys do not decide, is refused with
    /// `.configuration` before the query runs: its value could be that of any row.
    ///
    /// ```swift
    /// Post.group { $0.author.id }.select { ($0.author.username, $0.count) }   // the author decides the name
    /// ```
    public func select<each Value: ColumnValue>(
        _ selection: (GroupScope<Row>) -> (repeat Expr<each Value>)
    ) -> Rows<repeat each Value> {
        var grouped = self
        let selected = selection(grouped.group())
        var nodes: [SQLExpression] = []
        for expression in repeat each selected { nodes.append(expression.node) }
        return Rows(grouped.source(nodes))
    }

    /// Selects keys and aggregates of each group into values of your own; see ``Query/select(into:_:)``.
    public func select<Output: Sendable, each Value: ColumnValue>(
        into make: @escaping @Sendable (repeat each Value) -> Output,
        _ selection: (GroupScope<Row>) -> (repeat Expr<each Value>)
    ) -> MappedRows<Output, repeat each Value> {
        select(selection).map(make)
    }

    /// How many groups there are.
    public func count(on session: (any Session)? = nil, file: StaticString = #fileID, line: UInt = #line) async throws
        -> Int
    {
        try await Rows<Int>(source([.trusted("1")])).count(on: session, file: file, line: line)
    }

    private mutating func group() -> GroupScope<Row> { GroupScope(row: query.row()) }

    private func source(_ outputs: [SQLExpression]) -> RowsSource {
        let (keys, conditions, ids) = (keys, conditions, query.ids)
        let asked = outputs + conditions + orderings.map(\.expression)
        let ties = keys.map { Ordering(expression: $0, isDescending: false) }
        return .select(
            outputs, from: query, order: orderings + ties, isTotal: true, ties: keys, limit: limit, offset: offset,
            hasGroups: true
        ) { writer in
            for expression in asked {
                writer.refuse(
                    expression, unlessDecidedBy: keys, ofRows: ids,
                    in: (Row.schema.table, Row.schema.primaryKey.name))
            }
            writer.raw(" GROUP BY ")
            writer.separated(keys) { $0.value($1) }
            guard let condition = SQLExpression.all(conditions) else { return }
            writer.raw(" HAVING ")
            writer.groupCondition(condition, keys: keys)
        }
    }
}
