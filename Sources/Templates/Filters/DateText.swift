import Bytes

/// Dates as text: a subset of `strftime` in the site's zone and language, and two named formats for machines.
///
/// `%a %A %b %B %d %e %F %G %H %I %j %m %M %p %S %T %u %V %w %y %Y %z %%`; a hyphen as in `%-d` leaves out leading zeros.
/// "iso" is RFC 3339 in UTC, "rfc822" the form of RSS, in UTC and English whatever the site's language is.
enum DateText {
    static func make(_ seconds: Double, _ format: String, _ environment: RenderEnvironment) throws(Failure) -> String {
        guard seconds.isFinite, abs(seconds) < 1e14 else { throw Failure("the date is out of range") }
        // Every list shows dates: they are put together in one buffer, not from strings.
        var writer = DateWriter()
        switch format {
        case "iso":
            let date = CivilDate(seconds, offset: 0)
            writer.day(date)
            writer.add("T")
            writer.time(date)
            writer.add("Z")
        case "rfc822":
            let date = CivilDate(seconds, offset: 0)
            let names = LanguageNames.english
            writer.add(names.shortWeekdays[date.weekday])
            writer.add(", ")
            writer.add(date.day, 2)
            writer.add(" ")
            writer.add(names.shortMonths[date.month - 1])
            writer.add(" ")
            writer.add(date.year, 4)
            writer.add(" ")
            writer.time(date)
            writer.add(" +0000")
        default:
            let date = CivilDate(seconds, offset: environment.utcOffset(seconds))
            try writer.add(date, format, environment.language)
        }
        return String(decoding: writer.bytes, as: UTF8.self)
    }
}

/// The text of a date while it is put together.
private struct DateWriter {
    var bytes: [UInt8] = []

    init() { bytes.reserveCapacity(40) }

    mutating func add(_ text: String) { bytes.append(contentsOf: text.utf8) }

    /// Digits, with zeros in front up to the width.
    mutating func add(_ number: Int, _ width: Int = 1) {
        if number < 0 { bytes.append(UInt8(ascii: "-")) }
        bytes.appendDigits(number.magnitude, width: width)
    }

    mutating func day(_ date: CivilDate) {
        add(date.year, 4)
        add("-")
        add(date.month, 2)
        add("-")
        add(date.day, 2)
    }

    mutating func time(_ date: CivilDate) {
        add(date.hour, 2)
        add(":")
        add(date.minute, 2)
        add(":")
        add(date.second, 2)
    }

    mutating func add(_ date: CivilDate, _ format: String, _ names: LanguageNames) throws(Failure) {
        var rest = format.utf8[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            var code = rest.popFirst()
            let isBare = code == UInt8(ascii: "-")
            if isBare { code = rest.popFirst() }
            guard let code else { throw Failure("the date format \"\(format)\" ends after %") }
            func width(_ full: Int) -> Int { isBare ? 1 : full }
            switch Unicode.Scalar(code) {
            case "a": add(names.shortWeekdays[date.weekday])
            case "A": add(names.weekdays[date.weekday])
            case "b": add(names.shortMonths[date.month - 1])
            case "B": add(names.months[date.month - 1])
            case "d": add(date.day, width(2))
            case "e":
                if date.day < 10, !isBare { add(" ") }
                add(date.day)
            case "F": day(date)
            case "G": add(date.isoWeek.year, width(4))
            case "H": add(date.hour, width(2))
            case "I": add((date.hour + 11) % 12 + 1, width(2))
            case "j": add(date.dayOfYear, width(3))
            case "m": add(date.month, width(2))
            case "M": add(date.minute, width(2))
            case "p": add(date.hour < 12 ? "AM" : "PM")
            case "S": add(date.second, width(2))
            case "T": time(date)
            case "u": add(date.weekday == 0 ? 7 : date.weekday)
            case "V": add(date.isoWeek.week, width(2))
            case "w": add(date.weekday)
            case "y": add(((date.year % 100) + 100) % 100, width(2))
            case "Y": add(date.year, width(4))
            case "z":
                let minutes = abs(date.offset) / 60
                add(date.offset < 0 ? "-" : "+")
                add(minutes / 60, 2)
                add(minutes % 60, 2)
            case "%": add("%")
            default:
                // Any other character, also one of several bytes.
                throw Failure(
                    "the date format has no %\(Self.scalar(code, rest))",
                    hint:
                        "there are %a %A %b %B %d %e %F %G %H %I %j %m %M %p %S %T %u %V %w %y %Y %z %%, \"iso\" and \"rfc822\""
                )
            }
        }
    }

    /// The character that begins with a byte.
    private static func scalar(_ first: UInt8, _ rest: Substring.UTF8View) -> Unicode.Scalar {
        String(decoding: [first] + rest.prefix(3), as: UTF8.self).unicodeScalars.first ?? "\u{FFFD}"
    }
}

/// A moment in the proleptic Gregorian calendar (the algorithm of Howard Hinnant's `civil_from_days`).
struct CivilDate {
    let year: Int
    let month: Int
    let day: Int
    let hour: Int
    let minute: Int
    let second: Int
    /// 0 is Sunday.
    let weekday: Int
    /// Seconds east of UTC.
    let offset: Int
    private let days: Int

    init(_ seconds: Double, offset: Int) {
        let local = Int(seconds.rounded(.down)) + offset
        days = (local >= 0 ? local : local - 86_399) / 86_400
        let rest = local - days * 86_400
        hour = rest / 3600
        minute = rest / 60 % 60
        second = rest % 60
        weekday = ((days + 4) % 7 + 7) % 7
        self.offset = offset
        let shifted = days + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    }

    private static func isLeap(_ year: Int) -> Bool { year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) }

    /// 1 for the first of January.
    var dayOfYear: Int {
        let before = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334][month - 1]
        return before + day + (month > 2 && Self.isLeap(year) ? 1 : 0)
    }

    /// The week of ISO 8601 and the year it belongs to.
    var isoWeek: (year: Int, week: Int) {
        let isoDay = weekday == 0 ? 7 : weekday
        let week = (dayOfYear - isoDay + 10) / 7
        if week < 1 { return (year - 1, Self.weeks(in: year - 1)) }
        return week > Self.weeks(in: year) ? (year + 1, 1) : (year, week)
    }

    private static func weeks(in year: Int) -> Int {
        func dayShift(_ year: Int) -> Int { (year + year / 4 - year / 100 + year / 400) % 7 }
        return dayShift(year) == 4 || dayShift(year - 1) == 3 ? 53 : 52
    }
}
