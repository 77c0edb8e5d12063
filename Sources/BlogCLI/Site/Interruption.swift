import Dispatch
import Foundation
import Synchronization

/// Ends a run in order when the user (Ctrl-C) or the system (SIGTERM) asks for it: what is being written is rolled back, and
/// then the process ends by that signal, as those who wait for it expect (<https://www.cons.org/cracauer/sigint.html>).
///
/// It works only for commands that arm it; others are ended at once, as usual. A second signal ends every command at once.
package final class Interruption: Sendable {
    private struct State {
        var task: Task<Int32, Never>?
        var sources: [any DispatchSourceSignal] = []
        var raised: Int32?
    }

    private let state = Mutex(State())

    package init() {}

    /// Which task a signal cancels.
    package func cancels(_ task: Task<Int32, Never>) {
        let isLate = state.withLock { state in
            state.task = task
            return state.raised != nil
        }
        if isLate { task.cancel() }
    }

    /// From here on signals cancel the task.
    func arm() {
        let registered = DispatchGroup()
        for number in [SIGINT, SIGTERM, SIGHUP] {
            // What a parent has told to be ignored (nohup) stays ignored.
            guard Self.isDefault(number) else { continue }
            signal(number, SIG_IGN)
            state.withLock { state in
                let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
                source.setEventHandler { [self] in raise(number) }
                registered.enter()
                source.setRegistrationHandler { registered.leave() }
                source.resume()
                state.sources.append(source)
            }
        }
        // Until then a signal would be lost.
        registered.wait()
    }

    /// Ends the process by the signal that was raised, if one was.
    package func finish() {
        guard let number = state.withLock({ $0.raised }) else { return }
        Self.endProcess(by: number)
    }

    /// Ends the process by a signal. This thread may be one of a pool, which block signals: what a process sends itself is
    /// delivered before kill(2) returns only where it is not blocked.
    static func endProcess(by number: Int32) {
        signal(number, SIG_DFL)
        var numbers = sigset_t()
        sigemptyset(&numbers)
        sigaddset(&numbers, number)
        pthread_sigmask(SIG_UNBLOCK, &numbers, nil)
        kill(getpid(), number)
    }

    private func raise(_ number: Int32) {
        let task = state.withLock { state in
            state.raised = number
            return state.task
        }
        for other in [SIGINT, SIGTERM, SIGHUP] { signal(other, SIG_DFL) }
        task?.cancel()
    }

    private static func isDefault(_ number: Int32) -> Bool {
        var action = sigaction()
        guard sigaction(number, nil, &action) == 0 else { return false }
        #if canImport(Glibc)
            return unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self)
                == unsafeBitCast(SIG_DFL, to: Int.self)
        #else
            return unsafeBitCast(action.__sigaction_u.__sa_handler, to: Int.self)
                == unsafeBitCast(SIG_DFL, to: Int.self)
        #endif
    }
}
