package import ArgumentParser
import Foundation
import ORM
import ORMMigrations

/// `migrate status`.
package struct StatusCommand<Project: MigrationProject>: MigrationSubcommand {
    package static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "status",
            abstract: "Show how each migration stands to the database.",
            discussion: """
                applied, pending, changed (its operations are no longer those that were applied), unknown (the database is newer \
                than the program), interrupted (MySQL: `up` goes on with it).

                Examples:
                  migrate status
                """)
    }

    @OptionGroup package var options: Project.Options

    package init() {}

    package func run(_ console: Project.Console) async throws {
        let graph = try graph
        let all = try await Project.withDatabase(options, console, for: .look) { database in
            try await Migrator(database, graph).status()
        }
        var report = MigrationReport()
        report.migrations = all.map { status in
            MigrationReport.Entry(
                name: status.name, state: status.standing.rawValue, appliedAt: status.applied?.appliedAt,
                seconds: status.applied?.duration.seconds)
        }
        let width = all.map(\.standing.rawValue.count).max() ?? 0
        report.lines = all.map { status in
            status.standing.rawValue.padding(toLength: width, withPad: " ", startingAt: 0) + "  " + status.name
        }
        if all.isEmpty { report.lines = ["There are no migrations."] }
        try self.report(report, to: console)
    }
}

/// `migrate history`.
package struct HistoryCommand<Project: MigrationProject>: MigrationSubcommand {
    package static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "history",
            abstract: "Show what has been applied to the database, and when.",
            discussion: """
                Examples:
                  migrate history
                  migrate history --json
                """)
    }

    @OptionGroup package var options: Project.Options

    package init() {}

    package func run(_ console: Project.Console) async throws {
        let graph = try graph
        let all = try await Project.withDatabase(options, console, for: .look) { database in
            try await Migrator(database, graph).history()
        }
        var report = MigrationReport()
        report.migrations = all.map { line in
            MigrationReport.Entry(name: line.name, appliedAt: line.appliedAt, seconds: line.duration.seconds)
        }
        report.lines = all.map { line in
            let seconds = String(format: "%.3f", line.duration.seconds)
            return "\(line.appliedAt.formatted(.iso8601))  \(seconds) s  \(line.name)"
        }
        if all.isEmpty { report.lines = ["Nothing has been applied."] }
        try self.report(report, to: console)
    }
}

/// `migrate heads`.
package struct HeadsCommand<Project: MigrationProject>: MigrationSubcommand {
    package static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "heads",
            abstract: "Show the migrations that no other one follows.",
            discussion: """
                More than one are branches; `migrate make --merge` brings them together. Exit code 1 then.

                Examples:
                  migrate heads
                """)
    }

    @OptionGroup package var options: Project.Options

    package init() {}

    package func run(_ console: Project.Console) async throws {
        let heads = try graph.heads
        var report = MigrationReport()
        report.migrations = heads.map { MigrationReport.Entry(name: $0.name) }
        report.lines = heads.map(\.name)
        try self.report(report, to: console)
        if heads.count > 1 {
            console.note("The migrations end in \(heads.count) branches: migrate make --merge brings them together.")
            throw ExitCode(1)
        }
    }
}
