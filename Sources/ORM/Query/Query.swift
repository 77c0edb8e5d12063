/// A query over a model's table: a value, built step by step, run by one of its verbs.
///
/// ```swift
/// let posts = try await Post
///     .filter { $0.published && $0.author.username == "ada" }
///     .order({ $0.viewCount.desc }, { $0.createdAt.desc })
///     .prefetch(\.author, \.comments.author, \.tags)
///     .limit(20)
///     .all()
/// ```
public struct Query<Row: Model>: Sendable {
    /// Where the rows come from.
    var source = QuerySource.table
    /// The numbers under which the query's closures speak of its row.
    var ids: [ScopeID] = []
    var filters: [SQLExpression] = []
    /// `nil` = the model's default order.
    var order: [Ordering]?
    var limit: Int?
    var offset = 0
    var isDistinct = false
    var lock: RowLock?
    var prefetches = PrefetchPlan()
    /// Whether more than conditions joins the rows to others, so that the order of a SELECT of the application's own would be lost.
    var isJoined = false
    /// Which rows of a table with soft deletion the query sees.
    var deletedRows = DeletedRows.excluded

    /// All rows, in the model's default order.
    public init() {}

    /// Only rows for which the condition holds, on top of earlier conditions.
    ///
    /// ```swift
    /// Post.filter { $0.published }.filter { $0.author.username == "ada" || $0.viewCount > 100 }
    /// ```
    public func filter(_ condition: (Scope<Row, Row>) -> Expr<Bool>) -> Query {
        var query = self
        query.filters.append(condition(query.row()).node)
        return query
    }

    /// Only rows for which the condition does not hold: exactly the others, those with NULL included.
    public func exclude(_ condition: (Scope<Row, Row>) -> Expr<Bool>) -> Query {
        var query = self
        query.filters.append(.not(condition(query.row()).node))
        return query
    }

    /// Orders by these keys instead of the default order.
    ///
    /// ```swift
    /// Post.query.order({ $0.viewCount.desc }, { $0.title.lower.asc })
    /// ```
    public func order(_ keys: ((Scope<Row, Row>) -> Ordering)...) -> Query {
        var query = self
        let row = query.row()
        query.order = keys.map { $0(row) }
        return query
    }

    /// At most so many rows.
    public func limit(_ count: Int) -> Query {
        var query = self
        query.limit = Swift.max(0, count)
        return query
    }

    /// Without the first so many rows.
    public func offset(_ count: Int) -> Query {
        var query = self
        query.offset = Swift.max(0, count)
        return query
    }

    /// Each row once. Only a ``unionAll(_:)`` and SQL of your own give a row more than once: conditions and orders over relations
    /// never do.
    public func distinct() -> Query {
        var query = self
        query.isDistinct = true
        return query
    }

    /// The row for a further closure, under a number of its own.
    mutating func row() -> Scope<Row, Row> {
        let id = ScopeID.unique()
        ids.append(id)
        return Scope(id: id)
    }

    /// Whether the rows come in an order that the query, its model or a SELECT of the application's own names.
    package var isOrdered: Bool {
        if case .raw = source { return true }
        return !orderings.isEmpty
    }

    var orderings: [Ordering] {
        if let order { return order }
        guard isAsWritten else { return Row.options.order.map(\.ordering) }
        return isNumbered
            ? [Ordering(expression: .stored(Self.place, scale: nil), isDescending: false, isNullable: false)] : []
    }

    /// Whether the rows of a SELECT of the application's own are numbered, to be ordered by their numbers: a SELECT around it keeps its
    /// order only where nothing is joined to it.
    var isNumbered: Bool { isAsWritten && (isJoined || filters.contains { $0.mayJoin }) }

    /// What the number of such a row is called.
    static var place: String { "orm_place" }

    /// Whether the rows come in the order in which SQL of the application's own gives them.
    var isAsWritten: Bool { if case .raw = source { order == nil } else { false } }

    /// The orderings with the primary key behind them, so that no two rows are equal.
    var totalOrderings: [Ordering] {
        let orderings = orderings
        guard !isAsWritten else { return orderings }
        guard !orderings.contains(where: { isKey($0.expression) }) else { return orderings }
        let isDescending = orderings.first?.isDescending ?? false
        return orderings + [Ordering(expression: Self.key, isDescending: isDescending, isNullable: false)]
    }

    /// What orders the rows themselves: with a limit or an offset it must be decided which of several equal rows are within.
    var windowOrderings: [Ordering] { isWindowed ? totalOrderings : orderings }

    func isKey(_ expression: SQLExpression) -> Bool {
        guard case .column(let path) = expression else { return false }
        return path.scope.steps.isEmpty && path.column == Row.schema.primaryKey.name
            && (path.scope.id == .innermost || ids.contains(path.scope.id))
    }

    static var key: SQLExpression { .column(ColumnPath(scope: .root, column: Row.schema.primaryKey.name)) }
    var isWindowed: Bool { limit != nil || offset > 0 }
}

extension Model {
    /// All rows as a query.
    public static var query: Query<Self> { Query() }
    /// The rows for which the condition holds.
    public static func filter(_ condition: (Scope<Self, Self>) -> Expr<Bool>) -> Query<Self> {
        Query().filter(condition)
    }
    /// The rows for which the condition does not hold.
    public static func exclude(_ condition: (Scope<Self, Self>) -> Expr<Bool>) -> Query<Self> {
        Query().exclude(condition)
    }
    /// All rows in this order.
    public static func order(_ keys: ((Scope<Self, Self>) -> Ordering)...) -> Query<Self> {
        var query = Query<Self>()
        let row = query.row()
        query.order = keys.map { $0(row) }
        return query
    }
    /// At most so many rows, in the default order.
    public static func limit(_ count: Int) -> Query<Self> { Query().limit(count) }
}
