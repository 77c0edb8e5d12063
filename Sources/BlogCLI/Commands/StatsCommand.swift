import ArgumentParser
import BlogConfiguration
import BlogImport
import BlogModels
import Foundation

struct StatsCommand: ConsoleCommand {
    static let configuration = CommandConfiguration(
        commandName: "stats",
        abstract: "Count posts, views, authors, tags.",
        discussion: """
            Counted by the database as of now, whatever the pages show. Posts that readers do not see do not count.

            Examples:
              blog stats
              blog stats --top 5 --since 2026-01-01
              blog stats --format csv > stats.csv
            """)

    enum Format: String, ExpressibleByArgument, CaseIterable { case table, json, csv }

    @Option(help: "table, json or csv.")
    var format: Format = .table

    @Option(help: ArgumentHelp("The length of each list.", valueName: "n"))
    var top = 10

    @Option(
        help: ArgumentHelp(
            "Only posts, comments and views from this day on (YYYY-MM-DD, the site's zone).", valueName: "date"))
    var since: String?

    @OptionGroup var options: GlobalOptions

    func validate() throws {
        guard (1...1000).contains(top) else { throw ValidationError("--top takes a number from 1 to 1000.") }
        if options.json, format == .csv { throw ValidationError("--json and --format csv exclude each other.") }
        if let since, (try? SourceDate.read(since, in: .gmt)) == nil {
            throw ValidationError("--since takes a day such as 2026-01-31, not “\(since)”.")
        }
    }

    func run(_ console: Console) async throws {
        let console = options.console(console)
        let report = try await OpenSite.with(options, console) { open in
            let zone = open.site.configuration.timeZone
            let request = Statistics.Request(
                visibility: PostVisibility(now: Date()), since: try since.map { try SourceDate.read($0, in: zone) }, top: top,
                utcOffset: { zone.secondsFromGMT(for: $0) })
            return StatisticsReport(
                title: open.site.configuration.title, statistics: try await .gather(request, from: open.database))
        }
        switch options.json ? .json : format {
        case .json: console.write(report.json)
        case .csv: console.write(report.csv)
        case .table: console.write(report.table(console))
        }
    }
}
