/// What verbs run on: a ``Database``, where each verb takes a connection for itself, or a ``Transaction``.
///
/// A verb without `on:` uses the session bound by `db.use { }` or `db.transaction { }` around it.
public protocol Session: Sendable {
    /// The engine's way to write SQL.
    var dialect: any Dialect { get }
    /// What happens beside the writing of rows.
    var signals: Signals { get }
    /// Runs `body` with a connection that nobody else uses meanwhile, isolated to it. Inside, use the lease: a verb on the same
    /// session would wait for this very scope to end. Observers are told `site` as the place that asked.
    func withLease<Result: Sendable>(
        _ mode: TransactionMode, at site: CallSite?,
        _ body: nonisolated(nonsending) @Sendable (Lease) async throws -> Result
    ) async throws -> Result
    /// Runs `body` in a transaction, nested as a savepoint where there is one already.
    func transaction<Result: Sendable>(
        _ options: TransactionOptions,
        _ body: nonisolated(nonsending) @Sendable (Transaction) async throws -> Result
    ) async throws -> Result
}

extension Session {
    /// Runs `body` with a connection that nobody else uses meanwhile, isolated to it. Inside, use the lease: a verb on the same
    /// session would wait for this very scope to end.
    public func withLease<Result: Sendable>(
        _ mode: TransactionMode, _ body: nonisolated(nonsending) @Sendable (Lease) async throws -> Result
    ) async throws -> Result {
        try await withLease(mode, at: nil, body)
    }
}

/// What the current task has bound.
enum Ambient {
    @TaskLocal static var binding = Binding()

    struct Binding: Sendable {
        /// What verbs without `on:` run on.
        var session: (any Session)? { didSet { sessionTransaction = nil } }
        /// The same as a transaction, when it is one: a point query takes little longer than to find that out.
        private(set) var sessionTransaction: Transaction?
        /// The innermost open transaction, of whatever database; the others are found along ``Transaction/enclosing``.
        var transaction: Transaction?
        /// Where verbs without `on:` go by their model, inside `databases.use { }`.
        var databases: Databases?
        /// The innermost `use { }`.
        var scope: UseScope?

        /// Has verbs without `on:` run on a transaction that begins here.
        mutating func enter(_ transaction: Transaction) {
            session = transaction
            sessionTransaction = transaction
            self.transaction = transaction
            // A database that is none of those bound is used alone: routers know nothing of it.
            if databases?.contains(transaction.database) == false { databases = nil }
        }
    }

    /// The innermost transaction of a database that the current task is in.
    static func transaction(of database: ObjectIdentifier) -> Transaction? {
        var candidate = binding.transaction
        while let transaction = candidate, transaction.database != database { candidate = transaction.enclosing }
        return candidate
    }
}

/// Who asks for a session: the model that a verb is about, if it is about one, and where it was called.
struct Caller: Sendable {
    let model: (any Model.Type)?
    let site: CallSite

    init(_ model: (any Model.Type)?, _ file: StaticString, _ line: UInt) {
        self.model = model
        site = CallSite(file: file, line: line)
    }
}

/// The given session, or the bound one: where the caller's model is read, or written, when several databases are bound.
func boundSession(
    _ explicit: (any Session)?, _ mode: TransactionMode = .readOnly, _ caller: Caller? = nil
) throws -> any Session {
    if let explicit {
        if let database = explicit as? Database { try database.refuseInsideOwnTransaction() }
        return explicit
    }
    let binding = Ambient.binding
    if let databases = binding.databases, let model = caller?.model { return try databases.session(for: model, mode) }
    guard let session = binding.session else {
        throw ORMError(
            .configuration,
            binding.databases == nil
                ? "no database is bound here: call inside db.use { } or pass on: db"
                : "a statement without a model says nothing of its database: pass on: try databases[\"…\"]")
    }
    return session
}

/// Runs `body` on the given session or the bound one.
///
/// Inlined, as every verb goes through here: a call would make a frame of its own for a task to allocate.
@inline(__always)
func withLease<Result: Sendable>(
    _ session: (any Session)?, _ mode: TransactionMode, _ caller: Caller? = nil,
    _ body: nonisolated(nonsending) @Sendable (Lease) async throws -> Result
) async throws -> Result {
    try await boundSession(session, mode, caller).withLease(mode, at: caller?.site, body)
}

/// Runs `body` so that all its statements read one snapshot.
func withSnapshot<Result: Sendable>(
    _ session: (any Session)?, _ caller: Caller? = nil,
    _ body: nonisolated(nonsending) @Sendable (Lease) async throws -> Result
) async throws -> Result {
    let session = try boundSession(session, .readOnly, caller)
    if session is Transaction {
        return try await session.withLease(.readOnly, at: caller?.site, body)
    }
    return try await session.transaction(.readOnly) { transaction in
        try await transaction.withLease(.readOnly, at: caller?.site, body)
    }
}

/// Runs `body` so that all its writes happen or none: in a transaction when it is more than one statement.
func withAtomicLease<Result: Sendable>(
    _ session: (any Session)?, isAtomic: Bool, _ caller: Caller? = nil,
    _ body: nonisolated(nonsending) @Sendable (Lease) async throws -> Result
) async throws -> Result {
    let session = try boundSession(session, .readWrite, caller)
    guard isAtomic else {
        return try await session.withLease(.readWrite, at: caller?.site, body)
    }
    return try await session.transaction(.readWrite) { transaction in
        try await transaction.withLease(.readWrite, at: caller?.site, body)
    }
}
