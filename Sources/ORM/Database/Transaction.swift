import Synchronization

/// An open transaction, or a savepoint in one. It is valid inside the closure that got it; later use throws
/// `.transactionFinished`. Child tasks may share it: their statements take turns, first come, first served.
public final class Transaction: Session {
    /// The engine's way to write SQL.
    public var dialect: any Dialect { lease.dialect }
    /// What happens beside the writing of rows.
    public var signals: Signals { lease.signals }

    /// Whose transaction this is.
    let database: ObjectIdentifier
    /// The transaction around this one in the task that began it: the one this is a savepoint of, or another database's.
    let enclosing: Transaction?
    private let lease: Lease
    private let options: TransactionOptions
    private let depth: Int
    /// Whether this is a savepoint of a read-only transaction, where writes are refused already.
    private let isInsideReader: Bool
    /// `nil` once the transaction has ended and they are on their way.
    private let hooks = Mutex<TransactionHooks?>(TransactionHooks())
    private let gate = FIFOGate(whenShut: finished)
    private static let finished = ORMError(
        .transactionFinished, "the transaction has ended: a task that outlives it cannot use it, await the task inside")

    /// A transaction that has begun.
    convenience init(lease: Lease, database: ObjectIdentifier, options: TransactionOptions) {
        self.init(
            lease: lease, database: database, options: options, depth: 0, isInsideReader: false,
            enclosing: Ambient.binding.transaction)
    }

    private init(
        lease: Lease, database: ObjectIdentifier, options: TransactionOptions, depth: Int, isInsideReader: Bool,
        enclosing: Transaction?
    ) {
        self.lease = lease
        self.database = database
        self.options = options
        self.depth = depth
        self.isInsideReader = isInsideReader
        self.enclosing = enclosing
    }

    /// Runs `body` alone on this transaction's connection. Throws `.configuration` for `.readWrite` in a read-only transaction.
    public func withLease<Result: Sendable>(
        _ mode: TransactionMode, at site: CallSite?,
        _ body: nonisolated(nonsending) @Sendable (Lease) async throws -> Result
    ) async throws -> Result {
        if let inner = innermost { return try await inner.withLease(mode, at: site, body) }
        try check(mode)
        // Nearly always nobody is inside, and then there is nothing to await.
        if let ticket = try gate.arrive() { try await gate.wait(ticket) }
        do {
            // A lease of its own: an escaped one would work while it is somebody else's turn.
            let turn = lease.turn(at: site)
            defer { turn.end() }
            let result = try await lease.connection.interruptible(.readWrite, insideTransaction: true) {
                try await body(turn)
            }
            gate.leave()
            return result
        } catch {
            gate.leave()
            throw error
        }
    }

    /// What ``withLease(_:at:_:)`` does to read one row, without the closures, the frames and the lease of a turn: together they take
    /// as long as the row. For the innermost transaction of the calling task, and while nobody observes.
    func fetchFirst<Decoder: RowDecoder>(_ statement: Statement, _ decoder: Decoder) async throws -> Decoder.Output? {
        if let ticket = try gate.arrive() { try await gate.wait(ticket) }
        defer { gate.leave() }
        try lease.begin()
        return try await lease.connection.fetchFirstInterruptibly(statement, decoder)
    }

    /// Whether somebody sees the statements.
    var isObserved: Bool { lease.isObserved }

    /// Runs `body` in a savepoint: if it throws, what it did is undone and the rest of the transaction stands.
    @discardableResult
    public func transaction<Result: Sendable>(
        _ options: TransactionOptions = .readWrite,
        _ body: nonisolated(nonsending) @Sendable (Transaction) async throws -> Result
    ) async throws -> Result {
        if let inner = innermost { return try await inner.transaction(options, body) }
        try check(options.mode)
        let nested = try self.options.nesting(options)
        try await gate.enter()
        do {
            try await checkAlive()
            let result = try await savepoint(nested, body)
            gate.leave()
            return result
        } catch {
            gate.leave()
            throw error
        }
    }

