import ArgumentParser
import BlogImport
import BlogSite

struct RegenerateCommand: ConsoleCommand {
    static let configuration = CommandConfiguration(
        commandName: "regenerate",
        abstract: "Import and build in one run: what cron calls.",
        discussion: """
            One line says what changed. A second run that meets the first exits with 75, or waits for it with --wait.

            Example, in a crontab:
              */5 * * * *  blog regenerate --site /srv/blog --quiet
            """)

    @Option(help: ArgumentHelp("Wait so long for another run to end.", valueName: "seconds"))
    var wait: Double = 0

    @OptionGroup var importFlags: ImportFlags
    @OptionGroup var buildFlags: BuildFlags
    @OptionGroup var options: GlobalOptions

    var changesSite: Bool { true }

    func validate() throws {
        guard wait >= 0, wait <= 86_400 else { throw ValidationError("--wait takes seconds, at most 86400.") }
    }

    func run(_ console: Console) async throws {
        let console = options.console(console)
        let (imported, built) = try await OpenSite.withLock(options, console, wait: .seconds(wait)) { open in
            let imported = try await open.runImport(importFlags.options, console, options)
            return (imported, try await open.runBuild(buildFlags, console, options))
        }
        ReportPrinter(console: console, options: options).print(imported, built)
        if !imported.refusals.isEmpty || built.hasErrors { throw ExitStatus.doneWithRefusals }
    }
}
