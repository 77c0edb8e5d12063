public import FoundationEssentials

/// An instant as whole microseconds since 1970-01-01T00:00:00Z, and its sortable text.
///
/// The text is `2025-02-13T10:20:30.123456Z`: always 27 characters, so that byte order is time order from the year 0 to
/// 9999. Civil-date arithmetic after Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms".
public struct Timestamp: Sendable, Hashable, Comparable {
    /// Microseconds since 1970-01-01T00:00:00Z.
    public let microseconds: Int64

    static let referenceOffset: Int64 = 978_307_200_000_000

    /// An instant given in microseconds since 1970.
    public init(microseconds: Int64) { self.microseconds = microseconds }

    /// The microsecond nearest to a date. A date too far away for 64 bits, or none at all (NaN), becomes an instant beyond
    /// ``expressible``.
    public init(_ date: Date) {
        // Seconds and the rest apart: their product with a million would round once more, and reading back would drift.
        let interval = date.timeIntervalSinceReferenceDate
        let second = interval.rounded(.down)
        guard abs(second) < 9e12 else {
            microseconds = second < 0 ? .min : .max
            return
        }
        let fraction = ((interval - second) * 1_000_000).rounded()
        microseconds = Int64(second) * 1_000_000 + Int64(fraction) + Self.referenceOffset
    }

    /// The instant as a Foundation date: to the microsecond from 1735 to 2267, to what a double can tell apart beyond.
    public var date: Date {
        let (second, rest) = microseconds.quotientAndRemainder(dividingBy: 1_000_000)
        return Date(
            timeIntervalSinceReferenceDate: Double(second - Self.referenceOffset / 1_000_000) + Double(rest) / 1_000_000
        )
    }

    /// The current instant.
    static var now: Timestamp { Timestamp(Date()) }

    /// The instants that the sortable text can express: the years 0 to 9999.
    public static let expressible =
        Timestamp(microseconds: -62_167_219_200_000_000)...Timestamp(microseconds: 253_402_300_799_999_999)

    /// Earlier instants are less.
    public static func < (left: Timestamp, right: Timestamp) -> Bool { left.microseconds < right.microseconds }

    /// The sortable text, 27 ASCII bytes. An instant beyond ``expressible`` has the text of its end, so that comparing with it
    /// gives the right rows.
    public var text: String {
        String(unsafeUninitializedCapacity: Self.textCount) { bytes in
            writeText(to: UnsafeMutableRawBufferPointer(bytes))
            return Self.textCount
        }
    }

    /// How many bytes the sortable text has.
    package static let textCount = 27

    /// Writes the sortable text into a driver's buffer of at least ``textCount`` bytes.
    package func writeText(to bytes: UnsafeMutableRawBufferPointer) {
        let civil = civil
        func put(_ value: Int, at start: Int, digits: Int) {
            var rest = value
            for place in stride(from: start + digits - 1, through: start, by: -1) {
                bytes[place] = UInt8(truncatingIfNeeded: 48 + rest % 10)
                rest /= 10
            }
        }
        put(civil.year, at: 0, digits: 4)
        put(civil.month, at: 5, digits: 2)
        put(civil.day, at: 8, digits: 2)
        put(civil.hour, at: 11, digits: 2)
        put(civil.minute, at: 14, digits: 2)
        put(civil.second, at: 17, digits: 2)
        put(civil.microsecond, at: 20, digits: 6)
        (bytes[4], bytes[7], bytes[10]) = (45, 45, 84)
        (bytes[13], bytes[16], bytes[19], bytes[26]) = (58, 58, 46, 90)
    }

