import FoundationEssentials
import ORM

extension Statistics {
    /// Counts without a date are those of 1970-01-01 (see ``HourlyView``): they belong to no month.
    static let undatedEnd = Date(timeIntervalSince1970: 86_400)

    /// How many posts each month of the site's time zone has. The database counts; months are made of its groups here.
    static func months(_ request: Request) async throws -> [MonthLine] {
        let groups = try await request.newPosts.filter { $0.publishedAt != nil }
            .group { withinMonth($0.publishedAt) }.select { (withinMonth($0.publishedAt), $0.count) }.all()
        var counts: [String: Int] = [:]
        for (date, count) in groups {
            if let date { counts[request.month(of: date), default: 0] += count }
        }
        return counts.sorted { $0.key < $1.key }.map { MonthLine(month: $0.key, posts: $0.value) }
    }

    /// An instant of the same month in every time zone: the start of the day, but on a month's first and last days, where each minute
    /// keeps its own. No engine's SQL knows the site's zone, but none is a whole day away from UTC.
    private static func withinMonth(_ date: Expr<Date?>) -> Expr<Date?> {
        when(date.day >= 2 && date.day <= 27, then: date.start(of: .day)).else(date.start(of: .minute))
    }

    /// The views of each month of the site's time zone: a sum over a range of an index for each, all in one statement. Views of
    /// posts that readers do not see are taken out again; asking each row for its post would take longer than all the rest.
    static func viewMonths(_ request: Request, from first: Date?, to last: Date?) async throws -> [ViewLine] {
        guard let first, let last else { return [] }
        let bounds = request.months(from: max(first, request.since ?? first), to: min(last, request.until ?? last))
        guard !bounds.isEmpty else { return [] }
        // Each month names the hidden posts, and no engine takes more than some ten thousand values.
        guard let hidden = request.hidden?.read, hidden.count * bounds.count <= 10_000 else {
            return try await ViewHistory.gather(request, before: request.until).months.map {
                ViewLine(month: $0.label, views: $0.views)
            }
        }
        var text = SQLText.StringInterpolation(literalCapacity: 0, interpolationCount: 0)
        for (index, month) in bounds.enumerated() {
            func sum(_ hours: Query<HourlyView>) -> Expr<Int> {
                let hours = hours.filter { $0.hour >= month.start && $0.hour < month.end }
                return Expr<Int?>(subquery: hours.aggregate { $0.sum { $0.count } }).or(0)
            }
            let all = sum(HourlyView.query)
            text.appendLiteral(index == 0 ? "SELECT \(index), " : " UNION ALL SELECT \(index), ")
            text.appendInterpolation(
                hidden.isEmpty ? all : all - sum(HourlyView.filter { $0.post.id.isIn(hidden) }))
        }
        let rows = try await Rows<Int, Int>.raw(SQLText(stringInterpolation: text)).all()
        return rows.filter { $0.1 > 0 }.sorted { $0.0 < $1.0 }.map {
            ViewLine(month: bounds[$0.0].name, views: $0.1)
        }
    }
}
