import Dispatch
import FoundationEssentials
import Synchronization

/// The threads that statements run on, and the tasks of a `use { }` between their statements.
///
/// A statement may wait: for the disk, for a lock, for a server. So it must not run on one of Swift's cooperative threads, of which there
/// are as many as cores. But to wake another thread for it, and the first one again for its task, takes several times as long as a point
/// query. Here a task that leaves its thread for a connection leaves it with the connection's work: the same thread runs the statement,
/// and then goes on with the task.
///
/// As many tasks run at once as there are cores; a thread that runs a statement does not count, and another one takes its place. There is
/// one such set of threads for all databases of the process, as there is one set of cooperative threads.
package final class StatementThreads: TaskExecutor {
    /// Those of this process.
    package static let shared = StatementThreads(cores: ProcessInfo.processInfo.activeProcessorCount)

    /// What a thread does in one go.
    fileprivate enum Work {
        /// Goes on with a task.
        case task(UnownedJob)
        /// Goes on with a task on a connection.
        case turn(ConnectionExecutor.Turn, ConnectionExecutor)
    }

    private struct State {
        /// How many threads go on with tasks now.
        var running = 0
        /// Tasks for which there is no core.
        var tasks = Queue<UnownedJob>()
        /// Those with nothing to do. The system has their threads back.
        var idle: [StatementThread] = []
    }

    private let cores: Int
    private let state = Mutex(State())

    private init(cores: Int) { self.cores = cores }

    /// Goes on with a task, on the thread that it has just left a connection on, or on another one.
    package func enqueue(_ job: consuming ExecutorJob) {
        let work = Work.task(UnownedJob(job))
        if let thread = StatementThread.current, thread.isLeft { thread.keep(work) } else { start(work) }
    }

    /// Does some work on a thread that rests.
    fileprivate func start(_ work: Work) {
        let thread: StatementThread? = state.withLock { state in
            if case .task(let job) = work {
                guard state.running < cores else {
                    state.tasks.append(job)
                    return nil
                }
                state.running += 1
            }
            return state.idle.popLast() ?? StatementThread()
        }
        thread?.start(work)
    }

    /// What a thread does after some work: what that has left it with, or else the task that has waited longest. `nil`, and it rests.
    fileprivate func next(after done: Work, keeping kept: Work?, on thread: StatementThread) -> Work? {
        let (next, other): (Work?, (StatementThread, Work)?) = state.withLock { state in
            if case .task = done { state.running -= 1 }
            if case .turn? = kept {
                // Its core is free for as long as the statement takes.
                guard state.running < cores, let job = state.tasks.popFirst() else { return (kept, nil) }
                state.running += 1
                return (kept, (state.idle.popLast() ?? StatementThread(), .task(job)))
            }
            if case .task(let job)? = kept {
                // Whoever has waited longer goes first.
                if state.tasks.isEmpty, state.running < cores {
                    state.running += 1
                    return (kept, nil)
                }
                state.tasks.append(job)
            }
            guard state.running < cores, let job = state.tasks.popFirst() else {
                state.idle.append(thread)
                return (nil, nil)
            }
            state.running += 1
            return (.task(job), nil)
        }
        if let (thread, work) = other { thread.start(work) }
        return next
    }
}

/// One of ``StatementThreads``: a thread while it has something to do.
private final class StatementThread: @unchecked Sendable {
    private let queue = DispatchQueue(label: "orm.statements")
    // Both only used by the thread itself.
    /// What it does now.
    private(set) var work: StatementThreads.Work?
    /// What it does next.
    private var kept: StatementThreads.Work?

    init() { queue.setSpecific(key: Self.key, value: self) }

    private static let key = DispatchSpecificKey<StatementThread>()

    /// The one that this code runs on.
    static var current: StatementThread? { DispatchQueue.getSpecific(key: key) }

    /// Whether it is about to be free, so that it can go on with the task that has just left it. A task that is still there may stay for
    /// long.
    var isLeft: Bool { kept == nil && withUnsafeCurrentTask { $0 == nil } }

