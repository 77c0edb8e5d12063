#if MySQL
    import Dispatch
    import ORM
    import Synchronization

    /// Whether a connection's statements are to stop, and who stops the one that runs.
    ///
    /// Only the server can stop a statement, asked over another connection: KILL QUERY stops what the session does at that moment. One
    /// that comes a moment too early is lost, so that it is repeated until the statement has ended; one that comes too late would hit
    /// the next statement, so that the next one waits until nobody is killing any more, and is preceded by one that may be hit.
    final class MySQLInterruption: Sendable {
        private struct State {
            var isRaised = false
            var isRunning = false
            /// Whether somebody is at work who kills.
            var isKilling = false
            /// Whether a kill was sent since a statement was hit by one at the latest.
            var mayBeHit = false
            /// Stops the statement that runs, over another connection.
            var kill: (@Sendable () -> MySQLKiller)?
        }

        private let state = Mutex(State())
        /// Wakes the killer when the statement has ended.
        private let ended = DispatchSemaphore(value: 0)
        /// Wakes the connection when the killer has.
        private let idle = DispatchSemaphore(value: 0)

        /// How a statement is stopped from now on.
        func arm(_ kill: @escaping @Sendable () -> MySQLKiller) { state.withLock { $0.kill = kill } }

        /// Has the statement that runs now and every later one stopped, until ``clear()``.
        func raise() {
            let kill = state.withLock { state -> (@Sendable () -> MySQLKiller)? in
                state.isRaised = true
                guard state.isRunning, !state.isKilling, state.kill != nil else { return nil }
                state.isKilling = true
                state.mayBeHit = true
                return state.kill
            }
            guard let kill else { return }
            DispatchQueue.global().async { self.stop(kill()) }
        }

        /// Statements run again.
        func clear() { state.withLock { $0.isRaised = false } }

        var isRaised: Bool { state.withLock { $0.isRaised } }

        /// A statement begins; throws when none may.
        func begin() throws {
            let isRaised = state.withLock { state in
                state.isRunning = !state.isRaised
                return state.isRaised
            }
            if isRaised { throw CancellationError() }
        }

        /// The statement has ended. Waits until nobody is killing, and says whether the next statement may be hit.
        func end() -> Bool {
            let isKilling = state.withLock { state in
                state.isRunning = false
                return state.isKilling
            }
            if isKilling {
                ended.signal()
                idle.wait()
            }
            return state.withLock { state in
                defer { state.mayBeHit = false }
                return state.mayBeHit
            }
        }

        /// Kills until the statement has ended.
        private func stop(_ killer: MySQLKiller) {
            repeat { killer.kill() } while ended.wait(timeout: .now() + .milliseconds(20)) == .timedOut
            killer.end()
            state.withLock { $0.isKilling = false }
            idle.signal()
        }
    }

    /// A second connection, made to stop what the first one does.
    ///
    /// Unchecked: one thread makes it, uses it and ends it.
    final class MySQLKiller: @unchecked Sendable {
        private let victim: MySQLHandle
        private let handle: MySQLHandle?

        /// Connects as the victim did. Where that fails, its connection is cut instead.
        init(of victim: MySQLHandle, connect: () throws -> MySQLHandle) {
            self.victim = victim
            handle = try? connect()
        }

        func kill() {
            guard let handle, handle.run("KILL QUERY \(victim.id)") else { return victim.cut() }
        }

        func end() { handle?.close() }
    }
#endif
