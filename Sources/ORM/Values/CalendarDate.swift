/// A day of the Gregorian calendar, without time or zone: a birthday, the date of an issue.
///
/// Columns hold it as `2025-02-13`, from the year 0 to 9999, so that the order of the texts is the order of the days.
/// ```swift
/// let day = CalendarDate(year: 2024, month: 2, day: 29)   // nil for the 30th
/// ```
public struct CalendarDate: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// The year, 0 to 9999.
    public let year: Int
    /// The month, 1 to 12.
    public let month: Int
    /// The day of the month, from 1.
    public let day: Int

    /// A day; `nil` when the calendar has none such.
    public init?(year: Int, month: Int, day: Int) {
        guard (0...9999).contains(year), (1...12).contains(month), day >= 1, day <= Timestamp.days(in: month, of: year)
        else { return nil }
        (self.year, self.month, self.day) = (year, month, day)
    }

    /// Reads `2025-02-13`, with exactly these digits; `nil` for anything else.
    public init?(_ text: some StringProtocol) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 3, let year = parts[0].asDigits(4), let month = parts[1].asDigits(2),
            let day = parts[2].asDigits(2)
        else { return nil }
        self.init(year: year, month: month, day: day)
    }

    /// Earlier days are less.
    public static func < (left: CalendarDate, right: CalendarDate) -> Bool {
        (left.year, left.month, left.day) < (right.year, right.month, right.day)
    }

    /// The day as `2025-02-13`.
    public var description: String { "\(year.padded(4))-\(month.padded(2))-\(day.padded(2))" }
}

extension CalendarDate: ColumnValue {
    /// Stored as a date, on SQLite as text.
    public static var storage: StorageType { .date }
    /// Reads a date; one with a time of day is another type.
    public static func read(_ row: borrowing some ResultRow, at index: Int) throws -> CalendarDate {
        guard let day = CalendarDate(try row.text(index)) else {
            throw ORMError.decoding(
                column: row.name(index), expected: "a date such as 2025-02-13", found: "another text")
        }
        return day
    }
    /// The date as a statement binds it.
    public var sqlValue: SQLValue { .text(description) }
}

extension StringProtocol {
    /// The number that exactly so many ASCII digits mean.
    func asDigits(_ count: Int) -> Int? {
        guard utf8.count == count, utf8.allSatisfy({ (48...57).contains($0) }) else { return nil }
        return Int(self)
    }
}

extension Int {
    /// At least so many digits, with zeros in front; not for negative numbers.
    func padded(_ count: Int) -> String {
        let digits = String(self)
        return String(repeating: "0", count: Swift.max(0, count - digits.count)) + digits
    }
}
