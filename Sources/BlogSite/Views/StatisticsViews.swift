import Templates

struct StatisticsVariables: ViewModel {
    static let shape = Shape(
        "stats.html",
        [
            .init("post_count", .integer, "How many posts there are"),
            .init("comment_count", .integer, "How many comments they have"),
            .init("author_count", .integer, "How many active users the blog has"),
            .init("tag_count", .integer, "How many tags posts have"),
            .init("view_count", .integer, "How often posts were read"),
            .init("average_views", .number, "Views for each post"),
            .init("posts_per_month", .optional(.object { ColumnChartView.shape }), "Posts by month of publication"),
            .init(
                "views_per_month", .optional(.object { ColumnChartView.shape }), "Views by month; none without views"),
            .init(
                "views_per_day", .optional(.object { ColumnChartView.shape }),
                "Views of the last \(SiteStatistics.days) days up to the last with views"),
            .init("top_posts", .optional(.object { RankChartView.shape }), "The posts that were read most, by views"),
            .init("top_authors", .optional(.object { RankChartView.shape }), "The authors with most posts, by posts"),
            .init("top_tags", .optional(.object { RankChartView.shape }), "The tags with most posts, by posts"),
        ])

    let statistics: SiteStatistics

    func value(_ field: Int) -> Value {
        switch field {
        case 0: .int(statistics.posts)
        case 1: .int(statistics.comments)
        case 2: .int(statistics.authors)
        case 3: .int(statistics.tags)
        case 4: .int(statistics.views)
        case 5: .double(statistics.posts == 0 ? 0 : Double(statistics.views) / Double(statistics.posts))
        case 6: columns(statistics.postsPerMonth)
        case 7: columns(statistics.viewsPerMonth)
        case 8: columns(statistics.viewsPerDay)
        case 9: ranks(statistics.topPosts)
        case 10: ranks(statistics.topAuthors)
        default: ranks(statistics.topTags)
        }
    }

    private func columns(_ points: [SiteStatistics.Point]) -> Value {
        ColumnChart(points).map { .object(ColumnChartView(chart: $0)) } ?? .none
    }

    private func ranks(_ ranks: [SiteStatistics.Rank]) -> Value {
        RankChart(ranks).map { .object(RankChartView(chart: $0)) } ?? .none
    }
}

/// A chart of columns, as the places of its parts in a drawing that the template writes.
struct ColumnChartView: ViewModel {
    static let shape = Shape(
        "column chart",
        [
            .init("width", .integer, "The width of the drawing"),
            .init("height", .integer, "Its height"),
            .init("left", .integer, "Where the columns begin"),
            .init("base", .integer, "The line they stand on"),
            .init("columns", .list(.object { ColumnView.shape }), "The columns, in the order of time"),
            .init("ticks", .list(.object { TickView.shape }), "The lines of the scale, from 0 upwards"),
            .init("marks", .list(.object { ColumnView.shape }), "The columns whose names have room below them"),
            .init("total", .integer, "The sum of all counts"),
            .init("peak", .object { ColumnView.shape }, "The first of the highest columns"),
        ])

    let chart: ColumnChart

    func value(_ field: Int) -> Value {
        switch field {
        case 0: .int(ColumnChart.width)
        case 1: .int(ColumnChart.height)
        case 2: .int(ColumnChart.left)
        case 3: .int(ColumnChart.base)
        case 4: .objects(columns)
        case 5: .objects(chart.ticks.map { TickView(y: $0.y, count: $0.value) })
        case 6: .objects(chart.marks.map { column(at: $0) })
        case 7: .int(chart.points.reduce(0) { $0 + $1.count })
        default: .object(column(at: chart.peak))
        }
    }

    private var columns: [ColumnView] { chart.points.indices.map { column(at: $0) } }

    private func column(at place: Int) -> ColumnView { ColumnView(bar: chart.bars[place], point: chart.points[place]) }
}

/// One column of a chart.
struct ColumnView: ViewModel {
    static let shape = Shape(
        "column",
        [
            .init("x", .integer, "The left edge"),
            .init("y", .integer, "The upper edge"),
            .init("width", .integer, "The width"),
            .init("height", .integer, "The height; 0 for a count of 0"),
            .init("starts_at", .date, "When the month or day began, for its name"),
            .init("count", .integer, "The count"),
        ])

    let bar: ColumnChart.Bar
    let point: SiteStatistics.Point

    func value(_ field: Int) -> Value {
        switch field {
        case 0: .int(bar.x)
        case 1: .int(bar.y)
        case 2: .int(bar.width)
        case 3: .int(bar.height)
        case 4: .date(point.start.seconds)
        default: .int(point.count)
        }
    }
}

/// One line of a scale.
struct TickView: ViewModel {
    static let shape = Shape(
        "tick", [.init("y", .integer, "Where the line is"), .init("count", .integer, "The count it stands for")])

    let y: Int
    let count: Int

    func value(_ field: Int) -> Value { field == 0 ? .int(y) : .int(count) }
}

/// A list of the best with a bar for each, as the places of its parts in a drawing that the template writes.
struct RankChartView: ViewModel {
    static let shape = Shape(
        "rank chart",
        [
            .init("width", .integer, "The width of the drawing"),
            .init("height", .integer, "Its height"),
            .init("ranks", .list(.object { RankView.shape }), "The entries, the best first"),
        ])

    let chart: RankChart

    func value(_ field: Int) -> Value {
        switch field {
        case 0: .int(RankChart.width)
        case 1: .int(chart.height)
        default: .objects(zip(chart.bars, chart.ranks).map { RankView(bar: $0, rank: $1) })
        }
    }
}

/// One entry of a list of the best.
struct RankView: ViewModel {
    static let shape = Shape(
        "rank",
        [
            .init("y", .integer, "The upper edge of the entry"),
            .init("width", .integer, "The length of its bar"),
            .init("label", .text, "The name or title"),
            .init("url", .url, "The path of its page, for url()"),
            .init("count", .integer, "The count"),
        ])

    let bar: RankChart.Bar
    let rank: SiteStatistics.Rank

    func value(_ field: Int) -> Value {
        switch field {
        case 0: .int(bar.y)
        case 1: .int(bar.width)
        case 2: .string(rank.label)
        case 3: .string(rank.path)
        default: .int(rank.count)
        }
    }
}
