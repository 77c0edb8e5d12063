#if Postgres
    import CPostgres
    import ORM

    /// What is known of a connection's session with the server, and what its statements need.
    final class PostgresSession {
        var link: PostgresLink?
        var statements = PostgresStatementCache(capacity: 128)
        let parameters = PostgresParameters()
        /// Whether the server refuses statements that write by itself, outside of transactions.
        var refusesWrites = false
        /// Whether the poller knows the socket.
        var isWatched = false
        /// The result of a read whose end is still to come.
        var early: PostgresAnswer?
    }

    /// What the server answered to a read.
    ///
    /// Unchecked: a result does not change any more, and libpq lets any thread read one.
    final class PostgresAnswer: RemoteAnswer, @unchecked Sendable {
        private let result: PostgresResult
        private let sql: String

        init(_ result: consuming PostgresResult, to sql: String) {
            self.result = result
            self.sql = sql
        }

        func first<Decoder: RowDecoder>(_ decoder: Decoder) throws -> Decoder.Output? {
            try first(decoder, isInterrupted: false)
        }

        func first<Decoder: RowDecoder>(_ decoder: Decoder, isInterrupted: Bool) throws -> Decoder.Output? {
            if result.isFailure { throw PostgresFailure.error(result, sql: sql, isInterrupted: isInterrupted) }
            return result.rowCount > 0 ? try decoder.decode(result.row(0)) : nil
        }

        /// Whether the statement has failed because of how it was prepared, before it did anything.
        var isStale: Bool { result.isFailure && PostgresFailure.isStale(result.field(.code), result.field(.message)) }
    }
#endif
