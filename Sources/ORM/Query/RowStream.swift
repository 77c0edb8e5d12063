import Synchronization

/// Rows that come in batches from a cursor, so that only one batch is in memory: what the closure of `stream` gets.
///
/// Each `for try await` reads from the start, all from the same snapshot. After the closure has ended the stream throws
/// `.transactionFinished`.
public struct RowStream<Element: Sendable>: AsyncSequence, Sendable {
    let scope: StreamScope<Element>

    /// Begins to read from the first row.
    public func makeAsyncIterator() -> Iterator { Iterator(scope: scope) }

    /// Reads a stream's rows one after the other.
    public struct Iterator: AsyncIteratorProtocol {
        let scope: StreamScope<Element>
        private var cursor: CursorID?
        private var batch: [Element] = []
        private var position = 0
        private var isAtEnd = false

        init(scope: StreamScope<Element>) { self.scope = scope }

        /// The next row, or `nil` after the last one. Fetches a batch when the one before is used up.
        public mutating func next() async throws -> Element? {
            if position == batch.count {
                guard !isAtEnd else { return nil }
                // Freed before the next batch comes.
                batch = []
                (cursor, batch) = try await scope.read(from: cursor)
                position = 0
                isAtEnd = batch.count < scope.batchSize
                guard !batch.isEmpty else { return nil }
            }
            defer { position += 1 }
            return batch[position]
        }
    }
}

/// Reads so many rows of a cursor over a statement.
typealias StreamFetch<Element> =
    nonisolated(nonsending) @Sendable (Lease, CursorID, _ sql: String, _ count: Int) async throws -> [Element]

/// The transaction that a stream reads in, and its open cursors.
final class StreamScope<Element: Sendable>: Sendable {
    let batchSize: Int
    private let transaction: Transaction
    private let statement: Statement
    /// Where the stream was asked for.
    private let site: CallSite
    private let fetch: StreamFetch<Element>
    private let state = Mutex(State())

    private struct State {
        var isOver = false
        var cursors: [(id: CursorID, connection: any Connection)] = []
    }

    init(
        _ batchSize: Int, in transaction: Transaction, _ statement: Statement, _ site: CallSite,
        _ fetch: @escaping StreamFetch<Element>
    ) {
        self.batchSize = batchSize
        self.transaction = transaction
        self.statement = statement
        self.site = site
        self.fetch = fetch
    }

    /// Runs `body` with a stream, and closes what it leaves open, also when it throws or its task is cancelled.
    func run<Result>(
        _ body: nonisolated(nonsending) @Sendable (RowStream<Element>) async throws -> Result
    ) async throws -> Result {
        do {
            let result = try await body(RowStream(scope: self))
            await end()
            return result
        } catch {
            await end()
            throw error
        }
    }

    /// Reads the next batch of a cursor, or opens one and reads its first.
    func read(from cursor: CursorID?) async throws -> (CursorID, [Element]) {
        guard !state.withLock({ $0.isOver }) else { throw Self.finished }
        return try await transaction.withLease(.readOnly, at: site) { lease in
            let id = if let cursor { cursor } else { try await self.open(on: lease) }
            return (id, try await self.fetch(lease, id, self.statement.sql, self.batchSize))
        }
    }

    private func open(on lease: Lease) async throws -> CursorID {
        let connection = lease.connection
        let id = try await lease.openCursor(statement)
        let isOver = state.withLock { state in
            if !state.isOver { state.cursors.append((id, connection)) }
            return state.isOver
        }
        guard isOver else { return id }
        await connection.closeCursor(id)
        throw Self.finished
    }

    private func end() async {
        let cursors = state.withLock { state in
            state.isOver = true
            defer { state.cursors = [] }
            return state.cursors
        }
        for cursor in cursors { await cursor.connection.closeCursor(cursor.id) }
    }

    private static var finished: ORMError {
        ORMError(.transactionFinished, "the stream has ended with its closure: read it inside")
    }
}

/// Runs `body` with a stream over a statement's rows: in the transaction that the session is, or in a read-only one of its own.
func withStream<Element: Sendable, Result: Sendable>(
    of batchSize: Int, on session: (any Session)?, _ caller: Caller,
    _ makeStatement: @Sendable (any Dialect) throws -> Statement,
    _ fetch: @escaping StreamFetch<Element>,
    _ body: nonisolated(nonsending) @Sendable (RowStream<Element>) async throws -> Result
) async throws -> Result {
    let session = try boundSession(session, .readOnly, caller)
    let statement = try makeStatement(session.dialect)
    let size = Swift.max(1, batchSize)
    if let transaction = session as? Transaction {
        return try await StreamScope(size, in: transaction, statement, caller.site, fetch).run(body)
    }
    return try await session.transaction(.readOnly) { transaction in
        try await StreamScope(size, in: transaction, statement, caller.site, fetch).run(body)
    }
}

extension Query {
    /// Runs `body` with the query's rows as a stream that keeps one batch in memory, with the prefetches of that batch. All of it
    /// reads one snapshot: that of the transaction around it, or of a read-only one of its own.
    ///
    /// Other statements of the same transaction may run between the rows. A row that they change while it is still to come may
    /// come as it was or as it is, on SQLite: <https://sqlite.org/isolation.html>. Leaving the loop early or cancelling the
    /// task closes the cursor.
    ///
    /// ```swift
    /// try await Post.query.prefetch(\.author).stream(batch: 500) { posts in
    ///     for try await post in posts { try write(post) }
    /// }
    /// ```
    public func stream<Result: Sendable>(
        batch size: Int = 500, on session: (any Session)? = nil, file: StaticString = #fileID, line: UInt = #line,
        _ body: nonisolated(nonsending) @Sendable (RowStream<Row>) async throws -> Result
    ) async throws -> Result {
        let order = windowOrderings
        return try await withStream(
            of: size, on: session, Caller(Row.self, file, line),
            { dialect in
                guard self.lock == nil else {
                    throw ORMError.unsupported(
                        "row locks in a stream", "a stream cannot lock its rows: lock and fetch them in parts")
                }
                return try self.statement(in: dialect, order: order)
            },
            { lease, cursor, sql, count in
                var rows = try await lease.fetch(from: cursor, of: sql, count: count, ModelDecoder<Row>())
                try await self.prefetches.load(into: &rows, on: lease)
                return rows
            }, body)
    }
}

extension Session {
    /// Runs `body` with the rows of a statement as a stream that keeps one batch in memory: for tables that no model speaks of. All of
    /// it reads one snapshot, see ``Query/stream(batch:on:file:line:_:)``.
    package func stream<Decoder: RowDecoder, Result: Sendable>(
        batch size: Int, _ decoder: Decoder, file: StaticString = #fileID, line: UInt = #line,
        of makeStatement: @Sendable (any Dialect) throws -> Statement,
        _ body: nonisolated(nonsending) @Sendable (RowStream<Decoder.Output>) async throws -> Result
    ) async throws -> Result {
        try await withStream(
            of: size, on: self, Caller(nil, file, line), makeStatement,
            { lease, cursor, sql, count in
                try await lease.fetch(from: cursor, of: sql, count: count, decoder)
            }, body)
    }
}
