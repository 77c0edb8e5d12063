/// A statement with its values, as ``SQLWriter`` makes it.
public struct Statement: Sendable, Hashable {
    /// The text, with the dialect's placeholders.
    public var sql: String
    /// The values, one for each placeholder.
    public var binds: [SQLValue]

    /// A statement from its text and values.
    public init(_ sql: String, _ binds: [SQLValue] = []) {
        self.sql = sql
        self.binds = binds
    }
}

/// What a statement that returns no rows did.
public struct StatementResult: Sendable, Hashable {
    /// How many rows it inserted, updated or deleted.
    public var changes: Int
    /// The key that the engine gave the last inserted row, where it gave one.
    public var lastInsertID: Int64

    /// A result as a driver reports it.
    public init(changes: Int, lastInsertID: Int64) {
        self.changes = changes
        self.lastInsertID = lastInsertID
    }
}

/// Rows of one table, each with values for the same columns: what ``Connection/insert(_:)`` takes.
public struct RowBatch: Sendable {
    /// The table.
    public var table: String
    /// The columns that the rows give.
    public var columns: [String]
    /// The column, none of ``columns``, for which the engine gives each row a number; `nil` when the rows have their keys.
    public var key: String?
    /// For each row its values, in the order of ``columns``.
    public var rows: [[SQLValue]]

    /// Rows of a table.
    public init(table: String, columns: [String], key: String?, rows: [[SQLValue]]) {
        self.table = table
        self.columns = columns
        self.key = key
        self.rows = rows
    }
}

/// A cursor of a connection: a statement whose rows are read bit by bit.
public struct CursorID: Sendable, Hashable {
    private let number: Int

    /// The cursor with a number, which the connection gives.
    public init(_ number: Int) { self.number = number }
}

/// One connection to a database: an actor with a ``ConnectionExecutor``, so that blocking C calls never hold one of Swift's
/// cooperative threads. A pool leases it to one scope at a time; the lease, not the actor, keeps transactions apart.
public protocol Connection: Actor {
    /// Runs a statement and throws its rows away.
    func execute(_ statement: Statement) throws -> StatementResult
    /// Runs one statement once for each list of values, prepared once.
    func execute(_ sql: String, forEach rows: [[SQLValue]]) throws -> [StatementResult]
    /// Runs a statement and decodes its rows, all of them or the first `limit`.
    func fetch<Decoder: RowDecoder>(_ statement: Statement, limit: Int?, _ decoder: Decoder) throws -> [Decoder.Output]
    /// Runs a statement and decodes its first row; `nil` when it has none.
    func fetchFirst<Decoder: RowDecoder>(_ statement: Statement, _ decoder: Decoder) throws -> Decoder.Output?
    /// Runs one statement once for each list of values, prepared once, and decodes the first row of each; `nil` where it has none.
    func fetchFirst<Decoder: RowDecoder>(
        _ sql: String, forEach rows: [[SQLValue]], _ decoder: Decoder
    ) throws -> [Decoder.Output?]
    /// Inserts rows by a faster way than a statement for each, and gives the keys that the engine gave them, in their order; `nil`, and
    /// nothing is done, when there is no such way. Asked for ``Dialect/fewestRowsOfBatch`` rows or more.
    func insert(_ batch: RowBatch) throws -> [Int64]?
    /// Opens a cursor over a statement's rows. Other statements may run while it is open.
    func openCursor(_ statement: Statement) throws -> CursorID
    /// Decodes the next rows of a cursor, at most `count`; fewer than that mean that there are no more.
    func fetch<Decoder: RowDecoder>(from cursor: CursorID, count: Int, _ decoder: Decoder) throws -> [Decoder.Output]
    /// Closes a cursor; one that is closed already stays so.
    func closeCursor(_ cursor: CursorID)
    /// Runs a script of several statements without values, such as a schema.
    func run(script: String) throws
    /// Has every later statement that writes refused, with `.readOnly`, or permitted again.
    func permit(_ mode: TransactionMode)
    /// Interrupts the statement that is running now, and every later one until ``resume()``; callable from any thread. Both
    /// together, because a statement that is just about to begin must not slip through.
    nonisolated func interrupt()
    /// Ends an interruption: statements run again.
    nonisolated func resume()
    /// Whether the connection is outside any transaction and fit to be leased again.
    func isReusable() -> Bool
    /// Whether the other end is still there, as far as that is known without asking it. Asked when a connection that was idle is leased
    /// again: one that has died meanwhile is replaced before anything is sent on it.
    func isAlive() -> Bool
    /// Closes the connection; every later call throws.
    func close()
}

extension Connection {
    /// One after the other.
    public func fetchFirst<Decoder: RowDecoder>(
        _ sql: String, forEach rows: [[SQLValue]], _ decoder: Decoder
    ) throws -> [Decoder.Output?] {
        try rows.map { row in
            try Task.checkCancellation()
            return try fetch(Statement(sql, row), limit: nil, decoder).first
        }
    }

    /// There is no faster way.
    public func insert(_ batch: RowBatch) throws -> [Int64]? { nil }

    /// There is no other end.
    public func isAlive() -> Bool { true }

    /// Runs `body` isolated to this connection, so that its calls to the connection need no change of thread.
    ///
    /// The call to ``isReusable()`` looks useless and is not: a method that touches none of the actor's state may be
    /// compiled without a hop to the actor, and then the body silently runs elsewhere. A test asserts the isolation.
    func isolated<Result: Sendable>(
        _ body: nonisolated(nonsending) @Sendable () async throws -> Result
    ) async throws -> Result {
        _ = isReusable()
        return try await body()
    }

    /// Runs `body` isolated to this connection with a task-local binding.
    ///
    /// `TaskLocal.withValue` takes a closure that is not `nonisolated(nonsending)`, and runs such a one off the actor. Capturing
    /// `self` isolates the closure to this connection, and `body` with it. A test asserts that.
    func bound<Output: Sendable>(
        _ binding: Ambient.Binding, _ body: nonisolated(nonsending) @Sendable () async throws -> Output
    ) async throws -> Output {
        _ = isReusable()
        return try await Ambient.$binding.withValue(binding) {
            _ = self
            return try await body()
        }
    }

    /// Runs `body` isolated to this connection, and says how it ended and whether the connection may be leased again. Both
    /// in one visit, because each change of thread costs more than a point query. Without an outcome, and without having run
    /// anything, when the connection has died while it was idle.
    func lend<Output: Sendable>(
        _ body: nonisolated(nonsending) @Sendable () async throws -> Output
    ) async -> (outcome: Result<Output, any Error>?, isReusable: Bool) {
        _ = isReusable()
        guard isAlive() else { return (nil, false) }
        let outcome: Result<Output, any Error>
        do { outcome = .success(try await body()) } catch { outcome = .failure(error) }
        return (outcome, isReusable())
    }
}
