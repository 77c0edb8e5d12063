import ArgumentParser

/// The options of every command.
struct GlobalOptions: ParsableArguments {
    @Option(
        name: .customLong("site"),
        help: ArgumentHelp("The site's folder (default: the nearest one with blog.yml).", valueName: "dir"))
    var folder: String?

    @Option(help: ArgumentHelp("The database's URL; wins over DATABASE_URL and blog.yml.", valueName: "url"))
    var database: String?

    @Flag(help: "Print errors only.")
    var quiet = false

    @Flag(help: "Print more: every warning with its place, timings.")
    var verbose = false

    @Flag(help: "Print the report as one JSON object.")
    var json = false

    @Flag(name: .customLong("no-color"), help: "Print without colours.")
    var noColor = false

    func validate() throws {
        if quiet && verbose { throw ValidationError("--quiet and --verbose exclude each other.") }
    }

    /// The console as these options want it.
    func console(_ console: Console) -> Console { noColor ? console.colorless() : console }
}
