import Foundation
import Synchronization

/// One line on a terminal's error stream that tells how far a run is, and is gone when the run ends. Elsewhere, nothing.
final class ProgressLine: Sendable {
    /// What is counted.
    enum Unit {
        case pieces, bytes
    }

    private struct State {
        var isShown = false
        var last: ContinuousClock.Instant?
        /// The step that is shown, when it began, and where.
        var step: (name: String, start: ContinuousClock.Instant, done: Int)?
    }

    private let console: Console
    private let isActive: Bool
    private let state = Mutex(State())

    init(_ console: Console, isQuiet: Bool) {
        self.console = console
        isActive = console.showsProgress && !isQuiet
    }

    /// Shows a step; at most ten times a second, so that showing costs nothing.
    func show(_ step: String, done: Int, total: Int, unit: Unit = .pieces) {
        guard isActive, total > 0 else { return }
        let now = ContinuousClock.now
        let rate = state.withLock { state -> Double? in
            if state.step?.name != step { state.step = (step, now, done) }
            if let last = state.last, now - last < .milliseconds(100) { return nil }
            state.last = now
            state.isShown = true
            guard let start = state.step, now > start.start else { return 0 }
            return Double(done - start.done) / ((now - start.start) / .seconds(1))
        }
        guard let rate else { return }
        console.rewriteLine(
            Self.line(
                step, done: done, total: total, rate: rate, unit: unit, width: console.width,
                isUnicode: console.isUnicode))
    }

    /// Clears the line.
    func finish() {
        guard isActive else { return }
        if state.withLock({ $0.isShown }) { console.rewriteLine("") }
    }

    /// `Reading content [████      ] 400/9000, 120/s, 1 min 12 s left`, as much of it as fits: first the bar goes, then the
    /// time, the rate, and the end of the step's name.
    static func line(
        _ step: String, done: Int, total: Int, rate: Double, unit: Unit, width: Int, isUnicode: Bool
    ) -> String {
        // The last column stays free: some terminals go on to the next line when it is written.
        let width = max(10, width - 1)
        let count =
            switch unit {
            case .pieces: "\(done)/\(total)"
            case .bytes: "\(done / 1_000_000)/\(max(1, total / 1_000_000)) MB"
            }
        let speed =
            switch unit {
            case _ where rate < 1: ""
            case .pieces: ", \(Int(rate))/s"
            case .bytes: ", \(Int(rate / 1_000_000)) MB/s"
            }
        let text =
            [count + speed + timeLeft(total - done, rate), count + speed, count].first {
                step.terminalWidth + 1 + $0.terminalWidth <= width
            } ?? count
        let room = min(30, width - step.terminalWidth - text.terminalWidth - 4)
        guard room >= 5 else {
            return "\(step.cut(toTerminalWidth: max(1, width - text.terminalWidth - 1))) \(text)"
        }
        let filled = min(room, done * room / total)
        let bar =
            String(repeating: isUnicode ? "█" : "#", count: filled) + String(repeating: " ", count: room - filled)
        return "\(step) [\(bar)] \(text)"
    }

    /// How long the rest takes at this rate; nothing for what is done in a moment.
    private static func timeLeft(_ rest: Int, _ rate: Double) -> String {
        guard rate > 0, Double(rest) / rate < 1e6 else { return "" }
        let seconds = Int((Double(rest) / rate).rounded())
        return switch seconds {
        case ..<1: ""
        case ..<60: ", \(seconds) s left"
        case ..<3600: ", \(seconds / 60) min \(seconds % 60) s left"
        default: ", \(seconds / 3600) h \(seconds / 60 % 60) min left"
        }
    }
}
