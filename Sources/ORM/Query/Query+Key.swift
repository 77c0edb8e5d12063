extension Query {
    /// The query's row with this id; throws `.notFound` when it has none.
    ///
    /// ```swift
    /// let post = try await Post.prefetch(\.author, \.tags).get(1)
    /// ```
    public func get(
        _ id: Row.ID, on session: (any Session)? = nil, file: StaticString = #fileID, line: UInt = #line
    ) async throws -> Row {
        guard let row = try await find(id, on: session, file: file, line: line) else {
            throw ORMError(.notFound, "no \(Row.self) of the query has this \(Row.schema.primaryKey.name)")
        }
        return row
    }

    /// The query's row with this id, or `nil`.
    public func find(
        _ id: Row.ID, on session: (any Session)? = nil, file: StaticString = #fileID, line: UInt = #line
    ) async throws -> Row? {
        try await filter(key: id).first(on: session, file: file, line: line)
    }

    /// Only the row with this id.
    func filter(key id: Row.ID) -> Query {
        var query = self
        query.filters.append(.equal(Self.key, .value(id.sqlValue), isNullable: false))
        return query
    }
}
