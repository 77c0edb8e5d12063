/// A database: a value you own, open it, pass it, close it. There is no global one.
///
/// ```swift
/// let db = try await Database.open(SQLiteDriver(path: "blog.sqlite3"))
/// try await db.use {
///     let ada = try await User.create(username: "ada")
///     try await db.transaction { _ in … }
/// }
/// await db.close()
/// ```
public final class Database: Session {
    /// The engine's way to write SQL.
    public var dialect: any Dialect { driver.dialect }

    private let driver: any Driver
    private let writers: Pool
    /// The pool of readers; the same as ``writers`` where one connection must do for both.
    private let readers: Pool
    private let observer: (any QueryObserver)?
    /// What happens beside the writing of rows.
    public let signals: Signals

    private init(_ driver: any Driver, acquireTimeout: Duration, observer: (any QueryObserver)?, signals: Signals) {
        self.driver = driver
        self.signals = signals
        self.observer = observer
        writers = Pool(limit: driver.limit(of: .writer), acquireTimeout: acquireTimeout) {
            try await driver.connect(.writer)
        }
        let readerLimit = driver.limit(of: .reader)
        readers =
            readerLimit == 0
            ? writers
            : Pool(limit: readerLimit, acquireTimeout: acquireTimeout) { try await driver.connect(.reader) }
    }

    /// Opens a database and checks that it answers; throws an ``ORMError`` of kind `.unavailable` when it does not.
    ///
    /// - `acquireTimeout`: how long a scope waits for a connection before `.poolTimeout`.
    /// - `observer`: sees every statement after it has run.
    /// - `signals`: what happens beside the writing of rows.
    public static func open(
        _ driver: any Driver, acquireTimeout: Duration = .seconds(30), observer: (any QueryObserver)? = nil,
        signals: Signals = Signals()
    ) async throws -> Database {
        let database = Database(driver, acquireTimeout: acquireTimeout, observer: observer, signals: signals)
        do {
            try await database.writers.withConnection { _ in }
        } catch {
            await database.close()
            throw error
        }
        return database
    }

    /// Closes the database: verbs that wait for a connection throw, and so do later ones. Connections in use are closed when
    /// their scope ends; this does not wait for it.
    public func close() async {
        await readers.close()
        await writers.close()
    }

    /// Binds the database to the current task and its children: verbs inside need no `on:`. Inside a transaction of this
    /// database they go on to use the transaction.
    public func use<Result>(
        isolation: isolated (any Actor)? = #isolation, _ body: nonisolated(nonsending) () async throws -> Result
    ) async rethrows -> Result {
        var binding = Ambient.binding
        binding.session = Ambient.transaction(of: ObjectIdentifier(self)) ?? self
        return try await Ambient.$binding.withValue(binding) {
            // Captured, so that the body runs where the caller does: `withValue` itself would run it elsewhere.
            _ = isolation
            return try await body()
        }
    }

    /// Runs `body` with a connection of its own. Refused with `.configuration` inside a transaction of this database, because
    /// it would wait for itself, or not see what the transaction has written.
    public func withLease<Result: Sendable>(
        _ mode: TransactionMode, _ body: nonisolated(nonsending) @Sendable (Lease) async throws -> Result
    ) async throws -> Result {
        try refuseInsideOwnTransaction()
        return try await pool(for: mode).withConnection { connection in
            let lease = self.lease(connection)
            defer { lease.end() }
            return try await connection.interruptible { try await body(lease) }
        }
    }

    /// Runs `body` in a transaction: committed when it returns, rolled back when it throws, and its error comes out
    /// unchanged. Inside, verbs without `on:` use the transaction, and a nested `transaction` is a savepoint.
    ///
    /// COMMIT and ROLLBACK ignore cancellation; a connection whose state is in doubt is closed, not used again.
    public func transaction<Result: Sendable>(
        _ mode: TransactionMode = .readWrite,
        _ body: nonisolated(nonsending) @Sendable (Transaction) async throws -> Result
    ) async throws -> Result {
        if let bound = Ambient.transaction(of: ObjectIdentifier(self)) {
            return try await bound.transaction(mode, body)
        }
        let begin = Statement(dialect.begin(mode))
        return try await pool(for: mode).withConnection { connection in
            try await connection.isolated {
                let lease = self.lease(connection)
                defer { lease.end() }
                let transaction = Transaction(lease: lease, database: ObjectIdentifier(self), mode: mode)
                _ = try await connection.execute(begin)
                do {
                    let result = try await transaction.run(body)
                    _ = try await connection.execute(Statement("COMMIT"))
                    return result
                } catch {
                    // If even this fails the connection is still inside a transaction, and the pool closes it.
                    _ = try? await connection.execute(Statement("ROLLBACK"))
                    throw error
                }
            }
        }
    }

    /// Runs a script of several statements without values, such as triggers: written by a developer, never from outside.
    public func run(script: String) async throws {
        try refuseInsideOwnTransaction()
        try await writers.withConnection { connection in try await connection.run(script: script) }
    }

    func refuseInsideOwnTransaction() throws {
        guard Ambient.transaction(of: ObjectIdentifier(self)) != nil else { return }
        throw ORMError(
            .configuration,
            "`on: database` inside a transaction of the same database would wait for itself: pass the transaction, or nothing"
        )
    }

    private func lease(_ connection: any Connection) -> Lease {
        Lease(connection: connection, dialect: dialect, observer: observer, signals: signals)
    }

    private func pool(for mode: TransactionMode) -> Pool { mode == .readOnly ? readers : writers }
}
