#if MySQL
    import CMariaDB
    import ORM

    /// One connection to a server: an actor with its own executor. All calls into libmariadb for a connection happen there.
    actor MySQLConnection: Connection {
        private let executor = ConnectionExecutor()
        nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

        private var handle: MySQLHandle?
        private var statements = StatementCache<MySQLStatement>(capacity: 128)
        private var cursors: [CursorID: MySQLStatement] = [:]
        private var cursorCount = 0
        private let interruption = MySQLInterruption()
        /// Whether statements that write are refused.
        private var isReadOnly = false
        /// Why there is no connection any more, when the server has hung up.
        private var loss: MySQLFailure?

        /// Connects; says which of the two servers it is. Throws `.configuration` when that is not the one that the driver expects.
        @discardableResult
        func open(_ driver: MySQLDriver) throws -> MySQLDialect.Server {
            let opened = try MySQLHandle(driver.address)
            try opened.checkVersion(at: driver.address.place)
            if let expected = driver.server, expected != opened.server {
                throw ORMError(
                    .configuration,
                    "the server at \(driver.address.place) is \(opened.server.name) and no longer \(expected.name): open the database anew"
                )
            }
            let session = MySQLSession(driver, opened.server)
            for sql in session.settings where !opened.run(sql) { throw MySQLFailure(opened, sql: sql).error() }
            if let wish = session.wish { _ = opened.run(wish) }
            interruption.arm { [address = driver.address] in MySQLKiller(of: opened) { try MySQLHandle(address) } }
            handle = opened
            return opened.server
        }

        func execute(_ statement: Statement) throws -> StatementResult {
            // The text protocol takes statements that cannot be prepared, such as SAVEPOINT, and needs one round trip for all.
            if statement.binds.isEmpty { return try run(statement.sql) }
            return try attended { handle in
                let prepared = try begin(statement, handle)
                defer { prepared.finish() }
                // An INSERT that gives rows back says only behind them that it has failed.
                while try prepared.step() {}
                return prepared.result
            }
        }

        func execute(_ sql: String, forEach rows: [[SQLValue]]) throws -> [StatementResult] {
            try attended { handle in
                let prepared = try prepare(sql, handle)
                var results: [StatementResult] = []
                results.reserveCapacity(rows.count)
                for row in rows {
                    // An interrupt between two of the short statements would go unnoticed.
                    try Task.checkCancellation()
                    try prepared.run(row)
                    defer { prepared.finish() }
                    while try prepared.step() {}
                    results.append(prepared.result)
                }
                return results
            }
        }

        func fetch<Decoder: RowDecoder>(
            _ statement: Statement, limit: Int?, _ decoder: Decoder
        ) throws -> [Decoder.Output] {
            try attended { handle in
                let prepared = try begin(statement, handle)
                defer { prepared.finish() }
                var rows: [Decoder.Output] = []
                var room = HeapRoom()
                let most = limit ?? .max
                while rows.count < most, try prepared.step() {
                    room.make(for: rows.count)
                    try decoder.append(prepared.row, to: &rows)
                }
                return rows
            }
        }

        func fetchFirst<Decoder: RowDecoder>(_ statement: Statement, _ decoder: Decoder) throws -> Decoder.Output? {
            try attended { handle in
                let prepared = try begin(statement, handle)
                defer { prepared.finish() }
                return try prepared.step() ? try decoder.decode(prepared.row) : nil
            }
        }

        func openCursor(_ statement: Statement) throws -> CursorID {
            try attended { handle in
                // A statement of its own: the cached one may be run again, or be another cursor, before this one is at its end.
                let prepared = try permitted(MySQLStatement(handle, statement.sql))
                prepared.useCursor()
                try prepared.run(statement.binds)
                cursorCount += 1
                let cursor = CursorID(cursorCount)
                cursors[cursor] = prepared
                return cursor
            }
        }

        func fetch<Decoder: RowDecoder>(
            from cursor: CursorID, count: Int, _ decoder: Decoder
        ) throws -> [Decoder.Output] {
            guard let prepared = cursors[cursor] else {
                throw ORMError(.transactionFinished, "the cursor is closed: read it inside the scope that opened it")
            }
            return try attended { _ in
                var rows: [Decoder.Output] = []
                rows.reserveCapacity(min(count, 1024))
                prepared.prefetch(count)
                while rows.count < count {
                    guard try prepared.step() else {
                        closeCursor(cursor)
                        break
                    }
                    try decoder.append(prepared.row, to: &rows)
                }
                return rows
            }
        }

        func closeCursor(_ cursor: CursorID) { cursors[cursor] = nil }

        func run(script: String) throws {
            try attended { handle in
                do {
                    try MySQLScript(handle: handle).run(script)
                } catch {
                    // A script that failed inside its own BEGIN leaves nothing open.
                    _ = handle.run("ROLLBACK")
                    throw error
                }
            }
        }

        nonisolated func interrupt() { interruption.raise() }

        nonisolated func resume() { interruption.clear() }

        func permit(_ mode: TransactionMode) { isReadOnly = mode == .readOnly }

        func isReusable() -> Bool {
            guard let handle else { return false }
            return !handle.isInTransaction
        }

        func isAlive() -> Bool { handle?.isAlive ?? false }

        func close() {
            // Before its statements, which else would say farewell one by one.
            handle?.close()
            handle = nil
            statements.removeAll()
            cursors = [:]
        }

        // MARK: How

        /// Runs what asks the server something: interruptible, and with errors as the library's own.
        private func attended<Result>(_ body: (MySQLHandle) throws -> Result) throws -> Result {
            guard let handle else { throw loss?.error() ?? ORMError(.configuration, "the connection is closed") }
            try interruption.begin()
            let outcome: Swift.Result<Result, any Error>
            do { outcome = .success(try body(handle)) } catch { outcome = .failure(error) }
            // A kill that came too late hits this one, which does nothing.
            if interruption.end() { _ = handle.run("DO 0") }
            switch outcome {
            case .success(let result): return result
            case .failure(let refusal as MySQLRefusal): throw error(for: refusal.failure, handle)
            case .failure(let error): throw error
            }
        }

        private func prepare(_ sql: String, _ handle: MySQLHandle) throws -> MySQLStatement {
            if let cached = statements.take(sql) { return try permitted(cached) }
            let prepared = try MySQLStatement(handle, sql)
            statements.insert(prepared, for: sql)
            return try permitted(prepared)
        }

        /// Runs a statement up to its first row. One that reads a table which has changed meanwhile is prepared anew.
        private func begin(_ statement: Statement, _ handle: MySQLHandle) throws -> MySQLStatement {
            do {
                let prepared = try prepare(statement.sql, handle)
                do {
                    try prepared.run(statement.binds)
                    return prepared
                } catch let refusal as MySQLRefusal where refusal.failure.wantsPreparation && prepared.isReadOnly {
                    statements.remove(statement.sql)
                }
            }
            // Only now that the old one is gone, and what the server had begun to send for it.
            let prepared = try prepare(statement.sql, handle)
            try prepared.run(statement.binds)
            return prepared
        }

        /// The statement, unless it writes and must not.
        private func permitted(_ prepared: MySQLStatement) throws -> MySQLStatement {
            guard isReadOnly, !prepared.isReadOnly else { return prepared }
            throw Self.refusal(ofWriting: prepared.sql)
        }

        private static func refusal(ofWriting sql: String) -> ORMError {
            ORMError(
                .database, "attempt to write in a read-only transaction",
                database: DatabaseFailure(kind: .unavailable, nativeCode: "1792", sql: sql))
        }

        /// Runs a statement by its text.
        private func run(_ sql: String) throws -> StatementResult {
            if isReadOnly, !MySQLStatement.isReadOnly(sql) { throw Self.refusal(ofWriting: sql) }
            return try attended { handle in
                // The server says nothing when there is nothing to commit; somebody has then ended the transaction before.
                if sql == "COMMIT", !handle.isInTransaction {
                    throw ORMError(
                        .database, "the database has ended this transaction already: nothing is committed",
                        database: DatabaseFailure(kind: .other, nativeCode: "", sql: sql))
                }
                guard handle.run(sql) else { throw MySQLRefusal(MySQLFailure(handle, sql: sql)) }
                let rows = mysql_affected_rows(handle.pointer)
                return StatementResult(
                    changes: rows == .max ? 0 : Int(clamping: rows),
                    lastInsertID: Int64(truncatingIfNeeded: mysql_insert_id(handle.pointer)))
            }
        }

        /// The error for what the server has refused.
        private func error(for failure: MySQLFailure, _ handle: MySQLHandle) -> any Error {
            if failure.isLost {
                close()
                loss = failure
                return interruption.isRaised ? CancellationError() : failure.error()
            }
            if failure.wantsPreparation { statements.remove(failure.sql) }
            var columns: [String] = []
            if let key = failure.key { columns = MySQLKeys(handle).columns(of: key, in: failure.table) }
            // An error tells nothing of the transaction, which may be gone with it: a deadlock ends it. Any answer tells.
            _ = handle.run("DO 0")
            if failure.isInterruption, interruption.isRaised { return CancellationError() }
            return failure.error(uniqueColumns: columns)
        }
    }
#endif
