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
        for (position, entry) in index.posts.prefix(index.datedCount).enumerated() {
            guard let date = entry.post.publishedAt?.date else { continue }
            let first = Self.firstDay(CalendarDay(date, in: timeZone))
            // Looked up, not compared with the month before: where clocks go back at midnight, months interleave.
            if let place = places[first] {
                months[place].positions.append(position)
            } else {
                places[first] = months.count
                let start = Instant(Day.beginning(ofDay: first.daysSince1970, in: timeZone))
                months.append(Month(year: first.year, month: first.month, start: start, positions: [position]))
            }
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
