extension Model {
    /// The rows of a SELECT of your own as models: its columns are matched by name, in whatever order they come, and the database
    /// refuses the query when it lacks one of them. It is a query like any other: conditions, an order, a limit and prefetches
    /// may follow. Without an order it keeps the SELECT's own: where a join is needed its rows are numbered first. Deleted rows are among its rows unless the SELECT or ``Query/deleted(_:)``
    /// leaves them out.
    ///
    /// ```swift
    /// let posts = try await Post.raw("SELECT * FROM posts WHERE title GLOB \(pattern)").prefetch(\.author).all()
    /// // SELECT t0."id", t0."title", … FROM (SELECT * FROM posts WHERE title GLOB ?) AS t0
    /// ```
    public static func raw(_ text: SQLText) -> Query<Self> {
        var query = Query<Self>()
        query.source = .raw(text)
        query.deletedRows = .included
        return query
    }
}

extension Rows {
    /// Rows of a SELECT of your own, read by position into the tuple's types.
    ///
    /// ```swift
    /// let rows = try await Rows<String, Int>.raw("SELECT slug, view_count FROM posts WHERE view_count > \(limit)").all()
    /// ```
    public static func raw(_ text: SQLText) -> Rows {
        Rows(
            .derived(scales: Array(repeating: nil, count: valueCount), isAsWritten: true) { writer, names in
                guard names else { return text.write(&writer) }
                writer.raw("WITH selected(")
                writer.separated(0..<valueCount) { writer, index in writer.raw("c\(index)") }
                writer.raw(") AS (")
                text.write(&writer)
                writer.raw(") SELECT * FROM selected")
            })
    }
}

extension SQLText {
    /// Runs a statement of your own that returns no rows, and says how many it inserted, updated or deleted.
    ///
    /// ```swift
    /// try await SQLText("UPDATE posts SET view_count = 0 WHERE author_id = \(author.id)").execute()
    /// ```
    @discardableResult
    public func execute(on session: (any Session)? = nil, file: StaticString = #fileID, line: UInt = #line) async throws
        -> Int
    {
        try await withLease(session, .readWrite, Caller(nil, file, line)) { lease in
            var writer = SQLWriter(lease.dialect)
            write(&writer)
            return try await lease.execute(writer.statement).changes
        }
    }
}
