package import Foundation
import BlogConfiguration

/// Reads the dates that people and generators write: RFC 3339 and what is near it.
///
/// `2024-04-09`, `2024-4-09`, `2024/04/09`, then nothing (midnight) or `T` or spaces and `10:11`, `10:11:12`,
/// `10:11:12.1234567` (cut to microseconds), then nothing (the given zone) or `Z`, `UTC`, `GMT`, `+02`, `+0200`, `+02:00`.
package enum SourceDate {
    /// Why a text is no date, as the end of a sentence that starts with the text: `is no date: …`.
    package struct Fault: Error, Sendable, Hashable {
        package var message: String
    }

    private static let shape = "expected a date such as 2024-04-09 or 2024-04-09T10:11:12+02:00"

    /// The instant a text names; a text without a zone is meant in `timeZone`.
    ///
    /// A local time that the zone skips (the hour of a change to summer time) means the instant as many minutes after
    /// the change; one that it has twice means the first.
    package static func read(_ text: String, in timeZone: TimeZone) throws(Fault) -> Date {
        var scanner = Scanner(text)
        scanner.skipSpaces()
        let day = try readDay(&scanner)
        var time = TimeOfDay()
        var offset: Int?
        if scanner.skip(anyOf: "Tt") || (scanner.skipSpaces() && !scanner.isAtEnd) {
            scanner.skipSpaces()
            time = try readTime(&scanner)
            scanner.skipSpaces()
            offset = try readOffset(&scanner)
            scanner.skipSpaces()
        }
        guard scanner.isAtEnd else { throw Fault(message: "\"\(text)\" is no date, \(shape)") }
        let local = day.daysSince1970 * 86_400 + time.seconds
        let seconds = local - (offset ?? Self.offset(ofLocal: local, in: timeZone))
        return Date(timeIntervalSince1970: Double(seconds) + Double(time.microseconds) / 1_000_000)
    }

    /// The date at the start of a file's stem and the rest after `-` or `_`: `2024-04-09-title`. `nil` when the stem does
    /// not start so; the date is not checked.
    package static func split(stem: String) -> (date: String, rest: String)? {
        var scanner = Scanner(stem)
        guard scanner.digits(4...4) != nil, scanner.skip(anyOf: "-"), scanner.digits(1...2) != nil,
            scanner.skip(anyOf: "-"), scanner.digits(1...2) != nil
        else { return nil }
        let date = String(decoding: stem.utf8.prefix(scanner.position), as: UTF8.self)
        if scanner.isAtEnd { return (date, "") }
        guard scanner.skip(anyOf: "-_") else { return nil }
        return (date, String(decoding: stem.utf8.dropFirst(scanner.position), as: UTF8.self))
    }

    private struct TimeOfDay {
        var seconds = 0
        var microseconds = 0
    }

    private static func readDay(_ scanner: inout Scanner) throws(Fault) -> CalendarDay {
        guard let year = scanner.digits(4...4), let separator = scanner.next(anyOf: "-/"),
            let month = scanner.digits(1...2), scanner.next(anyOf: "-/") == separator, let day = scanner.digits(1...2)
        else { throw Fault(message: "\"\(scanner.text)\" is no date, \(shape)") }
        guard (1...12).contains(month) else {
            throw Fault(message: "\"\(scanner.text)\" is no date: months go from 1 to 12")
        }
        let length = CalendarDay.count(ofMonth: month, year: year)
        guard (1...length).contains(day) else {
            let names = [
                "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
                "November", "December",
            ]
            throw Fault(message: "\"\(scanner.text)\" is no date: \(names[month - 1]) \(year) has \(length) days")
        }
        return CalendarDay(year: year, month: month, day: day)
    }

    private static func readTime(_ scanner: inout Scanner) throws(Fault) -> TimeOfDay {
        guard let hour = scanner.digits(1...2), scanner.skip(anyOf: ":"), let minute = scanner.digits(2...2) else {
            throw Fault(message: "\"\(scanner.text)\" is no date, \(shape)")
        }
        var time = TimeOfDay()
        var second = 0
        if scanner.skip(anyOf: ":") {
            guard let value = scanner.digits(2...2) else {
                throw Fault(message: "\"\(scanner.text)\" is no date, \(shape)")
            }
            second = value
            if scanner.skip(anyOf: ".,") {
                guard let fraction = scanner.fraction() else {
                    throw Fault(message: "\"\(scanner.text)\" is no date, \(shape)")
                }
                time.microseconds = fraction
            }
        }
        guard hour < 24, minute < 60, second < 60 else {
            throw Fault(message: "\"\(scanner.text)\" is no date: times go from 00:00:00 to 23:59:59")
        }
        time.seconds = hour * 3600 + minute * 60 + second
        return time
    }

    private static func readOffset(_ scanner: inout Scanner) throws(Fault) -> Int? {
        if scanner.isAtEnd { return nil }
        if scanner.skip(word: "Z") || scanner.skip(word: "UTC") || scanner.skip(word: "GMT") { return 0 }
        guard let sign = scanner.next(anyOf: "+-"), let hours = scanner.digits(2...2) else {
            throw Fault(message: "\"\(scanner.text)\" ends with no known zone, expected Z or an offset such as +02:00")
        }
        scanner.skip(anyOf: ":")
        let minutes = scanner.digits(2...2) ?? 0
        guard hours < 24, minutes < 60 else {
            throw Fault(message: "\"\(scanner.text)\" is no date: offsets go to 23:59")
        }
        return (hours * 3600 + minutes * 60) * (sign == UInt8(ascii: "-") ? -1 : 1)
    }

    /// The zone's offset at a local time (in seconds, as if it were UTC).
    private static func offset(ofLocal local: Int, in timeZone: TimeZone) -> Int {
        func offset(at seconds: Int) -> Int {
            timeZone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(seconds)))
        }
        // The offsets a day before and after cover any change in between; offsets are less than a day.
        let before = offset(at: local - 86_400)
        let after = offset(at: local + 86_400)
        let fitting = [before, after].filter { offset(at: local - $0) == $0 }
        // Of two instants with this local time the first has the larger offset; a skipped time has none, and the offset
        // before the change moves it as far behind the change as it was past its start.
        return fitting.max() ?? before
    }
}

