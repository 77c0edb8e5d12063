import BlogConfiguration
import Foundation
import Synchronization

/// What came of reading one log from a place on.
struct LogReading: Sendable {
    /// Up to where the text is counted now.
    var offset: Int
    var lines: Int
    /// How many lines were of no known format, and the first of them.
    var unreadable = 0
    var firstBad: LogCounter.BadLine?
    /// Why the text ended before its time.
    var fault: LogStream.Fault?
    /// No line of a new log is a request: it is another kind of file, and nothing of it counts.
    var isForeign = false
    /// The text ends within a line that no server writes.
    var endsInLongLine = false

    /// Counts a log's lines on all cores, each with a counter of its own; gives the counters back with what they counted.
    ///
    /// - `offset`, `lines`: what is counted already.
    /// - `progress`: gets the number of bytes of the file that were read.
    @concurrent
    static func count(
        _ path: String, named name: String, from offset: Int, lines: Int, counters: [LogCounter],
        progress: @Sendable (Int) -> Void
    ) async throws -> (LogReading, [LogCounter]) {
        let stream = try LogStream(path: path, named: name)
        var reading = LogReading(offset: offset, lines: lines)
        do throws(LogStream.Fault) {
            guard try stream.seek(to: offset) else { return (reading, counters) }
        } catch {
            reading.fault = error
            return (reading, counters)
        }
        return try await withThrowingTaskGroup(of: Counted.self) { group in
            var pieces = LogPieces(stream, from: offset)
            var idle = counters.map { SharedCounter($0) }
            // Of each piece in its order: how many lines it has, and its first bad one.
            var counted: [(lines: Int, bad: LogCounter.BadLine?)] = []
            while let piece = pieces.next() {
                try Task.checkCancellation()
                progress(stream.progress)
                switch piece {
                case .longLine:
                    idle[0].with { $0.countUnreadableLine() }
                    counted.append((1, LogCounter.BadLine(number: 1, excerpt: longLine)))
                    reading.unreadable += 1
                case .lines(let bytes):
                    let index = counted.count
                    counted.append((0, nil))
                    let counter = idle.removeLast()
                    if index == 0, offset == 0 {
                        let first = Counted(counter, bytes, index)
                        if first.unreadable > 0, first.unreadable == first.filled {
                            reading.isForeign = true
                            reading.firstBad = first.bad
                            return (reading, counters)
                        }
                        first.add(to: &reading, &counted, &idle)
                        continue
                    }
                    group.addTask { Counted(counter, bytes, index) }
                    if idle.isEmpty { try await group.next()?.add(to: &reading, &counted, &idle) }
                }
            }
            while let next = try await group.next() { next.add(to: &reading, &counted, &idle) }
            for piece in counted {
                if reading.firstBad == nil, let bad = piece.bad {
                    reading.firstBad = LogCounter.BadLine(number: reading.lines + bad.number, excerpt: bad.excerpt)
                }
                reading.lines += piece.lines
            }
            reading.offset = pieces.offset
            reading.fault = pieces.fault
            reading.endsInLongLine = pieces.endsInLongLine
            return (reading, idle.map { $0.with { $0 } })
        }
    }

    static let longLine = "(a line of more than \(LogPieces.lineLimit) bytes)"
}

/// A counter that tasks take in turns. By reference, because a task that captures a counter and changes it changes a copy, whose
/// views are copied too: for each piece of a log all that were counted before.
private final class SharedCounter: Sendable {
    private let counter: Mutex<LogCounter>

    init(_ counter: LogCounter) { self.counter = Mutex(counter) }

    func with<Result: Sendable>(_ body: (inout LogCounter) -> Result) -> Result { counter.withLock { body(&$0) } }
}

/// A piece of a log that was counted, and the counter that is free again.
private struct Counted: Sendable {
    var counter: SharedCounter
    var index: Int
    var lines: Int
    var bad: LogCounter.BadLine?
    /// Of the lines that are not empty: how many, and how many of them are of no known format.
    var filled: Int
    var unreadable: Int

    init(_ counter: SharedCounter, _ bytes: [UInt8], _ index: Int) {
        (lines, bad, filled, unreadable) = counter.with { counter in
            let before = counter.tally
            let (lines, bad) = bytes.withUnsafeBufferPointer { counter.count($0) }
            return (
                lines, bad, counter.tally.lines - before.lines, counter.tally.unreadable - before.unreadable
            )
        }
        self.counter = counter
        self.index = index
    }

    func add(
        to reading: inout LogReading, _ counted: inout [(lines: Int, bad: LogCounter.BadLine?)],
        _ idle: inout [SharedCounter]
    ) {
        reading.unreadable += unreadable
        counted[index] = (lines, bad)
        idle.append(counter)
    }
}
