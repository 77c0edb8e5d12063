import FoundationEssentials
import ORM
import ORMMigrations
import ORMSQLite
import Testing

/// Rows that an operation has no place for: it is refused with their number and keys before anything is changed.
@Suite struct DataCheckTests {
    @Test(arguments: [
        (
            MigrationOperation.addColumn("posts", ColumnState("slug", .text)),
            "3 rows of posts would have no value in slug, which may not be NULL and has no default (id 1, 5, 9): give the column a default, or the operation `filling:`"
        ),
        (
            .alterColumn("posts", ColumnState("price", .decimal(precision: 8, scale: 2))),
            "1 row of posts have no value in price (id 5): give them one before, or the operation `filling:`"
        ),
        (
            .addIndex("posts", IndexState("a", on: ["author_id"], isUnique: true)),
            "2 rows of posts agree with another one in author_id (id 1, 5): make them differ before"
        ),
        (
            .addCheck("posts", CheckState("a", "{views} > 5")),
            "2 rows of posts break the check a (id 5, 9): change them before"
        ),
        (
            .alterColumn("users", ColumnState("age", .int16, isNullable: true, range: 0...100)),
            "1 row of users have values in age outside 0 to 100 (id 7): change them before"
        ),
        (
            .alterColumn(
                "posts", ColumnState("views", .integer, references: ReferenceState("users", onDelete: .cascade))),
            "3 rows of posts point in views to rows of users that are not there (id 1, 5, 9): change them before"
        ),
        (
            .alterColumn("posts", ColumnState("author_id", .integer, isUnique: true)),
            "2 rows of posts agree with another one in author_id (id 1, 5): make them differ before"
        ),
        (
            .alterColumn("posts", ColumnState("price", .decimal(precision: 8, scale: 1), isNullable: true)),
            "1 row of posts have values in price that have more than 1 digits behind the point (id 9): change them before"
        ),
        (
            .alterColumn("posts", ColumnState("title", .text, maxLength: 3)),
            "1 row of posts have values in title that are longer than 3 characters (id 9): change them before"
        ),
        (
            .alterColumn("posts", ColumnState("title", .integer)),
            "3 rows of posts have values in title that are no whole numbers (id 1, 5, 9): change them before"
        ),
        (
            .alterColumn("posts", ColumnState("views", .uuid)),
            "posts.views cannot become uuid from integer without a guess: add a new column, fill it by .sql or .run, drop the old one and rename the new one"
        ),
    ])
    func violationsAreCountedBeforeAnythingIsChanged(operation: MigrationOperation, message: String) async throws {
        try await withPosts { database in
            let before = try await definitions(database)
            let error = await ormError { try await migrate(database, [operation]) }
            #expect(error?.code == .migration)
            #expect(
                error?.message
                    == "0002_second (ORMMigrationsTests/Fixtures.swift), operation 1, \(operation): \(message)")
            #expect(try await definitions(database) == before)
        }
    }

    @Test func onlyTheFirstFiveKeysAreNamed() async throws {
        try await withPosts { database in
            try await database.run(
                script: "INSERT INTO tags (id, name) VALUES (1,'a'),(2,'b'),(3,'c'),(4,'d'),(5,'e'),(6,'f')")
            let error = await ormError { try await migrate(database, [.addColumn("tags", ColumnState("x", .text))]) }
            #expect(error?.message.contains("6 rows of tags would") == true)
            #expect(error?.message.contains("(id 1, 2, 3, 4, 5, …)") == true)
        }
    }

    @Test func anEmptyTableTakesEverything() async throws {
        try await withPosts { database in
            try await migrate(
                database,
                [.addColumn("tags", ColumnState("x", .text)), .alterColumn("tags", ColumnState("name", .integer))])
            #expect(
                try await definition("tags", database)
                    == "CREATE TABLE \"tags\" (\n    \"id\" INTEGER PRIMARY KEY NOT NULL,\n    \"name\" INTEGER NOT NULL,\n    \"x\" TEXT NOT NULL\n)"
            )
        }
    }

    @Test func fillingGivesTheRowsAValue() async throws {
        try await withPosts([
            .addColumn("posts", ColumnState("slug", .text), filling: .sql("LOWER({title})")),
            .alterColumn("posts", ColumnState("price", .decimal(precision: 8, scale: 2)), filling: .value(.decimal(7))),
        ]) { database in
            let rows = try await texts("SELECT slug || price FROM posts ORDER BY id", database)
            #expect(rows == ["one1250", "two700", "three99"])
            #expect(
                try await definition("posts", database)?.contains("    \"slug\" TEXT NOT NULL,\n    CONSTRAINT") == true
            )
        }
    }

    /// Values that SQLite stores, by what they become.
    @Test(arguments: [
        (StorageType.integer, StorageType.text, "-5", "'-5'"),
        (.text, .integer, "'9223372036854775807'", "9223372036854775807"),
        (.text, .integer, "'9223372036854775808'", refused), (.text, .integer, "'007'", refused),
        (.text, .integer, "' 7'", refused),
        (.text, .int16, "'40000'", refused), (.text, .int16, "'-7'", "-7"), (.integer, .int32, "2147483648", refused),
        (.int16, .integer, "-7", "-7"), (.integer, .real, "-1048576", "-1048576.0"),
        (.integer, .real, "9007199254740993", refused), (.real, .integer, "2.0", "2"),
        (.real, .integer, "2.5", refused),
        (.real, .integer, "1e300", refused), (.integer, .boolean, "1", "1"), (.integer, .boolean, "2", refused),
        (.boolean, .integer, "1", "1"),
        (.integer, .decimal(precision: 5, scale: 2), "999", "99900"),
        (.integer, .decimal(precision: 5, scale: 2), "1000", refused),
        (.decimal(precision: 5, scale: 2), .integer, "1200", "12"),
        (.decimal(precision: 5, scale: 2), .integer, "1250", refused),
        (.decimal(precision: 5, scale: 2), .decimal(precision: 9, scale: 4), "-1250", "-125000"),
        (.decimal(precision: 5, scale: 2), .decimal(precision: 5, scale: 1), "1250", "125"),
        (.decimal(precision: 5, scale: 2), .decimal(precision: 5, scale: 3), "99999", refused),
        (.decimal(precision: 5, scale: 2), .text, "-5", "'-0.05'"),
        (.date, .timestamp, "'2026-02-28'", "'2026-02-28T00:00:00.000000Z'"),
        (.timestamp, .date, "'2026-02-28T00:00:00.000000Z'", "'2026-02-28'"),
        (.timestamp, .date, "'2026-02-28T00:00:00.000001Z'", refused),
        (.json, .text, "'{}'", "'{}'"), (.text, .json, "'{}'", "'{}'"), (.text, .json, "'{'", refused),
        (.text, .bytes, "'ö'", "X'C3B6'"),
        (.text, .uuid, "'00000000-0000-4000-8000-00000000000A'", "'00000000-0000-4000-8000-00000000000A'"),
        (.text, .uuid, "'00000000-0000-4000-8000-00000000000a'", refused), (.duration, .integer, "7", "7"),
        (.integer, .text, "NULL", "NULL"),
        (.text, .bytes, "NULL", "NULL"),
    ])
    func typesConvertExactlyOrNotAtAll(from: StorageType, to: StorageType, value: String, result: String) async throws {
        func table(_ type: StorageType) -> TableState {
            TableState(
                "t",
                columns: [ColumnState("id", .integer, isPrimaryKey: true), ColumnState("x", type, isNullable: true)])
        }
        let migrations = [
            Migration("1", operations: [.createTable(table(from))]),
            Migration("2", after: ["1"], operations: [.alterColumn("t", table(to).columns[1])]),
        ]
        try await withDatabase { database in
            let migrator = try Migrator(database, migrations)
            try await migrator.up(to: "1")
            try await database.run(script: "INSERT INTO t VALUES (1, \(value))")
            if result != refused {
                try await migrator.up()
                #expect(try await texts("SELECT quote(x) FROM t", database) == [result])
            } else {
                #expect(
                    await ormError { try await migrator.up() }?.message.contains("1 row of t have values in x that ")
                        == true)
                #expect(try await texts("SELECT (quote(x) = quote(\(value))) || '' FROM t", database) == ["1"])
            }
        }
    }
}

/// What stands for a result where there is none.
private let refused = "refused"
