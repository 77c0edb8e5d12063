/// A time of day to the microsecond, without day or zone: opening hours, a daily reminder.
///
/// Columns hold it as `07:30:00.000000`, so that the order of the texts is the order of the times.
/// ```swift
/// let opens = TimeOfDay(hour: 7, minute: 30)   // nil for an hour past 23
/// ```
public struct TimeOfDay: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// Microseconds since midnight.
    public let microseconds: Int

    /// A time; `nil` when a part is out of its range. A leap second is none of a day's times.
    public init?(hour: Int, minute: Int, second: Int = 0, microsecond: Int = 0) {
        guard (0...23).contains(hour), (0...59).contains(minute), (0...59).contains(second),
            (0...999_999).contains(microsecond)
        else { return nil }
        microseconds = ((hour * 60 + minute) * 60 + second) * 1_000_000 + microsecond
    }

    /// Reads `07:30:00` with up to six digits behind a point; `nil` for anything else.
    public init?(_ text: some StringProtocol) {
        let halves = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        let parts = halves[0].split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 3, let hour = parts[0].asDigits(2), let minute = parts[1].asDigits(2),
            let second = parts[2].asDigits(2)
        else { return nil }
        var microsecond = 0
        if halves.count == 2 {
            let digits = halves[1].count
            guard (1...6).contains(digits),
                let fraction = (halves[1] + String(repeating: "0", count: 6 - digits)).asDigits(6)
            else { return nil }
            microsecond = fraction
        }
        self.init(hour: hour, minute: minute, second: second, microsecond: microsecond)
    }

    /// The hour, 0 to 23.
    public var hour: Int { microseconds / 3_600_000_000 }
    /// The minute, 0 to 59.
    public var minute: Int { microseconds / 60_000_000 % 60 }
    /// The second, 0 to 59.
    public var second: Int { microseconds / 1_000_000 % 60 }
    /// The microsecond, 0 to 999,999.
    public var microsecond: Int { microseconds % 1_000_000 }

    /// Earlier times are less.
    public static func < (left: TimeOfDay, right: TimeOfDay) -> Bool { left.microseconds < right.microseconds }

    /// The time as `07:30:00.000000`.
    public var description: String {
        "\(hour.padded(2)):\(minute.padded(2)):\(second.padded(2)).\(microsecond.padded(6))"
    }
}

extension TimeOfDay: ColumnValue {
    /// Stored as a time, on SQLite as text.
    public static var storage: StorageType { .time }
    /// Reads a time of day.
    public static func read(_ row: borrowing some ResultRow, at index: Int) throws -> TimeOfDay {
        guard let time = TimeOfDay(try row.text(index)) else {
            throw ORMError.decoding(
                column: row.name(index), expected: "a time of day such as 07:30:00", found: "another text")
        }
        return time
    }
    /// The time as a statement binds it.
    public var sqlValue: SQLValue { .text(description) }
}
