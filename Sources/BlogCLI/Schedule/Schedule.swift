import BlogConfiguration

/// How often cron calls: a number of minutes, hours or days that divides the next larger unit, since cron counts from its
/// beginning again (`*/7` is not every seven minutes).
struct Schedule: Sendable, Hashable {
    enum Unit: Character, Sendable, CaseIterable {
        case minute = "m"
        case hour = "h"
        case day = "d"

        /// How many of it the next larger unit has.
        fileprivate var whole: Int {
            switch self {
            case .minute: 60
            case .hour: 24
            case .day: 1
            }
        }
    }

    let count: Int
    let unit: Unit

    /// Why a text is no schedule.
    struct Fault: Error, Hashable {
        var message: String
    }

    /// Reads `5m`, `2h` or `1d`.
    init(_ text: String) throws(Fault) {
        guard let unit = text.last.flatMap(Unit.init(rawValue:)), let count = Int(text.dropLast()), count > 0 else {
            throw Fault(message: "“\(text.printable)” is no interval such as 5m, 1h or 1d")
        }
        guard unit.whole.isMultiple(of: count) else {
            let near = (1...unit.whole).filter { unit.whole.isMultiple(of: $0) }
                .min { abs($0 - count) < abs($1 - count) }
            let suggestion = near.map { "; the nearest that does is \($0)\(unit.rawValue)" } ?? ""
            throw Fault(
                message: "cron counts anew with each \(unit.larger), which \(text) does not divide\(suggestion)")
        }
        (self.count, self.unit) = (count, unit)
    }

    /// The five fields of a crontab line, see crontab(5).
    var crontab: String {
        switch unit {
        case .minute: count == 60 ? "0 * * * *" : count == 1 ? "* * * * *" : "*/\(count) * * * *"
        case .hour: count == 24 ? "0 0 * * *" : count == 1 ? "0 * * * *" : "0 */\(count) * * *"
        case .day: "0 0 * * *"
        }
    }

    /// A calendar event of systemd, see systemd.time(7).
    var calendar: String {
        switch unit {
        case .minute: count == 60 ? "*-*-* *:00:00" : "*-*-* *:00/\(count):00"
        case .hour: count == 24 ? "*-*-* 00:00:00" : "*-*-* 00/\(count):00:00"
        case .day: "*-*-* 00:00:00"
        }
    }
}

extension Schedule.Unit {
    fileprivate var larger: String { self == .minute ? "hour" : "day" }
}
