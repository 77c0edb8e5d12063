import ArgumentParser
import BlogConfiguration
import BlogImport

/// The options that `import` and `regenerate` share.
struct ImportFlags: ParsableArguments {
    @Flag(
        help: "Refuse what is otherwise mended with a warning: unknown authors, titles and excerpts that are too long.")
    var strict = false

    @Flag(help: "Delete posts, pages and comments whose files are gone, instead of unpublishing them.")
    var prune = false

    var options: ImportOptions {
        var options = ImportOptions()
        options.isStrict = strict
        options.prunes = prune
        return options
    }
}

struct ImportCommand: ConsoleCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Read posts, authors, comments and views into the database.",
        discussion: """
            Without a path, all sources of blog.yml are read; unchanged files are not. What is wrong with one record is \
            reported with its line and costs that record only: exit code 1, and what it gave before stays. A log is counted \
            once, however often it is read and however it rotates.

            Examples:
              blog import
              blog import content/posts/hello.md
              blog import --dry-run --prune
              blog import --from access-log /var/log/nginx/access.log*
              blog import --from views counts.csv

            Kinds: \(SourceKind.allCases.map(\.rawValue).joined(separator: ", ")).

            Exit codes: 0 done, 1 done but something was refused, 64 usage, 66 a path does not exist, 69 the database is not \
            available, 74 reading or writing failed, 75 another run is at work, 78 a mistake in blog.yml.
            """)

    @Argument(help: "Files or folders below a source, or others with --from; what is not among them is left alone.")
    var paths: [String] = []

    @Option(
        name: .customLong("from"),
        help: ArgumentHelp("What the paths hold, for those in no source of blog.yml.", valueName: "kind"))
    var kind: String?

    @Flag(help: "Report what would change, and change nothing.")
    var dryRun = false

    @Flag(help: "Read every file, changed or not.")
    var force = false

    @OptionGroup var flags: ImportFlags
    @OptionGroup var options: GlobalOptions

    var changesSite: Bool { true }

    func validate() throws {
        guard let kind else { return }
        let known = SourceKind.allCases.map(\.rawValue)
        if SourceKind(rawValue: kind) == nil {
            let meant = nearest(to: kind, among: known).map { " Did you mean “\($0)”?" } ?? ""
            throw ValidationError(
                "--from does not know the kind “\(kind.printable)”.\(meant) Known: \(known.joined(separator: ", ")).")
        }
        if paths.isEmpty { throw ValidationError("--from says what the paths hold: name at least one.") }
    }

    func run(_ console: Console) async throws {
        let console = options.console(console)
        var importOptions = flags.options
        importOptions.paths = paths.map { absolutePath($0, console) }
        importOptions.kind = kind.flatMap(SourceKind.init(rawValue:))
        importOptions.isDryRun = dryRun
        importOptions.readsAll = force
        let settings = importOptions
        let report: ImportReport
        if dryRun {
            report = try await OpenSite.withoutChanges(options, console) {
                try await $0.runImport(settings, console, options)
            }
        } else {
            report = try await OpenSite.withLock(options, console) {
                try await $0.runImport(settings, console, options)
            }
        }
        let printer = ReportPrinter(console: console, options: options)
        printer.print(report, isDryRun: dryRun)
        if !report.refusals.isEmpty { throw ExitStatus.doneWithRefusals }
    }
}
