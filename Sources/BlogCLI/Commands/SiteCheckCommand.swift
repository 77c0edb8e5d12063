import ArgumentParser
import BlogSite

struct SiteCheckCommand: ConsoleCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Check the published site: links, images, titles, templates.",
        discussion: """
            Reads the pages that the last build published, and names what to mend by file and line: of the post's own file where \
            it is known. Without options it checks all but --external. Links to other hosts are asked for by the program curl, \
            eight at a time; good answers are remembered for a week. Exit code 1 when something was found.

            Examples:
              blog check
              blog check --links --external
              blog check --json
            """)

    @Flag(help: "Links, anchors and images that lead nowhere.")
    var links = false

    @Flag(help: "Templates that could fail.")
    var templates = false

    @Flag(help: "Images without a text, titles and descriptions that are missing or there twice, headings, ids.")
    var html = false

    @Flag(help: "Links to other hosts.")
    var external = false

    @OptionGroup var options: GlobalOptions

    func run(_ console: Console) async throws {
        let console = options.console(console)
        var checks = CheckOptions()
        if links || templates || html { (checks.links, checks.templates, checks.html) = (links, templates, html) }
        checks.external = external
        let report = try await OpenSite.with(options, console) { open in
            try await SiteCheck(database: open.database, site: open.site, options: checks).run()
        }
        if report.isOutOfDate, !options.quiet {
            console.note("note: the site has changed since it was built; this is about the last build")
        }
        if options.json {
            console.write(report.json)
        } else {
            for finding in report.findings where !options.quiet || finding.severity == .error {
                console.write(finding.description)
            }
            if !options.quiet { console.write(report.summary) }
        }
        if !report.findings.isEmpty { throw ExitStatus.doneWithRefusals }
    }
}
