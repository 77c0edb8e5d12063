extension Model {
    /// The row that agrees with the new one in these columns, inserted if there is none, and whether it was. The columns have a
    /// unique index. Safe when several do it at once, in a transaction or not: the insert skips a conflict, and only then the
    /// row is read.
    ///
    /// ```swift
    /// let (tag, created) = try await Tag.getOrCreate(.init(name: "Swift", slug: "swift"), on: \.slug)
    /// let (link, _) = try await PostTag.getOrCreate(.init(post: .init(post), tag: .init(tag)), on: \.post, \.tag)
    /// ```
    public static func getOrCreate<each Item: ColumnReference>(
        _ new: New, on columns: repeat KeyPath<Columns, each Item>, session: (any Session)? = nil,
        file: StaticString = #fileID, line: UInt = #line
    ) async throws -> (row: Self, created: Bool) {
        let names = Options<Self>.names(of: repeat each columns)
        let lookup = try lookup(new, names)
        if let row = try await lookup.first(on: session, file: file, line: line) { return (row, false) }
        if let row = try await insert([new], onConflict: .ignore, on: session, file: file, line: line).first {
            return (row, true)
        }
        guard let row = try await lookup.first(on: session, file: file, line: line) else {
            throw ORMError(
                .validationFailure,
                "\(schema.table): the row conflicts with another one in a column that is not \(names.joined(separator: " and "))"
            )
        }
        return (row, false)
    }

    /// The row that agrees with the new one in these columns, with its other columns set to the new one's; inserted if there is
    /// none. Says whether it was. The columns have a unique index; the id and the instant of creation stay.
    ///
    /// ```swift
    /// let (post, created) = try await Post.updateOrCreate(.init(title: "New", slug: "a", author: .id(1)), on: \.slug)
    /// ```
    public static func updateOrCreate<each Item: ColumnReference>(
        _ new: New, on columns: repeat KeyPath<Columns, each Item>, session: (any Session)? = nil,
        file: StaticString = #fileID, line: UInt = #line
    ) async throws -> (row: Self, created: Bool) {
        let rule = ConflictRule<Self>.replace(on: repeat each columns)
        let lookup = try lookup(new, rule.target)
        return try await boundSession(session, .readWrite, Caller(Self.self, file, line)).transaction(.readWrite) {
            transaction in
            let isThere = try await lookup.exists(on: transaction, file: file, line: line)
            guard let row = try await insert([new], onConflict: rule, on: transaction, file: file, line: line).first
            else {
                throw ORMError(.notFound, "the \(Self.self) that was updated or created did not come back")
            }
            return (row, !isThere)
        }
    }

    /// The rows that agree with the new one in these columns.
    private static func lookup(_ new: New, _ names: [String]) throws -> Query<Self> {
        let values = new.values(now: .now)
        var query = Query<Self>().deleted(.included)
        for name in names {
            guard let index = schema.index(of: name) else {
                throw ORMError(.configuration, "\(schema.table) has no column \(name)")
            }
            query.filters.append(
                .equal(
                    .column(ColumnPath(scope: .root, column: name)), .value(values[index]),
                    isNullable: schema.columns[index].isNullable))
        }
        return query
    }
}
