import Foundation
import Synchronization

/// One line on a terminal's error stream that tells how far a run is, and is gone when the run ends. Elsewhere, nothing.
final class ProgressLine: Sendable {
    private struct State {
        var isShown = false
        var last: ContinuousClock.Instant?
    }

    private let console: Console
    private let isActive: Bool
    private let state = Mutex(State())

    init(_ console: Console, isQuiet: Bool) {
        self.console = console
        isActive = console.showsProgress && !isQuiet
    }

    /// Shows a step; at most ten times a second, so that showing costs nothing.
    func show(_ step: String, done: Int, total: Int) {
        guard isActive, total > 0 else { return }
        let now = ContinuousClock.now
        let isDue = state.withLock { state in
            if let last = state.last, now - last < .milliseconds(100) { return false }
            state.last = now
            state.isShown = true
            return true
        }
        guard isDue else { return }
        let room = max(10, min(30, console.width - step.terminalWidth - 24))
        let filled = min(room, done * room / total)
        let bar =
            String(repeating: console.isUnicode ? "█" : "#", count: filled)
            + String(repeating: " ", count: room - filled)
        console.rewriteLine("\(step) [\(bar)] \(done)/\(total)")
    }

    /// Clears the line.
    func finish() {
        guard isActive else { return }
        if state.withLock({ $0.isShown }) { console.rewriteLine("") }
    }
}
