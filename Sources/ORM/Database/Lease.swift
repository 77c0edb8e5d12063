import Synchronization

/// A connection on loan to one scope. Statements go through it, so that they are observed and cancellation is noticed. After
/// the scope it throws `.transactionFinished`: somebody else has the connection then.
public final class Lease: Sendable {
    let connection: any Connection
    /// The engine's way to write SQL.
    public let dialect: any Dialect
    private let observer: (any QueryObserver)?
    private let hasEnded = Atomic(false)

    /// What happens beside the writing of rows.
    let signals: Signals

    init(connection: any Connection, dialect: any Dialect, observer: (any QueryObserver)?, signals: Signals) {
        self.signals = signals
        self.connection = connection
        self.dialect = dialect
        self.observer = observer
    }

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
        if observer == nil {
            // The way of every point query: without a closure to call and a frame for it.
            try checkOpen()
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

    /// Runs one statement once for each list of values.
    func execute(_ sql: String, forEach rows: [[SQLValue]]) async throws -> [StatementResult] {
        try await observed(sql) {
            try await connection.execute(sql, forEach: rows)
        } rows: {
            $0.count
        }
    }

    /// Decodes the next rows of a cursor.
    func fetch<Decoder: RowDecoder>(
        from cursor: CursorID, of sql: String, count: Int, _ decoder: Decoder
    ) async throws -> [Decoder.Output] {
        try await observed(sql) {
            try await connection.fetch(from: cursor, count: count, decoder)
        } rows: {
            $0.count
        }
    }

    private func checkOpen() throws {
        try Task.checkCancellation()
        if hasEnded.load(ordering: .relaxed) {
            throw ORMError(
                .transactionFinished, "the scope of this lease has ended: use a lease inside its closure only")
        }
    }

    private func observed<Result: Sendable>(
        _ sql: String, _ body: () async throws -> Result, rows: (Result) -> Int
    ) async throws -> Result {
        try checkOpen()
        guard let observer else { return try await body() }
        let start = ContinuousClock.now
        do {
            let result = try await body()
            observer.didRun(ObservedQuery(sql: sql, duration: start.duration(to: .now), rows: rows(result), error: nil))
            return result
        } catch {
            observer.didRun(ObservedQuery(sql: sql, duration: start.duration(to: .now), rows: 0, error: "\(error)"))
            throw error
        }
    }
}

/// One statement that has run. Values are not part of it.
public struct ObservedQuery: Sendable {
    /// The statement, with placeholders.
    public let sql: String
    /// How long it took, decoding included.
    public let duration: Duration
    /// How many rows it returned or changed.
    public let rows: Int
    /// What went wrong, if something did.
    public let error: String?
}

/// Sees every statement after it has run; called on the connection's queue, so be quick.
public protocol QueryObserver: Sendable {
    /// A statement has run.
    func didRun(_ query: ObservedQuery)
}
