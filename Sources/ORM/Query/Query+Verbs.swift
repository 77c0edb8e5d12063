/// A part of a query's rows, with what paging needs to know. All of it comes from one snapshot.
public struct Page<Item: Sendable>: Sendable {
    /// The rows of this page.
    public let items: [Item]
    /// How many rows the query has in all.
    public let total: Int
    /// How many rows a page has at most.
    public let limit: Int
    /// How many rows come before this page.
    public let offset: Int
    /// Whether rows follow after this page.
    public var hasNext: Bool { offset + items.count < total }
}

extension Query {
    /// Runs the query: all rows, with their prefetched relations.
    public func all(on session: (any Session)? = nil) async throws -> [Row] {
        try await withLease(session, .readOnly) { lease in try await fetch(on: lease) }
    }

    /// The first row, or `nil` when there is none. Among rows that are equal in the order the id decides, in the direction
    /// of the order's first key: the newest of equals comes first where the newest come first.
    public func first(on session: (any Session)? = nil) async throws -> Row? {
        let query = limited(to: 1)
        return try await withLease(session, .readOnly) { lease in
            try await query.fetch(on: lease, order: query.totalOrderings).first
        }
    }

    /// The last row: exactly the first of the reversed order, within the query's limit and offset.
    public func last(on session: (any Session)? = nil) async throws -> Row? {
        if isWindowed {
            // Prefetching is for the one row that comes out.
            var window = self
            window.prefetches = PrefetchPlan()
            let (query, plan) = (window, prefetches)
            return try await withLease(session, .readOnly) { lease in
                var rows = Array(try await query.fetch(on: lease).suffix(1))
                try await plan.load(into: &rows, on: lease)
                return rows.first
            }
        }
        let query = limited(to: 1)
        return try await withLease(session, .readOnly) { lease in
            try await query.fetch(on: lease, order: query.totalOrderings.map(\.reversed)).first
        }
    }

    /// The one row of the query; throws `.notFound` for none and `.multipleFound` for more.
    public func get(on session: (any Session)? = nil) async throws -> Row {
        let rows = try await limited(to: 2).all(on: session)
        guard let row = rows.first else { throw ORMError(.notFound, "no \(Row.self) matches the query") }
        guard rows.count == 1 else { throw ORMError(.multipleFound, "more than one \(Row.self) matches the query") }
        return row
    }

    /// How many rows the query has.
    public func count(on session: (any Session)? = nil) async throws -> Int {
        try await withLease(session, .readOnly) { lease in try await count(on: lease) }
    }

    /// Whether the query has any row.
    public func exists(on session: (any Session)? = nil) async throws -> Bool {
        let query = limited(to: 1)
        return try await withLease(session, .readOnly) { lease in
            try await !query.values(SQLExpression.trusted("1"), as: Int.self, on: lease).isEmpty
        }
    }

    /// A page of the rows: rows and total from one snapshot, the primary key as the last order key.
    public func page(limit: Int, offset: Int, on session: (any Session)? = nil) async throws -> Page<Row> {
        let query = self.limit(limit).offset(offset)
        return try await withSnapshot(session) { lease in
            let items = try await query.fetch(on: lease, order: query.totalOrderings)
            let total = try await self.count(on: lease)
            return Page(items: items, total: total, limit: Swift.max(0, limit), offset: Swift.max(0, offset))
        }
    }

    /// The sum over the rows; `nil` when there are none.
    public func sum<Value: Numeric>(
        on session: (any Session)? = nil, _ value: (Scope<Row, Row>) -> Expr<Value>
    ) async throws -> Value? {
        try await aggregate(.sum, value, on: session)
    }

    /// The average over the rows as a double, never cut to an integer; `nil` when there are none.
    public func average<Value: Numeric>(
        on session: (any Session)? = nil, _ value: (Scope<Row, Row>) -> Expr<Value>
    ) async throws -> Double? {
        try await aggregate(.average, value, on: session)
    }

    /// The smallest value; `nil` when there are no rows.
    public func min<Value>(
        on session: (any Session)? = nil, _ value: (Scope<Row, Row>) -> Expr<Value>
    ) async throws -> Value? {
        try await aggregate(.min, value, on: session)
    }

    /// The greatest value; `nil` when there are no rows.
    public func max<Value>(
        on session: (any Session)? = nil, _ value: (Scope<Row, Row>) -> Expr<Value>
    ) async throws -> Value? {
        try await aggregate(.max, value, on: session)
    }

    /// The sum over the rows, NULL left out; `nil` when there are no values.
    public func sum<Value: Numeric>(
        on session: (any Session)? = nil, _ value: (Scope<Row, Row>) -> Expr<Value?>
    ) async throws -> Value? {
        try await aggregate(.sum, value, on: session)
    }

    /// The average over the rows as a double, NULL left out; `nil` when there are no values.
    public func average<Value: Numeric>(
        on session: (any Session)? = nil, _ value: (Scope<Row, Row>) -> Expr<Value?>
    ) async throws -> Double? {
        try await aggregate(.average, value, on: session)
    }

    /// The smallest value that is not NULL; `nil` when there is none.
    public func min<Value>(
        on session: (any Session)? = nil, _ value: (Scope<Row, Row>) -> Expr<Value?>
    ) async throws -> Value? {
        try await aggregate(.min, value, on: session)
    }

    /// The greatest value that is not NULL; `nil` when there is none.
    public func max<Value>(
        on session: (any Session)? = nil, _ value: (Scope<Row, Row>) -> Expr<Value?>
    ) async throws -> Value? {
        try await aggregate(.max, value, on: session)
    }

    // MARK: How

    private func limited(to count: Int) -> Query { limit(Swift.min(count, limit ?? count)) }

    private func aggregate<Value, Output: ColumnValue>(
        _ function: Aggregate, _ value: (Scope<Row, Row>) -> Expr<Value>, on session: (any Session)?
    ) async throws -> Output? {
        let node = value(.root).node
        return try await withLease(session, .readOnly) { lease in
            try await values(.aggregate(function, node, isDistinct: false), as: Output?.self, on: lease).first ?? nil
        }
    }

    private func count(on lease: Lease) async throws -> Int {
        try await values(.aggregate(.count, nil, isDistinct: false), as: Int.self, on: lease).first ?? 0
    }

    /// Selects one expression over the query's rows. An aggregate over a window aggregates the window's rows.
    private func values<Value: ColumnValue>(
        _ expression: SQLExpression, as type: Value.Type, on lease: Lease
    ) async throws -> [Value] {
        if isWindowed, case .aggregate = expression {
            var keys = Query<Row>()
            keys.filters = [windowMembership]
            keys.order = []
            return try await keys.values(expression, as: type, on: lease)
        }
        var writer = SQLWriter(lease.dialect)
        writer.query(
            table: Row.schema.table,
            head: { writer in
                writer.raw("SELECT ")
                writer.selected(expression)
            },
            tail: { writer in
                writeWhere(&writer)
                writeWindow(&writer)
            })
        return try await lease.fetch(writer.statement, TupleDecoder<Value>())
    }

    /// The condition that a row is among this query's: its key is among the keys that the query selects.
    var windowMembership: SQLExpression {
        .inQuery(Self.key) { writer in
            writer.query(
                table: Row.schema.table,
                head: { writer in
                    writer.raw("SELECT ")
                    writer.value(Self.key)
                },
                tail: { writer in
                    self.writeWhere(&writer)
                    if self.isWindowed { Self.orderBy(self.totalOrderings, &writer) }
                    self.writeWindow(&writer)
                })
        }
    }
}
