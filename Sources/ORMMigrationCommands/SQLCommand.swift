package import ArgumentParser
import ORM
import ORMMigrations

/// `migrate sql`.
package struct SQLCommand<Project: MigrationProject>: MigrationSubcommand {
    package static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "sql",
            abstract: "Print the SQL of the migrations.",
            discussion: """
                From an empty database, or from a migration on, to the target or the last one. It asks no database.

                Examples:
                  migrate sql
                  migrate sql --from 0001 --dialect \(Project.dialects.last?.name ?? "sqlite")
                """)
    }

    @Argument(help: "The last migration: its name, or the start of it.")
    var target: String?

    @Option(help: ArgumentHelp("The migration that the database has already.", valueName: "migration"))
    var from: String?

    @Option(help: ArgumentHelp("The engine: \(Self.names).", valueName: "name"))
    var dialect: String?

    @OptionGroup package var options: Project.Options

    package init() {}

    private static var names: String { Project.dialects.map(\.name).joined(separator: ", ") }

    package func validate() throws {
        if let dialect, !Project.dialects.contains(where: { $0.name == dialect }) {
            throw ValidationError("--dialect is one of \(Self.names), not “\(dialect)”.")
        }
    }

    package func run(_ console: Project.Console) async throws {
        guard let chosen = Project.dialects.first(where: { dialect == nil || $0.name == dialect }) else {
            throw ORMError(.configuration, "the project names no dialect")
        }
        var report = MigrationReport()
        let sql = try graph.sql(from: from, to: target, in: chosen)
        report.text = sql
        report.lines = [sql]
        try self.report(report, to: console)
    }
}
