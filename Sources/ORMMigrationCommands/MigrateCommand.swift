public import ArgumentParser
import ORMMigrations

/// `migrate`: all commands about a project’s schema.
///
/// ```
/// shop migrate make        compares the models with the migrations and writes the next one
/// shop migrate up          applies what is pending
/// shop migrate check       exit code 1 when a migration is missing, for CI
/// ```
public struct MigrateCommand<Project: MigrationProject>: AsyncParsableCommand {
    /// The command’s name, texts and subcommands.
    public static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "migrate",
            abstract: "Change the database’s schema by migrations.",
            discussion: """
                A migration is a small Swift file of operations. `make` writes the next one from what the models say, `up` applies what \
                is pending, `down` takes it back, `copy` moves everything to another database. Exit codes: 0 done, 1 `check` found a difference, 64 usage, 69 the database cannot \
                be reached, 74 a file cannot be read or written, 78 a migration or the configuration makes no sense.

                Examples:
                  migrate make --name rating
                  migrate up
                  migrate status
                """,
            subcommands: [
                MakeCommand<Project>.self, UpCommand<Project>.self, DownCommand<Project>.self,
                StatusCommand<Project>.self, HistoryCommand<Project>.self, HeadsCommand<Project>.self,
                SQLCommand<Project>.self, CheckCommand<Project>.self, InspectCommand<Project>.self,
                CopyCommand<Project>.self,
            ])
    }

    /// The command as the command line gives it.
    public init() {}
}
