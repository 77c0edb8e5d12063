#if Postgres && os(Linux)
    import CPostgres
    import ORM

    /// Reads of one row that are sent by one thread and received by another, while this connection's own executor has nothing to do with them.
    ///
    /// That is for what needs nothing but sending: a statement that reads and that the server has prepared, with values that its socket
    /// takes at once. Whatever else may have to be done, the queue does as for any other statement.
    extension PostgresConnection: RemoteConnection {
        nonisolated func send(_ read: PendingRead, hasRested: Bool) -> Bool {
            let statement = read.statement
            guard let poller, let link = session.link, !hasRested || link.isAlive, link.isIdle,
                let plan = session.statements.take(statement.sql), plan.isPlainRead, let name = plan.name,
                PostgresParameters.areShort(statement.binds),
                // What cannot be bound is told on the way on which it is tried again.
                (try? session.parameters.bind(statement.binds, as: plan.types)) == true
            else { return false }
            let parameters = session.parameters
            let isSent = PQsendQueryPrepared(
                link.handle, name, parameters.count, parameters.values, parameters.lengths, parameters.formats, 1)
            if isSent == 1 { watch(read, poller, link) } else { read.unfinished().resume() }
            return true
        }

        nonisolated func release(_ read: PendingRead) -> Bool {
            guard let poller, let link = session.link else { return false }
            return poller.forget(PQsocket(link.handle), read)
        }

        /// Receives what has come for a read; `nil` when there is more to come. Called by the poller.
        nonisolated func receive(_ read: PendingRead) -> PendingRead.Ending? {
            guard let poller, let link = session.link, link.takeInput() else { return read.unfinished() }
            while PQisBusy(link.handle) == 0 {
                guard let result = PQgetResult(link.handle) else { return end(read, link) }
                session.early = session.early ?? PostgresAnswer(PostgresResult(result), to: read.statement.sql)
            }
            watch(read, poller, link)
            return nil
        }

        /// A read is at its end.
        private nonisolated func end(_ read: PendingRead, _ link: PostgresLink) -> PendingRead.Ending {
            guard let answer = session.early else { return read.unfinished() }
            session.early = nil
            if answer.isStale, link.isIdle { return read.undone() }
            return read.finished(answer, isReusable: link.isIdle)
        }

        /// Has the poller await a read's answer: the last thing that is done with the connection here.
        private nonisolated func watch(_ read: PendingRead, _ poller: PostgresPoller, _ link: PostgresLink) {
            let (socket, isKnown) = (PQsocket(link.handle), session.isWatched)
            session.isWatched = true
            poller.watch(socket, isKnown: isKnown, self, read)
            // A cancellation that came before found nothing to let go of.
            if read.isCancelled, poller.forget(socket, read) { read.unfinished().resume() }
        }

        func finish<Decoder: RowDecoder>(_ statement: Statement, _ decoder: Decoder) throws -> Decoder.Output? {
            let link = try open()
            if let early = session.early {
                session.early = nil
                while link.next() != nil {}
                return try early.first(decoder, isInterrupted: interruption.isRaised)
            }
            let result = try link.finish(statement.sql)
            return result.rowCount > 0 ? try decoder.decode(result.row(0)) : nil
        }
    }

    extension PostgresDriver: RemoteDriver {
        package var executor: (any TaskExecutor)? { poller }
    }
#endif
