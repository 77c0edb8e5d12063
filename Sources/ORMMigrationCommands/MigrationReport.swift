import Foundation
import ORMMigrations

/// What a command has to say: lines to read, and the same as one JSON object.
struct MigrationReport: Encodable {
    /// A migration, as far as a command speaks of it.
    struct Entry: Encodable {
        var name: String
        var state: String?
        var appliedAt: Date?
        var seconds: Double?
        var statements: [String]?
    }

    /// A table that was copied, or would be.
    struct Table: Encodable {
        var name: String
        var rows: Int
        var hash: String?
    }

    /// The lines, where they are read by a person.
    var lines: [String] = []
    var migrations: [Entry]?
    /// The operations that lead from the migrations to the models.
    var operations: [String]?
    var ambiguities: [String]?
    /// The files that were written.
    var files: [String]?
    var notes: [String]?
    /// SQL or Swift.
    var text: String?
    var tables: [Table]?
    /// How long it took.
    var seconds: Double?

    private enum CodingKeys: String, CodingKey {
        case migrations, operations, ambiguities, files, notes, text, tables, seconds
    }

    /// The report as one JSON object.
    var json: String {
        get throws {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
            encoder.dateEncodingStrategy = .iso8601
            encoder.keyEncodingStrategy = .convertToSnakeCase
            return String(decoding: try encoder.encode(self), as: UTF8.self)
        }
    }

    /// What was run.
    init(_ runs: [MigrationRun], _ mode: MigrationMode) {
        migrations = runs.map { run in
            Entry(
                name: run.name, state: run.isUndone ? "undone" : "applied", seconds: run.duration.map(\.seconds),
                statements: mode == .dryRun ? run.statements : nil)
        }
        lines = runs.flatMap { run -> [String] in
            if mode == .dryRun { return ["-- \(run.name)"] + run.statements.map(\.terminated) }
            let done = mode == .fake ? "Entered" : run.isUndone ? "Undone" : "Applied"
            return ["\(done) \(run.name)" + (run.duration.map { " in \(String(format: "%.3f", $0.seconds)) s" } ?? "")]
        }
        if runs.isEmpty { lines = ["Nothing to do."] }
    }

    /// What was copied in so much time; without one, what would be.
    init(_ copied: [CopiedTable], _ duration: Duration?) {
        tables = copied.map { Table(name: $0.name, rows: $0.rows, hash: $0.hash) }
        seconds = duration?.seconds
        let names = copied.map(\.name.count).max() ?? 0
        let numbers = copied.map { "\($0.rows)".count }.max() ?? 0
        lines = copied.map { table in
            let name = table.name.padding(toLength: names, withPad: " ", startingAt: 0)
            let number = String(repeating: " ", count: numbers - "\(table.rows)".count) + "\(table.rows)"
            return "\(name)  \(number)" + (table.hash.map { "  \($0)" } ?? "")
        }
        let rows = copied.reduce(0) { $0 + $1.rows }
        lines.append(
            duration.map {
                "Copied \(rows) rows in \(copied.count) tables in \(String(format: "%.3f", $0.seconds)) s, read them back and found them the same."
            } ?? "Would copy \(rows) rows in \(copied.count) tables.")
    }

    init() {}
}

extension Duration {
    /// The duration in seconds.
    var seconds: Double {
        let (seconds, attoseconds) = components
        return Double(seconds) + Double(attoseconds) / 1e18
    }
}

extension String {
    /// A statement with its semicolon; a remark stays one.
    fileprivate var terminated: String { hasPrefix("--") || hasSuffix(";") ? self : self + ";" }
}