    private func savepoint<Result: Sendable>(
        _ options: TransactionOptions,
        _ body: nonisolated(nonsending) @Sendable (Transaction) async throws -> Result
    ) async throws -> Result {
        let nested = Transaction(
            lease: lease, database: database, options: options, depth: depth + 1,
            isInsideReader: self.options.mode == .readOnly, enclosing: surroundings)
        let name = "orm_\(nested.depth)"
        try Task.checkCancellation()
        try await lease.control("SAVEPOINT \(name)")
        do {
            let result = try await nested.run(body)
            try await lease.control("RELEASE SAVEPOINT \(name)")
            absorb(nested, isCommitted: true)
            return result
        } catch {
            // A deadlock or a full disk may have ended the whole transaction and the savepoint with it. The first error says
            // why, so it is what comes out; the outer COMMIT then fails and says so too.
            try? await lease.control("ROLLBACK TO SAVEPOINT \(name)")
            try? await lease.control("RELEASE SAVEPOINT \(name)")
            absorb(nested, isCommitted: false)
            throw error
        }
    }

    /// How many tasks wait for their turn, for tests of how they wait.
    package var waitingCount: Int { gate.waitingCount }

    // MARK: Hooks

    /// Has `hook` run once the outermost transaction is committed: after all hooks asked for before, outside the transaction and
    /// with its connection free again. Dropped when the transaction, or the savepoint that this is, is rolled back.
    ///
    /// ```swift
    /// try await db.transaction { transaction in
    ///     let user = try await User.create(username: "ada")
    ///     try transaction.afterCommit { await mailer.welcome(user) }
    /// }
    /// ```
    /// A hook cannot throw, because nobody could undo the commit any more: it deals with its errors itself. It runs in the task
    /// that ran the transaction, before `transaction { }` returns, also when that task has been cancelled; verbs in it use what
    /// is bound there, else the database. Throws `.transactionFinished` when the transaction has ended.
    public func afterCommit(_ hook: @escaping @Sendable () async -> Void) throws { try add(.commit, hook) }

    /// Has `hook` run once it is certain that what this transaction, or savepoint, did is undone: when the outermost transaction
    /// has ended. Dropped when it is committed. Else as ``afterCommit(_:)``.
    public func afterRollback(_ hook: @escaping @Sendable () async -> Void) throws { try add(.rollback, hook) }

    private func add(_ event: TransactionHooks.Event, _ hook: @escaping TransactionHooks.Hook) throws {
        if let inner = innermost { return try inner.add(event, hook) }
        let isOpen = hooks.withLock { hooks in
            hooks?.add(event, hook)
            return hooks != nil
        }
        guard isOpen else { throw Self.finished }
    }

    private func absorb(_ nested: Transaction, isCommitted: Bool) {
        let inner = nested.takeHooks()
        hooks.withLock { $0?.absorb(inner, isCommitted: isCommitted) }
    }

    /// The hooks, now that the transaction has ended; later ones are refused.
    func takeHooks() -> TransactionHooks {
        hooks.withLock { hooks in
            defer { hooks = nil }
            return hooks ?? TransactionHooks()
        }
    }

    // MARK: How

    /// Runs a scope's body bound to this transaction, then lets nobody in any more.
    func run<Result: Sendable>(
        _ body: nonisolated(nonsending) @Sendable (Transaction) async throws -> Result
    ) async throws -> Result {
        guard options.mode == .readOnly, !isInsideReader else { return try await runBound(body) }
        await lease.connection.permit(.readOnly)
        do {
            let result = try await runBound(body)
            await lease.connection.permit(.readWrite)
            return result
        } catch {
            await lease.connection.permit(.readWrite)
            throw error
        }
    }

    private func runBound<Result: Sendable>(
        _ body: nonisolated(nonsending) @Sendable (Transaction) async throws -> Result
    ) async throws -> Result {
        do {
            var binding = Ambient.binding
            binding.enter(self)
            let result = try await lease.connection.bound(binding) { try await body(self) }
            await gate.shut()
            return result
        } catch {
            await gate.shut()
            throw error
        }
    }

