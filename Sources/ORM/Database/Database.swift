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
    private let context: Lease.Context
    /// Whether a read can be sent and left alone.
    private let sendsReads: Bool
    /// Where tasks run that use this database and are on no actor.
    private let executor: any TaskExecutor
    private var time: TimeSource { context.time }
    /// What happens beside the writing of rows.
    public var signals: Signals { context.signals }

    private init(_ driver: any Driver, _ context: Lease.Context) {
        self.driver = driver
        self.context = context
        sendsReads = driver is any RemoteDriver
        executor = (driver as? any RemoteDriver)?.executor ?? StatementThreads.shared
        let (options, time) = (driver.pool, context.time)
        writers = Pool(limit: driver.limit(of: .writer), options: options, time: time) {
            try await driver.connect(.writer)
        }
        let readerLimit = driver.limit(of: .reader)
        readers =
            readerLimit == 0
            ? writers
            : Pool(limit: readerLimit, options: options, time: time) { try await driver.connect(.reader) }
    }

    /// Opens a database and checks that it answers; throws an ``ORMError`` of kind `.unavailable` when it does not.
    ///
    /// - `observers`: see every statement after it has run.
    /// - `signals`: what happens beside the writing of rows.
    /// - `clock`: what time-outs, idleness and pauses go by; a test gives one that it sets itself.
    public static func open(
        _ driver: any Driver, observers: [any QueryObserver] = [], signals: Signals = Signals(),
        clock: any Clock<Duration> = ContinuousClock()
    ) async throws -> Database {
        try driver.pool.check()
        let driver = try await driver.resolved()
        let database = Database(
            driver,
            Lease.Context(driver.dialect, observers: observers, time: TimeSource(clock), signals: signals))
        do {
            try await database.writers.withConnection { _ in }
            try await database.writers.warmUp()
            if database.readers !== database.writers { try await database.readers.warmUp() }
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
    @discardableResult
    public func use<Result>(
        isolation: isolated (any Actor)? = #isolation, _ body: nonisolated(nonsending) () async throws -> Result
    ) async rethrows -> Result {
        var binding = Ambient.binding
        binding.session = Ambient.transaction(of: id) ?? self
        binding.databases = nil
        binding.scope = UseScope(time, in: binding.scope)
        // Who is on no actor is on whatever thread there is: then on one that statements run on too.
        return try await withTaskExecutorPreference(isolation == nil ? executor : nil) {
            try await Ambient.$binding.withValue(binding) {
                // Captured, so that the body runs where the caller does: `withValue` itself would run it elsewhere.
                _ = isolation
                return try await body()
            }
        }
    }

    /// Runs `body` with a connection of its own. Refused with `.configuration` inside a transaction of this database, because
    /// it would wait for itself, or not see what the transaction has written.
    public func withLease<Result: Sendable>(
        _ mode: TransactionMode, at site: CallSite?,
        _ body: nonisolated(nonsending) @Sendable (Lease) async throws -> Result
    ) async throws -> Result {
        try refuseInsideOwnTransaction()
        defer { if mode == .readWrite { Ambient.binding.scope?.didWrite(to: id) } }
        return try await withLease(mode, at: site, granted: nil, body)
    }

    /// `granted`: what its pool has given it already.
    private func withLease<Result: Sendable>(
        _ mode: TransactionMode, at site: CallSite?, granted: Pool.Grant?,
        _ body: nonisolated(nonsending) @Sendable (Lease) async throws -> Result
    ) async throws -> Result {
        try await pool(for: mode).withConnection(granted) { member in
            let lease = self.lease(member, at: site)
            defer { lease.end() }
            return try await member.connection.interruptible(mode) { try await body(lease) }
        }
    }

    /// Reads one row by a lease of its own, and decodes it. Where the engine can be left alone with a statement no thread waits for it, and
    /// whoever frees a connection sends it: a change of thread, of which a lease takes four, takes as long as the server needs for the row.
    func fetchFirst<Decoder: RowDecoder>(
        _ statement: Statement, _ decoder: Decoder, at site: CallSite?
    ) async throws -> Decoder.Output? {
        try refuseInsideOwnTransaction()
        var granted: Pool.Grant?
        if sendsReads {
            let read = PendingRead(statement, in: readers, time: context.isObserved ? time : nil)
            switch try await readers.run(read) {
            case .unsent(let grant): granted = grant
            case .sent(let reply):
                return try await context.timed(statement.sql, .statement, at: site, since: read.sentAt) {
                    try await readers.finish(statement, reply, decoder)
                } rows: {
                    $0 == nil ? 0 : 1
                }
            }
        }
        return try await withLease(.readOnly, at: site, granted: granted) { lease in
            try await lease.fetchFirst(statement, decoder)
        }
    }

    /// Runs `body` in a transaction: committed when it returns, rolled back when it throws, and its error comes out
    /// unchanged. Inside, verbs without `on:` use the transaction, and a nested `transaction` is a savepoint.
    ///
    /// COMMIT and ROLLBACK ignore cancellation; a connection whose state is in doubt is closed, not used again. With
    /// ``TransactionOptions/retry`` the body runs again after an error that ``ORMError/isTransient`` tells.
    @discardableResult
    public func transaction<Result: Sendable>(
        _ options: TransactionOptions = .readWrite,
        _ body: nonisolated(nonsending) @Sendable (Transaction) async throws -> Result
    ) async throws -> Result {
        if let bound = Ambient.transaction(of: id) { return try await bound.transaction(options, body) }
        let begin = try dialect.begin(options)
        let foreignKeys = options.enforcesForeignKeys ? nil : dialect.foreignKeySwitch
        guard options.enforcesForeignKeys || foreignKeys != nil else {
            throw ORMError.unsupported(
                "transactions without foreign keys", dialect: dialect.name,
                "\(dialect.name) enforces foreign keys in every transaction")
        }
        var attempt = 1
        while true {
            do {
                return try await run(begin, options, foreignKeys, body)
            } catch let error as ORMError where error.isTransient {
                guard let pause = options.retry?.pause(afterAttempt: attempt) else { throw error }
                try await time.sleep(pause)
                attempt += 1
            }
        }
    }

    /// Runs a transaction once, and then, with the connection free again, what is to be done after it.
    private func run<Result: Sendable>(
        _ begin: [String], _ options: TransactionOptions, _ foreignKeys: (off: [String], on: [String])?,
        _ body: nonisolated(nonsending) @Sendable (Transaction) async throws -> Result
    ) async throws -> Result {
        let (outcome, hooks) = try await pool(for: options.mode).withConnection { member in
            let connection = member.connection
            return try await connection.isolated {
                let lease = self.lease(member)
                defer { lease.end() }
                let transaction = Transaction(lease: lease, database: self.id, options: options)
                return try await Self.switched(foreignKeys, lease) {
                    // It may have to wait for somebody else's lock.
                    try await connection.interruptible(.readWrite) {
                        try Task.checkCancellation()
                        for sql in begin { try await lease.control(sql) }
                    }
                    do {
                        let result = try await transaction.run(body)
                        try await lease.control("COMMIT")
                        let outcome = Swift.Result<Result, any Error>.success(result)
                        return (outcome, transaction.takeHooks().due(isCommitted: true))
                    } catch {
                        // If even this fails the connection is still inside a transaction, and the pool closes it.
                        try? await lease.control("ROLLBACK")
                        return (.failure(error), transaction.takeHooks().due(isCommitted: false))
                    }
                }
            }
        }
        if options.mode == .readWrite, case .success = outcome { Ambient.binding.scope?.didWrite(to: id) }
        await run(hooks)
        return try outcome.get()
    }

    /// Runs `body` with foreign keys switched off, where there is a switch. A connection on which they cannot be switched on again is
    /// closed: nobody else may write without them.
    private static func switched<Output: Sendable>(
        _ foreignKeys: (off: [String], on: [String])?, _ lease: Lease,
        _ body: nonisolated(nonsending) @Sendable () async throws -> Output
    ) async throws -> Output {
        guard let foreignKeys else { return try await body() }
        for sql in foreignKeys.off { try await lease.control(sql) }
        let outcome: Swift.Result<Output, any Error>
        do { outcome = .success(try await body()) } catch { outcome = .failure(error) }
        do {
            for sql in foreignKeys.on { try await lease.control(sql) }
        } catch {
            await lease.connection.close()
            throw error
        }
        return try outcome.get()
    }

    private func run(_ hooks: [TransactionHooks.Hook]) async {
        guard !hooks.isEmpty else { return }
        var binding = Ambient.binding
        if binding.session == nil, binding.databases == nil { binding.session = self }
        await Ambient.$binding.withValue(binding) { for hook in hooks { await hook() } }
    }

    /// Runs a script of several statements without values, such as triggers: written by a developer, never from outside.
    public func run(script: String) async throws {
        try refuseInsideOwnTransaction()
        defer { Ambient.binding.scope?.didWrite(to: id) }
        try await writers.withConnection { member in
            let lease = self.lease(member)
            defer { lease.end() }
            try await member.connection.interruptible(.readWrite) { try await lease.run(script: script) }
        }
    }

    /// How its pools stand now. Where the same connections read and write, as those of servers do, there is one, for
    /// ``ConnectionRole/writer``.
    public var poolStatus: [ConnectionRole: PoolStatus] {
        readers === writers
            ? [.writer: writers.status] : [.writer: writers.status, .reader: readers.status]
    }

    /// How many scopes wait for a connection, for tests of how they wait.
    package var waitingCount: Int {
        readers === writers ? writers.waitingCount : writers.waitingCount + readers.waitingCount
    }

    /// What transactions and scopes know this database by.
    var id: ObjectIdentifier { ObjectIdentifier(self) }

    func refuseInsideOwnTransaction() throws {
        guard Ambient.transaction(of: id) != nil else { return }
        throw ORMError(
            .configuration,
            "`on: database` inside a transaction of the same database would wait for itself: pass the transaction, or nothing"
        )
    }

    private func lease(_ member: PooledConnection, at site: CallSite? = nil) -> Lease {
        Lease(member, context, site: site)
    }

    private func pool(for mode: TransactionMode) -> Pool { mode == .readOnly ? readers : writers }
}
