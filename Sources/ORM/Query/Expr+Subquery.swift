extension Expr {
    /// Whether the value is among those that a query selects; NULL is when NULL is. The query may speak of the row outside it.
    ///
    /// ```swift
    /// Post.filter { $0.title.isIn(Tag.filter { $0.posts.count > 3 }.select { $0.name }) }
    /// // … WHERE (t0."title" IN (SELECT t1."name" FROM "tags" AS t1 WHERE …))
    /// ```
    public func isIn(_ rows: Rows<Value>) -> Expr<Bool> {
        let isNullable = Value.isNullable
        return Expr<Bool>(
            .inSelect(node, rows.selection.select(limit: nil), isNullable: isNullable, findsNull: isNullable))
    }

    /// Whether the value is the key of one of a query's rows.
    public func isIn<Row: Model>(_ query: Query<Row>) -> Expr<Bool> where Row.ID == Value {
        Expr<Bool>(.inSelect(node, query.keySelect, isNullable: Value.isNullable, findsNull: false))
    }

    /// The first value that a query selects, NULL when it selects none: a scalar subquery. The query may speak of the row outside
    /// it.
    ///
    /// ```swift
    /// Post.select { post in
    ///     (post.title, Expr(subquery: Comment.filter { $0.post == post }.order { $0.id.desc }.select { $0.content }))
    /// }
    /// // SELECT t0."title", (SELECT t1."content" FROM "comments" AS t1 WHERE … ORDER BY … LIMIT ?) FROM …
    /// ```
    public init<Selected: ColumnValue>(subquery rows: Rows<Selected>) where Value == Selected.OrNull {
        self.init(.scalarSelect(rows.selection.select(limit: 1)))
    }
}

extension Expr where Value == Bool {
    /// Whether a query has any row: EXISTS. The query may speak of the row outside it.
    ///
    /// ```swift
    /// Post.filter { post in .exists(Comment.filter { $0.post == post && $0.content == post.title }) }
    /// ```
    public static func exists<Row: Model>(_ query: Query<Row>) -> Expr {
        Expr(.existsSelect(query.keySelect))
    }

    /// Whether a query selects anything: EXISTS.
    public static func exists<each Selected>(_ rows: Rows<repeat each Selected>) -> Expr {
        Expr(.existsSelect(rows.selection.select(limit: nil)))
    }
}

extension Selection {
    /// The rows as a SELECT inside an expression, ordered only where that decides which they are.
    func select(limit: Int?) -> SelectStatement {
        let selection = limit.map { limited(to: $0) } ?? self
        let write: @Sendable (inout SQLWriter, Bool) -> Void = { writer, isNamed in
            selection.write(&writer, selection.shape(.none, isNamed: isNamed))
        }
        let isWindowed = selection.source.limit != nil || selection.source.offset > 0
        return SelectStatement(write: write, scale: source.outputs.first?.scale, isWindowed: isWindowed)
    }
}
