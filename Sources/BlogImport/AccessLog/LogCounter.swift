import BlogConfiguration
import Foundation

/// Counts the views in the lines of access logs. Knows nothing of files; one counter serves one thread at a time.
struct LogCounter: Sendable {
    /// A line that is none of a known format.
    struct BadLine: Sendable, Hashable {
        /// From 1, within what was counted by one call.
        var number: Int
        var excerpt: String
    }

    private(set) var tally = LogTally()
    private(set) var views: [HourlyViewTable.Key: Int] = [:]
    private let paths: PostPaths
    /// The site's own host, lower-cased and without `www.` and port.
    private let host: [UInt8]
    private let timeZone: TimeZone
    private var agents = AgentClasses()
    private var clock = LogClock()
    private var scratch: [UInt8] = []

    init(paths: PostPaths, host: String, timeZone: TimeZone) {
        self.paths = paths
        self.timeZone = timeZone
        self.host = Array(host.lowercased().utf8).withUnsafeBufferPointer { Array(Self.plain($0)) }
    }

    /// Counts whole lines, and says how many they were and which was the first bad one.
    mutating func count(_ bytes: LogBytes) -> (lines: Int, bad: BadLine?) {
        var lines = 0
        var bad: BadLine?
        var start = 0
        while start < bytes.count {
            let end = bytes.index(of: UInt8(ascii: "\n"), from: start) ?? bytes.count
            lines += 1
            var length = end - start
            if length > 0, bytes[end - 1] == UInt8(ascii: "\r") { length -= 1 }
            if length > 0 {
                let line = bytes.bytes(start, start + length)
                if !count(line: line) {
                    tally.unreadable += 1
                    if bad == nil { bad = BadLine(number: lines, excerpt: Self.excerpt(line)) }
                }
            }
            start = end + 1
        }
        return (lines, bad)
    }

    /// Counts a line that is too long to be kept.
    mutating func countUnreadableLine() {
        tally.lines += 1
        tally.unreadable += 1
    }

    static func excerpt(_ line: LogBytes) -> String {
        let text = String(decoding: line.prefix(120), as: UTF8.self).printable
        return line.count > 120 ? text + "…" : text
    }

    @inline(__always)
    private mutating func count(line: LogBytes) -> Bool {
        tally.lines += 1
        let isJSON = line[0] == UInt8(ascii: "{")
        let read =
            isJSON
            ? CaddyLogLine.read(line) { LogTime.hour(of: $0, in: timeZone) } : CommonLogLine.read(line, &clock)
        guard let request = read else { return false }
        if let host = request.host, !isOwn(host) {
            tally.otherHosts += 1
            return true
        }
        guard request.isGet, request.status == 200 || request.status == 304,
            let place = paths.place(at: request.target, request.escaping, &scratch)
        else {
            tally.others += 1
            return true
        }
        count(request, at: place)
        return true
    }

    private mutating func count(_ request: LogRequest, at place: PostPaths.Place) {
        if let agent = request.agent {
            switch agents.classify(agent) {
            case .bot: return tally.bots += 1
            case .feedReader: return tally.feedReaders += 1
            case .person: break
            }
        }
        if request.isPrefetch { return tally.prefetches += 1 }
        // A page at a former path leads on to the post (`<meta http-equiv="refresh">`): two requests, one view.
        if paths.hasAliases, !place.isAlias, let referrer = request.referrer,
            paths.place(at: referrer, request.escaping, &scratch) == PostPaths.Place(post: place.post, isAlias: true)
        {
            return tally.redirects += 1
        }
        tally.views += 1
        if request.agent == nil { tally.viewsWithoutAgent += 1 }
        views[HourlyViewTable.Key(post: place.post, hour: request.hour), default: 0] += 1
    }

    // MARK: Hosts

    private func isOwn(_ name: LogBytes) -> Bool {
        let name = Self.plain(name)
        guard name.count == host.count else { return false }
        for (index, byte) in name.enumerated() {
            let lower = (0x41...0x5A).contains(byte) ? byte | 0x20 : byte
            if lower != host[index] { return false }
        }
        return true
    }

    /// Without port and `www.`, which servers add and leave out as they like.
    private static func plain(_ host: LogBytes) -> LogBytes {
        var name = host
        if name.starts(with: "www.") || name.starts(with: "WWW.") { name = name.bytes(from: 4) }
        // An IPv6 address has colons within its brackets.
        guard let colon = name.lastIndex(of: UInt8(ascii: ":")), name.last != UInt8(ascii: "]") else { return name }
        return name.bytes(0, colon)
    }
}

/// Reads the times of logs that are JSON.
enum LogTime {
    /// The hour since 1970 of a number (seconds, or milli-, micro-, nanoseconds, told apart by their size) or of a date as text;
    /// `nil` for what is neither.
    static func hour(of value: LogBytes, in timeZone: TimeZone) -> Int? {
        // Most are seconds with a fraction: `1771000000.5`.
        let point = value.index(of: UInt8(ascii: ".")) ?? value.count
        if let first = value.first, (0x30...0x39).contains(first), point <= 19,
            value.index(of: UInt8(ascii: "e")) == nil,
            let whole = Int(String(decoding: value.bytes(0, point), as: UTF8.self))
        {
            var seconds = whole
            while seconds > 100_000_000_000 { seconds /= 1000 }
            return seconds / 3600
        }
        let text = String(decoding: value, as: UTF8.self)
        // 1.771e+09, as some encoders write large numbers.
        if let number = Double(text), number >= 0, number < 1e11 { return Int(number / 3600) }
        guard let date = try? SourceDate.read(text, in: timeZone), date.timeIntervalSince1970 >= 0 else { return nil }
        return Int(date.timeIntervalSince1970 / 3600)
    }
}