/// A cursor over the bytes of a short text.
private struct Scanner {
    let text: String
    private let bytes: [UInt8]
    private(set) var position = 0

    init(_ text: String) {
        self.text = text
        bytes = Array(text.utf8)
    }

    var isAtEnd: Bool { position == bytes.count }

    @discardableResult
    mutating func skipSpaces() -> Bool {
        let start = position
        while position < bytes.count, [0x20, 0x09].contains(bytes[position]) { position += 1 }
        return position > start
    }

    mutating func next(anyOf set: StaticString) -> UInt8? {
        guard position < bytes.count else { return nil }
        let byte = bytes[position]
        guard set.withUTF8Buffer({ $0.contains(byte) }) else { return nil }
        position += 1
        return byte
    }

    @discardableResult
    mutating func skip(anyOf set: StaticString) -> Bool {
        next(anyOf: set) != nil
    }

    mutating func skip(word: String) -> Bool {
        guard bytes[position...].map({ $0 & 0xDF }) == Array(word.utf8) else { return false }
        position = bytes.count
        return true
    }

    /// A number with as many digits as the range allows; the cursor stays where there are too few.
    mutating func digits(_ counts: ClosedRange<Int>) -> Int? {
        let run = bytes[position...].prefix(counts.upperBound).prefix { (0x30...0x39).contains($0) }
        guard counts.contains(run.count) else { return nil }
        position += run.count
        return run.reduce(0) { $0 * 10 + Int($1 - 0x30) }
    }

    /// The digits after a decimal point as microseconds, cut, not rounded.
    mutating func fraction() -> Int? {
        let run = bytes[position...].prefix { (0x30...0x39).contains($0) }
        guard !run.isEmpty else { return nil }
        position += run.count
        let six = run.prefix(6).reduce(0) { $0 * 10 + Int($1 - 0x30) }
        return (run.count..<max(6, run.count)).reduce(six) { value, _ in value * 10 }
    }
}
