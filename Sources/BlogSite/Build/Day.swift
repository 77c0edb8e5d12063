import BlogConfiguration
import Foundation

/// The day that an instant falls on in a zone, from one midnight to the next.
struct Day: Sendable {
    let start: Date
    /// The beginning of the next day.
    let end: Date

    init(of instant: Date, in timeZone: TimeZone) {
        let days = CalendarDay(instant, in: timeZone).daysSince1970
        start = Self.beginning(ofDay: days, in: timeZone)
        end = Self.beginning(ofDay: days + 1, in: timeZone)
    }

    /// The midnight at which a day begins. The zone's distance from UTC may change during the day, so it is asked for near
    /// the midnight itself.
    static func beginning(ofDay days: Int, in timeZone: TimeZone) -> Date {
        let local = Double(days) * 86_400
        let guess = Date(
            timeIntervalSince1970: local - Double(timeZone.secondsFromGMT(for: Date(timeIntervalSince1970: local))))
        return Date(timeIntervalSince1970: local - Double(timeZone.secondsFromGMT(for: guess)))
    }
}
