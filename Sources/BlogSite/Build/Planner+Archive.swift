import Templates

extension Planner {
    /// The list of years, a page for each and one for each of its months. Undated posts are in none of them.
    func planArchive(_ plan: inout SitePlan) {
        let years = archive.years
        var print = fingerprint(template: "archive.html")
        for month in archive.months { add(month, to: &print) }
        add(
            page(.archive, title: "Archive", path: SitePaths.archive), template: "archive.html", print,
            owner: "the archive", to: &plan
        ) { ArchiveVariables(years: years.map { YearLinkView(year: $0) }) }
        for (place, year) in years.enumerated() {
            planYear(year, older: years[safe: place + 1], newer: years[safe: place - 1], &plan)
        }
        let months = archive.months
        for (place, month) in months.enumerated() {
            planMonth(month, older: months[safe: place + 1], newer: months[safe: place - 1], &plan)
        }
    }

    private func planYear(_ year: Archive.Year, older: Archive.Year?, newer: Archive.Year?, _ plan: inout SitePlan) {
        var print = fingerprint(template: "year.html")
        print.add(older?.year ?? 0)
        print.add(newer?.year ?? 0)
        for month in year.months {
            add(month, to: &print)
            addPosts(month.positions, to: &print)
        }
        add(
            page(.year, title: "\(year.year)", path: SitePaths.year(year.year)), template: "year.html", print,
            owner: "the year \(year.year)", to: &plan
        ) { [site] in YearVariables(year: YearPageView(site: site, year: year, older: older, newer: newer)) }
    }

    private func planMonth(
        _ month: Archive.Month, older: Archive.Month?, newer: Archive.Month?, _ plan: inout SitePlan
    ) {
        var print = fingerprint(template: "month.html")
        add(month, to: &print)
        addPosts(month.positions, to: &print)
        for neighbour in [older, newer] {
            print.add(neighbour == nil)
            if let neighbour { add(neighbour, to: &print) }
        }
        let title = "\(LanguageNames.english.months[month.month - 1]) \(month.year)"
        add(
            page(.month, title: title, path: SitePaths.month(month.year, month.month)), template: "month.html", print,
            owner: "the month \(title)", to: &plan
        ) { [site] in
            MonthVariables(
                month: MonthPageView(summary: MonthView(site: site, month: month), older: older, newer: newer))
        }
    }

    /// What a link to a month shows of it.
    private func add(_ month: Archive.Month, to print: inout Fingerprint) {
        print.add(month.year)
        print.add(month.month)
        print.add(month.positions.count)
    }
}

extension Array {
    /// The element, or nil outside of the array.
    fileprivate subscript(safe index: Int) -> Element? { indices.contains(index) ? self[index] : nil }
}
