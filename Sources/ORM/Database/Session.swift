/// What verbs run on: a ``Database``, where each verb takes a connection for itself, or a ``Transaction``.
///
/// A verb without `on:` uses the session bound by `db.use { }` or `db.transaction { }` around it.
public protocol Session: Sendable {
    /// The engine's way to write SQL.
    var dialect: any Dialect { get }
    /// What happens beside the writing of rows.
    var signals: Signals { get }
    /// Runs `body` with a connection that nobody else uses meanwhile, isolated to it. Inside, use the lease: a verb on the same
    /// session would wait for this very scope to end.
    func withLease<Result: Sendable>(
        _ mode: TransactionMode, _ body: nonisolated(nonsending) @Sendable (Lease) async throws -> Result
    ) async throws -> Result
    /// Runs `body` in a transaction, nested as a savepoint where there is one already.
    func transaction<Result: Sendable>(
        _ mode: TransactionMode, _ body: nonisolated(nonsending) @Sendable (Transaction) async throws -> Result
    ) async throws -> Result
}

/// What the current task has bound.
enum Ambient {
    @TaskLocal static var binding = Binding()

    struct Binding: Sendable {
        /// What verbs without `on:` run on.
        var session: (any Session)?
        /// The innermost open transaction, of whatever database; the others are found along ``Transaction/enclosing``.
        var transaction: Transaction?
    }

    /// The innermost transaction of a database that the current task is in.
    static func transaction(of database: ObjectIdentifier) -> Transaction? {
        var candidate = binding.transaction
        while let transaction = candidate, transaction.database != database { candidate = transaction.enclosing }
        return candidate
    }
}

/// The given session, or the one that is bound.
func boundSession(_ explicit: (any Session)?) throws -> any Session {
    if let explicit {
        if let database = explicit as? Database { try database.refuseInsideOwnTransaction() }
        return explicit
    }
    guard let session = Ambient.binding.session else {
        throw ORMError(.configuration, "no database is bound here: call inside db.use { } or pass on: db")
    }
    return session
}

/// Runs `body` on the given session or the bound one.
func withLease<Result: Sendable>(
    _ session: (any Session)?, _ mode: TransactionMode,
    _ body: nonisolated(nonsending) @Sendable (Lease) async throws -> Result
) async throws -> Result {
    try await boundSession(session).withLease(mode, body)
}

/// Runs `body` so that all its statements read one snapshot.
func withSnapshot<Result: Sendable>(
    _ session: (any Session)?, _ body: nonisolated(nonsending) @Sendable (Lease) async throws -> Result
) async throws -> Result {
    let session = try boundSession(session)
    if session is Transaction { return try await session.withLease(.readOnly, body) }
    return try await session.transaction(.readOnly) { transaction in try await transaction.withLease(.readOnly, body) }
}

/// Runs `body` so that all its writes happen or none: in a transaction when it is more than one statement.
func withAtomicLease<Result: Sendable>(
    _ session: (any Session)?, isAtomic: Bool,
    _ body: nonisolated(nonsending) @Sendable (Lease) async throws -> Result
) async throws -> Result {
    let session = try boundSession(session)
    guard isAtomic else { return try await session.withLease(.readWrite, body) }
    return try await session.transaction(.readWrite) { transaction in try await transaction.withLease(.readWrite, body)
    }
}
