package import ArgumentParser
import ORM
import ORMMigrations

/// `migrate check`.
package struct CheckCommand<Project: MigrationProject>: MigrationSubcommand {
    package static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "check",
            abstract: "Check that models and migrations say the same.",
            discussion: """
                Asks no database. Exit code 1 when a migration is missing: what it would do is printed. For CI.

                Examples:
                  migrate check
                """)
    }

    @OptionGroup package var options: Project.Options

    package init() {}

    package func run(_ console: Project.Console) async throws {
        let graph = try graph
        try graph.checkBranches()
        let difference = try SchemaDifference(
            from: graph.state(), to: goal, decisions: SchemaDecisions(of: Project.models))
        var report = MigrationReport()
        report.operations = difference.operations.map(\.description)
        report.ambiguities = difference.ambiguities.map(\.description)
        let found = difference.operations.map(\.description) + difference.ambiguities.map(\.description)
        report.lines = found.isEmpty ? ["Models and migrations say the same."] : found
        try self.report(report, to: console, isResult: !difference.isEmpty)
        if !difference.isEmpty {
            console.note("Models and migrations differ: migrate make writes what is missing.")
            throw ExitCode(1)
        }
    }
}
