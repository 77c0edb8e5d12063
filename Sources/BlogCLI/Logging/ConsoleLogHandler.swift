import ArgumentParser
import BlogConfiguration
import BlogSite
import Foundation
import Logging

/// How log lines look.
enum LogFormat: String, ExpressibleByArgument, CaseIterable, Sendable {
    /// `2026-02-13T10:20:00Z warning content/posts/a.md:3: … key=value`
    case text
    /// `{"time":"2026-02-13T10:20:00Z","level":"warning","message":"…","key":"value"}`
    case json
}

/// Writes log lines to the console's error stream.
struct ConsoleLogHandler: LogHandler {
    private let console: Console
    private let format: LogFormat
    private let now: @Sendable () -> Date
    var logLevel = Logger.Level.info
    var metadata: Logger.Metadata = [:]

    init(_ console: Console, _ format: LogFormat, now: @escaping @Sendable () -> Date = { Date() }) {
        self.console = console
        self.format = format
        self.now = now
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        let all = metadata.merging(event.metadata ?? [:]) { $1 }.sorted { $0.key < $1.key }
        let time = Instant(microseconds: Instant(now()).microseconds / 1_000_000 * 1_000_000).rfc3339
        let message = "\(event.message)"
        switch format {
        case .text:
            // A line is an event, whatever the message holds.
            let line = message.split(whereSeparator: \.isNewline).joined(separator: " | ")
            let pairs = all.map { " \($0.key)=\(Self.word("\($0.value)"))" }.joined()
            console.note("\(time) \(event.level.rawValue) \(line.printable)\(pairs)")
        case .json:
            var json = JSONWriter()
            json.object {
                $0.field("time", time)
                $0.field("level", event.level.rawValue)
                $0.field("message", message)
                for (key, value) in all { $0.field(key, "\(value)") }
            }
            json.finish()
            console.note(String(decoding: json.bytes, as: UTF8.self))
        }
    }

    private static func word(_ text: String) -> String {
        let text = text.printable
        return text.contains(where: { $0 == " " || $0 == "\"" })
            ? "\"" + text.replacing("\"", with: "\\\"") + "\"" : text
    }
}
