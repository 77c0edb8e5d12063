import CSQLite
import ORM

/// One SQLite connection: an actor with its own executor. All calls into SQLite for a connection happen there, one at a time.
actor SQLiteConnection: Connection {
    private let executor = ConnectionExecutor()
    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    private var handle: OpaquePointer?
    private var statements = StatementCache(capacity: 64)
    private var cursors: [CursorID: SQLiteStatement] = [:]
    private var cursorCount = 0
    private let interruption = SQLiteInterruption()
    /// Whether statements that write are refused. A reader's connection refuses them by itself; this is for the one connection of a
    /// database in memory, and for savepoints.
    private var isReadOnly = false

    /// Done once, before the library is first used. Whoever has used it before keeps it as it is.
    private static let settings: Void = { _ = blog_sqlite_omit_memory_statistics() }()

    func open(_ driver: SQLiteDriver, _ role: ConnectionRole) throws {
        _ = Self.settings
        var opened: OpaquePointer?
        let path = driver.path ?? SQLiteDriver.memoryPath
        let access = driver.isReadOnly ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
        let flags = access | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE
        let code = sqlite3_open_v2(path, &opened, flags, nil)
        guard code == SQLITE_OK, let opened else {
            let reason = opened.map { String(cString: sqlite3_errmsg($0)) } ?? "out of memory"
            sqlite3_close_v2(opened)
            throw ORMError(
                .database, "cannot open the database \(path): \(reason)",
                database: DatabaseFailure(kind: .unavailable, nativeCode: "\(code)", sql: ""))
        }
        handle = opened
        // The connection outlives its handle, and so does what the handle asks.
        interruption.install(on: opened, busyTimeoutMilliseconds: driver.busyTimeoutMilliseconds)
        do {
            try registerFunctions(on: opened)
            try registerDecimals(on: opened)
            var pragmas = "PRAGMA foreign_keys = ON;"
            if driver.path != nil {
                if role == .writer, !driver.isReadOnly {
                    try writeAhead()
                    // NORMAL is safe from corruption in WAL mode: https://sqlite.org/pragma.html#pragma_synchronous
                    pragmas += "PRAGMA synchronous = NORMAL;"
                    // What a savepoint, and each statement that fires triggers, keeps of the pages that it changes, to undo them. In
                    // a file that is two writes for each page: most of the time of an import.
                    pragmas += "PRAGMA temp_store = MEMORY;"
                }
                if role == .reader || driver.isReadOnly { pragmas += "PRAGMA query_only = ON;" }
                let cache = role == .writer ? 16 << 20 : driver.readerCacheBytes
                pragmas += "PRAGMA mmap_size = \(driver.mappedBytes); PRAGMA cache_size = \(-cache >> 10);"
            }
            try run(script: pragmas)
        } catch {
            close()
            throw error
        }
    }

    /// Puts the file into WAL mode. While another process does so, or closes the file as the last one, SQLite refuses at once instead of
    /// asking whether to wait. <https://sqlite.org/wal.html#sometimes_queries_return_sqlite_busy_in_wal_mode>
    private func writeAhead() throws {
        var attempt = 0
        while true {
            do {
                return try run(script: "PRAGMA journal_mode = WAL;")
            } catch let error as ORMError where error.database?.kind == .lockTimeout {
                guard interruption.waits(attempt: attempt) else { throw error }
                attempt += 1
            }
        }
    }

    func execute(_ statement: Statement) throws -> StatementResult {
        let prepared = try prepare(statement.sql)
        defer { prepared.reset() }
        try prepared.bind(statement.binds)
        return try finish(prepared)
    }

    func execute(_ sql: String, forEach rows: [[SQLValue]]) throws -> [StatementResult] {
        let prepared = try prepare(sql)
        defer { prepared.reset() }
        var results: [StatementResult] = []
        results.reserveCapacity(rows.count)
        var room = HeapRoom()
        for row in rows {
            // An interrupt between two of the short statements would go unnoticed.
            try Task.checkCancellation()
            // SQLite takes its pages from this heap.
            room.make(for: results.count)
            try prepared.bind(row)
            results.append(try finish(prepared))
            prepared.rewind()
        }
        return results
    }

    func fetch<Decoder: RowDecoder>(
        _ statement: Statement, limit: Int?, _ decoder: Decoder
    ) throws -> [Decoder.Output] {
        let prepared = try prepare(statement.sql)
        defer { prepared.reset() }
        try prepared.bind(statement.binds)
        var rows: [Decoder.Output] = []
        var room = HeapRoom()
        let most = limit ?? .max
        while rows.count < most, try prepared.step() {
            room.make(for: rows.count)
            try decoder.append(prepared.row, to: &rows)
        }
        return rows
    }

    func fetchFirst<Decoder: RowDecoder>(_ statement: Statement, _ decoder: Decoder) throws -> Decoder.Output? {
        let prepared = try prepare(statement.sql)
        // What is bound stays bound: the next run binds every placeholder anew.
        defer { prepared.rewind() }
        try prepared.bind(statement.binds)
        return try prepared.step() ? try decoder.decode(prepared.row) : nil
    }

    func openCursor(_ statement: Statement) throws -> CursorID {
        // A statement of its own: the cached one may be run again, or be another cursor, before this one is at its end.
        let prepared = try permitted(SQLiteStatement(open(), statement.sql, interruption))
        try prepared.bind(statement.binds)
        cursorCount += 1
        let cursor = CursorID(cursorCount)
        cursors[cursor] = prepared
        return cursor
    }

    func fetch<Decoder: RowDecoder>(
        from cursor: CursorID, count: Int, _ decoder: Decoder
    ) throws -> [Decoder.Output] {
        guard let prepared = cursors[cursor] else {
            throw ORMError(.transactionFinished, "the cursor is closed: read it inside the scope that opened it")
        }
        var rows: [Decoder.Output] = []
        rows.reserveCapacity(min(count, 1024))
        while rows.count < count {
            guard try prepared.step() else {
                // A further step would run the statement again.
                closeCursor(cursor)
                break
            }
            try decoder.append(prepared.row, to: &rows)
        }
        return rows
    }

    func closeCursor(_ cursor: CursorID) { cursors[cursor] = nil }

    func run(script: String) throws {
        let handle = try open()
        do {
            try SQLiteScript(connection: handle, interruption: interruption).run(script)
        } catch {
            // A script that failed inside its own BEGIN leaves nothing open.
            if sqlite3_get_autocommit(handle) == 0 { sqlite3_exec(handle, "ROLLBACK", nil, nil, nil) }
            throw error
        }
    }

    nonisolated func interrupt() { interruption.raise() }

    nonisolated func resume() { interruption.clear() }

    /// Whether a statement waits for a lock that another connection has, for tests of how it waits.
    nonisolated var isWaitingForLock: Bool { interruption.isWaiting }

    func permit(_ mode: TransactionMode) { isReadOnly = mode == .readOnly }

    func isReusable() -> Bool {
        guard let handle else { return false }
        return sqlite3_get_autocommit(handle) != 0
    }

    func close() {
        statements.removeAll()
        cursors = [:]
        sqlite3_close_v2(handle)
        handle = nil
    }

    // MARK: How

    private func open() throws -> OpaquePointer {
        guard let handle else { throw ORMError(.configuration, "the connection is closed") }
        return handle
    }

    private func prepare(_ sql: String) throws -> SQLiteStatement {
        let handle = try open()
        if let cached = statements.take(sql) { return try permitted(cached) }
        let prepared = try SQLiteStatement(handle, sql, interruption)
        statements.insert(prepared)
        return try permitted(prepared)
    }

    /// The statement, unless it writes and must not: then the error that a reader's connection gives.
    private func permitted(_ prepared: SQLiteStatement) throws -> SQLiteStatement {
        guard isReadOnly, !prepared.isReadOnly else { return prepared }
        throw ORMError(
            .database, "attempt to write a readonly database",
            database: DatabaseFailure(kind: .unavailable, nativeCode: "\(SQLITE_READONLY)", sql: prepared.sql))
    }

    private func finish(_ prepared: SQLiteStatement) throws -> StatementResult {
        let handle = try open()
        let before = sqlite3_total_changes64(handle)
        while try prepared.step() {}
        // sqlite3_changes keeps its value over statements that change no rows, such as CREATE TABLE; the total, which counts what
        // triggers do as well, then stays the same. <https://sqlite.org/c3ref/changes.html>
        let changes = sqlite3_total_changes64(handle) == before ? 0 : Int(sqlite3_changes64(handle))
        return StatementResult(changes: changes, lastInsertID: sqlite3_last_insert_rowid(handle))
    }
}
