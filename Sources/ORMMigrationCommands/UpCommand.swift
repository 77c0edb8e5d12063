package import ArgumentParser
import ORMMigrations

/// The flags of `up` and `down`.
package struct RunFlags: ParsableArguments {
    @Flag(help: "Print the SQL, and change nothing.")
    var dryRun = false

    @Flag(help: "Write the history only: the database has the schema already.")
    var fake = false

    package init() {}

    package mutating func validate() throws {
        if dryRun && fake { throw ValidationError("--dry-run and --fake exclude each other.") }
    }

    /// What applying or undoing in this way wants of the database.
    func purpose(_ change: MigrationPurpose) -> MigrationPurpose { dryRun ? .look : fake ? .enter : change }

    var mode: MigrationMode { dryRun ? .dryRun : fake ? .fake : .apply }
}

/// `migrate up`.
package struct UpCommand<Project: MigrationProject>: MigrationSubcommand {
    package static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "up",
            abstract: "Apply pending migrations.",
            discussion: """
                Each migration is applied as a whole or, when it fails, not at all. Without a target all are applied.

                Examples:
                  migrate up
                  migrate up 0003 --dry-run
                  migrate up --fake       the database was made without migrations, and has the schema
                """)
    }

    @Argument(help: "The last migration to apply: its name, or the start of it.")
    var target: String?

    @OptionGroup var flags: RunFlags
    @OptionGroup package var options: Project.Options

    package init() {}

    package func run(_ console: Project.Console) async throws {
        let (graph, mode) = (try graph, flags.mode)
        let runs = try await Project.withDatabase(options, console, for: flags.purpose(.up)) { database in
            try await Migrator(database, graph).up(to: target, mode: mode)
        }
        try report(MigrationReport(runs, mode), to: console, isResult: mode == .dryRun)
    }
}

/// `migrate down`.
package struct DownCommand<Project: MigrationProject>: MigrationSubcommand {
    package static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "down",
            abstract: "Undo migrations.",
            discussion: """
                Without a target the latest one is undone; with one, all that came after it. `zero` undoes all. What a dropped column or \
                table held is gone: it comes back empty.

                Examples:
                  migrate down
                  migrate down 0001_initial --dry-run
                  migrate down zero
                """)
    }

    @Argument(help: "The migration that stays, or zero.")
    var target: String?

    @OptionGroup var flags: RunFlags
    @OptionGroup package var options: Project.Options

    package init() {}

    package func run(_ console: Project.Console) async throws {
        let (graph, mode) = (try graph, flags.mode)
        let runs = try await Project.withDatabase(options, console, for: flags.purpose(.down)) { database in
            try await Migrator(database, graph).down(to: target, mode: mode)
        }
        try report(MigrationReport(runs, mode), to: console, isResult: mode == .dryRun)
    }
}
