import FoundationEssentials
import ORM

extension Statistics {
    /// Counts without a date are those of 1970-01-01 (see ``HourlyView``): they belong to no month.
    static let undatedEnd = Date(timeIntervalSince1970: 86_400)

    /// Posts that gained readers, those that gained most first: the last seven days against the seven before.
    static func risingPosts(_ request: Request) async throws -> [(id: Int, recent: Int, before: Int)] {
        let end = min(request.until ?? request.visibility.now, request.visibility.now)
        let middle = end.addingTimeInterval(-7 * 86_400)
        let start = middle.addingTimeInterval(-7 * 86_400)
        let hours = request.allHours.filter { $0.hour >= start && $0.hour < end }
        let gain: (GroupScope<HourlyView>) -> Expr<Int> = {
            $0.filter { $0.hour >= middle }.sum { $0.count }.or(0)
                - $0.filter { $0.hour < middle }.sum { $0.count }.or(0)
        }
        let rows = try await hours.group { $0.post.id }.having { gain($0) > 0 }
            .order({ gain($0).desc }, { $0.post.id.asc }).limit(request.top)
            .select {
                (
                    $0.post.id, $0.filter { $0.hour >= middle }.sum { $0.count }.or(0),
                    $0.filter { $0.hour < middle }.sum { $0.count }.or(0)
                )
            }.all()
        return rows.map { (id: $0.0, recent: $0.1, before: $0.2) }
    }

    /// Posts that have comments, those with the most first.
    static func discussedPosts(_ request: Request) async throws -> [(id: Int, comments: Int)] {
        let rows = try await request.comments.group { $0.post.id }
            .order({ $0.count.desc }, { $0.post.id.asc }).limit(request.top)
            .select { ($0.post.id, $0.count) }.all()
        return rows.compactMap { id, comments in id.map { (id: $0, comments: comments) } }
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
