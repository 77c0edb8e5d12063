package import ArgumentParser
import ORM
import ORMMigrations

/// `migrate copy`.
package struct CopyCommand<Project: MigrationProject>: MigrationSubcommand {
    package static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "copy",
            abstract: "Copy the database to another one, of whatever engine.",
            discussion: """
                The target must be empty, or have nothing but empty tables; it gets the tables by the migrations. All rows keep their keys and \
                come in one transaction, in which triggers do not run. Then they are read back: number and hash of each \
                table’s rows must be the same on both sides. The hash is over the values, so that it is the same on every \
                engine. A copy that fails leaves no row behind. The source is only read.

                Examples:
                  migrate copy --to postgres://localhost/shop --dry-run
                  migrate copy --from sqlite://shop.sqlite3 --to 'postgres://ada@db.example/shop?password_file=/etc/shop/password'
                """)
    }

    @Option(help: ArgumentHelp("The database that is copied to: its URL.", valueName: "url"))
    var to: String

    @Option(
        help: ArgumentHelp("The database that is copied (default: the one of all commands): its URL.", valueName: "url")
    )
    var from: String?

    @Flag(help: "Count the rows, look at the target, and change nothing.")
    var dryRun = false

    @OptionGroup package var options: Project.Options

    package init() {}

    package func run(_ console: Project.Console) async throws {
        let clock = ContinuousClock()
        let start = clock.now
        let tables = try await Project.withDatabases(
            from: from, to: to, options, console, isDryRun: dryRun
        ) { source, target in
            let copy = try DatabaseCopy(from: source, to: target, Project.migrations)
            return try await dryRun ? copy.plan() : copy.run(completing: Project.completeCopy)
        }
        try report(MigrationReport(tables, dryRun ? nil : clock.now - start), to: console, isResult: dryRun)
    }
}
