import BlogConfiguration
import Bytes
package import FoundationEssentials

/// A point in time to the microsecond, UTC: what the database keeps and what pages and JSON show.
package struct Instant: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// Microseconds since 1970-01-01T00:00:00Z.
    package let microseconds: Int

    package init(microseconds: Int) { self.microseconds = microseconds }

    /// The nearest microsecond to `date`.
    package init(_ date: Date) {
        microseconds = Int((date.timeIntervalSince1970 * 1_000_000).rounded())
    }

    /// The instant as a value of the database's kind.
    package var date: Date { Date(timeIntervalSince1970: seconds) }

    /// Seconds since 1970, as templates take dates.
    package var seconds: Double { Double(microseconds) / 1_000_000 }

    /// The day of UTC that it falls on, counted from 1970-01-01.
    var daysSince1970: Int { floorDivide(microseconds, 86_400_000_000) }

    /// The instant as RFC 3339 in UTC; a fraction only where there is one: `2025-02-13T10:20:30Z`.
    package var rfc3339: String {
        var text: [UInt8] = []
        text.reserveCapacity(32)
        appendRFC3339(to: &text)
        return String(utf8Bytes: text)
    }

    /// Appends the form of ``rfc3339``. An API has several for each post.
    func appendRFC3339(to text: inout [UInt8]) {
        let day = CalendarDay(daysSince1970: daysSince1970)
        let inDay = UInt(microseconds - daysSince1970 * 86_400_000_000)
        let second = inDay / 1_000_000
        text.append(contentsOf: padded(day.year, 4).utf8)
        func add(_ mark: UnicodeScalar, _ number: UInt) {
            text.append(UInt8(ascii: mark))
            text.appendDigits(number, width: 2)
        }
        add("-", UInt(day.month))
        add("-", UInt(day.day))
        add("T", second / 3600)
        add(":", second / 60 % 60)
        add(":", second % 60)
        var fraction = inDay % 1_000_000
        if fraction != 0 {
            var width = 6
            while fraction % 10 == 0 {
                fraction /= 10
                width -= 1
            }
            text.append(UInt8(ascii: "."))
            text.appendDigits(fraction, width: width)
        }
        text.append(UInt8(ascii: "Z"))
    }

    package var description: String { rfc3339 }

    package static func < (left: Self, right: Self) -> Bool { left.microseconds < right.microseconds }
}

/// The quotient rounded down, as days before 1970 need it.
private func floorDivide(_ value: Int, _ divisor: Int) -> Int {
    let quotient = value / divisor
    return value % divisor < 0 ? quotient - 1 : quotient
}
