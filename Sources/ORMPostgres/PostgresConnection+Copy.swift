#if Postgres
    import CPostgres
    import ORM

    /// Many rows of one table: by COPY, which is several times as fast as a statement for each.
    /// <https://www.postgresql.org/docs/15/sql-copy.html>
    extension PostgresConnection {
        func insert(_ batch: RowBatch) throws -> [Int64]? {
            let link = try open()
            try enforceMode(on: link)
            var keys: [Int64] = []
            if let key = batch.key {
                keys = try nextKeys(batch.rows.count, of: batch.table, key)
                // The key is numbered by other means than a sequence of its own.
                guard keys.count == batch.rows.count else { return nil }
            }
            let columns = batch.columns + (batch.key.map { [$0] } ?? [])
            let sql =
                "COPY \(Self.quoted(batch.table)) (\(columns.map(Self.quoted).joined(separator: ", "))) FROM STDIN"
            try copy(batch.rows, keys, sql, on: link)
            return keys
        }

        /// Takes numbers from the sequence of a column, which are then the rows' keys, in the rows' order; none when it has no sequence, or
        /// one that this user may not ask, as an INSERT may. OFFSET 0 has the sequence looked up once and not for each number, which takes
        /// eight times as long.
        private func nextKeys(_ count: Int, of table: String, _ column: String) throws -> [Int64] {
            try fetch(
                Statement(
                    """
                    SELECT nextval(found.sequence) \
                    FROM (SELECT pg_get_serial_sequence($1, $2)::regclass AS sequence OFFSET 0) AS found, generate_series(1, $3) \
                    WHERE has_sequence_privilege(found.sequence, 'USAGE')
                    """, [.text(Self.quoted(table)), .text(column), .int(Int64(count))]), limit: nil, KeyDecoder())
        }

        private func copy(_ rows: [[SQLValue]], _ keys: [Int64], _ sql: String, on link: PostgresLink) throws {
            if link.interruption.isRaised { throw CancellationError() }
            guard PQsendQuery(link.handle, sql) == 1 else { throw PostgresFailure.lost(link.lastMessage, sql: sql) }
            guard let start = link.next() else { throw PostgresFailure.lost(link.lastMessage, sql: sql) }
            guard start.status == PGRES_COPY_IN else {
                let failure = PostgresFailure.error(start, sql: sql, isInterrupted: link.interruption.isRaised)
                while link.next() != nil {}
                throw failure
            }
            var lines = PostgresCopyLines()
            do {
                for index in rows.indices {
                    try lines.append(rows[index], key: keys.isEmpty ? nil : keys[index])
                    if lines.isFull {
                        if link.interruption.isRaised { throw CancellationError() }
                        try send(&lines, sql, on: link)
                    }
                }
                try send(&lines, sql, on: link)
            } catch {
                PQputCopyEnd(link.handle, "the program has stopped")
                while link.next() != nil {}
                throw error
            }
            guard PQputCopyEnd(link.handle, nil) == 1 else { throw PostgresFailure.lost(link.lastMessage, sql: sql) }
            _ = try link.finish(sql)
        }

        private func send(_ lines: inout PostgresCopyLines, _ sql: String, on link: PostgresLink) throws {
            let isSent = lines.withBytes { PQputCopyData(link.handle, $0.baseAddress, Int32($0.count)) }
            guard isSent == 1 else { throw PostgresFailure.lost(link.lastMessage, sql: sql) }
            lines.removeAll()
        }

        private static func quoted(_ name: String) -> String {
            var sql = ""
            PostgresDialect().quote(name, into: &sql)
            return sql
        }
    }

    private struct KeyDecoder: RowDecoder {
        func decode(_ row: borrowing some ResultRow) throws -> Int64 { try row.integer(0) }
    }
#endif
