#if Postgres
    import CPostgres
    import ORM

    /// One statement for many lists of values: sent one after the other without waiting for each result.
    /// <https://www.postgresql.org/docs/15/libpq-pipeline-mode.html>
    extension PostgresConnection {
        func execute(_ sql: String, forEach rows: [[SQLValue]]) throws -> [StatementResult] {
            var results: [StatementResult] = []
            results.reserveCapacity(rows.count)
            try pipeline(sql, rows) { result in
                results.append(StatementResult(changes: result.changes, lastInsertID: 0))
            }
            return results
        }

        func fetchFirst<Decoder: RowDecoder>(
            _ sql: String, forEach rows: [[SQLValue]], _ decoder: Decoder
        ) throws -> [Decoder.Output?] {
            var outputs: [Decoder.Output?] = []
            outputs.reserveCapacity(rows.count)
            try pipeline(sql, rows) { result in
                outputs.append(result.rowCount > 0 ? try decoder.decode(result.row(0)) : nil)
            }
            return outputs
        }

        private func pipeline(
            _ sql: String, _ rows: [[SQLValue]], _ body: (borrowing PostgresResult) throws -> Void
        ) throws {
            let link = try open()
            var rest = rows[...]
            while let first = rest.first {
                let plan = try plan(for: sql, binding: first)
                try enforceMode(for: plan.isPlainRead, on: link)
                if rest.count == 1 { return try body(run(plan, on: link)) }
                plan.runs += 1
                if plan.name == nil { try prepare(plan, on: link) }
                guard let name = plan.name else { return }
                var run = PipelineRun(link: link, sql: sql)
                // Rows whose values are of other types than the first one's go by another plan.
                rest = try run.send(rest) { row in
                    guard try self.parameters.bind(row, as: plan.types) else { return nil }
                    let parameters = self.parameters
                    return PQsendQueryPrepared(
                        link.handle, name, parameters.count, parameters.values, parameters.lengths,
                        parameters.formats, 1)
                } each: {
                    try body($0)
                }
            }
        }
    }

    /// A turn in pipeline mode.
    private struct PipelineRun {
        let link: PostgresLink
        let sql: String
        private var sent = 0
        private var received = 0
        /// The first error; what is sent after it the server skips.
        private var failure: (any Error)?

        /// So many statements are on their way at most: enough to keep the server busy while the next ones are made.
        private static let window = 512

        init(link: PostgresLink, sql: String) {
            self.link = link
            self.sql = sql
        }

        /// Sends a statement for each row and gives back the rows from the first one on that cannot be sent like this (`send` gives `nil`).
        mutating func send(
            _ rows: ArraySlice<[SQLValue]>, _ send: ([SQLValue]) throws -> Int32?,
            each: (borrowing PostgresResult) throws -> Void
        ) throws -> ArraySlice<[SQLValue]> {
            guard PQenterPipelineMode(link.handle) == 1 else { throw PostgresFailure.lost(link.lastMessage, sql: sql) }
            var rest = rows
            do {
                while let row = rest.first, failure == nil {
                    if link.interruption.isRaised { throw CancellationError() }
                    guard let isSent = try send(row) else { break }
                    guard isSent == 1 else { throw PostgresFailure.lost(link.lastMessage, sql: sql) }
                    rest = rest.dropFirst()
                    sent += 1
                    if sent % (Self.window / 2) == 0 {
                        PQsendFlushRequest(link.handle)
                        PQflush(link.handle)
                        while failure == nil, sent - received >= Self.window { receive(each) }
                    }
                }
            } catch {
                failure = failure ?? error
            }
            finish(each)
            if let failure { throw failure }
            return rest
        }

        /// Receives the result of one statement.
        private mutating func receive(_ each: (borrowing PostgresResult) throws -> Void) {
            guard let result = link.next() else {
                failure = failure ?? PostgresFailure.lost(link.lastMessage, sql: sql)
                return
            }
            // Each statement's results end with nothing.
            _ = link.next()
            take(result, each)
        }

        private mutating func take(
            _ result: borrowing PostgresResult, _ each: (borrowing PostgresResult) throws -> Void
        ) {
            received += 1
            guard failure == nil else { return }
            if result.isFailure {
                failure = PostgresFailure.error(result, sql: sql, isInterrupted: link.interruption.isRaised)
            } else {
                do { try each(result) } catch { failure = error }
            }
        }

        /// Receives what is left, up to the end of the pipeline.
        private mutating func finish(_ each: (borrowing PostgresResult) throws -> Void) {
            guard PQpipelineSync(link.handle) == 1 else {
                failure = failure ?? PostgresFailure.lost(link.lastMessage, sql: sql)
                return
            }
            while PQstatus(link.handle) == CONNECTION_OK {
                guard let result = link.next() else { continue }
                if result.status == PGRES_PIPELINE_SYNC { break }
                take(result, each)
            }
            if PQexitPipelineMode(link.handle) != 1 {
                failure = failure ?? PostgresFailure.lost(link.lastMessage, sql: sql)
            }
        }
    }
#endif
