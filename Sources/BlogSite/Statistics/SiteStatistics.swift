import BlogConfiguration
import BlogModels
import Foundation

/// What the statistics page tells: a value that changes with everything the page shows, and with nothing else.
///
/// Views are those that the other pages show, so that a page does not change with every reader.
struct SiteStatistics: Sendable, Hashable {
    /// A month or a day and its count.
    struct Point: Sendable, Hashable {
        /// The first instant in the site's zone.
        var start: Instant
        var count: Int
    }

    /// An entry of a list of the best.
    struct Rank: Sendable, Hashable {
        var label: String
        /// The path of its page.
        var path: String
        var count: Int
    }

    var posts: Int
    var comments: Int
    var authors: Int
    var tags: Int
    var views: Int
    /// Without gaps: a month without posts counts 0.
    var postsPerMonth: [Point]
    var viewsPerMonth: [Point]
    var viewsPerDay: [Point]
    var topPosts: [Rank]
    var topAuthors: [Rank]
    var topTags: [Rank]

    /// How many days a chart of days has; the last is the last day with views, because no page asks the clock.
    static let days = 60

    init(_ counts: SiteCounts, _ history: ViewHistory, _ index: SiteIndex, timeZone: TimeZone) {
        posts = index.posts.count
        comments = counts.comments
        authors = counts.users
        tags = index.tags.count
        views = index.posts.reduce(0) { $0 + $1.post.shownViewCount }
        postsPerMonth = Self.months(counts.months.map { ($0.label, $0.positions.count) }, timeZone)
        viewsPerMonth = Self.months(history.months.map { ($0.label, $0.views) }, timeZone)
        viewsPerDay = Self.days(history.days, timeZone)
        topPosts = index.mostRead(\.shownViewCount).map { position in
            let entry = index.posts[position]
            return Rank(label: entry.post.title, path: entry.path, count: entry.post.shownViewCount)
        }
        topAuthors = counts.topAuthors.map {
            Rank(label: $0.author.name, path: SitePaths.author($0.author), count: $0.posts)
        }
        topTags = counts.tags.prefix(SiteCounts.top).map {
            Rank(label: $0.tag.name, path: SitePaths.tag($0.tag), count: $0.posts)
        }
    }

    /// From the first month to the last.
    private static func months(_ lines: [(label: String, count: Int)], _ timeZone: TimeZone) -> [Point] {
        let counts = Dictionary(lines.map { ($0.label, $0.count) }, uniquingKeysWith: +)
        guard let first = lines.first.flatMap({ number(ofMonth: $0.label) }),
            let last = lines.last.flatMap({ number(ofMonth: $0.label) })
        else { return [] }
        return stride(from: first, through: last, by: 1).map { number in
            let day = CalendarDay(year: number / 12, month: number % 12 + 1, day: 1)
            return Point(
                start: Instant(Day.beginning(ofDay: day.daysSince1970, in: timeZone)),
                count: counts["\(padded(day.year, 4))-\(padded(day.month, 2))"] ?? 0)
        }
    }

    /// Months since the year 0.
    private static func number(ofMonth label: String) -> Int? {
        let parts = label.split(separator: "-").compactMap { Int($0) }
        return parts.count == 2 ? parts[0] * 12 + parts[1] - 1 : nil
    }

    private static func days(_ lines: [ViewHistory.Line], _ timeZone: TimeZone) -> [Point] {
        let counts = Dictionary(
            lines.suffix(days).compactMap { line in number(ofDay: line.label).map { ($0, line.views) } },
            uniquingKeysWith: +)
        guard let last = counts.keys.max(), let first = counts.keys.min() else { return [] }
        return (max(first, last - days + 1)...last).map { day in
            Point(start: Instant(Day.beginning(ofDay: day, in: timeZone)), count: counts[day] ?? 0)
        }
    }

    private static func number(ofDay label: String) -> Int? {
        let parts = label.split(separator: "-").compactMap { Int($0) }
        return parts.count == 3 ? CalendarDay(year: parts[0], month: parts[1], day: parts[2]).daysSince1970 : nil
    }
}
