import Templates

/// A month in the list of all years: its name and how much there is, but not what.
struct MonthLinkView: ViewModel {
    static let fields: [Shape.Field] = [
        .init("month", .integer, "1 to 12"),
        .init("starts_at", .date, "The first instant of the month, for its name: `date(\"%B %Y\")`"),
        .init("url", .url, "The path of the month's page, for url()"),
        .init("post_count", .integer, "How many posts were published in it"),
    ]
    static let shape = Shape("month", fields)

    let month: Archive.Month

    func value(_ field: Int) -> Value {
        switch field {
        case 0: .int(month.month)
        case 1: .date(month.start.seconds)
        case 2: .string(SitePaths.month(month.year, month.month))
        default: .int(month.positions.count)
        }
    }
}

/// A month with its posts.
struct MonthView: ViewModel {
    static let fields =
        MonthLinkView.fields + [
            .init("posts", .list(.object { PostView.shape }), "The posts of the month, newest first")
        ]
    static let shape = Shape("month", fields)

    let site: SiteContext
    let month: Archive.Month

    func value(_ field: Int) -> Value {
        field < MonthLinkView.fields.count
            ? MonthLinkView(month: month).value(field)
            : .objects(month.positions.map { PostView(site: site, position: $0) })
    }
}

/// `month` on a month's own page.
struct MonthPageView: ViewModel {
    static let shape = Shape(
        "month",
        MonthView.fields + [
            .init("year", .integer, "The year"),
            .init("year_url", .url, "The path of the year's page, for url()"),
            .init("older", .optional(.object { MonthLinkView.shape }), "The month with posts before this one"),
            .init("newer", .optional(.object { MonthLinkView.shape }), "The month with posts after this one"),
        ])

    let summary: MonthView
    let older: Archive.Month?
    let newer: Archive.Month?

    func value(_ field: Int) -> Value {
        switch field - MonthView.fields.count {
        case 0: .int(summary.month.year)
        case 1: .string(SitePaths.year(summary.month.year))
        case 2: older.map { .object(MonthLinkView(month: $0)) } ?? .none
        case 3: newer.map { .object(MonthLinkView(month: $0)) } ?? .none
        default: summary.value(field)
        }
    }
}

/// A year in the list of all years.
struct YearLinkView: ViewModel {
    static let fields: [Shape.Field] = [
        .init("year", .integer, "The year"),
        .init("url", .url, "The path of the year's page, for url()"),
        .init("post_count", .integer, "How many posts were published in it"),
    ]
    static let shape = Shape(
        "year",
        fields + [.init("months", .list(.object { MonthLinkView.shape }), "Its months with posts, newest first")])

    let year: Archive.Year

    func value(_ field: Int) -> Value {
        switch field {
        case 0: .int(year.year)
        case 1: .string(SitePaths.year(year.year))
        case 2: .int(year.postCount)
        default: .objects(year.months.map { MonthLinkView(month: $0) })
        }
    }
}

/// `year` on a year's own page.
struct YearPageView: ViewModel {
    static let shape = Shape(
        "year",
        YearLinkView.fields + [
            .init("months", .list(.object { MonthView.shape }), "Its months with posts, newest first"),
            .init("older_url", .optional(.url), "The path of the year with posts before this one, for url()"),
            .init("newer_url", .optional(.url), "The path of the year with posts after this one, for url()"),
        ])

    let site: SiteContext
    let year: Archive.Year
    let older: Archive.Year?
    let newer: Archive.Year?

    func value(_ field: Int) -> Value {
        switch field - YearLinkView.fields.count {
        case 0: .objects(year.months.map { MonthView(site: site, month: $0) })
        case 1: .optional(older.map { SitePaths.year($0.year) })
        case 2: .optional(newer.map { SitePaths.year($0.year) })
        default: YearLinkView(year: year).value(field)
        }
    }
}

struct ArchiveVariables: ViewModel {
    static let shape = Shape(
        "archive.html",
        [.init("years", .list(.object { YearLinkView.shape }), "The years with dated posts, newest first")])

    let years: [YearLinkView]

    func value(_ field: Int) -> Value { .objects(years) }
}

struct YearVariables: ViewModel {
    static let shape = Shape("year.html", [.init("year", .object { YearPageView.shape }, "The year")])

    let year: YearPageView

    func value(_ field: Int) -> Value { .object(year) }
}

struct MonthVariables: ViewModel {
    static let shape = Shape("month.html", [.init("month", .object { MonthPageView.shape }, "The month")])

    let month: MonthPageView

    func value(_ field: Int) -> Value { .object(month) }
}