    /// Keeps what it does next. Only on the thread itself, and only when it is left.
    func keep(_ next: StatementThreads.Work) { kept = next }

    /// Begins with some work. Only for whoever has taken it from those that rest.
    func start(_ work: StatementThreads.Work) { queue.async { self.run(work) } }

    private func run(_ first: StatementThreads.Work) {
        work = first
        while let done = work {
            switch done {
            case .task(let job): job.runSynchronously(on: StatementThreads.shared.asUnownedTaskExecutor())
            case .turn(let turn, let connection):
                connection.run(turn)
                if case .turn(_, let next)? = kept, next === connection { break }
                connection.leave()
            }
            work = StatementThreads.shared.next(after: done, keeping: kept, on: self)
            kept = nil
        }
    }
}

/// The executor of one connection: runs what is isolated to it on threads that may wait, one job at a time.
///
/// ```swift
/// actor MyConnection: Connection {
///     private let executor = ConnectionExecutor()
///     nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }
/// }
/// ```
public final class ConnectionExecutor: SerialExecutor {
    /// A task that goes on.
    ///
    /// Swift must be told which task executor it prefers: with another one than its own, each call of the connection to itself would be a
    /// change of executors, and a job like this. A job does not say; so it is guessed, and the other way when such a job shows it.
    fileprivate struct Turn {
        var job: UnownedJob
        /// Whether it prefers the task executor of the connection's database; else none.
        var hasPreference: Bool
    }

    private struct State {
        var isBusy = false
        var turns = Queue<Turn>()
    }

    private let state = Mutex(State())
    private let preference: any TaskExecutor

    /// An executor for a connection.
    public convenience init() { self.init(preference: nil) }

    /// An executor for a connection whose database has the tasks of a `use { }` run by `preference`; `nil` = by ``StatementThreads``.
    package init(preference: (any TaskExecutor)?) { self.preference = preference ?? StatementThreads.shared }

    /// Runs a job after those that came before it.
    public func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        guard let thread = StatementThread.current, thread.isLeft else {
            let turn = Turn(job: job, hasPreference: false)
            if admit(turn) { StatementThreads.shared.start(.turn(turn, self)) }
            return
        }
        var turn = Turn(job: job, hasPreference: true)
        if case .turn(let last, let connection)? = thread.work {
            // From here to here: it has the other preference. It keeps its turn.
            if connection === self {
                return thread.keep(.turn(Turn(job: job, hasPreference: !last.hasPreference), self))
            }
            turn.hasPreference = last.hasPreference
        }
        if admit(turn) { thread.keep(.turn(turn, self)) }
    }

    /// A job may run now, or after those before it.
    private func admit(_ turn: Turn) -> Bool {
        state.withLock { state in
            if state.isBusy { state.turns.append(turn) }
            defer { state.isBusy = true }
            return !state.isBusy
        }
    }

    /// Goes on with a task.
    fileprivate func run(_ turn: Turn) {
        if turn.hasPreference {
            turn.job.runSynchronously(
                isolatedTo: asUnownedSerialExecutor(), taskExecutor: preference.asUnownedTaskExecutor())
        } else {
            turn.job.runSynchronously(on: asUnownedSerialExecutor())
        }
    }

    /// A thread has run one of the jobs.
    fileprivate func leave() {
        let next: Turn? = state.withLock { state in
            let next = state.turns.popFirst()
            state.isBusy = next != nil
            return next
        }
        if let next { StatementThreads.shared.start(.turn(next, self)) }
    }
}

/// First come, first served.
private struct Queue<Element> {
    private var elements: [Element] = []
    /// How many of them are gone.
    private var gone = 0

    var isEmpty: Bool { elements.isEmpty }

    mutating func append(_ element: Element) { elements.append(element) }

    mutating func popFirst() -> Element? {
        guard !isEmpty else { return nil }
        let first = elements[gone]
        gone += 1
        // Half of them at a time, so that a queue that is never empty does not grow.
        if gone * 2 >= elements.count {
            elements.removeFirst(gone)
            gone = 0
        }
        return first
    }
}
