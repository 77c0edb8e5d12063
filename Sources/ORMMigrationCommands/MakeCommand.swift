package import ArgumentParser
import ORM
import ORMMigrations

/// `migrate make`.
package struct MakeCommand<Project: MigrationProject>: MigrationSubcommand {
    package static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "make",
            abstract: "Write the next migration.",
            discussion: """
                Compares what the migrations so far lead to with what the models say, and writes the difference as a Swift file, \
                ready to commit. When there is none it writes nothing. A column that is gone beside a new one of its type may have been \
                renamed or dropped: nothing is written before you say which. Asks no database.

                Examples:
                  migrate make
                  migrate make --name rating --fill posts.rating=0
                  migrate make --rename posts.summary=excerpt --rename users=people
                  migrate make --empty --name slugs      for SQL and Swift of your own
                  migrate make --merge                   after two branches have met
                """)
    }

    @Option(
        help: ArgumentHelp(
            "What the migration is called, behind its number (default: by its changes).", valueName: "name"))
    var name: String?

    @Flag(help: "Write a migration without operations, to be filled by hand.")
    var empty = false

    @Flag(help: "Write the migration that brings two branches together.")
    var merge = false

    @Option(
        help: ArgumentHelp(
            "A rename: table.old=new for a column, old=new for a table; may be repeated.", valueName: "old=new"))
    var rename: [String] = []

    @Option(
        help: ArgumentHelp(
            "Something that goes with its values, although there is something new like it.", valueName: "name"))
    var drop: [String] = []

    @Option(
        help: ArgumentHelp(
            "What rows that are there get in a column that may not be NULL: table.column=value.", valueName: "value"))
    var fill: [String] = []

    @Option(
        help: ArgumentHelp("Where the file goes\(Project.folder.map { " (default: \($0))" } ?? "").", valueName: "dir"))
    var folder: String?

    @Flag(help: "Print the file, and write nothing.")
    var dryRun = false

    @OptionGroup package var options: Project.Options

    package init() {}

    package func validate() throws {
        if empty && merge { throw ValidationError("--empty and --merge exclude each other.") }
        if empty || merge, !(rename + drop + fill).isEmpty {
            throw ValidationError("--rename, --drop and --fill are for a migration that is made of differences.")
        }
    }

    package func run(_ console: Project.Console) async throws {
        let folder = try MigrationFolder(Project.self, given: folder, for: "make", console)
        let graph = try graph
        try folder.checkBuilt(graph)
        if !merge { try graph.checkBranches() }
        let difference = try difference(graph)
        guard difference.ambiguities.isEmpty else {
            throw ORMError(
                .migration,
                (["nothing is written before you decide:"] + difference.ambiguities.map(\.description))
                    .joined(separator: "\n  "))
        }
        let heads = graph.heads.map(\.name)
        if merge, heads.count < 2 {
            throw ORMError(
                .migration, "there is nothing to merge: the migrations end in \(heads.first ?? "none at all")")
        }
        guard !difference.isEmpty || empty || merge else {
            var report = MigrationReport()
            (report.files, report.operations, report.lines) = (
                [], [], ["Models and migrations say the same: nothing to write."]
            )
            return try self.report(report, to: console, isResult: false)
        }
        let file = MigrationFile(
            graph.nextName(try word(for: difference, isFirst: graph.migrations.isEmpty)), after: heads,
            operations: difference.operations, remarks: difference.unfilled.map(Self.remark))
        try finish(file, difference, folder, console)
    }

    private func difference(_ graph: MigrationGraph) throws -> SchemaDifference {
        let state = try graph.state()
        if empty || merge { return try SchemaDifference(from: state, to: state) }
        var decisions = SchemaDecisions(of: Project.models)
        for text in rename { try decisions.rename(text) }
        for text in fill { try decisions.fill(text) }
        decisions.dropped = Set(drop)
        return try SchemaDifference(from: state, to: goal, decisions: decisions)
    }

    private func word(for difference: SchemaDifference, isFirst: Bool) throws -> String {
        if let name {
            let word = MigrationName.slug(name)
            guard !word.isEmpty else { throw ORMError(.migration, "“\(name)” has no letters to name a file by") }
            return word
        }
        return merge ? "merge" : MigrationName.words(for: difference.operations, isFirst: isFirst && !empty)
    }

    private static func remark(_ column: String) -> String {
        "\(column) may not be NULL: where the table has rows, say what these get by `filling:`."
    }

    private func finish(
        _ file: MigrationFile, _ difference: SchemaDifference, _ folder: MigrationFolder, _ console: Project.Console
    ) throws {
        var report = MigrationReport()
        report.operations = difference.operations.map(\.description)
        if dryRun {
            (report.text, report.lines) = (file.source, [file.source])
        } else {
            let written = try folder.write(file)
            (report.files, report.lines) = (written, written)
        }
        try self.report(report, to: console)
        for column in difference.unfilled {
            console.note("warning: \(Self.remark(column)) Or make it with --fill \(column)=VALUE.")
        }
    }
}
