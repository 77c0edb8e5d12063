public import ORM

/// One step of a migration, as a value. What it undoes to is worked out from the schema before it, see ``inverse(in:)``; so an
/// operation that removes something only names it.
///
/// ```swift
/// let operations: [MigrationOperation] = [
///     .addColumn("posts", ColumnState("rating", .integer, default: .value(.int(0)))),
///     .addCheck("posts", CheckState("posts_rating", "{rating} BETWEEN 0 AND 5")),
///     .addIndex("posts", IndexState("posts_rating_index", on: ["rating"])),
/// ]
/// ```
public enum MigrationOperation: Sendable {
    /// Makes a table with its indexes and checks. It may point to a table that a later operation of the same migration makes.
    case createTable(TableState)
    /// Drops a table with all its rows.
    case dropTable(String)
    /// Renames a table; what points to it follows.
    case renameTable(String, to: String)
    /// Adds a column, at the end or before another one (PostgreSQL always adds at the end). `filling` is what the rows that are there
    /// get when it is not the column's default: a column that may not be NULL needs one of the two where the table has rows.
    case addColumn(String, ColumnState, before: String? = nil, filling: DefaultState? = nil)
    /// Gives the column of this name other properties, all of them. Its values are converted exactly, or the operation is refused.
    /// `filling` replaces NULLs where the column may no longer be NULL.
    case alterColumn(String, ColumnState, filling: DefaultState? = nil)
    /// Renames a column; indexes and checks that speak of it follow.
    case renameColumn(String, String, to: String)
    /// Drops a column with its values. Indexes and checks over it are dropped by operations of their own, before.
    case dropColumn(String, String)
    /// Makes an index on a table.
    case addIndex(String, IndexState)
    /// Drops a table's index by its name.
    case dropIndex(String, String)
    /// Adds a check constraint to a table.
    case addCheck(String, CheckState)
    /// Drops a table's check constraint by its name.
    case dropCheck(String, String)
    /// Runs SQL of your own: one statement, or nothing for a dialect whose text is empty. Without `down` it cannot be undone. The
    /// schema that migrations are compared by knows nothing of it: use it for rows, triggers and views.
    ///
    /// On SQLite a migration that also creates, drops or alters tables runs with foreign keys unenforced: nothing cascades, and rows that
    /// point nowhere at its end are refused. Rows that are to cascade are deleted by a migration of its own.
    case sql(up: PortableSQL, down: PortableSQL? = nil)
    /// Runs Swift of your own.
    case run(SwiftStep)
}

extension MigrationOperation {
    /// Runs Swift of your own, for what SQL cannot say: see ``SwiftStep``.
    public static func run(
        _ name: String, version: Int = 1, up: @escaping SwiftStep.Body, down: SwiftStep.Body? = nil
    ) -> MigrationOperation {
        .run(SwiftStep(name, version: version, up: up, down: down))
    }
}
