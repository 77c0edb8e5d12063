package import FoundationEssentials
package import ORM

/// When the posts that readers see were read: sums by day and by month of the site's zone, oldest first. Only days and
/// months with views are there.
package struct ViewHistory: Sendable, Hashable {
    package struct Line: Sendable, Hashable {
        /// `2025-02-13` for a day, `2025-02` for a month.
        package var label: String
        package var views: Int

        package init(label: String, views: Int) {
            self.label = label
            self.views = views
        }
    }

    package var days: [Line]
    package var months: [Line]

    /// Sorts hours into days and months. An hour belongs to the day in which it begins.
    ///
    /// - Parameter utcOffset: the seconds that the site's time zone is ahead of UTC at an instant.
    package init(hours: [(hour: Date, views: Int)], utcOffset: (Date) -> Int) {
        var days: [String: Int] = [:]
        for (hour, views) in hours {
            let local = Timestamp(hour.addingTimeInterval(Double(utcOffset(hour))))
            days[String(local.text.prefix(10)), default: 0] += views
        }
        self.days = days.sorted { $0.key < $1.key }.map { Line(label: $0.key, views: $0.value) }
        var months: [Line] = []
        for day in self.days {
            let month = String(day.label.prefix(7))
            if months.last?.label != month { months.append(Line(label: month, views: 0)) }
            months[months.count - 1].views += day.views
        }
        self.months = months
    }

    /// Reads the sums of all hours before an instant; `nil` = all hours. Counts without a date are left out. One statement, and one
    /// for the posts that readers do not see.
    package static func gather(
        _ request: Statistics.Request, before end: Date? = nil, from session: any Session
    ) async throws -> ViewHistory {
        try await gather(try await request.knowingHiddenPosts(on: session), before: end, on: session)
    }

    /// The same of a request that has looked for its hidden posts already.
    static func gather(
        _ request: Statistics.Request, before end: Date?, on session: (any Session)? = nil
    ) async throws -> ViewHistory {
        var query = request.allHours.filter { $0.hour >= Statistics.undatedEnd }
        if let since = request.since { query = query.filter { $0.hour >= since } }
        if let end { query = query.filter { $0.hour < end } }
        let hours = try await query.group { $0.hour }.select { ($0.hour, $0.sum { $0.count }) }.all(on: session)
        return ViewHistory(hours: hours.map { (hour: $0.0, views: $0.1) }, utcOffset: request.utcOffset)
    }
}
