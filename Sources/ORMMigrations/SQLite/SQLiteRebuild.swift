import ORM

/// A table that is made anew because SQLite cannot alter it so: the steps of <https://sqlite.org/lang_altertable.html#otheralter>.
///
/// They run in a transaction in which foreign keys are not enforced; they are checked when the migration is at its end. The first two
/// steps and the last four of SQLite's list are the runner's.
struct SQLiteRebuild {
    let table: String
    /// The table as it is.
    let old: SQLiteTableText
    /// The table as it is to be.
    var new: SQLiteTableText
    /// Values for columns that are not copied as they are, by the column's name in small letters.
    private var values: [String: String] = [:]
    /// What makes the table's indexes and triggers.
    let dependents: [String]
    let script: SchemaScript

    init(of table: String, in schema: SQLiteSchema, _ script: SchemaScript) throws {
        old = try schema.table(table)
        self.table = table
        new = old
        dependents = schema.dependents(of: table)
        self.script = script
    }

    /// Has a column filled with an expression over the old table's columns.
    mutating func fill(_ column: String, with expression: String) { values[column.lowercased()] = expression }

    /// The statements.
    var statements: [String] {
        let (name, made) = (script.quoted(table), script.quoted("orm_new_\(table)"))
        let present = Set(old.columns.map { $0.lowercased() })
        var targets: [String] = []
        var sources: [String] = []
        for column in new.storedColumns {
            // What has neither a value nor an ancestor gets its default.
            guard
                let source = values[column.lowercased()]
                    ?? (present.contains(column.lowercased()) ? script.quoted(column) : nil)
            else { continue }
            targets.append(script.quoted(column))
            sources.append(source)
        }
        if new.hasHiddenRowID, let rowID = rowIDName {
            targets.insert(rowID, at: 0)
            sources.insert(rowID, at: 0)
        }
        var statements = [
            new.create(made),
            "INSERT INTO \(made) (\(targets.joined(separator: ", "))) SELECT \(sources.joined(separator: ", ")) FROM \(name)",
        ]
        if new.isAutoincrement, old.isAutoincrement { statements += sequence }
        // With the newer renaming, views that speak of the table, which is not there at that moment, would be errors.
        return statements + [
            "DROP TABLE \(name)", "PRAGMA legacy_alter_table = ON", "ALTER TABLE \(made) RENAME TO \(name)",
            "PRAGMA legacy_alter_table = OFF",
        ] + dependents
    }

    /// Keys that were given once are not given again, even if their rows are gone.
    private var sequence: [String] {
        let (name, made) = (script.literal(.text(table)), script.literal(.text("orm_new_\(table)")))
        return [
            "DELETE FROM sqlite_sequence WHERE name = \(made)",
            "INSERT INTO sqlite_sequence (name, seq) SELECT \(made), seq FROM sqlite_sequence WHERE name = \(name)",
        ]
    }

    /// A name of the rowid that no column has taken.
    private var rowIDName: String? {
        let taken = Set((old.columns + new.columns).map { $0.lowercased() })
        return ["rowid", "_rowid_", "oid"].first { !taken.contains($0) }
    }
}
