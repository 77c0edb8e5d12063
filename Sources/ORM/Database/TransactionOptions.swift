/// How a transaction begins, and whether it is tried again.
///
/// ```swift
/// try await db.transaction(.readOnly) { … }                       // one snapshot, no writes
/// try await db.transaction(.readWrite.isolated(.serializable)) { … }
/// try await db.transaction(.readWrite.retrying(attempts: 5)) { … } // again when another transaction was in the way
/// ```
public struct TransactionOptions: Sendable, Hashable {
    /// What the transaction may do.
    public var mode: TransactionMode
    /// How well it is shielded from others; `nil` = the engine's default. Chosen when the outermost transaction begins: a
    /// savepoint that asks for another level is refused with `.configuration`.
    public var isolation: IsolationLevel?
    /// Whether locks are taken only when the first statement needs them. A matter of SQLite, where a transaction else takes the
    /// write lock at its start (BEGIN IMMEDIATE); the other engines always do so.
    public var isDeferred: Bool
    /// When to try again; `nil` = never. Only the outermost transaction's counts: a savepoint cannot be tried again, because the
    /// engine has ended, or must end, the transaction around it.
    public var retry: RetryPolicy?
    /// Whether foreign keys are enforced within. Only SQLite does without, and only an outermost transaction: it is the way to make a
    /// table anew there, and whoever takes it checks them before the end. <https://sqlite.org/lang_altertable.html#otheralter>
    public var enforcesForeignKeys = true

    /// Options; what is left out has the value shown here.
    public init(
        mode: TransactionMode = .readWrite, isolation: IsolationLevel? = nil, isDeferred: Bool = false,
        retry: RetryPolicy? = nil
    ) {
        self.mode = mode
        self.isolation = isolation
        self.isDeferred = isDeferred
        self.retry = retry
    }

    /// Reads and writes; on SQLite the write lock is taken at the start, so that two transactions cannot deadlock in the middle.
    public static let readWrite = TransactionOptions()
    /// Reads one snapshot; a write is refused.
    public static let readOnly = TransactionOptions(mode: .readOnly)
    /// Reads and writes; on SQLite the write lock is taken with the first write, which fails with `.serialization` when somebody
    /// else has written since the first read. For transactions that seldom write: retry them.
    public static let deferred = TransactionOptions(isDeferred: true)

    /// The same, at an isolation level.
    public func isolated(_ level: IsolationLevel) -> TransactionOptions {
        var options = self
        options.isolation = level
        return options
    }

    /// The same, with foreign keys not enforced: see ``enforcesForeignKeys``.
    public func withoutForeignKeys() -> TransactionOptions {
        var options = self
        options.enforcesForeignKeys = false
        return options
    }

    /// The same, tried again as a policy says: see ``RetryPolicy``.
    public func retrying(_ policy: RetryPolicy) -> TransactionOptions {
        var options = self
        options.retry = policy
        return options
    }

    /// The same, tried so many times in all, with the pauses of ``RetryPolicy/init(attempts:pause:longestPause:)``.
    public func retrying(attempts: Int = 5) -> TransactionOptions { retrying(RetryPolicy(attempts: attempts)) }
}

/// What a transaction may see of others that run at the same time: at least so little. An engine may give a stronger level than
/// the one asked for, never a weaker one; SQLite gives ``serializable`` always.
public enum IsolationLevel: String, Sendable, Hashable, CaseIterable {
    /// Even what others have not committed.
    case readUncommitted = "READ UNCOMMITTED"
    /// What is committed when a statement begins.
    case readCommitted = "READ COMMITTED"
    /// What was committed when the transaction began.
    case repeatableRead = "REPEATABLE READ"
    /// As if transactions ran one after another.
    case serializable = "SERIALIZABLE"
}

/// How often and after which pauses a transaction is tried again when another one was in its way: when the database was locked
/// too long, when the two cannot be put in an order (serialization), or when they wait for each other (deadlock). Never after
/// any other error, and never after a cancellation.
///
/// The body runs again as a whole, after a rollback; what it did outside the database it does again. The pause doubles from try to try.
public struct RetryPolicy: Sendable, Hashable {
    /// How many tries there are in all.
    public var attempts: Int
    /// The pause before the second try.
    public var pause: Duration
    /// The longest pause.
    public var longestPause: Duration

    /// A policy; what is left out has the value shown here.
    public init(attempts: Int = 5, pause: Duration = .milliseconds(10), longestPause: Duration = .seconds(1)) {
        self.attempts = attempts
        self.pause = pause
        self.longestPause = longestPause
    }

    /// The pause after a try that failed; `nil` when it was the last.
    func pause(afterAttempt attempt: Int) -> Duration? {
        guard attempt < attempts else { return nil }
        var pause = pause
        for _ in 1..<attempt where pause < longestPause { pause *= 2 }
        return min(pause, longestPause)
    }
}
