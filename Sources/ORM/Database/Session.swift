/// What verbs run on: a ``Database``, where each verb takes a connection for itself, or a ``Transaction``.
///
/// A verb without `on:` uses the session bound by `db.use { }` or `db.transaction { }` around it.
public protocol Session: Sendable {
    /// The engine's way to write SQL.
    var dialect: any Dialect { get }
    /// Runs `body` with a connection that nobody else uses meanwhile, isolated to it.
    func withLease<Result: Sendable>(
        _ mode: TransactionMode, _ body: nonisolated(nonsending) @Sendable (Lease) async throws -> Result
    ) async throws -> Result
    /// Runs `body` in a transaction, nested as a savepoint where there is one already.
    func transaction<Result: Sendable>(
        _ mode: TransactionMode, _ body: nonisolated(nonsending) @Sendable (Transaction) async throws -> Result
    ) async throws -> Result
}

/// The session that the current task has bound.
enum Ambient {
    @TaskLocal static var session: (any Session)?
}

func boundSession(_ explicit: (any Session)?) throws -> any Session {
    guard let session = explicit ?? Ambient.session else {
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
    return try await session.transaction(.readWrite) { transaction in try await transaction.withLease(.readWrite, body) }
}
