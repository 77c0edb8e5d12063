extension Model {
    /// Deletes the row. Throws `.notFound` when it is gone already.
    ///
    /// A model with ``SoftDelete(_:)`` keeps the row and notes when it was deleted; `permanently` takes it out for good.
    public func delete(
        permanently: Bool = false, on session: (any Session)? = nil, file: StaticString = #fileID, line: UInt = #line
    ) async throws {
        let session = try boundSession(session, .readWrite, Caller(Self.self, file, line))
        guard let signals = session.signals.handlers(of: Self.self), signals.seesDeletions else {
            return try await remove(permanently: permanently, on: session, file: file, line: line)
        }
        try await session.transaction(.readWrite) { transaction in
            try await signals.willDelete(self)
            try await remove(permanently: permanently, on: transaction, file: file, line: line)
            try await signals.didDelete(self)
        }
    }

    /// Makes a softly deleted row be there again. Throws `.notFound` when it is not deleted, or gone.
    public func restore(on session: (any Session)? = nil, file: StaticString = #fileID, line: UInt = #line) async throws
    {
        guard try await byKey(.only).restore(on: session, file: file, line: line) > 0 else {
            throw ORMError(.notFound, "no deleted \(Self.self) has this \(Self.schema.primaryKey.name)")
        }
    }

    private func remove(permanently: Bool, on session: any Session, file: StaticString, line: UInt) async throws {
        let rows = byKey(permanently ? .included : .excluded)
        guard try await rows.delete(permanently: permanently, on: session, file: file, line: line) > 0 else {
            throw ORMError(
                .notFound, "the \(Self.self) to delete is gone: no row has its \(Self.schema.primaryKey.name)")
        }
    }

    private func byKey(_ rows: DeletedRows) -> Query<Self> {
        var query = Query<Self>().deleted(rows)
        query.filters = [.equal(Query<Self>.key, .value(id.sqlValue), isNullable: false)]
        return query
    }
}
