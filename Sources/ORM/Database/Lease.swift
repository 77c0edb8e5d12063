import Synchronization

/// A connection on loan to one scope. Statements go through it, so that they are observed and cancellation is noticed. After
/// the scope it throws `.transactionFinished`: somebody else has the connection then.
public final class Lease: Sendable {
    private let member: PooledConnection
    private let context: Context
    private let hasEnded = Atomic(false)
    /// The verb that this lease is for.
    private let site: CallSite?

    /// What all leases of a database have in common; one object, because a lease is made for every turn in a transaction.
    final class Context: Sendable {
        let dialect: any Dialect
        /// Who sees the statements.
        let observers: [any QueryObserver]
        /// By which clock they are timed.
        let time: TimeSource
        let signals: Signals

        init(_ dialect: any Dialect, observers: [any QueryObserver], time: TimeSource, signals: Signals) {
            self.dialect = dialect
            self.observers = observers
            self.time = time
            self.signals = signals
        }

        var isObserved: Bool { !observers.isEmpty }
    }

    init(_ member: PooledConnection, _ context: Context, site: CallSite?) {
        self.member = member
        self.context = context
        self.site = site
    }

    /// The engine's way to write SQL.
    public var dialect: any Dialect { context.dialect }
    /// What happens beside the writing of rows.
    var signals: Signals { context.signals }
    var connection: any Connection { member.connection }

    /// A lease of the same connection that ends by itself: for one turn in a transaction, taken by a verb called there.
    func turn(at site: CallSite?) -> Lease { Lease(member, context, site: site) }

    /// The scope is over.
    func end() { hasEnded.store(true, ordering: .relaxed) }

    /// Runs a statement and decodes its rows.
    public func fetch<Decoder: RowDecoder>(_ statement: Statement, _ decoder: Decoder) async throws -> [Decoder.Output]
    {
        try await observed(statement.sql) {
            try await connection.fetch(statement, limit: nil, decoder)
        } rows: {
            $0.count
        }
    }

    /// Runs a statement and decodes its first row; `nil` when it has none.
    func fetchFirst<Decoder: RowDecoder>(_ statement: Statement, _ decoder: Decoder) async throws -> Decoder.Output? {
        if !isObserved {
            // The way of every point query: without a closure to call and a frame for it.
            try begin()
            return try await connection.fetchFirst(statement, decoder)
        }
        return try await observed(statement.sql) {
            try await connection.fetchFirst(statement, decoder)
        } rows: {
            $0 == nil ? 0 : 1
        }
    }

    /// Runs a statement that returns no rows.
    public func execute(_ statement: Statement) async throws -> StatementResult {
        try await observed(statement.sql) {
            try await connection.execute(statement)
        } rows: {
            $0.changes
        }
    }

    /// Runs one statement once for each list of values and decodes the first row of each; `nil` where it has none.
    func fetchFirst<Decoder: RowDecoder>(
        _ sql: String, forEach rows: [[SQLValue]], _ decoder: Decoder
    ) async throws -> [Decoder.Output?] {
        try await observed(sql) {
            try await connection.fetchFirst(sql, forEach: rows, decoder)
        } rows: {
            $0.count { $0 != nil }
        }
    }

    /// Inserts rows by the engine's way for many, and gives the keys that it gave them; `nil` when it has no such way for them. `sql` is
    /// the statement that does the same.
    package func insert(_ batch: RowBatch, insteadOf sql: String) async throws -> [Int64]? {
        guard let fewest = dialect.fewestRowsOfBatch, batch.rows.count >= fewest else { return nil }
        try begin()
        let start = isObserved ? context.time.now() : .zero
        do {
            let keys = try await connection.insert(batch)
            if keys != nil, isObserved {
                context.tell(sql, .statement, at: site, since: start, rows: batch.rows.count, nil)
            }
            return keys
        } catch {
            if isObserved { context.tell(sql, .statement, at: site, since: start, rows: 0, error) }
            throw error
        }
    }

    /// Runs one statement once for each list of values.
    func execute(_ sql: String, forEach rows: [[SQLValue]]) async throws -> [StatementResult] {
        try await observed(sql) {
            try await connection.execute(sql, forEach: rows)
        } rows: {
            $0.reduce(0) { $0 + $1.changes }
        }
    }

    /// Opens a cursor over a statement's rows.
    func openCursor(_ statement: Statement) async throws -> CursorID {
        try await observed(statement.sql, .cursor) {
            try await connection.openCursor(statement)
        } rows: { _ in
            0
        }
    }

    /// Decodes the next rows of a cursor.
    func fetch<Decoder: RowDecoder>(
        from cursor: CursorID, of sql: String, count: Int, _ decoder: Decoder
    ) async throws -> [Decoder.Output] {
        try await observed(sql, .batch) {
            try await connection.fetch(from: cursor, count: count, decoder)
        } rows: {
            $0.count
        }
    }

    /// Runs a script.
    func run(script: String) async throws {
        try await observed(script, .script) {
            try await connection.run(script: script)
        } rows: { _ in
            0
        }
    }

    /// Begins or ends a transaction or savepoint: not a statement of the scope's, so neither its end nor a cancellation matters.
    func control(_ sql: String) async throws {
        _ = try await context.timed(sql, .transaction, at: site) {
            try await connection.execute(Statement(sql))
        } rows: { _ in
            0
        }
    }

    /// Whether somebody sees the statements.
    var isObserved: Bool { context.isObserved }

    /// Checks that a statement may run, and counts it.
    func begin() throws {
        try Task.checkCancellation()
        if hasEnded.load(ordering: .relaxed) {
            throw ORMError(
                .transactionFinished, "the scope of this lease has ended: use a lease inside its closure only")
        }
        member.count()
    }

    private func observed<Result: Sendable>(
        _ sql: String, _ kind: ObservedQuery.Kind = .statement, _ body: () async throws -> Result, rows: (Result) -> Int
    ) async throws -> Result {
        try begin()
        return try await context.timed(sql, kind, at: site, body, rows: rows)
    }
}

// MARK: - Observation

extension Lease.Context {
    /// Runs what runs a statement, and tells the observers how that went. `start`: when the statement was sent, if that was before.
    func timed<Result: Sendable>(
        _ sql: String, _ kind: ObservedQuery.Kind, at site: CallSite?, since start: Duration? = nil,
        _ body: () async throws -> Result, rows: (Result) -> Int
    ) async throws -> Result {
        if !isObserved { return try await body() }
        let start = start ?? time.now()
        do {
            let result = try await body()
            tell(sql, kind, at: site, since: start, rows: rows(result), nil)
            return result
        } catch {
            tell(sql, kind, at: site, since: start, rows: 0, error)
            throw error
        }
    }

    func tell(
        _ sql: String, _ kind: ObservedQuery.Kind, at site: CallSite?, since start: Duration, rows: Int,
        _ error: (any Error)?
    ) {
        let query = ObservedQuery(
            kind: kind, sql: sql, duration: time.now() - start, rows: rows, error: error, site: site)
        for observer in observers { observer.didRun(query) }
    }
}
