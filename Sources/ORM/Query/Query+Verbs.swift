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

    package init(items: [Item], total: Int, limit: Int, offset: Int) {
        (self.items, self.total, self.limit, self.offset) = (items, total, limit, offset)
    }
}

/// The part of a query's rows that a limit and an offset leave, and a page within it.
struct RowWindow {
    var limit: Int?
    var offset: Int

    /// The rows of a page, which come from this part and no others.
    func page(limit count: Int, offset first: Int) -> RowWindow {
        let (count, first) = (Swift.max(0, count), Swift.max(0, first))
        let (start, isBeyond) = offset.addingReportingOverflow(first)
        guard !isBeyond else { return RowWindow(limit: 0, offset: 0) }
        return RowWindow(limit: limit.map { Swift.min(count, Swift.max(0, $0 - first)) } ?? count, offset: start)
    }
}

extension Query {
    /// Runs the query: all rows, with their prefetched relations.
    ///
    /// ```swift
    /// let drafts = try await Post.filter { !$0.published }.prefetch(\.author).all()
    /// ```
    public func all(on session: (any Session)? = nil, file: StaticString = #fileID, line: UInt = #line) async throws
        -> [Row]
    {
        try await withReadLease(session, Caller(Row.self, file, line)) { lease in try await fetch(on: lease) }
    }

    /// The first row, or `nil` when there is none. Among rows that are equal in the order the id decides, in the direction
    /// of the order's first key: the newest of equals comes first where the newest come first.
    ///
    /// ```swift
    /// let newest = try await Post.order { $0.createdAt.desc }.first()
    /// ```
    public func first(on session: (any Session)? = nil, file: StaticString = #fileID, line: UInt = #line) async throws
        -> Row?
    {
        let query = limited(to: 1)
        return try await withReadLease(session, Caller(Row.self, file, line)) { lease in
            try await query.fetch(on: lease, order: query.totalOrderings).first
        }
    }

    /// The last row: exactly the first of the reversed order, within the query's limit and offset.
    public func last(on session: (any Session)? = nil, file: StaticString = #fileID, line: UInt = #line) async throws
        -> Row?
    {
        if isWindowed || isAsWritten {
            // Prefetching is for the one row that comes out.
            var window = self
            window.prefetches = PrefetchPlan()
            let (query, plan) = (window, prefetches)
            return try await withReadLease(session, Caller(Row.self, file, line)) { lease in
                var rows = Array(try await query.fetch(on: lease).suffix(1))
                try await plan.load(into: &rows, on: lease)
                return rows.first
            }
        }
        let query = limited(to: 1)
        return try await withReadLease(session, Caller(Row.self, file, line)) { lease in
            try await query.fetch(on: lease, order: query.totalOrderings.map(\.reversed)).first
        }
    }

    /// The row with the greatest value, or `nil` when there is none; rows where it is NULL are left out, and the greatest id
    /// decides among equals.
    ///
    /// ```swift
    /// let newest = try await Post.filter { $0.published }.latest { $0.createdAt }
    /// ```
    public func latest<Value>(
        on session: (any Session)? = nil, file: StaticString = #fileID, line: UInt = #line,
        by value: (Scope<Row, Row>) -> Expr<Value>
    ) async throws -> Row? {
        try await ordered(by: value, isDescending: true).first(on: session, file: file, line: line)
    }

    /// The row with the smallest value, or `nil` when there is none; rows where it is NULL are left out, and the smallest id
    /// decides among equals.
    public func earliest<Value>(
        on session: (any Session)? = nil, file: StaticString = #fileID, line: UInt = #line,
        by value: (Scope<Row, Row>) -> Expr<Value>
    ) async throws -> Row? {
        try await ordered(by: value, isDescending: false).first(on: session, file: file, line: line)
    }

    /// The one row of the query; throws `.notFound` for none and `.multipleFound` for more.
    ///
    /// ```swift
    /// let ada = try await User.filter { $0.username == "ada" }.get()
    /// ```
    public func get(on session: (any Session)? = nil, file: StaticString = #fileID, line: UInt = #line) async throws
        -> Row
    {
        let rows = try await limited(to: 2).all(on: session, file: file, line: line)
        guard let row = rows.first else { throw ORMError(.notFound, "no \(Row.self) matches the query") }
        guard rows.count == 1 else { throw ORMError(.multipleFound, "more than one \(Row.self) matches the query") }
        return row
    }

    /// The query's rows with these ids, by their ids; what is not found is not in the result.
    ///
    /// ```swift
    /// let posts = try await Post.query.prefetch(\.author).inBulk([3, 1, 7])   // [1: …, 3: …]
    /// ```
    public func inBulk(
        _ ids: some Sequence<Row.ID>, on session: (any Session)? = nil, file: StaticString = #fileID, line: UInt = #line
    ) async throws -> [Row.ID: Row] {
        var query = whole
        query.filters.append(.inList(Self.key, ids.map { $0.sqlValue }, isNullable: false))
        query.order = []
        let rows = try await query.all(on: session, file: file, line: line)
        return Dictionary(rows.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// How many rows the query has.
    ///
    /// ```swift
    /// let drafts = try await Post.filter { !$0.published }.count()
    /// // SELECT COUNT(*) FROM "posts" AS t0 WHERE (t0."published" = 0)
    /// ```
    public func count(on session: (any Session)? = nil, file: StaticString = #fileID, line: UInt = #line) async throws
        -> Int
    {
        try await withLease(session, .readOnly, Caller(Row.self, file, line)) { lease in try await count(on: lease) }
    }

    /// Whether the query has any row. It reads one row at most, and nothing of it.
    ///
    /// ```swift
    /// if try await User.filter { $0.username == name }.exists() { … }
    /// ```
    public func exists(on session: (any Session)? = nil, file: StaticString = #fileID, line: UInt = #line) async throws
        -> Bool
    {
        let query = limited(to: 1)
        return try await withLease(session, .readOnly, Caller(Row.self, file, line)) { lease in
            try await !query.values(SQLExpression.trusted("1"), as: Int.self, on: lease).isEmpty
        }
    }

    /// A page of the rows: rows and total from one snapshot, the primary key as the last order key. Of a query with a limit or an
    /// offset of its own it is a page of the rows that these leave, and the total is their number.
    ///
    /// ```swift
    /// let page = try await Post.order { $0.createdAt.desc }.page(limit: 20, offset: 40)
    /// print(page.items.count, "of", page.total)
    /// ```
    public func page(
        limit: Int, offset: Int, on session: (any Session)? = nil, file: StaticString = #fileID, line: UInt = #line
    ) async throws -> Page<Row> {
        let window = RowWindow(limit: self.limit, offset: self.offset).page(limit: limit, offset: offset)
        var query = self
        (query.limit, query.offset) = (window.limit, window.offset)
        let page = query
        return try await withSnapshot(session, Caller(Row.self, file, line)) { lease in
            let items = try await page.fetch(on: lease, order: page.totalOrderings)
            let total = try await self.count(on: lease)
            return Page(items: items, total: total, limit: Swift.max(0, limit), offset: Swift.max(0, offset))
        }
    }

    // MARK: Aggregates

    /// How many different values the rows have; NULL is not counted.
    public func count<Value>(
        on session: (any Session)? = nil, file: StaticString = #fileID, line: UInt = #line,
        distinct value: (Scope<Row, Row>) -> Expr<Value>
    ) async throws -> Int {
        try await aggregate(.count, isDistinct: true, value, on: session, file: file, line: line) ?? 0
    }

    /// The sum over the rows, NULL left out; `nil` when there are no values. Each different value once, if `distinct`.
    ///
    /// ```swift
    /// let views = try await Post.filter { $0.published }.sum { $0.viewCount } ?? 0
    /// ```
    public func sum<Value: SummableValue>(
        distinct: Bool = false, on session: (any Session)? = nil, file: StaticString = #fileID, line: UInt = #line,
        _ value: (Scope<Row, Row>) -> Expr<Value>
    ) async throws -> Value.OrNull {
        try await aggregate(.sum, isDistinct: distinct, value, on: session, file: file, line: line)
    }

    /// The average over the rows as a double, never cut to an integer, NULL left out; `nil` when there are no values. Each
    /// different value once, if `distinct`.
    public func average<Value: NumberValue>(
        distinct: Bool = false, on session: (any Session)? = nil, file: StaticString = #fileID, line: UInt = #line,
        _ value: (Scope<Row, Row>) -> Expr<Value>
    ) async throws -> Double? {
        try await aggregate(.average, isDistinct: distinct, value, on: session, file: file, line: line)
    }

    /// The smallest value that is not NULL; `nil` when there is none.
    public func min<Value>(
        on session: (any Session)? = nil, file: StaticString = #fileID, line: UInt = #line,
        _ value: (Scope<Row, Row>) -> Expr<Value>
    ) async throws -> Value.OrNull {
        try await aggregate(.min, isDistinct: false, value, on: session, file: file, line: line)
    }

    /// The greatest value that is not NULL; `nil` when there is none.
    public func max<Value>(
        on session: (any Session)? = nil, file: StaticString = #fileID, line: UInt = #line,
        _ value: (Scope<Row, Row>) -> Expr<Value>
    ) async throws -> Value.OrNull {
        try await aggregate(.max, isDistinct: false, value, on: session, file: file, line: line)
    }

    // MARK: How

    private func limited(to count: Int) -> Query { limit(Swift.min(count, limit ?? count)) }

    private func ordered<Value>(by value: (Scope<Row, Row>) -> Expr<Value>, isDescending: Bool) -> Query {
        var query = whole
        let node = value(query.row()).node
        if Value.isNullable { query.filters.append(.not(.isNull(node))) }
        query.order = [Ordering(expression: node, isDescending: isDescending, isNullable: false)]
        return query
    }

    private func aggregate<Value, Output: ColumnValue>(
        _ function: Aggregate, isDistinct: Bool, _ value: (Scope<Row, Row>) -> Expr<Value>,
        on session: (any Session)?, file: StaticString, line: UInt
    ) async throws -> Output {
        var query = self
        let node = SQLExpression.aggregate(function, value(query.row()).node, isDistinct: isDistinct, filter: nil)
        let aggregated = query
        return try await withLease(session, .readOnly, Caller(Row.self, file, line)) { lease in
            guard let result = try await aggregated.values(node, as: Output.self, on: lease).first else {
                throw ORMError(.notFound, "an aggregate gave no row")
            }
            return result
        }
    }

    private func count(on lease: Lease) async throws -> Int {
        let count = SQLExpression.aggregate(.count, nil, isDistinct: false, filter: nil)
        return try await values(count, as: Int.self, on: lease).first ?? 0
    }

    /// Selects one expression over the query's rows. An aggregate over a window aggregates the window's rows.
    private func values<Value: ColumnValue>(
        _ expression: SQLExpression, as type: Value.Type, on lease: Lease
    ) async throws -> [Value] {
        var query = self
        if case .aggregate = expression { query = whole }
        var writer = SQLWriter(lease.dialect)
        if query.lock != nil { refuseLock(&writer) }
        query.write(&writer) { writer in
            writer.raw("SELECT ")
            writer.selected(expression)
        } tail: { writer in
            query.writeWhere(&writer)
            writer.window(limit: query.limit, offset: query.offset)
        }
        return try await lease.fetch(writer.statement, TupleDecoder<Value>())
    }

    /// The same rows as a query without a limit, an offset or a DISTINCT: what aggregates, groups and further conditions work
    /// over.
    var whole: Query {
        guard isWindowed || isDistinct else { return self }
        var query = Query()
        (query.ids, query.order, query.lock, query.prefetches) = (ids, order, lock, prefetches)
        query.deletedRows = .included
        if case .table = source {
            query.filters = [windowMembership]
        } else {
            query.source = .select { writer in self.select(&writer, order: self.windowOrderings, isNamed: true) }
        }
        return query
    }

    /// The condition that a row is among this query's: its key is among the keys that the query selects.
    var windowMembership: SQLExpression { .inSelect(Self.key, keySelect, isNullable: false, findsNull: false) }

    /// The query's keys as a SELECT.
    var keySelect: SelectStatement {
        SelectStatement(
            write: { writer, isNamed in
                if self.lock != nil { self.refuseLock(&writer) }
                self.write(&writer) { writer in
                    writer.raw("SELECT ")
                    writer.value(Self.key)
                    if isNamed { writer.raw(" AS c0") }
                } tail: { writer in
                    self.writeWhere(&writer)
                    if self.isWindowed { writer.orderBy(self.totalOrderings) }
                    writer.window(limit: self.limit, offset: self.offset)
                }
            }, isWindowed: isWindowed)
    }
}

extension Model {
    /// The rows with these ids, by their ids; what is not found is not in the result.
    public static func inBulk(
        _ ids: some Sequence<ID>, on session: (any Session)? = nil, file: StaticString = #fileID, line: UInt = #line
    ) async throws -> [ID: Self] {
        try await Query<Self>().inBulk(ids, on: session, file: file, line: line)
    }
}
