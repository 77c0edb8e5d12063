import ORM
import ORMMigrations
import ORMSQLite
import Testing

extension TableState {
    /// A table without relations.
    static let tags = TableState(
        "tags",
        columns: [
            ColumnState("id", .integer, isPrimaryKey: true),
            ColumnState("name", .text, maxLength: 50, isUnique: true),
        ])

    /// A table that others point to.
    static let users = TableState(
        "users",
        columns: [
            ColumnState("id", .integer, isPrimaryKey: true), ColumnState("username", .text, isUnique: true),
            ColumnState("age", .int16, isNullable: true, range: 0...150, comment: "in years"),
        ])

    /// A table with everything: a foreign key, a self reference, indexes, a check, defaults.
    static let posts = TableState(
        "posts",
        columns: [
            ColumnState("id", .integer, isPrimaryKey: true), ColumnState("title", .text, maxLength: 80),
            ColumnState("author_id", .integer, references: ReferenceState("users", onDelete: .cascade)),
            ColumnState(
                "parent_id", .integer, isNullable: true, references: ReferenceState("posts", onDelete: .setNull)),
            ColumnState("price", .decimal(precision: 8, scale: 2), isNullable: true),
            ColumnState("views", .integer, default: .value(.int(0))),
            ColumnState("created_at", .timestamp, default: .now),
        ],
        indexes: [
            IndexState("posts_author_id_index", on: ["author_id"]),
            IndexState("posts_title_partial_unique", on: ["title"], isUnique: true, where: "{views} > 10"),
        ],
        checks: [CheckState("posts_views", "{views} >= 0")])
}

extension Migration {
    /// The tables of the fixtures.
    static let initial = Migration(
        "0001_initial", operations: [.createTable(.users), .createTable(.posts), .createTable(.tags)])
}

/// A fresh database in memory.
func withDatabase<Output>(
    _ driver: any Driver = SQLiteDriver.inMemory, _ body: nonisolated(nonsending) (Database) async throws -> Output
) async throws -> Output {
    let database = try await Database.open(driver)
    do {
        let output = try await body(database)
        await database.close()
        return output
    } catch {
        await database.close()
        throw error
    }
}

/// A database with the tables of ``Migration/initial`` and rows in them, and then operations.
func withPosts<Output>(
    _ operations: [MigrationOperation] = [],
    _ body: nonisolated(nonsending) (Database) async throws -> Output
) async throws -> Output {
    try await withDatabase { database in
        try await Migrator(database, [.initial]).up()
        try await database.run(script: rows)
        if !operations.isEmpty { try await migrate(database, operations) }
        return try await body(database)
    }
}

/// Three users and their posts.
let rows = """
    INSERT INTO users (id, username, age) VALUES (1, 'ada', 36), (2, 'bob', NULL), (7, 'eve', 150);
    INSERT INTO posts (id, title, author_id, parent_id, price, views, created_at) VALUES
        (1, 'One', 1, NULL, 1250, 11, '2026-01-01T00:00:00.000000Z'),
        (5, 'Two', 1, 1, NULL, 0, '2026-01-02T10:00:00.000000Z'),
        (9, 'Three', 7, 5, 99, 3, '2026-01-03T00:00:00.000000Z');
    """

/// Applies operations as the second migration.
@discardableResult
func migrate(_ database: Database, _ operations: [MigrationOperation]) async throws -> [MigrationRun] {
    try await Migrator(database, [.initial, second(operations)]).up()
}

/// The migration after ``Migration/initial``.
func second(_ operations: [MigrationOperation]) -> Migration {
    Migration("0002_second", after: ["0001_initial"], operations: operations)
}

/// The text of everything in a SQLite database but the history, by kind and name. Without blanks: SQLite's own ALTER TABLE leaves others
/// than we do.
func definitions(_ database: Database) async throws -> [String] {
    try await texts(
        "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND tbl_name NOT LIKE 'orm_%' ORDER BY type DESC, name",
        database
    ).map { $0.filter { !$0.isWhitespace } }
}

/// The text that made one thing.
func definition(_ name: String, _ database: Database) async throws -> String? {
    try await texts("SELECT sql FROM sqlite_master WHERE name = '\(name)'", database).first
}

/// The first column of a query.
func texts(_ sql: String, _ database: Database) async throws -> [String] {
    try await Rows<String>.raw(SQLText(stringLiteral: sql)).all(on: database)
}

/// All rows of a table as one text each.
func contents(_ table: String, _ database: Database) async throws -> [String] {
    let columns = try await texts("SELECT name FROM pragma_table_xinfo('\(table)')", database)
    let list = columns.map { "quote(\"\($0)\")" }.joined(separator: " || ', ' || ")
    return try await texts("SELECT \(list) FROM \"\(table)\" ORDER BY 1", database)
}

/// The error of the library that `body` throws.
func ormError(_ body: nonisolated(nonsending) () async throws -> Void) async -> ORMError? {
    do {
        try await body()
        Issue.record("nothing was thrown")
    } catch let error as ORMError {
        return error
    } catch {
        Issue.record("another error: \(error)")
    }
    return nil
}
