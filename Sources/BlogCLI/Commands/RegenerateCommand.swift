import ArgumentParser
import BlogConfiguration
import BlogImport
import BlogSite

struct RegenerateCommand: ConsoleCommand {
    static let configuration = CommandConfiguration(
        commandName: "regenerate",
        abstract: "Import and build in one run: what cron calls.",
        discussion: """
            One line says what changed; a run that finds nothing to do is silent, unless it is watched at a terminal. A second \
            run that meets the first exits with 75, or waits for it with --wait. Ctrl-C and SIGTERM end a run in order: nothing \
            is lost, and the next run completes the work.

            Examples:
              blog regenerate
              blog regenerate --wait 60 --json | jq .build.next_change
              */5 * * * * blog regenerate --site /srv/blog      # in a crontab, see blog cron
              blog regenerate --log-format json 2>> /var/log/blog.jsonl
            """)

    @Option(help: ArgumentHelp("Wait so long for another run to end.", valueName: "seconds"))
    var wait: Double = 0

    @Option(
        name: .customLong("log-format"),
        help: ArgumentHelp(
            "Write what happens to the error stream as log lines: text, or json (one object a line).",
            valueName: "format"))
    var logFormat: LogFormat?

    @OptionGroup var importFlags: ImportFlags
    @OptionGroup var buildFlags: BuildFlags
    @OptionGroup var options: GlobalOptions

    var changesSite: Bool { true }

    func validate() throws {
        guard wait >= 0, wait <= 86_400 else { throw ValidationError("--wait takes seconds, at most 86400.") }
    }

    func run(_ console: Console) async throws {
        let console = options.console(console)
        let log = logFormat.map { RunLog(console, $0) }
        log?.began(try Site.open(explicit: options.folder, current: console.currentDirectory))
        let imported: ImportReport
        let built: BuildReport
        do {
            (imported, built) = try await OpenSite.withLock(options, console, wait: .seconds(wait), isSparing: true) {
                open in
                let imported = try await open.runImport(importFlags.options, console, options)
                log?.log(imported)
                let built = try await open.runBuild(buildFlags, console, options)
                log?.log(built)
                return (imported, built)
            }
        } catch {
            guard let log, let failure = Failure(error) else { throw error }
            log.failed(failure)
            throw failure.status
        }
        ReportPrinter(console: console, options: options).print(imported, built, isLogged: log != nil)
        if !imported.refusals.isEmpty || built.hasErrors { throw ExitStatus.doneWithRefusals }
    }
}
