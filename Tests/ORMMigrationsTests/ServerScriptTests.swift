import FoundationEssentials
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
        checks: [
            CheckState("books_isbn", PortableSQL("LENGTH({isbn}) = 13", for: ["mysql": "CHAR_LENGTH({isbn}) = 13"]))
        ])
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
                .addColumn(
                    "books", ColumnState("title", .text, maxLength: 90), before: "pages", filling: .value(.text("?"))),
                .addColumn(
                    "books",
                    ColumnState("rating", .int32, isNullable: true, isUnique: true, range: 0...5, comment: "stars")),
                .addColumn(
                    "books",
                    ColumnState(
                        "parent_id", .integer, isNullable: true,
                        references: ReferenceState("books", onDelete: .restrict))),
                .addColumn(
                    "books", ColumnState("price", .decimal(precision: 8, scale: 2), default: .value(.decimal(1)))),
                .renameColumn("books", "isbn", to: "number"), .dropColumn("books", "rating"),
                .addIndex("books", IndexState("books_pages_title_unique", on: ["pages", "title"], isUnique: true)),
                .addCheck("books", CheckState("books_price", "{price} > 0")),
            ]),
        Migration(
            "0003_alterations", after: ["0002_columns"],
            operations: [
                .alterColumn(
                    "books", ColumnState("price", .decimal(precision: 10, scale: 3), default: .value(.decimal(2)))),
                .alterColumn(
                    "books",
                    ColumnState(
                        "parent_id", .integer, isNullable: true,
                        references: ReferenceState("shelves", onDelete: .setNull))),
                .alterColumn(
                    "books", ColumnState("pages", .text, maxLength: 9, isNullable: true, default: .value(.text("x")))),
                .alterColumn("shelves", ColumnState("best_id", .integer, isNullable: true)),
                .alterColumn("shelves", ColumnState("name", .text, maxLength: 50, isUnique: true, comment: "new")),
                .alterColumn(
                    "books", ColumnState("number", .text, maxLength: 20, isUnique: true), filling: .value(.text(""))),
                .alterColumn("books", ColumnState("parent_id", .integer), filling: .sql("{shelf_id}")),
            ]),
        Migration(
            "0004_rest", after: ["0003_alterations"],
            operations: [
                .renameTable("books", to: "volumes"), .dropCheck("volumes", "books_price"),
                .dropIndex("volumes", "books_pages_title_unique"),
                .sql(up: PortableSQL("UPDATE {volumes} SET {title} = '{{}}'", for: ["sqlite": ""]), down: ""),
                .run("tidy up", up: { _ in }, down: { _ in }),
                .createTable(TableState("empty", columns: [ColumnState("key", .uuid, isPrimaryKey: true)])),
                .dropTable("empty"),
            ]),
    ]
}()

/// What was run on PostgreSQL 15 and MariaDB 10.11 when it was written: up with rows in the tables, and down, after which pg_dump and
/// mariadb-dump gave the same schema as before.
@Suite struct ServerScriptTests {
    @Test(arguments: [
        (PostgresDialect() as any Dialect, ServerScripts.postgresUp), (MySQLDialect(.mariaDB), ServerScripts.mysqlUp),
        (SQLiteDriver.inMemory.dialect, ServerScripts.sqliteUp),
    ])
    func theScriptOfAllMigrations(dialect: any Dialect, script: String) throws {
        #expect(try MigrationGraph(chain).sql(in: dialect) == script + "\n")
    }

    @Test(arguments: [
        (PostgresDialect() as any Dialect, ServerScripts.postgresDown),
        (MySQLDialect(.mariaDB), ServerScripts.mysqlDown),
    ])
    func theStatementsOfTheWayBack(dialect: any Dialect, script: String) throws {
        let graph = try MigrationGraph(chain)
        let writer = try MigrationScript(dialect)
        var statements: [String] = []
        for migration in chain.reversed() {
            var state = try graph.state(after: Set(graph.path(to: migration.name).dropLast().map(\.name)))
            var way: [(MigrationOperation, SchemaState)] = []
            for operation in migration.operations {
                let inverse = try operation.inverse(in: state)
                try state.apply(operation)
                way.append((inverse, state))
            }
            for (inverse, state) in way.reversed() { statements += try writer.statements(for: inverse, in: state) }
        }
        #expect(statements.map { $0 + ";" }.joined(separator: "\n") == script)
    }

    @Test func aScriptMayBeginAfterAMigration() throws {
        let script = try MigrationGraph(chain).sql(from: "0001", to: "0002", in: PostgresDialect())
        #expect(script.hasPrefix("-- 0002_columns\nBEGIN READ WRITE;\nALTER TABLE \"books\" ADD COLUMN \"title\""))
        #expect(script.hasSuffix("'0002_columns', '\(chain[1].checksum)', clock_timestamp(), 0);\nCOMMIT;\n"))
    }

    @Test func whatADialectCannotSayIsRefused() throws {
        let posts = try MigrationGraph([Migration.initial])
        #expect(throws: ORMError.self) { try posts.sql(in: MySQLDialect()) }
        do { _ = try posts.sql(in: MySQLDialect()) } catch let error as ORMError {
            #expect(
                error.message
                    == "0001_initial (ORMMigrationsTests/Fixtures.swift), operation 2, createTable posts: mysql has no indexes over a part of the rows, as posts_title_partial_unique is one"
            )
            #expect(error.unsupported == UnsupportedFeature("partial indexes", dialect: "mysql"))
        }
    }
}
