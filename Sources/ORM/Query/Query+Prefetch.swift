extension Query {
    /// Loads relations together with the rows: one statement for each relation, however many rows there are.
    public func prefetch<each Path: RelationPath>(
        _ paths: repeat KeyPath<Scope<Row, Row>, each Path>
    ) -> Query {
        var query = self
        for path in repeat each paths {
            query.prefetches.add(Scope<Row, Row>.root[keyPath: path].relationPath[...])
        }
        return query
    }

    /// Loads a to-many relation's rows as the given query says; its `limit` and `offset` hold for each row of this query. Under a
    /// name, such a part stands beside the relation's other rows: ``Many/items(_:)`` reads it. Without a name a later refinement of
    /// the same relation replaces an earlier one: conditions that all shall hold belong into one closure.
    ///
    /// ```swift
    /// User.prefetch(\.posts) { $0.filter { $0.published }.order { $0.createdAt.desc }.limit(3) }
    /// User.prefetch(\.posts, as: "drafts") { $0.filter { !$0.published } }
    /// ```
    public func prefetch<Target: Model>(
        _ relation: KeyPath<Scope<Row, Row>, ManyScope<Row, Target>>, as subset: String? = nil,
        _ refine: (Query<Target>) -> Query<Target>
    ) -> Query {
        refined(Scope<Row, Row>.root[keyPath: relation], subset, refine(Query<Target>()))
    }

    /// Loads the rows at the end of a longer path as the given query says: `.prefetch(\.posts.comments) { $0.limit(2) }`.
    public func prefetch<Target: Model>(
        _ path: KeyPath<Scope<Row, Row>, RelationChain<Row, Target, ToManyEnd>>, as subset: String? = nil,
        _ refine: (Query<Target>) -> Query<Target>
    ) -> Query {
        refined(Scope<Row, Row>.root[keyPath: path], subset, refine(Query<Target>()))
    }

    private func refined<Target>(
        _ path: some RelationPath, _ subset: String?, _ refinement: Query<Target>
    ) -> Query {
        var query = self
        query.prefetches.add(path.relationPath[...], refinement: refinement, subset: subset)
        return query
    }
}

extension Model {
    /// All rows, with relations loaded.
    public static func prefetch<each Path: RelationPath>(
        _ paths: repeat KeyPath<Scope<Self, Self>, each Path>
    ) -> Query<Self> {
        Query().prefetch(repeat each paths)
    }

    /// All rows, with a relation loaded as the query says.
    public static func prefetch<Target: Model>(
        _ relation: KeyPath<Scope<Self, Self>, ManyScope<Self, Target>>, as subset: String? = nil,
        _ refine: (Query<Target>) -> Query<Target>
    ) -> Query<Self> {
        Query().prefetch(relation, as: subset, refine)
    }

    /// All rows, with the rows at the end of a longer path loaded as the query says.
    public static func prefetch<Target: Model>(
        _ path: KeyPath<Scope<Self, Self>, RelationChain<Self, Target, ToManyEnd>>, as subset: String? = nil,
        _ refine: (Query<Target>) -> Query<Target>
    ) -> Query<Self> {
        Query().prefetch(path, as: subset, refine)
    }
}

// MARK: After the fact

extension Model {
    /// Loads relations of this row: one statement for each.
    ///
    /// ```swift
    /// var post = try await Post.get(1)
    /// try await post.load(\.author, \.comments.author)
    /// ```
    public mutating func load<each Path: RelationPath>(
        _ paths: repeat KeyPath<Scope<Self, Self>, each Path>, on session: (any Session)? = nil,
        file: StaticString = #fileID, line: UInt = #line
    ) async throws {
        var rows = [self]
        try await rows.load(Query<Self>().prefetch(repeat each paths).prefetches, on: session, file: file, line: line)
        self = rows[0]
    }

    /// Loads a to-many relation of this row as the given query says.
    public mutating func load<Target: Model>(
        _ relation: KeyPath<Scope<Self, Self>, ManyScope<Self, Target>>, as subset: String? = nil,
        on session: (any Session)? = nil, file: StaticString = #fileID, line: UInt = #line,
        _ refine: (Query<Target>) -> Query<Target>
    ) async throws {
        var rows = [self]
        try await rows.load(
            Query<Self>().prefetch(relation, as: subset, refine).prefetches, on: session, file: file, line: line)
        self = rows[0]
    }
}

extension Array where Element: Model {
    /// Loads relations of all rows: one statement for each relation, however many rows there are.
    ///
    /// ```swift
    /// try await posts.load(\.author, \.tags)
    /// ```
    public mutating func load<each Path: RelationPath>(
        _ paths: repeat KeyPath<Scope<Element, Element>, each Path>, on session: (any Session)? = nil,
        file: StaticString = #fileID, line: UInt = #line
    ) async throws {
        try await load(Query<Element>().prefetch(repeat each paths).prefetches, on: session, file: file, line: line)
    }

    /// Loads a to-many relation of all rows as the given query says; its `limit` holds for each row.
    public mutating func load<Target: Model>(
        _ relation: KeyPath<Scope<Element, Element>, ManyScope<Element, Target>>, as subset: String? = nil,
        on session: (any Session)? = nil, file: StaticString = #fileID, line: UInt = #line,
        _ refine: (Query<Target>) -> Query<Target>
    ) async throws {
        try await load(
            Query<Element>().prefetch(relation, as: subset, refine).prefetches, on: session, file: file, line: line)
    }

    fileprivate mutating func load(
        _ plan: PrefetchPlan, on session: (any Session)?, file: StaticString, line: UInt
    ) async throws {
        let rows = self
        self = try await withSnapshot(session, Caller(Element.self, file, line)) { lease in
            var rows = rows
            try await plan.load(into: &rows, on: lease)
            return rows
        }
    }
}