    /// The savepoint that the calling task is in, when it lies within this transaction: an outer transaction used by name
    /// inside an inner one means the same connection at the same time, so it means the inner one, as long as that is open.
    private var innermost: Transaction? {
        var innermost: Transaction?
        var candidate = Ambient.binding.transaction
        while let transaction = candidate, transaction !== self {
            if innermost == nil, transaction.database == database, !transaction.gate.isShut { innermost = transaction }
            candidate = transaction.enclosing
        }
        return candidate == nil ? nil : innermost
    }

    /// What a savepoint of this transaction lies in: the calling task's transactions, if this one is among them.
    private var surroundings: Transaction {
        var candidate = Ambient.binding.transaction
        while let transaction = candidate {
            if transaction === self { return Ambient.binding.transaction ?? self }
            candidate = transaction.enclosing
        }
        return self
    }

    private func check(_ wanted: TransactionMode) throws {
        guard wanted == .readWrite, options.mode == .readOnly else { return }
        throw ORMError(.configuration, "a read-only transaction cannot write: begin it as .readWrite")
    }

    private func checkAlive() async throws {
        if await lease.connection.isReusable() { throw Self.rolledBack }
    }

    /// The engine may have ended the transaction by itself: SQLite does when a write is interrupted or the disk is full. What
    /// was written from then on would stay, whatever becomes of the rest. <https://sqlite.org/lang_transaction.html>
    fileprivate static var rolledBack: ORMError {
        ORMError(.transactionFinished, "the database has rolled this transaction back after an earlier error")
    }
}

extension TransactionOptions {
    /// The options of a savepoint in a transaction with these.
    fileprivate func nesting(_ inner: TransactionOptions) throws -> TransactionOptions {
        if let wanted = inner.isolation, wanted != isolation {
            throw ORMError(
                .configuration,
                "a savepoint cannot be \(wanted.rawValue) by itself: begin the outermost transaction so")
        }
        guard inner.enforcesForeignKeys || !enforcesForeignKeys else {
            throw ORMError(
                .configuration, "a savepoint cannot do without foreign keys: begin the outermost transaction so")
        }
        var nested = inner
        nested.isolation = isolation
        return nested
    }
}

extension Connection {
    /// Runs `body` on this connection's executor; if the task is cancelled, the statement that runs then is interrupted. With
    /// `.readOnly`, statements that write are refused meanwhile; with `insideTransaction`, a transaction that the engine has ended by
    /// itself is refused.
    ///
    /// `isReusable()` is asked in any case, for the reason that ``isolated(_:)`` gives, and the closure captures `self` for the
    /// reason that ``bound(_:_:)`` gives.
    func interruptible<Result: Sendable>(
        _ mode: TransactionMode, insideTransaction: Bool = false,
        _ body: nonisolated(nonsending) @Sendable () async throws -> Result
    ) async throws -> Result {
        if isReusable(), insideTransaction { throw Transaction.rolledBack }
        let isActive = Mutex(true)
        if mode == .readOnly { permit(.readOnly) }
        defer {
            if mode == .readOnly { permit(.readWrite) }
            isActive.withLock { $0 = false }
            resume()
        }
        return try await withTaskCancellationHandler {
            _ = self
            return try await body()
        } onCancel: {
            // Under the lock, so that a late cancellation never interrupts the statement of whoever comes next.
            isActive.withLock { if $0 { interrupt() } }
        }
    }

    /// Reads one row inside a transaction; if the task is cancelled meanwhile, the statement is interrupted.
    func fetchFirstInterruptibly<Decoder: RowDecoder>(
        _ statement: Statement, _ decoder: Decoder
    ) async throws -> Decoder.Output? {
        if isReusable() { throw Transaction.rolledBack }
        let isActive = Mutex(true)
        defer {
            isActive.withLock { $0 = false }
            resume()
        }
        return try await withTaskCancellationHandler {
            try fetchFirst(statement, decoder)
        } onCancel: {
            isActive.withLock { if $0 { interrupt() } }
        }
    }
}

extension RemoteConnection {
    /// Awaits the answer to a read that was sent; if the task is cancelled, it is interrupted.
    func finishInterruptibly<Decoder: RowDecoder>(
        _ statement: Statement, _ decoder: Decoder
    ) async throws -> Decoder.Output? {
        try await interruptible(.readWrite) { try await self.finish(statement, decoder) }
    }
}
