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
        abstract: "Read posts, authors and comments into the database.",
        discussion: """
            Without a path, all sources of blog.yml are read; unchanged files are not. What is wrong with one file is reported \
            with its line and costs that file only: exit code 1, and what it gave before stays.

            Examples:
              blog import
              blog import content/posts/hello.md
              blog import --dry-run --prune
            """)

    @Argument(help: "Files or folders below a source; what is not among them is left alone.")
    var paths: [String] = []

    @Option(name: .customLong("from"), help: "What the paths hold: markdown, comments, wxr, disqus or isso.")
    var kind: ImportKind?

    @Flag(help: "Report what would change, and change nothing.")
    var dryRun = false

    @Flag(help: "Read every file, changed or not.")
    var force = false

    @OptionGroup var flags: ImportFlags
    @OptionGroup var options: GlobalOptions

    /// The kinds that this program can read.
    enum ImportKind: String, ExpressibleByArgument, CaseIterable {
        case markdown, comments, wxr, disqus, isso

        var source: SourceKind {
            switch self {
            case .markdown: .markdown
            case .comments: .comments
            case .wxr: .wxr
            case .disqus: .disqus
            case .isso: .isso
            }
        }
    }

    func validate() throws {
        if kind != nil, paths.isEmpty { throw ValidationError("--from says what the paths hold: name at least one.") }
    }

    func run(_ console: Console) async throws {
        let console = options.console(console)
        var importOptions = flags.options
        importOptions.paths = paths.map { absolutePath($0, console) }
        importOptions.kind = kind?.source
        importOptions.isDryRun = dryRun
        importOptions.readsAll = force
        let settings = importOptions
        let report = try await OpenSite.withLock(options, console) { open in
            try await open.runImport(settings, console, options)
        }
        let printer = ReportPrinter(console: console, options: options)
        printer.print(report, isDryRun: dryRun)
        if !report.refusals.isEmpty { throw ExitStatus.doneWithRefusals }
    }
}
