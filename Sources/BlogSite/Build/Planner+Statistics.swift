import BlogConfiguration
import BlogModels

extension Planner {
    /// The statistics page, which depends on the numbers it shows and on nothing else.
    func planStatistics(_ counts: SiteCounts, _ rows: SiteRows, _ plan: inout SitePlan) {
        guard let history = rows.viewHistory else { return }
        let statistics = SiteStatistics(counts, history, index, timeZone: site.configuration.timeZone)
        var print = fingerprint(template: "stats.html")
        print.add("\(statistics)")
        add(
            page(.stats, title: "Statistics", path: SitePaths.statistics), template: "stats.html", print,
            owner: "the statistics", to: &plan
        ) { StatisticsVariables(statistics: statistics) }
    }
}
