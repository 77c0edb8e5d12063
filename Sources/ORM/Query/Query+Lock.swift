extension Query {
    /// Locks the rows that the query gives until the transaction ends: `SELECT … FOR UPDATE`. Only inside a transaction, where
    /// else the lock would end with the statement, and only for whole rows, not for counts or projections.
    ///
    /// SQLite locks no rows and refuses the query with `.unsupported` before it runs; there, a `.readWrite` transaction has the
    /// database for itself anyway.
    ///
    /// ```swift
    /// let job = try await Job.filter { $0.isOpen }.lock(.forUpdate, .skipLocked).first()
    /// ```
    public func lock(_ strength: RowLock.Strength, _ conflict: RowLock.Conflict = .wait) -> Query {
        var query = self
        query.lock = RowLock(strength: strength, conflict: conflict)
        return query
    }

    func writeLock(_ writer: inout SQLWriter) {
        guard let lock else { return }
        guard let text = writer.dialect.lock(lock) else { return writer.refuse(lock.unsupported(by: writer.dialect)) }
        writer.raw(" \(text)")
    }

    /// For what gives no whole rows.
    func refuseLock(_ writer: inout SQLWriter) {
        writer.refuse(
            ORMError.unsupported(
                "row locks on parts of rows",
                "a lock is for whole rows, not for counts, projections or parts of a query"))
    }

    /// Runs `body` with a connection that may read, and lock if the query does. With prefetches all of it reads one snapshot: a
    /// row that somebody deletes between two statements would else be missing among those that point to it.
    func withReadLease<Result: Sendable>(
        _ session: (any Session)?, _ caller: Caller,
        _ body: nonisolated(nonsending) @Sendable (Lease) async throws -> Result
    ) async throws -> Result {
        guard let lock else {
            return prefetches.branches.isEmpty
                ? try await withLease(session, .readOnly, caller, body) : try await withSnapshot(session, caller, body)
        }
        let session = try boundSession(session, .readWrite, caller)
        guard session.dialect.lock(lock) != nil else { throw lock.unsupported(by: session.dialect) }
        guard session is Transaction else {
            throw ORMError(.configuration, "a lock outside a transaction would end at once: query inside one")
        }
        return try await session.withLease(.readWrite, at: caller.site, body)
    }
}

extension RowLock {
    func unsupported(by dialect: any Dialect) -> ORMError {
        ORMError.unsupported(feature, dialect: dialect.name, "\(dialect.name) cannot lock rows")
    }

    /// What SQL calls it.
    private var feature: String {
        let words = strength == .forUpdate ? "FOR UPDATE" : "FOR SHARE"
        return switch conflict {
        case .wait: words
        case .skipLocked: words + " SKIP LOCKED"
        case .noWait: words + " NOWAIT"
        }
    }
}
