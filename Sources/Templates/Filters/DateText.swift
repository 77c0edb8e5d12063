/// Dates as text: a subset of `strftime` in the site's zone and language, and two named formats for machines.
///
/// `%a %A %b %B %d %e %F %G %H %I %j %m %M %p %S %T %u %V %w %y %Y %z %%`; a hyphen as in `%-d` leaves out leading zeros.
/// "iso" is RFC 3339 in UTC, "rfc822" the form of RSS, in UTC and English whatever the site's language is.
enum DateText {
    static func make(_ seconds: Double, _ format: String, _ environment: RenderEnvironment) throws(Failure) -> String {
        guard seconds.isFinite, abs(seconds) < 1e14 else { throw Failure("the date is out of range") }
        switch format {
        case "iso":
            let date = CivilDate(seconds, offset: 0)
            return "\(padded(date.year, 4))-\(padded(date.month, 2))-\(padded(date.day, 2))T\(time(date))Z"
        case "rfc822":
            let date = CivilDate(seconds, offset: 0)
            let names = LanguageNames.english
            let day =
                "\(names.shortWeekdays[date.weekday]), \(padded(date.day, 2)) \(names.shortMonths[date.month - 1])"
            return "\(day) \(padded(date.year, 4)) \(time(date)) +0000"
        default:
            let date = CivilDate(seconds, offset: environment.utcOffset(seconds))
            return try formatted(date, format, environment.language)
        }
    }

    private static func formatted(_ date: CivilDate, _ format: String, _ names: LanguageNames) throws(Failure) -> String
    {
        var result = ""
        var scalars = format.unicodeScalars.makeIterator()
        while let scalar = scalars.next() {
            guard scalar == "%" else {
                result.unicodeScalars.append(scalar)
                continue
            }
            var code = scalars.next()
            let isBare = code == "-"
            if isBare { code = scalars.next() }
            guard let code else { throw Failure("the date format \"\(format)\" ends after %") }
            func number(_ value: Int, _ width: Int) -> String { isBare ? String(value) : padded(value, width) }
            switch code {
            case "a": result += names.shortWeekdays[date.weekday]
            case "A": result += names.weekdays[date.weekday]
            case "b": result += names.shortMonths[date.month - 1]
            case "B": result += names.months[date.month - 1]
            case "d": result += number(date.day, 2)
            case "e": result += date.day < 10 && !isBare ? " \(date.day)" : String(date.day)
            case "F": result += "\(padded(date.year, 4))-\(padded(date.month, 2))-\(padded(date.day, 2))"
            case "G": result += number(date.isoWeek.year, 4)
            case "H": result += number(date.hour, 2)
            case "I": result += number((date.hour + 11) % 12 + 1, 2)
            case "j": result += number(date.dayOfYear, 3)
            case "m": result += number(date.month, 2)
            case "M": result += number(date.minute, 2)
            case "p": result += date.hour < 12 ? "AM" : "PM"
            case "S": result += number(date.second, 2)
            case "T": result += time(date)
            case "u": result += String(date.weekday == 0 ? 7 : date.weekday)
            case "V": result += number(date.isoWeek.week, 2)
            case "w": result += String(date.weekday)
            case "y": result += number(((date.year % 100) + 100) % 100, 2)
            case "Y": result += number(date.year, 4)
            case "z":
                let minutes = abs(date.offset) / 60
                result += (date.offset < 0 ? "-" : "+") + padded(minutes / 60, 2) + padded(minutes % 60, 2)
            case "%": result += "%"
            default:
                throw Failure(
                    "the date format has no %\(code)",
                    hint:
                        "there are %a %A %b %B %d %e %F %G %H %I %j %m %M %p %S %T %u %V %w %y %Y %z %%, \"iso\" and \"rfc822\""
                )
            }
        }
        return result
    }

    private static func time(_ date: CivilDate) -> String {
        "\(padded(date.hour, 2)):\(padded(date.minute, 2)):\(padded(date.second, 2))"
    }

    static func padded(_ number: Int, _ width: Int) -> String {
        var text = String(number.magnitude)
        while text.utf8.count < width { text = "0" + text }
        return number < 0 ? "-" + text : text
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