    /// Reads the sortable text; also without a fraction, with a space for the `T`, without the `Z`, or a date alone, which
    /// is what people write into an SQLite file by hand (all taken as UTC). `nil` for anything else.
    public init?(text bytes: UnsafeBufferPointer<UInt8>) {
        if let sortable = Self.microseconds(ofSortable: bytes) {
            microseconds = sortable
            return
        }
        func number(_ start: Int, _ digits: Int) -> Int? {
            guard start + digits <= bytes.count else { return nil }
            var value = 0
            for index in start..<start + digits {
                let digit = Int(bytes[index]) - 48
                guard digit >= 0, digit <= 9 else { return nil }
                value = value * 10 + digit
            }
            return value
        }
        guard bytes.count >= 10, bytes[4] == 45, bytes[7] == 45, let year = number(0, 4), let month = number(5, 2),
            let day = number(8, 2), (1...12).contains(month), day >= 1, day <= Self.days(in: month, of: year)
        else { return nil }
        var (hour, minute, second, fraction) = (0, 0, 0, 0)
        var position = 10
        if bytes.count > 10 {
            guard bytes.count >= 19, bytes[10] == 84 || bytes[10] == 32, bytes[13] == 58, bytes[16] == 58,
                let hours = number(11, 2), let minutes = number(14, 2), let seconds = number(17, 2), hours < 24,
                minutes < 60, seconds < 60
            else { return nil }
            (hour, minute, second, position) = (hours, minutes, seconds, 19)
            if position < bytes.count, bytes[position] == 46 {
                position += 1
                var scale = 100_000
                let start = position
                while position < bytes.count, bytes[position] >= 48, bytes[position] <= 57, position - start < 6 {
                    fraction += Int(bytes[position] - 48) * scale
                    scale /= 10
                    position += 1
                }
                guard position > start else { return nil }
            }
            if position < bytes.count, bytes[position] == 90 { position += 1 }
            guard position == bytes.count else { return nil }
        }
        let days = Self.days(fromCivil: year, month, day)
        let seconds = Int64(days) * 86_400 + Int64(hour * 3600 + minute * 60 + second)
        microseconds = seconds * 1_000_000 + Int64(fraction)
    }

    /// Reads the text as the library writes it, without a branch for each digit; `nil` for any other text.
    private static func microseconds(ofSortable text: UnsafeBufferPointer<UInt8>) -> Int64? {
        guard text.count == textCount else { return nil }
        var faults = (text[4] ^ 45) | (text[7] ^ 45) | (text[10] ^ 84)
        faults |= (text[13] ^ 58) | (text[16] ^ 58) | (text[19] ^ 46) | (text[26] ^ 90)
        func pair(_ start: Int) -> Int {
            let (tens, ones) = (text[start] &- 48, text[start + 1] &- 48)
            // The highest bit is set when a digit is none.
            faults |= (tens | ones | (9 &- tens) | (9 &- ones)) & 0x80
            return Int(tens) * 10 + Int(ones)
        }
        let (year, month, day) = (pair(0) * 100 + pair(2), pair(5), pair(8))
        let (hour, minute, second) = (pair(11), pair(14), pair(17))
        let fraction = pair(20) * 10_000 + pair(22) * 100 + pair(24)
        guard faults == 0, month >= 1, month <= 12, day >= 1, day <= days(in: month, of: year), hour < 24, minute < 60,
            second < 60
        else { return nil }
        let secondOfDay = hour * 3600 + minute * 60 + second
        return Int64(days(fromCivil: year, month, day) * 86_400 + secondOfDay) * 1_000_000 + Int64(fraction)
    }

    /// An instant by its date and time in UTC; the parts are those of a calendar, which is not checked.
    package init(year: Int, month: Int, day: Int, hour: Int, minute: Int, second: Int, microsecond: Int) {
        let seconds = Self.days(fromCivil: year, month, day) * 86_400 + hour * 3600 + minute * 60 + second
        microseconds = Int64(seconds) * 1_000_000 + Int64(microsecond)
    }

    /// The date and time in UTC. An instant beyond ``expressible`` has those of its end.
    package var civil: (year: Int, month: Int, day: Int, hour: Int, minute: Int, second: Int, microsecond: Int) {
        let microseconds = min(max(self, Self.expressible.lowerBound), Self.expressible.upperBound).microseconds
        let second = microseconds.floorDivided(by: 1_000_000)
        let day = second.floorDivided(by: 86_400)
        let secondOfDay = Int(second - day * 86_400)
        let (year, month, dayOfMonth) = Self.civil(fromDays: Int(day))
        return (
            year, month, dayOfMonth, secondOfDay / 3600, secondOfDay / 60 % 60, secondOfDay % 60,
            Int(microseconds - second * 1_000_000)
        )
    }

    /// How many days a month of the Gregorian calendar has.
    static func days(in month: Int, of year: Int) -> Int {
        switch month {
        case 2: (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    static func days(fromCivil year: Int, _ month: Int, _ day: Int) -> Int {
        let shifted = month <= 2 ? year - 1 : year
        let era = (shifted >= 0 ? shifted : shifted - 399) / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    static func civil(fromDays days: Int) -> (year: Int, month: Int, day: Int) {
        let shifted = days + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
    }
}

extension Int64 {
    fileprivate func floorDivided(by divisor: Int64) -> Int64 {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? quotient - 1 : quotient
    }
}
