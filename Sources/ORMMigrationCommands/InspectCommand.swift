package import ArgumentParser
import Foundation
import ORM
import ORMMigrations

/// `migrate inspect`.
package struct InspectCommand<Project: MigrationProject>: MigrationSubcommand {
    package static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "inspect",
            abstract: "Print models for the tables that a database has.",
            discussion: """
                What a model cannot say (generated columns, views, triggers, …) is named in comments, and on the standard error.

                Examples:
                  migrate inspect --database sqlite://old.sqlite3
                  migrate inspect users posts --access public --write Sources/Models
                """)
    }

    @Argument(help: "Only these tables.")
    var tables: [String] = []

    @Option(
        help: ArgumentHelp("Write each model into a file of this folder; a file that is there stays.", valueName: "dir")
    )
    var write: String?

    @Option(help: ArgumentHelp("What the models are declared with: public, package or internal.", valueName: "level"))
    var access = Access.internal

    enum Access: String, ExpressibleByArgument, CaseIterable { case `public`, `package`, `internal` }

    @OptionGroup package var options: Project.Options

    package init() {}

    package func run(_ console: Project.Console) async throws {
        let folder = try write.map { try MigrationFolder(Project.self, given: $0, for: "inspect --write", console) }
        let inspection = try await Project.withDatabase(options, console, for: .look) { database in
            try await SchemaInspector.inspect(database, tables: tables.isEmpty ? nil : tables)
        }
        let source = ModelSource(inspection, access: access == .internal ? "" : access.rawValue)
        var report = MigrationReport()
        report.notes = source.notes
        if let folder {
            report.files = try folder.write(source)
            report.lines = report.files ?? []
            for note in source.notes { console.note("note: \(note)") }
        } else {
            report.text = source.text
            report.lines = [source.text]
        }
        try self.report(report, to: console)
    }
}

extension MigrationFolder {
    /// Writes models, each into a file; gives the paths. Throws `.migration` when one of the files is there already.
    func write(_ source: ModelSource) throws -> [String] {
        let files = source.files.sorted { $0.key < $1.key }
        for (name, _) in files where FileManager.default.fileExists(atPath: "\(path)/\(name)") {
            throw ORMError(.migration, "\(shownPath)/\(name) is there already: nothing is written over it")
        }
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        for (name, text) in files {
            try Data(text.utf8).write(to: URL(filePath: "\(path)/\(name)"), options: .withoutOverwriting)
        }
        return files.map { "\(shownPath)/\($0.key)" }
    }
}
