/// An instant of the proleptic Gregorian calendar, printed without any library, so that its text is the same everywhere.
struct Timestamp: Sendable {
    /// Since 1970-01-01T00:00:00Z.
    var milliseconds: Int

    init(milliseconds: Int) {
        self.milliseconds = milliseconds
    }

    init(seconds: Int) {
        milliseconds = seconds * 1000
    }

    /// `2019-04-09`
    var date: String {
        let (year, month, day) = civilDate
        return "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))"
    }

    /// `2019-04-09T08:15:30Z`
    var dateTime: String {
        "\(date)T\(timeOfDay)Z"
    }

    /// `2019-04-09T08:15:30.125Z`, as JavaScript prints dates.
    var dateTimeWithMilliseconds: String {
        "\(date)T\(timeOfDay).\(padded(milliseconds % 1000, 3))Z"
    }

    /// `2019-04-09T10:15:30+02:00`: the same instant, told by a clock that is `hours` ahead of UTC.
    func dateTime(hoursAhead hours: Int) -> String {
        let local = Timestamp(milliseconds: milliseconds + hours * 3_600_000)
        return "\(local.date)T\(local.timeOfDay)\(hours < 0 ? "-" : "+")\(padded(abs(hours), 2)):00"
    }

    /// `09/Apr/2019:08:15:30 +0000`, as web servers' logs have it.
    var logTime: String {
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        let (year, month, day) = civilDate
        return "\(padded(day, 2))/\(months[month - 1])/\(padded(year, 4)):\(timeOfDay) +0000"
    }

    private var timeOfDay: String {
        let second = milliseconds / 1000 % 86_400
        return "\(padded(second / 3600, 2)):\(padded(second / 60 % 60, 2)):\(padded(second % 60, 2))"
    }

    /// Howard Hinnant's `civil_from_days`, https://howardhinnant.github.io/date_algorithms.html, for days from 1970 on.
    private var civilDate: (year: Int, month: Int, day: Int) {
        let days = milliseconds / 86_400_000 + 719_468
        let era = days / 146_097
        let dayOfEra = days % 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        return (year, month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
    }

    private func padded(_ number: Int, _ width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}
