#if Postgres
    import CPostgres
    import ORM

    /// One PostgreSQL connection: an actor with its own executor. All calls into libpq for a connection happen there, but for those of
    /// reads that are left alone.
    actor PostgresConnection: Connection {
        private let executor: ConnectionExecutor
        nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

        /// Protected by the lease: who has it uses the connection on its executor, or sends a read and has the poller receive its answer, one
        /// after the other.
        nonisolated(unsafe) let session = PostgresSession()
        /// Who waits for the answers to reads; `nil` when each is awaited here.
        nonisolated let poller: PostgresPoller?
        private var cursors: [CursorID: String] = [:]
        private var cursorCount = 0
        let interruption: PostgresInterruption
        /// Whether statements that write are to be refused.
        private var isReadOnly = false

        private var link: PostgresLink? { session.link }
        var parameters: PostgresParameters { session.parameters }

        init(_ poller: PostgresPoller?) throws {
            self.poller = poller
            executor = ConnectionExecutor(preference: poller)
            interruption = try PostgresInterruption()
        }

        func open(_ address: ServerAddress) throws { session.link = try PostgresLink.open(address, interruption) }

        func execute(_ statement: Statement) throws -> StatementResult {
            let result = try perform(statement)
            return StatementResult(changes: result.changes, lastInsertID: 0)
        }

        func fetch<Decoder: RowDecoder>(
            _ statement: Statement, limit: Int?, _ decoder: Decoder
        ) throws -> [Decoder.Output] {
            var rows: [Decoder.Output] = []
            var room = HeapRoom()
            let most = limit ?? .max
            _ = try perform(statement) { result in
                guard rows.count < most else { return }
                room.make(for: rows.count)
                try decoder.append(result.row(0), to: &rows)
            }
            return rows
        }

        func fetchFirst<Decoder: RowDecoder>(_ statement: Statement, _ decoder: Decoder) throws -> Decoder.Output? {
            let result = try perform(statement)
            return result.rowCount > 0 ? try decoder.decode(result.row(0)) : nil
        }

        static func rows<Decoder: RowDecoder>(
            of result: borrowing PostgresResult, limit: Int?, _ decoder: Decoder
        ) throws -> [Decoder.Output] {
            let count = min(result.rowCount, limit ?? .max)
            var rows: [Decoder.Output] = []
            rows.reserveCapacity(count)
            var room = HeapRoom()
            for index in 0..<count {
                room.make(for: index)
                try decoder.append(result.row(index), to: &rows)
            }
            return rows
        }

        func run(script: String) throws {
            let link = try open()
            let wasIdle = link.isIdle
            if interruption.isRaised { throw CancellationError() }
            try enforceMode(on: link)
            // The server may be told anything here.
            session.statements.removeAll()
            do {
                try PostgresScript(link: link).run(script)
            } catch {
                // A script that failed inside its own BEGIN leaves nothing open.
                if wasIdle, !link.isIdle { _ = try? link.run("ROLLBACK") { PQsendQuery($0, "ROLLBACK") } }
                throw error
            }
        }

        nonisolated func interrupt() { interruption.raise() }

        nonisolated func resume() { interruption.clear() }

        func permit(_ mode: TransactionMode) { isReadOnly = mode == .readOnly }

        func isReusable() -> Bool { link?.isIdle ?? false }

        func isAlive() -> Bool { link?.isAlive ?? false }

        func close() {
            cursors = [:]
            session.link = nil
        }

        // MARK: Cursors

        func openCursor(_ statement: Statement) throws -> CursorID {
            let link = try open()
            cursorCount += 1
            let name = "orm_cursor_\(cursorCount)"
            // A cursor lives as long as its transaction; without one the server must keep its rows.
            let hold = link.isIdle ? "WITH HOLD " : ""
            try enforceMode(for: PostgresText.isPlainRead(statement.sql), on: link)
            let sql = "DECLARE \(name) NO SCROLL CURSOR \(hold)FOR \(statement.sql)"
            _ = try runOnce(Statement(sql, statement.binds), on: link)
            let cursor = CursorID(cursorCount)
            cursors[cursor] = name
            return cursor
        }

        func fetch<Decoder: RowDecoder>(
            from cursor: CursorID, count: Int, _ decoder: Decoder
        ) throws -> [Decoder.Output] {
            guard let name = cursors[cursor] else {
                throw ORMError(.transactionFinished, "the cursor is closed: read it inside the scope that opened it")
            }
            let result = try runOnce(Statement("FETCH \(count) FROM \(name)"), on: open())
            let rows = try Self.rows(of: result, limit: nil, decoder)
            if rows.count < count { closeCursor(cursor) }
            return rows
        }

        func closeCursor(_ cursor: CursorID) {
            guard let name = cursors.removeValue(forKey: cursor), let link, !link.hasFailed else { return }
            // It goes with its transaction at the latest.
            _ = try? link.run("CLOSE \(name)") { PQsendQuery($0, "CLOSE \(name)") }
        }

        // MARK: How

        func open() throws -> PostgresLink {
            guard let link else { throw ORMError(.configuration, "the connection is closed") }
            return link
        }

        /// Runs a statement; once more when the server has forgotten how it prepared it, or prepared it for tables that have changed since.
        private func perform(_ statement: Statement, each: PostgresLink.RowReader? = nil) throws -> PostgresResult {
            let link = try open()
            let wasIdle = link.isIdle
            do {
                return try performOnce(statement, on: link, each: each)
            } catch let error as ORMError where Self.isStale(error) {
                // It was the plan that failed, before the statement did anything.
                session.statements.removeAll()
                guard wasIdle else { throw error }
                return try performOnce(statement, on: link, each: each)
            }
        }

        private static func isStale(_ error: ORMError) -> Bool {
            // An error with the first code is of this kind only when it is about a plan.
            switch error.database?.nativeCode {
            case "0A000": error.database?.kind == .serialization
            case "26000": true
            default: false
            }
        }

        private func performOnce(
            _ statement: Statement, on link: PostgresLink, each: PostgresLink.RowReader?
        ) throws -> PostgresResult {
            let plan = try plan(for: statement.sql, binding: statement.binds)
            if let control = plan.control { return try perform(control, plan, on: link) }
            try enforceMode(for: plan.isPlainRead, on: link)
            let result = try run(plan, on: link, each: each)
            // What was prepared for a table as it was would fail, and with it the transaction.
            if PQresultStatus(result.pointer) == PGRES_COMMAND_OK, Self.changesTables(result.command) {
                session.statements.removeAll()
            }
            return result
        }

        private static func changesTables(_ command: String) -> Bool {
            command.hasPrefix("ALTER") || command.hasPrefix("DROP") || command.hasPrefix("DISCARD")
        }

        /// Runs a statement with the values that are bound.
        func run(
            _ plan: PostgresStatement, on link: PostgresLink, each: PostgresLink.RowReader? = nil
        ) throws -> PostgresResult {
            plan.runs += 1
            let parameters = parameters
            if plan.name == nil, plan.runs > 1 { try prepare(plan, on: link) }
            if let name = plan.name {
                return try link.run(plan.sql, each: each) {
                    PQsendQueryPrepared(
                        $0, name, parameters.count, parameters.values, parameters.lengths, parameters.formats, 1)
                }
            }
            return try link.run(plan.sql, each: each) {
                PQsendQueryParams(
                    $0, plan.sql, parameters.count, plan.types, parameters.values, parameters.lengths,
                    parameters.formats, 1)
            }
        }

        /// Runs a statement that will not come again.
        func runOnce(_ statement: Statement, on link: PostgresLink) throws -> PostgresResult {
            let types = statement.binds.map(PostgresType.of)
            guard try parameters.bind(statement.binds, as: types) else { throw Self.miscounted(statement.sql) }
            let parameters = parameters
            return try link.run(statement.sql) {
                PQsendQueryParams(
                    $0, statement.sql, parameters.count, types, parameters.values, parameters.lengths,
                    parameters.formats, 1)
            }
        }

        /// The statement by its text, with these values bound.
        func plan(for sql: String, binding values: [SQLValue]) throws -> PostgresStatement {
            if let known = session.statements.take(sql) {
                if try parameters.bind(values, as: known.types) { return known }
                let other = try PostgresStatement(sql, known.types(for: values))
                session.statements.insert(other)
                if try parameters.bind(values, as: other.types) { return other }
                throw Self.miscounted(sql)
            }
            let new = try PostgresStatement(sql, values.map(PostgresType.of))
            guard try parameters.bind(values, as: new.types) else { throw Self.miscounted(sql) }
            session.statements.insert(new)
            return new
        }

        /// Has the server prepare a statement, and forget those that were dropped.
        func prepare(_ plan: PostgresStatement, on link: PostgresLink) throws {
            if !link.hasFailed, let deallocation = session.statements.takeDeallocation() {
                _ = try link.run(deallocation) { PQsendQuery($0, deallocation) }
            }
            let name = session.statements.name(plan)
            _ = try link.run(plan.sql) {
                PQsendPrepare($0, name, plan.sql, Int32(plan.types.count), plan.types)
            }
            session.statements.didPrepare(plan, as: name)
        }

        private static func miscounted(_ sql: String) -> ORMError {
            ORMError(
                .database, "the statement cannot be bound to these values",
                database: DatabaseFailure(kind: .syntax, nativeCode: "08P01", sql: sql))
        }

        // MARK: Transactions

        /// Begins or ends a transaction. The server takes a COMMIT that has nothing to commit, or nothing any more, for a success.
        private func perform(
            _ control: TransactionControl, _ plan: PostgresStatement, on link: PostgresLink
        ) throws -> PostgresResult {
            if control == .commit, link.isIdle {
                throw Self.notCommitted("there is no transaction to commit: it was ended before", plan.sql, "25P01")
            }
            let sql = plan.sql
            let result = try link.run(sql) { PQsendQuery($0, sql) }
            if control == .commit, result.command == "ROLLBACK" {
                throw Self.notCommitted(
                    "the transaction was rolled back, not committed, because a statement in it had failed: use a savepoint where one may",
                    sql, "25P02")
            }
            return result
        }

        private static func notCommitted(_ message: String, _ sql: String, _ code: String) -> ORMError {
            ORMError(
                .database, message, database: DatabaseFailure(kind: .other, nativeCode: code, sql: sql))
        }

        /// Has the server refuse the next statement if it writes and must not, or take it again.
        ///
        /// In a transaction it is refused for the rest of it, or of its savepoint, which is as long as it is not permitted. Outside of one it
        /// is refused from then on: that takes a turn, and so only what may write is worth it.
        ///
        /// A plain read needs it only where the server would refuse what it must not: a function that it calls may write.
        func enforceMode(for isPlainRead: Bool = false, on link: PostgresLink) throws {
            guard isPlainRead ? session.refusesWrites && !isReadOnly : session.refusesWrites || isReadOnly,
                !link.hasFailed
            else {
                return
            }
            let isIdle = link.isIdle
            if isReadOnly, !isIdle {
                _ = try link.run("") { PQsendQuery($0, "SET TRANSACTION READ ONLY") }
            } else if isIdle, session.refusesWrites != isReadOnly {
                let mode = isReadOnly ? "READ ONLY" : "READ WRITE"
                _ = try link.run("") { PQsendQuery($0, "SET SESSION CHARACTERISTICS AS TRANSACTION \(mode)") }
                session.refusesWrites = isReadOnly
            }
        }
    }
#endif
