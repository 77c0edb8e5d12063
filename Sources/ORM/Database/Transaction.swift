import Synchronization

/// An open transaction, or a savepoint in one. It is valid inside the closure that got it; later use throws
/// `.transactionFinished`. Child tasks may share it: their statements take turns, first come, first served.
public final class Transaction: Session {
    /// The engine's way to write SQL.
    public var dialect: any Dialect { lease.dialect }

    /// Whose transaction this is.
    let database: ObjectIdentifier
    private let lease: Lease
    private let parent: Transaction?
    private let depth: Int
    private let gate = FIFOGate(
        whenShut: ORMError(
            .transactionFinished, "the transaction has ended: a task that outlives it cannot use it, await the task inside"))

    init(lease: Lease, database: ObjectIdentifier, parent: Transaction?) {
        self.lease = lease
        self.database = database
        self.parent = parent
        depth = (parent?.depth ?? -1) + 1
    }

    /// Runs `body` alone on this transaction's connection.
    public func withLease<Result: Sendable>(
        _ mode: TransactionMode, _ body: nonisolated(nonsending) @Sendable (Lease) async throws -> Result
    ) async throws -> Result {
        if let inner = innermost { return try await inner.withLease(mode, body) }
        try await gate.enter()
        do {
            let result = try await lease.connection.interruptible { try await body(self.lease) }
            gate.leave()
            return result
        } catch {
            gate.leave()
            throw error
        }
    }

    /// Runs `body` in a savepoint: if it throws, what it did is undone and the rest of the transaction stands.
    public func transaction<Result: Sendable>(
        _ mode: TransactionMode = .readWrite,
        _ body: nonisolated(nonsending) @Sendable (Transaction) async throws -> Result
    ) async throws -> Result {
        if let inner = innermost { return try await inner.transaction(mode, body) }
        try await gate.enter()
        do {
            let result = try await savepoint(body)
            gate.leave()
            return result
        } catch {
            gate.leave()
            throw error
        }
    }

    private func savepoint<Result: Sendable>(
        _ body: nonisolated(nonsending) @Sendable (Transaction) async throws -> Result
    ) async throws -> Result {
        let nested = Transaction(lease: lease, database: database, parent: self)
        let name = "orm_\(nested.depth)"
        try Task.checkCancellation()
        _ = try await lease.connection.execute(Statement("SAVEPOINT \(name)"))
        do {
            let result = try await nested.run(body)
            _ = try await lease.connection.execute(Statement("RELEASE SAVEPOINT \(name)"))
            return result
        } catch {
            // A deadlock or a full disk may have ended the whole transaction and the savepoint with it. The first error says
            // why, so it is what comes out; the outer COMMIT then fails and says so too.
            _ = try? await lease.connection.execute(Statement("ROLLBACK TO SAVEPOINT \(name)"))
            _ = try? await lease.connection.execute(Statement("RELEASE SAVEPOINT \(name)"))
            throw error
        }
    }

    /// Runs a scope's body bound to this transaction, then lets nobody in any more.
    func run<Result: Sendable>(
        _ body: nonisolated(nonsending) @Sendable (Transaction) async throws -> Result
    ) async throws -> Result {
        do {
            let result = try await Ambient.$session.withValue(self) { try await body(self) }
            await gate.shut()
            return result
        } catch {
            await gate.shut()
            throw error
        }
    }

    /// The savepoint that the calling task is in, when it lies within this transaction: an outer transaction used by name
    /// inside an inner one means the same connection at the same time, so it means the inner one.
    private var innermost: Transaction? {
        guard let bound = Ambient.session as? Transaction, bound !== self else { return nil }
        var ancestor = bound.parent
        while let candidate = ancestor {
            if candidate === self { return bound }
            ancestor = candidate.parent
        }
        return nil
    }
}

extension Connection {
    /// Runs `body` on this connection's executor; if the task is cancelled, the statement that runs then is interrupted.
    func interruptible<Result: Sendable>(
        _ body: nonisolated(nonsending) @Sendable () async throws -> Result
    ) async throws -> Result {
        let isActive = Mutex(true)
        defer { isActive.withLock { $0 = false } }
        return try await withTaskCancellationHandler {
            try await isolated(body)
        } onCancel: {
            // Under the lock, so that a late cancellation never interrupts the statement of whoever comes next.
            isActive.withLock { if $0 { interrupt() } }
        }
    }
}
