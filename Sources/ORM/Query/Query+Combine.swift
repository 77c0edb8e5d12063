/// Where a query's rows come from.
enum QuerySource: Sendable {
    /// The model's table.
    case table
    /// A SELECT with all columns of the model, by name.
    case select(@Sendable (inout SQLWriter) -> Void)
    /// A SELECT of the application's own, with all columns of the model, by name.
    case raw(SQLText)

    var isTable: Bool { if case .table = self { true } else { false } }
}

/// How two queries' rows are combined.
enum SetOperation: String, Sendable {
    case union = "UNION"
    case unionAll = "UNION ALL"
    case intersect = "INTERSECT"
    case except = "EXCEPT"
}

extension Query {
    /// The rows of this query and of another, each once. Conditions, order, limit and everything else that follows are about
    /// the whole.
    ///
    /// ```swift
    /// let shown = try await Post.filter { $0.published }.union(Post.filter { $0.author == me })
    ///     .order { $0.createdAt.desc }.limit(20).all()
    /// // SELECT … FROM (SELECT … FROM "posts" AS t1 WHERE … UNION SELECT … FROM "posts" AS t2 WHERE …) AS t0 ORDER BY …
    /// ```
    public func union(_ other: Query) -> Query { combined(.union, other) }

    /// The rows of this query and of another; a row that is in both comes twice.
    public func unionAll(_ other: Query) -> Query { combined(.unionAll, other) }

    /// The rows that are in this query and in another.
    public func intersect(_ other: Query) -> Query { combined(.intersect, other) }

    /// The rows of this query that are not in another.
    public func except(_ other: Query) -> Query { combined(.except, other) }

    private func combined(_ operation: SetOperation, _ other: Query) -> Query {
        var query = Query()
        // The two sides have said already which deleted rows they see.
        query.deletedRows = .included
        query.prefetches = prefetches
        query.prefetches.merge(other.prefetches)
        query.source = .select { writer in
            self.writeMember(&writer)
            writer.raw(" \(operation.rawValue) ")
            other.writeMember(&writer)
        }
        return query
    }

    /// Writes the query as one side of a set operation, where an order and a limit must be inside a query of their own.
    private func writeMember(_ writer: inout SQLWriter) {
        if lock != nil { refuseLock(&writer) }
        if isWindowed { writer.raw("SELECT * FROM (") }
        select(&writer, order: isWindowed ? totalOrderings : [], isNamed: true)
        if isWindowed { writer.raw(") AS part") }
    }
}
