import ArgumentParser
import BlogConfiguration
import BlogImport
import BlogModels
import BlogOperations
import Foundation

struct StatsCommand: ConsoleCommand {
    static let configuration = CommandConfiguration(
        commandName: "stats",
        abstract: "Count posts, views, comments, authors, tags.",
        discussion: """
            Counted by the database as of now, whatever the pages show. Posts that readers do not see do not count. With --since \
            or --until, posts published, comments written and views made in that time count.

            Examples:
              blog stats
              blog stats --top 5 --since 2026-01-01
              blog stats --author ada --tag swift
              blog stats --since 2026-01-01 --until 2026-01-31 --json | jq .total_views
              blog stats --format csv > stats.csv
            """)

    enum Format: String, ExpressibleByArgument, CaseIterable { case table, json, csv }

    @Option(help: ArgumentHelp("table, json or csv.", valueName: "format"))
    var format: Format = .table

    @Option(help: ArgumentHelp("The length of each list.", valueName: "n"))
    var top = 10

    @Option(help: ArgumentHelp("From this day on (YYYY-MM-DD, the site's zone).", valueName: "date"))
    var since: String?

    @Option(help: ArgumentHelp("Up to the end of this day (YYYY-MM-DD, the site's zone).", valueName: "date"))
    var until: String?

    @Option(help: ArgumentHelp("Only posts of this author.", valueName: "user"))
    var author: String?

    @Option(help: ArgumentHelp("Only posts with this tag.", valueName: "tag"))
    var tag: String?

    @OptionGroup var options: GlobalOptions

    func validate() throws {
        guard (1...1000).contains(top) else { throw ValidationError("--top takes a number from 1 to 1000.") }
        if options.json, format == .csv { throw ValidationError("--json and --format csv exclude each other.") }
        for (name, day) in [("--since", since), ("--until", until)] {
            if let day, (try? SourceDate.read(day, in: .gmt)) == nil {
                throw ValidationError("\(name) takes a day such as 2026-01-31, not “\(day)”.")
            }
        }
        if let since, let until, try SourceDate.read(since, in: .gmt) > Self.end(of: until, in: .gmt) {
            throw ValidationError("--since \(since) is after --until \(until).")
        }
    }

    /// The first instant after a day.
    private static func end(of day: String, in zone: TimeZone) throws -> Date {
        let start = CalendarDay(try SourceDate.read(day, in: zone), in: zone)
        let next = CalendarDay(daysSince1970: start.daysSince1970 + 1)
        return try SourceDate.read(next.description, in: zone)
    }

    func run(_ console: Console) async throws {
        let console = options.console(console)
        let report = try await OpenSite.with(options, console) { open in
            let zone = open.site.configuration.timeZone
            var request = Statistics.Request(
                visibility: PostVisibility(now: console.now), top: top,
                utcOffset: { zone.secondsFromGMT(for: $0) })
            request.since = try since.map { try SourceDate.read($0, in: zone) }
            request.until = try until.map { try Self.end(of: $0, in: zone) }
            let wanted = request
            return try await open.reading(console, options) { database in
                var request = wanted
                if let author { request.author = try await Lookup.user(author, on: database).id }
                if let tag { request.tag = try await Lookup.tag(tag, on: database).id }
                return StatisticsReport(
                    title: open.site.configuration.title, statistics: try await .gather(request, from: database))
            }
        }
        switch options.json ? .json : format {
        case .json: console.write(report.json)
        case .csv: console.write(report.csv)
        case .table: console.write(report.table(console))
        }
    }
}
