import BlogConfiguration
import Foundation

/// The dated posts by year and month of the site's zone, newest first on each level. Pure.
struct Archive: Sendable {
    /// A month with posts.
    struct Month: Sendable, Hashable {
        var year: Int
        /// 1...12
        var month: Int
        /// The first instant of the month in the site's zone.
        var start: Instant
        /// In the index, newest first.
        var positions: [Int]

        /// `2025-02`
        var label: String { "\(padded(year, 4))-\(padded(month, 2))" }
    }

    /// A year with posts.
    struct Year: Sendable, Hashable {
        var year: Int
        var start: Instant
        var months: [Month]

        var postCount: Int { months.reduce(0) { $0 + $1.positions.count } }
    }

    let years: [Year]

    init(_ index: SiteIndex, timeZone: TimeZone) {
        var months: [Month] = []
        var places: [CalendarDay: Int] = [:]
        // The place of the last post's month, and the days of UTC that are in it wherever the zone is.
        var last = (place: 0, days: 0..<0)
        for position in 0..<index.datedCount {
            guard let instant = index.posts[position].post.publishedAt else { continue }
            if !last.days.contains(instant.daysSince1970) {
                let first = Self.firstDay(CalendarDay(instant.date, in: timeZone))
                // Looked up, not compared with the month before: where clocks go back at midnight, months interleave.
                let place = places[first] ?? months.count
                if place == months.count {
                    places[first] = place
                    let start = Instant(Day.beginning(ofDay: first.daysSince1970, in: timeZone))
                    months.append(Month(year: first.year, month: first.month, start: start, positions: []))
                }
                let days = CalendarDay.count(ofMonth: first.month, year: first.year)
                last = (place, first.daysSince1970 + 1..<first.daysSince1970 + days - 1)
            }
            months[last.place].positions.append(position)
        }
        var years: [Year] = []
        for month in months.sorted(by: { ($0.year, $0.month) > ($1.year, $1.month) }) {
            if years.last?.year != month.year {
                let first = CalendarDay(year: month.year, month: 1, day: 1)
                let start = Instant(Day.beginning(ofDay: first.daysSince1970, in: timeZone))
                years.append(Year(year: month.year, start: start, months: []))
            }
            years[years.count - 1].months.append(month)
        }
        self.years = years
    }

    /// All months, newest first.
    var months: [Month] { years.flatMap(\.months) }

    private static func firstDay(_ day: CalendarDay) -> CalendarDay {
        CalendarDay(year: day.year, month: day.month, day: 1)
    }
}
