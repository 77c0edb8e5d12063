#if Postgres
    import CPostgres
    import ORM

    #if canImport(Glibc)
        import Glibc
    #elseif canImport(Musl)
        import Musl
    #else
        import Darwin
    #endif

    /// A connection of libpq. Lives on its connection's queue and never leaves it: statements are sent, and their results are waited for, so
    /// that an interruption is noticed meanwhile. <https://www.postgresql.org/docs/15/libpq-async.html>
    final class PostgresLink {
        let handle: OpaquePointer
        let interruption: PostgresInterruption

        /// Whether the server has said that it ends the connection.
        private var isEnding = false

        /// Takes over a connection that is open.
        init(_ handle: OpaquePointer, _ interruption: PostgresInterruption) {
            self.handle = handle
            self.interruption = interruption
            // libpq would print notices. The handle dies with this object, and calls on its executor only.
            PQsetNoticeReceiver(
                handle,
                { link, notice in
                    guard let link, let code = PQresultErrorField(notice, Int32(PostgresErrorField.code.rawValue)),
                        String(cString: code).hasPrefix("57")
                    else { return }
                    Unmanaged<PostgresLink>.fromOpaque(link).takeUnretainedValue().isEnding = true
                }, Unmanaged.passUnretained(self).toOpaque())
        }

        deinit { PQfinish(handle) }

        /// Inside no transaction, with nothing under way.
        var isIdle: Bool { PQtransactionStatus(handle) == PQTRANS_IDLE }
        /// Inside a transaction in which a statement has failed.
        var hasFailed: Bool { PQtransactionStatus(handle) == PQTRANS_INERROR }

        /// Whether the server is still there, as far as that is known without asking: when it ends a connection it says so and closes it.
        var isAlive: Bool {
            guard PQstatus(handle) == CONNECTION_OK else { return false }
            var place = pollfd(fd: PQsocket(handle), events: Int16(POLLIN), revents: 0)
            guard poll(&place, 1, 0) > 0 else { return true }
            // A notice, or the end: its reason comes as a notice, and the end itself is seen by another attempt to read.
            guard PQconsumeInput(handle) == 1 else { return false }
            _ = PQisBusy(handle)
            guard !isEnding, PQstatus(handle) == CONNECTION_OK else { return false }
            return poll(&place, 1, 0) <= 0 || PQconsumeInput(handle) == 1
        }

        var lastMessage: String { PQerrorMessage(handle).map { String(cString: $0) } ?? "" }

        // MARK: Statements

        /// What sees a row as the only one of a result.
        typealias RowReader = (borrowing PostgresResult) throws -> Void

        /// Sends what `send` sends, and waits for its one result; throws the server's error.
        ///
        /// With `each` the rows are read as they come, and the result has none: while the server makes the next ones, and into memory that
        /// is in the processor's caches. 50,000 rows of 1 KB take half as much of the processor so; of an integer alone, 60 ns more each.
        func run(_ sql: String, each: RowReader? = nil, _ send: (OpaquePointer) -> Int32) throws -> PostgresResult {
            if interruption.isRaised { throw CancellationError() }
            guard send(handle) == 1 else { throw PostgresFailure.lost(lastMessage, sql: sql) }
            guard let each else { return try finish(sql) }
            PQsetSingleRowMode(handle)
            return try finish(sql, each)
        }

        private func finish(_ sql: String, _ each: RowReader) throws -> PostgresResult {
            var failure: (any Error)?
            while let result = next() {
                guard result.status == PGRES_SINGLE_TUPLE else {
                    let end = try finish(sql, after: result)
                    if let failure { throw failure }
                    return end
                }
                // What comes behind a row that cannot be read is still to be received.
                guard failure == nil else { continue }
                do { try each(result) } catch { failure = error }
            }
            throw PostgresFailure.lost(lastMessage, sql: sql)
        }

        /// The last result of what was sent, once the server is done with it; throws the server's error.
        func finish(_ sql: String) throws -> PostgresResult {
            guard let result = next() else { throw PostgresFailure.lost(lastMessage, sql: sql) }
            return try finish(sql, after: result)
        }

        private func finish(_ sql: String, after first: consuming PostgresResult) throws -> PostgresResult {
            var result = first
            while true {
                try leaveCopy(result.status, sql)
                // After an error libpq may have one more, which says less.
                guard let further = next() else { break }
                if !result.isFailure { result = further }
            }
            if result.isFailure {
                throw PostgresFailure.error(result, sql: sql, isInterrupted: interruption.isRaised)
            }
            return result
        }

        /// The next result; `nil` after the last one.
        func next() -> PostgresResult? {
            while PQisBusy(handle) != 0 {
                guard awaitInput() else { break }
            }
            return PQgetResult(handle).map(PostgresResult.init)
        }

        /// Takes what the server has said, without waiting; `false` when the connection is broken.
        func takeInput() -> Bool {
            guard PQconsumeInput(handle) == 1 else { return false }
            return PQsslInUse(handle) == 0 || PQisBusy(handle) == 0 || takeDecrypted()
        }

        /// What TLS has decrypted already shows in no socket. A record has 16 KB at most, a read half of that at least.
        private func takeDecrypted() -> Bool {
            for _ in 0..<3 {
                guard PQconsumeInput(handle) == 1 else { return false }
                if PQisBusy(handle) == 0 { return true }
            }
            return true
        }

        /// Waits until the server has said something; `false` when the connection is broken.
        private func awaitInput() -> Bool {
            if PQsslInUse(handle) != 0 {
                guard takeDecrypted() else { return false }
                if PQisBusy(handle) == 0 { return true }
            }
            let isRaised = interruption.isRaised
            if isRaised { requestCancel() }
            // A request that came before the server had begun did nothing: then another one follows.
            let isReady = interruption.wait(
                for: PQsocket(handle), POLLIN, milliseconds: isRaised ? 100 : -1)
            return !isReady || PQconsumeInput(handle) == 1
        }

        /// Asks the server, by a connection of its own, to cancel what runs here. It has done so when this returns.
        private func requestCancel() {
            guard let cancel = PQgetCancel(handle) else { return }
            var message = [CChar](repeating: 0, count: 256)
            // If it cannot be asked there is nothing else to do but to wait.
            PQcancel(cancel, &message, Int32(message.count))
            PQfreeCancel(cancel)
        }

        /// COPY by a statement of the program's own would wait for rows that nobody sends.
        private func leaveCopy(_ status: ExecStatusType, _ sql: String) throws {
            switch status {
            case PGRES_COPY_IN: PQputCopyEnd(handle, "COPY is not for statements of one's own")
            case PGRES_COPY_OUT:
                var row: UnsafeMutablePointer<CChar>?
                while PQgetCopyData(handle, &row, 0) > 0 { PQfreemem(row) }
            default: return
            }
        }
    }
#endif
