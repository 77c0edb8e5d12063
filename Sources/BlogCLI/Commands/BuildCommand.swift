import ArgumentParser
import BlogImport
import BlogSite
import Foundation

/// The options that `build` and `regenerate` share.
struct BuildFlags: ParsableArguments {
    @Option(help: ArgumentHelp("Where the site goes (default: output in the site's folder).", valueName: "dir"))
    var output: String?

    @Flag(help: "Render every page, changed or not. Files whose bytes stay the same are still not written.")
    var force = false

    @Flag(
        help:
            "Publish the whole site in one step instead of one file after another; refused where the file system has no such step."
    )
    var atomic = false

    @Flag(help: "Publish drafts too, for a preview.")
    var drafts = false

    @Flag(help: "Publish posts whose date is still to come, for a preview.")
    var future = false

    @Option(help: ArgumentHelp("Build as of this instant (2026-02-13T10:20:00Z).", valueName: "instant"))
    var now: String?

    @Option(
        name: .customLong("base-url"),
        help: ArgumentHelp("The site's URL instead of the one in blog.yml.", valueName: "url"))
    var baseURL: String?

    @Flag(
        name: .customLong("template-metrics"),
        help: "Tell how long each template and include took on the pages that were rendered.")
    var templateMetrics = false

    func validate() throws {
        if let now, (try? SourceDate.read(now, in: .gmt)) == nil {
            throw ValidationError("--now takes an instant such as 2026-02-13T10:20:00Z, not “\(now)”.")
        }
        if let baseURL,
            URL(string: baseURL)?.host == nil || !(baseURL.hasPrefix("http://") || baseURL.hasPrefix("https://"))
        {
            throw ValidationError("--base-url takes an absolute http or https URL, not “\(baseURL)”.")
        }
    }
}

struct BuildCommand: ConsoleCommand {
    static let configuration = CommandConfiguration(
        commandName: "build",
        abstract: "Render the site from the database.",
        discussion: """
            Only files whose bytes change are written, each at once and whole; only files of an earlier build are deleted. A post \
            that cannot be rendered keeps the page it had: exit code 1. A broken template stops the build before anything is \
            written: exit code 78.

            Examples:
              blog build
              blog build --atomic
              blog build --drafts --future --output /tmp/preview
              blog build --force --template-metrics
            """)

    @OptionGroup var flags: BuildFlags
    @OptionGroup var options: GlobalOptions

    var changesSite: Bool { true }

    func run(_ console: Console) async throws {
        let console = options.console(console)
        let report = try await OpenSite.withLock(options, console, isSparing: true) { open in
            try await open.runBuild(flags, console, options)
        }
        ReportPrinter(console: console, options: options).print(report)
        if report.hasErrors { throw ExitStatus.doneWithRefusals }
    }
}
