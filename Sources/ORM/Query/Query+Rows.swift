extension Query {
    /// Selects expressions instead of whole rows.
    ///
    /// ```swift
    /// let rows = try await Post.query.select { ($0.title, $0.author.username, $0.comments.count) }.all()
    /// ```
    public func select<each Value: ColumnValue>(
        _ selection: (Scope<Row, Row>) -> (repeat Expr<each Value>)
    ) -> Rows<repeat each Value> {
        // What is selected from rows that may repeat is selected from each row once, if that was asked for.
        var query = isDistinct ? whole : self
        let selected = selection(query.row())
        var nodes: [SQLExpression] = []
        for expression in repeat each selected { nodes.append(expression.node) }
        query.isJoined = nodes.contains { $0.mayJoin }
        let total = query.totalOrderings
        let orderings = query.orderings
        return Rows(
            .select(
                nodes, from: query, order: orderings, isTotal: total.count == orderings.count, ties: [Self.key],
                limit: query.limit, offset: query.offset
            ) { _ in })
    }

    /// Selects expressions into values of your own: `make` is a function, such as an initialiser, that takes what is selected, in
    /// this order. The compiler checks that the types agree.
    ///
    /// ```swift
    /// struct Summary { let id: Int; let title: String; let comments: Int }
    /// let summaries = try await Post.select(into: Summary.init) { ($0.id, $0.title, $0.comments.count) }.all()
    /// ```
    public func select<Output: Sendable, each Value: ColumnValue>(
        into make: @escaping @Sendable (repeat each Value) -> Output,
        _ selection: (Scope<Row, Row>) -> (repeat Expr<each Value>)
    ) -> MappedRows<Output, repeat each Value> {
        select(selection).map(make)
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
        var query = whole
        let selected = keys(query.row())
        var nodes: [SQLExpression] = []
        for expression in repeat each selected { nodes.append(expression.node) }
        return GroupedQuery(query: query, keys: nodes)
    }

    /// Selects aggregates over all of the query's rows: one tuple, even when there are no rows.
    ///
    /// ```swift
    /// let (posts, views, live) = try await Post.query
    ///     .aggregate { ($0.count, $0.sum { $0.viewCount }, $0.count { $0.published }) }.get()
    /// // SELECT COUNT(*), SUM(t0."view_count"), COUNT(*) FILTER (WHERE (t0."published" = 1)) FROM "posts" AS t0
    /// ```
    public func aggregate<each Value: ColumnValue>(
        _ selection: (AggregateScope<Row>) -> (repeat Expr<each Value>)
    ) -> Rows<repeat each Value> {
        var query = whole
        let selected = selection(AggregateScope(row: query.row()))
        var nodes: [SQLExpression] = []
        for expression in repeat each selected { nodes.append(expression.node) }
        return Rows(
            .select(nodes, from: query, order: [], isTotal: true, ties: [], limit: nil, offset: 0) { _ in })
    }
}

extension Model {
    /// Selects expressions from all rows.
    public static func select<each Value: ColumnValue>(
        _ selection: (Scope<Self, Self>) -> (repeat Expr<each Value>)
    ) -> Rows<repeat each Value> {
        Query().select(selection)
    }

    /// Selects expressions from all rows into values of your own; see ``Query/select(into:_:)``.
    public static func select<Output: Sendable, each Value: ColumnValue>(
        into make: @escaping @Sendable (repeat each Value) -> Output,
        _ selection: (Scope<Self, Self>) -> (repeat Expr<each Value>)
    ) -> MappedRows<Output, repeat each Value> {
        Query().select(into: make, selection)
    }

    /// Groups all rows by expressions.
    public static func group<each Key: ColumnValue>(
        _ keys: (Scope<Self, Self>) -> (repeat Expr<each Key>)
    ) -> GroupedQuery<Self> {
        Query().group(keys)
    }
}
