import Synchronization

/// A statement whose first row somebody awaits, on its way through a pool: it waits for a connection, is sent, and has its answer.
///
/// No thread waits with it. Whoever frees a connection sends the statement of the read whose turn it is, there and then, and whoever
/// receives its answer passes the connection on in the same way before the task of the read goes on.
package final class PendingRead: Sendable {
    /// How a read goes on in its task.
    enum Outcome: Sendable {
        /// The statement has not been sent: it goes the usual way, on what is granted.
        case unsent(Pool.Grant)
        /// It was sent.
        case sent(Reply)
    }

    /// What became of a statement that was sent.
    enum Reply: Sendable {
        /// It was answered. The connection has been passed on, unless it is given here, to be given back.
        case answer(any RemoteAnswer, kept: PooledConnection?)
        /// Its connection awaits the answer itself.
        case unfinished(PooledConnection, any RemoteConnection)
    }

    typealias Seat = CheckedContinuation<Outcome, any Error>

    private enum Stage { case new, waiting(Int), sent(PooledConnection), over }

    private struct State {
        var stage = Stage.new
        var seat: Seat?
        var isCancelled = false
        var sentAt = Duration.zero
    }

    /// What is read.
    package let statement: Statement
    private let pool: Pool
    /// The clock by which it is timed, if somebody sees it.
    private let time: TimeSource?
    private let state = Mutex(State())

    init(_ statement: Statement, in pool: Pool, time: TimeSource?) {
        self.statement = statement
        self.pool = pool
        self.time = time
    }

    /// When the statement was sent, by its clock.
    var sentAt: Duration { state.withLock { $0.sentAt } }

    /// The statement is not wanted any more.
    package var isCancelled: Bool { state.withLock { $0.isCancelled } }

    // MARK: Its way

    /// The task waits from now on; first of all.
    func sit(_ seat: Seat) { state.withLock { $0.seat = seat } }

    /// It waits for a connection, and is known by a ticket; `false` when it has been cancelled.
    func wait(_ ticket: Int) -> Bool { advance(to: .waiting(ticket)) }

    /// It has a connection, and is about to be sent; `false` when it has been cancelled.
    func send(on member: PooledConnection) -> Bool { advance(to: .sent(member), at: time?.now()) }

    private func advance(to stage: Stage, at instant: Duration? = nil) -> Bool {
        state.withLock { state in
            guard !state.isCancelled else { return false }
            state.stage = stage
            if let instant { state.sentAt = instant }
            return true
        }
    }

    /// Its task is cancelled.
    func cancel() {
        let stage = state.withLock { state in
            state.isCancelled = true
            return state.stage
        }
        switch stage {
        case .new, .over: break
        case .waiting(let ticket): pool.giveUp(ticket, CancellationError())
        case .sent(let member): if member.remote?.release(self) == true { unfinished().resume() }
        }
    }

    func resume(returning outcome: Outcome) { takeSeat()?.resume(returning: outcome) }

    func resume(throwing error: any Error) { takeSeat()?.resume(throwing: error) }

    private func takeSeat() -> Seat? {
        state.withLock { state in
            defer { (state.seat, state.stage) = (nil, .over) }
            return state.seat
        }
    }

    // MARK: For the driver

    /// What a read's task goes on with. Separate, so that a driver deals with all that has come in before it wakes anybody.
    package struct Ending {
        fileprivate let read: PendingRead
        fileprivate let outcome: Outcome?

        /// Has the task go on.
        package func resume() { if let outcome { read.resume(returning: outcome) } }
    }

    /// The answer is there. If the connection is outside any transaction it goes to whoever waits for it.
    package func finished(_ answer: any RemoteAnswer, isReusable: Bool) -> Ending {
        guard let member else { return Ending(read: self, outcome: nil) }
        member.count()
        let isPassedOn = isReusable && pool.passOn(member)
        return Ending(read: self, outcome: .sent(.answer(answer, kept: isPassedOn ? nil : member)))
    }

    /// Nothing was done: the connection must be asked in the usual way.
    package func undone() -> Ending { Ending(read: self, outcome: member.map { .unsent(.connection($0)) }) }

    /// The connection is to await the answer itself.
    package func unfinished() -> Ending {
        let member = member
        guard let member, let remote = member.remote else { return Ending(read: self, outcome: nil) }
        return Ending(read: self, outcome: .sent(.unfinished(member, remote)))
    }

    private var member: PooledConnection? {
        state.withLock { state in
            if case .sent(let member) = state.stage { member } else { nil }
        }
    }
}
