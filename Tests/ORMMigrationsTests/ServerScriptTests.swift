import Foundation
import ORM
import ORMMigrations
import ORMMySQL
import ORMPostgres
import ORMSQLite
import Testing

/// Migrations with every operation.
private let chain: [Migration] = {
    let books = TableState(
        "books",
        columns: [
            ColumnState("id", .integer, isPrimaryKey: true),
            ColumnState("isbn", .text, maxLength: 13, isUnique: true),
            ColumnState("shelf_id", .integer, references: ReferenceState("shelves", onDelete: .cascade)),
            ColumnState("pages", .int16, default: .value(.int(1)), range: 1...9999, comment: "it's a \"count\""),
            ColumnState("added", .timestamp, default: .now),
        ],
        indexes: [IndexState("books_shelf_id_index", on: ["shelf_id"])],
        checks: [CheckState("books_isbn", PortableSQL("LENGTH({isbn}) = 13", for: ["mysql": "CHAR_LENGTH({isbn}) = 13"]))])
    let shelves = TableState(
        "shelves",
        columns: [
            ColumnState("id", .integer, isPrimaryKey: true), ColumnState("name", .text, maxLength: 40),
            ColumnState("best_id", .integer, isNullable: true, references: ReferenceState("books", onDelete: .setNull)),
        ])
    return [
        Migration("0001_initial", operations: [.createTable(books), .createTable(shelves)]),
        Migration(
            "0002_columns", after: ["0001_initial"],
            operations: [
                .addColumn("books", ColumnState("title", .text, maxLength: 90), before: "pages", filling: .value(.text("?"))),
                .addColumn("books", ColumnState("rating", .int32, isNullable: true, isUnique: true, range: 0...5, comment: "stars")),
                .addColumn("books", ColumnState("parent_id", .integer, isNullable: true, references: ReferenceState("books", onDelete: .restrict))),
                .addColumn("books", ColumnState("price", .decimal(precision: 8, scale: 2), default: .value(.decimal(1)))),
                .renameColumn("books", "isbn", to: "number"), .dropColumn("books", "rating"),
                .addIndex("books", IndexState("books_pages_title_unique", on: ["pages", "title"], isUnique: true)),
                .addCheck("books", CheckState("books_price", "{price} > 0")),
            ]),
        Migration(
            "0003_alterations", after: ["0002_columns"],
            operations: [
                .alterColumn("books", ColumnState("price", .decimal(precision: 10, scale: 3), default: .value(.decimal(2)))),
                .alterColumn(
                    "books",
                    ColumnState("parent_id", .integer, isNullable: true, references: ReferenceState("shelves", onDelete: .setNull))),
                .alterColumn("books", ColumnState("pages", .text, maxLength: 9, isNullable: true, default: .value(.text("x")))),
                .alterColumn("shelves", ColumnState("best_id", .integer, isNullable: true)),
                .alterColumn("shelves", ColumnState("name", .text, maxLength: 50, isUnique: true, comment: "new")),
                .alterColumn("books", ColumnState("number", .text, maxLength: 20, isUnique: true), filling: .value(.text(""))),
                .alterColumn("books", ColumnState("parent_id", .integer), filling: .sql("{shelf_id}")),
            ]),
        Migration(
            "0004_rest", after: ["0003_alterations"],
            operations: [
                .renameTable("books", to: "volumes"), .dropCheck("volumes", "books_price"),
                .dropIndex("volumes", "books_pages_title_unique"),
                .sql(up: PortableSQL("UPDATE {volumes} SET {title} = '{{}}'", for: ["sqlite": ""]), down: ""),
                .run("tidy up", up: { _ in }, down: { _ in }),
                .createTable(TableState("empty", columns: [ColumnState("key", .uuid, isPrimaryKey: true)])), .dropTable("empty"),
            ]),
    ]
}()

@Suite struct ServerScriptTests {
    @Test func dump() throws {
        let graph = try MigrationGraph(chain)
        for (name, dialect) in [("pg", PostgresDialect() as any Dialect), ("my", MySQLDialect(.mariaDB)), ("lite", SQLiteDriver.inMemory.dialect)] {
            let folder = "/tmp/mig1-dump/"
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            try graph.sql(in: dialect).write(toFile: folder + name + ".up.sql", atomically: true, encoding: .utf8)
            try graph.sql(to: "0001", in: dialect).write(toFile: folder + name + ".1.sql", atomically: true, encoding: .utf8)
            try graph.sql(from: "0001", in: dialect).write(toFile: folder + name + ".2.sql", atomically: true, encoding: .utf8)
            var down: [String] = []
            let script = try MigrationScript(dialect)
            for migration in chain.reversed() {
                var state = try graph.state(after: Set(graph.path(to: migration.name).map(\.name)).subtracting([migration.name]))
                var inverses: [(MigrationOperation, SchemaState)] = []
                for operation in migration.operations {
                    let inverse = try operation.inverse(in: state)
                    try state.apply(operation)
                    inverses.append((inverse, state))
                }
                for (inverse, state) in inverses.reversed() { down += try script.statements(for: inverse, in: state) }
            }
            try down.map { $0 + ";\n" }.joined().write(toFile: folder + name + ".down.sql", atomically: true, encoding: .utf8)
        }
    }
}
