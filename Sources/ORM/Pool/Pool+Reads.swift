import Synchronization

/// Reads that no thread waits for; see ``PendingRead``.
extension Pool {
    /// Has a read run on the next free connection, first come, first served.
    func run(_ read: PendingRead) async throws -> PendingRead.Outcome {
        try Task.checkCancellation()
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { (seat: PendingRead.Seat) in
                read.sit(seat)
                begin(read)
            }
        } onCancel: {
            read.cancel()
        }
    }

    private func begin(_ read: PendingRead) {
        let acquisition: PoolState<PooledConnection>.Acquisition? = state.withLock { state in
            guard state.machine.wouldWait else { return state.machine.acquire(0) }
            let ticket = state.room.draw()
            guard read.wait(ticket) else { return nil }
            _ = state.machine.acquire(ticket)
            seat(.read(read), ticket, until: time.now() + acquireTimeout, in: &state)
            return .wait
        }
        switch acquisition {
        case .lease(let member): start(read, on: member, hasRested: true)
        case .open: read.resume(returning: .unsent(.place))
        case .closed: read.resume(throwing: Self.closedError)
        case .wait: break
        case nil: read.resume(throwing: CancellationError())
        }
    }

    /// Sends a read on a connection that is its own now.
    func start(_ read: PendingRead, on member: PooledConnection, hasRested: Bool) {
        // Who has been cancelled gives it back.
        guard read.send(on: member) else { return read.resume(returning: .unsent(.connection(member))) }
        if member.remote?.send(read, hasRested: hasRested) != true { read.undone().resume() }
    }

    /// Gives a connection that is fit for use to the next waiter, or lets it rest; `false`, and nothing is done, when it has had its time.
    func passOn(_ member: PooledConnection) -> Bool {
        let (uses, now) = (member.uses, isTimed ? time.now() : .zero)
        let transfer: Transfer? = state.withLock { state in
            if state.machine.retires(after: uses) { return nil }
            let release = state.machine.release(member, uses: uses, at: now)
            return settle(release, &state)
        }
        guard let transfer else { return false }
        complete(transfer)
        if isTimed { watchIdleness() }
        return true
    }

    /// Decodes the first row of a read's answer, once it is there, and gives its connection back, if that has not been done.
    func finish<Decoder: RowDecoder>(
        _ statement: Statement, _ reply: PendingRead.Reply, _ decoder: Decoder
    ) async throws -> Decoder.Output? {
        switch reply {
        case .answer(let answer, kept: nil): return try answer.first(decoder)
        case .answer(let answer, let member?):
            await giveBack(member)
            return try answer.first(decoder)
        case .unfinished(let member, let remote):
            member.count()
            let outcome: Result<Decoder.Output?, any Error>
            do {
                outcome = .success(try await remote.finishInterruptibly(statement, decoder))
            } catch {
                outcome = .failure(error)
            }
            await giveBack(member)
            return try outcome.get()
        }
    }

    private func giveBack(_ member: PooledConnection) async {
        await giveBack(member, isReusable: await member.connection.isReusable())
    }
}
