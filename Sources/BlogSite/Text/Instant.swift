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

    /// Seconds since 1970, as templates take dates.
    package var seconds: Double { Double(microseconds) / 1_000_000 }

    /// The instant as RFC 3339 in UTC; a fraction only where there is one: `2025-02-13T10:20:30Z`.
    package var rfc3339: String {
        let day = CivilDate(daysSince1970: floorDivide(microseconds, 86_400_000_000))
        let inDay = microseconds - floorDivide(microseconds, 86_400_000_000) * 86_400_000_000
        let second = inDay / 1_000_000
        var text = "\(padded(day.year, 4))-\(padded(day.month, 2))-\(padded(day.day, 2))"
        text += "T\(padded(second / 3600, 2)):\(padded(second / 60 % 60, 2)):\(padded(second % 60, 2))"
        var fraction = inDay % 1_000_000
        if fraction != 0 {
            var width = 6
            while fraction % 10 == 0 {
                fraction /= 10
                width -= 1
            }
            text += "." + padded(fraction, width)
        }
        return text + "Z"
    }

    /// The calendar day of the instant at a distance from UTC.
    package func civilDate(utcOffset seconds: Int) -> CivilDate {
        CivilDate(daysSince1970: floorDivide(microseconds + seconds * 1_000_000, 86_400_000_000))
    }

    package var description: String { rfc3339 }

    package static func < (left: Self, right: Self) -> Bool { left.microseconds < right.microseconds }
}

/// A day of the proleptic Gregorian calendar.
package struct CivilDate: Sendable, Hashable {
    package let year: Int
    package let month: Int
    package let day: Int

    /// The day that many days after 1970-01-01. After Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms",
    /// `civil_from_days`: eras of 400 years that begin on 1 March.
    package init(daysSince1970 days: Int) {
        let shifted = days + 719_468
        let era = floorDivide(shifted, 146_097)
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
        month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    }
}

/// The quotient rounded down, as days before 1970 need it.
private func floorDivide(_ value: Int, _ divisor: Int) -> Int {
    let quotient = value / divisor
    return value % divisor < 0 ? quotient - 1 : quotient
}

/// A number with leading zeros.
func padded(_ value: Int, _ width: Int) -> String {
    let digits = String(abs(value))
    return (value < 0 ? "-" : "") + String(repeating: "0", count: max(0, width - digits.count)) + digits
}
