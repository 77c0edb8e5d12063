import ORM
import ORMMigrations
import ORMSQLite
import Testing

/// Every operation on tables with rows, indexes, triggers, views and foreign keys.
@Suite struct SQLiteAlterationTests {
    /// What no model says: a trigger, a view, a collation, a generated column, keys that are never given twice.
    private static let foreign = """
        CREATE TABLE notes (
            id INTEGER PRIMARY KEY AUTOINCREMENT, -- never reused
            "text" VARCHAR(20) COLLATE NOCASE NOT NULL DEFAULT 'it''s, "(fine)"', /* a, b */
            post_id INT REFERENCES posts (id) ON UPDATE SET NULL ON DELETE SET DEFAULT DEFERRABLE INITIALLY DEFERRED,
            size INTEGER GENERATED ALWAYS AS (length(text)) STORED,
            [flag] BOOL CHECK (flag IN (0, 1)),
            UNIQUE (post_id, "text"), CONSTRAINT notes_size CHECK (size < 1000)
        ) STRICT;
        CREATE INDEX notes_text ON notes (text COLLATE BINARY DESC) WHERE flag = 1;
        CREATE TRIGGER notes_insert AFTER INSERT ON notes BEGIN UPDATE posts SET views = views + 1 WHERE id = NEW.post_id; END;
        CREATE VIEW long_notes AS SELECT id, text FROM notes WHERE size > 3;
        INSERT INTO notes (text, post_id, flag) VALUES ('first', 1, 1), ('b', 5, 0), ('gone', 9, NULL);
        DELETE FROM notes WHERE text = 'gone';
        """.replacingTypes

    private static let notes = TableState(
        "notes",
        columns: [
            ColumnState("id", .integer, isPrimaryKey: true),
            ColumnState("text", .text, default: .value(.text("it's, \"(fine)\""))),
            ColumnState("post_id", .integer, isNullable: true), ColumnState("flag", .boolean, isNullable: true),
        ], checks: [CheckState("notes_size", "{size} < 1000")])

    /// A database in which somebody has made ``foreign`` by hand.
    private func withNotes(
        _ operations: [MigrationOperation], _ body: nonisolated(nonsending) (Database, [String]) async throws -> Void
    )
        async throws
    {
        try await withPosts { database in
            try await database.run(script: Self.foreign)
            let adopted = Migration("0002_notes", after: ["0001_initial"], operations: [.createTable(Self.notes)])
            let third = Migration("0003_third", after: ["0002_notes"], operations: operations)
            let migrator = try Migrator(database, [.initial, adopted, third])
            try await migrator.up(to: "0002", mode: .fake)
            let before = try await definitions(database).map(unquoted)
            let rows = try await contents("notes", database)
            try await migrator.up()
            try await body(
                database,
                try await texts(
                    "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND (tbl_name = 'notes' OR type = 'view') ORDER BY type = 'view', type = 'trigger', rowid",
                    database))
            try await migrator.down()
            #expect(try await definitions(database).map(unquoted) == before)
            #expect(try await contents("notes", database) == rows)
        }
    }

    /// A table made anew, and SQLite's own renaming, quote names that were not.
    private func unquoted(_ text: String) -> String { text.filter { !"\"[]".contains($0) } }

    @Test func aTableMadeAnewKeepsWhatNoModelKnows() async throws {
        try await withNotes([
            .alterColumn("notes", ColumnState("flag", .boolean, isNullable: true, default: .value(.bool(true))))
        ]) { database, definitions in
            #expect(
                definitions == [
                    """
                    CREATE TABLE "notes" (
                        id INTEGER PRIMARY KEY AUTOINCREMENT, -- never reused
                        "text" TEXT COLLATE NOCASE NOT NULL DEFAULT 'it''s, "(fine)"', /* a, b */
                        post_id INT REFERENCES posts (id) ON UPDATE SET NULL ON DELETE SET DEFAULT DEFERRABLE INITIALLY DEFERRED,
                        size INTEGER GENERATED ALWAYS AS (length(text)) STORED,
                        [flag] INTEGER DEFAULT 1 CHECK (flag IN (0, 1)),
                        UNIQUE (post_id, "text"),
                        CONSTRAINT notes_size CHECK (size < 1000)
                    ) STRICT
                    """,
                    "CREATE INDEX notes_text ON notes (text COLLATE BINARY DESC) WHERE flag = 1",
                    "CREATE TRIGGER notes_insert AFTER INSERT ON notes BEGIN UPDATE posts SET views = views + 1 WHERE id = NEW.post_id; END",
                    "CREATE VIEW long_notes AS SELECT id, text FROM notes WHERE size > 3",
                ])
            #expect(try await contents("notes", database) == ["1, 'first', 1, 5, 1", "2, 'b', 5, 1, 0"])
            // The copying has fired no trigger, a new row does, and the key of the deleted one does not come back.
            try await database.run(script: "INSERT INTO notes (text, post_id) VALUES ('new', 1)")
            #expect(try await contents("notes", database).last == "4, 'new', 1, 3, 1")
            #expect(try await texts("SELECT views || '' FROM posts WHERE id = 1", database) == ["13"])
            try await database.run(script: "DELETE FROM notes WHERE id = 4")
        }
    }

    @Test func aColumnIsPutWhereItBelongs() async throws {
        try await withNotes([
            .addColumn(
                "notes", ColumnState("mood", .text, isUnique: true, comment: "or not"), before: "flag",
                filling: .sql("{text} || {id}"))
        ]) { database, definitions in
            #expect(
                definitions[0].contains(
                    "STORED,\n    \"mood\" TEXT NOT NULL UNIQUE, /* or not */\n    [flag] INTEGER CHECK"))
            let moods = try await texts("SELECT mood FROM notes ORDER BY id", database)
            #expect(moods == ["first1", "b2"])
        }
    }

    @Test func aNewCheckHoldsForNewRows() async throws {
        try await withNotes([.addCheck("notes", CheckState("notes_short", "{text} <> ''"))]) { database, definitions in
            #expect(
                definitions[0].hasSuffix(
                    "notes_size CHECK (size < 1000),\n    CONSTRAINT \"notes_short\" CHECK (\"text\" <> '')\n) STRICT"))
            let error = await ormError { try await database.run(script: "INSERT INTO notes (text) VALUES ('')") }
            #expect(error?.database?.kind == .check(constraint: "notes_short"))
        }
        try await withNotes([.dropCheck("notes", "notes_size")]) { _, definitions in
            #expect(!definitions[0].contains("notes_size"))
        }
    }

    @Test func renamesReachTriggersViewsAndReferences() async throws {
        try await withNotes([.renameTable("posts", to: "articles"), .renameColumn("notes", "text", to: "words")]) {
            _, definitions in
            #expect(definitions[0].contains("REFERENCES \"articles\" (id)"))
            #expect(definitions[0].contains("(length(\"words\"))"))
            #expect(definitions[2].contains("UPDATE \"articles\" SET views"))
            #expect(definitions[3] == "CREATE VIEW long_notes AS SELECT id, \"words\" FROM notes WHERE size > 3")
        }
    }

    @Test func aColumnThatOthersSpeakOfIsNotDropped() async throws {
        try await withPosts { database in
            try await database.run(script: "CREATE VIEW ages AS SELECT age FROM users")
            let before = try await definitions(database)
            let error = await ormError { try await migrate(database, [.dropColumn("users", "age")]) }
            #expect(
                error?.message
                    == "0002_second (ORMMigrationsTests/Fixtures.swift): a view or trigger does not fit the new schema: error in view ages: no such column: age: drop it before and make it anew after"
            )
            #expect(try await definitions(database) == before)
            try await migrate(
                database,
                [
                    .sql(up: "DROP VIEW ages"), .dropColumn("users", "age"),
                    .sql(up: "CREATE VIEW ages AS SELECT id FROM users"),
                ])
            #expect(try await contents("users", database) == ["1, 'ada'", "2, 'bob'", "7, 'eve'"])
        }
    }

    @Test func rowidsOfTablesWithoutAnIntegerKeyStay() async throws {
        let words = TableState("words", columns: [ColumnState("word", .text, isPrimaryKey: true)])
        try await withDatabase { database in
            let migrations = [
                Migration("0001_words", operations: [.createTable(words)]),
                Migration(
                    "0002_more", after: ["0001_words"],
                    operations: [
                        .addColumn(
                            "words", ColumnState("length", .integer, isUnique: true), filling: .sql("LENGTH({word})"))
                    ]),
            ]
            let migrator = try Migrator(database, migrations)
            try await migrator.up(to: "0001")
            try await database.run(script: "INSERT INTO words (rowid, word) VALUES (5, 'a'), (3, 'bcd')")
            try await migrator.up()
            #expect(
                try await texts("SELECT rowid || word || length FROM words ORDER BY rowid", database) == [
                    "3bcd3", "5a1",
                ])
        }
    }

    @Test func rowsThatPointNowhereAfterwardsAreCounted() async throws {
        try await withPosts { database in
            let operations: [MigrationOperation] = [
                .dropColumn("posts", "price"), .sql(up: "DELETE FROM users WHERE id = 1"),
            ]
            let error = await ormError { try await migrate(database, operations) }
            #expect(
                error?.message
                    == "0002_second (ORMMigrationsTests/Fixtures.swift): 2 rows would point to rows that are not there (posts 1 to users, posts 5 to users): delete them or let them point elsewhere before"
            )
            #expect(try await contents("users", database).count == 3)
            // What was broken before is not the migration's fault.
            try await database.run(
                script: "PRAGMA foreign_keys = OFF; DELETE FROM users WHERE id = 1; PRAGMA foreign_keys = ON")
            try await migrate(database, [.dropColumn("posts", "price")])
        }
    }

    @Test func aMigrationOfRowsAloneCascades() async throws {
        try await withPosts([.sql(up: "DELETE FROM users WHERE id = 1")]) { database in
            let titles = try await texts("SELECT title FROM posts", database)
            #expect(titles == ["Three"])
        }
    }

    @Test func foreignKeysAreEnforcedAgainAfterwards() async throws {
        try await withPosts([.alterColumn("users", ColumnState("username", .text))]) { database in
            let error = await ormError {
                try await database.run(script: "INSERT INTO posts (title, author_id) VALUES ('x', 99)")
            }
            #expect(error?.database?.kind == .foreignKey)
            // The table that was made anew is still the one that posts point to.
            try await database.run(script: "DELETE FROM users WHERE id = 1")
            #expect(try await texts("SELECT title FROM posts", database) == ["Three"])
            #expect(
                try await texts("SELECT legacy_alter_table || '' FROM pragma_legacy_alter_table", database) == ["0"])
        }
    }

    @Test func aChangeThatSQLiteDoesNotKnowRunsNothing() async throws {
        try await withPosts { database in
            var title = TableState.posts.columns[1]
            title.maxLength = 100
            let runs = try await migrate(database, [.alterColumn("posts", title)])
            #expect(runs.map(\.statements) == [[]])
        }
    }

    /// Every operation: the statements, and that the way back leads to the same definitions and rows.
    @Test(arguments: [
        (
            MigrationOperation.addColumn("users", ColumnState("x", .text, isNullable: true)),
            [#"ALTER TABLE "users" ADD COLUMN "x" TEXT"#]
        ),
        (
            .addColumn(
                "users",
                ColumnState("x", .integer, isNullable: true, references: ReferenceState("tags", onDelete: .setNull))),
            [#"ALTER TABLE "users" ADD COLUMN "x" INTEGER REFERENCES "tags" ("id") ON DELETE SET NULL"#]
        ),
        (
            .addIndex("users", IndexState("users_age", on: ["age", "id"], isUnique: true)),
            [#"CREATE UNIQUE INDEX "users_age" ON "users" ("age", "id")"#]
        ),
        (.dropIndex("posts", "posts_author_id_index"), [#"DROP INDEX "posts_author_id_index""#]),
        (.renameTable("posts", to: "articles"), [#"ALTER TABLE "posts" RENAME TO "articles""#]),
        (.renameColumn("users", "id", to: "number"), [#"ALTER TABLE "users" RENAME COLUMN "id" TO "number""#]),
        (
            .createTable(TableState("a", columns: [ColumnState("id", .integer, isPrimaryKey: true)])),
            ["CREATE TABLE \"a\" (\n    \"id\" INTEGER PRIMARY KEY NOT NULL\n)"]
        ),
        (.dropTable("tags"), [#"DROP TABLE "tags""#]),
        (
            .addColumn("tags", ColumnState("x", .timestamp, default: .now)),
            [
                """
                CREATE TABLE "orm_new_tags" (
                    "id" INTEGER PRIMARY KEY NOT NULL,
                    "name" TEXT NOT NULL UNIQUE,
                    "x" TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%f', 'now') || '000Z')
                )
                """,
                #"INSERT INTO "orm_new_tags" ("id", "name") SELECT "id", "name" FROM "tags""#, #"DROP TABLE "tags""#,
                "PRAGMA legacy_alter_table = ON", #"ALTER TABLE "orm_new_tags" RENAME TO "tags""#,
                "PRAGMA legacy_alter_table = OFF",
            ]
        ),
        (
            .dropCheck("posts", "posts_views"),
            [
                """
                CREATE TABLE "orm_new_posts" (
                    "id" INTEGER PRIMARY KEY NOT NULL,
                    "title" TEXT NOT NULL,
                    "author_id" INTEGER NOT NULL REFERENCES "users" ("id") ON DELETE CASCADE,
                    "parent_id" INTEGER REFERENCES "posts" ("id") ON DELETE SET NULL,
                    "price" INTEGER,
                    "views" INTEGER NOT NULL DEFAULT 0,
                    "created_at" TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%f', 'now') || '000Z')
                )
                """,
                #"INSERT INTO "orm_new_posts" ("id", "title", "author_id", "parent_id", "price", "views", "created_at") SELECT "id", "title", "author_id", "parent_id", "price", "views", "created_at" FROM "posts""#,
                #"DROP TABLE "posts""#, "PRAGMA legacy_alter_table = ON",
                #"ALTER TABLE "orm_new_posts" RENAME TO "posts""#,
                "PRAGMA legacy_alter_table = OFF", #"CREATE INDEX "posts_author_id_index" ON "posts" ("author_id")"#,
                #"CREATE UNIQUE INDEX "posts_title_partial_unique" ON "posts" ("title") WHERE "views" > 10"#,
            ]
        ),
    ])
    func everyOperationAndItsWayBack(operation: MigrationOperation, statements: [String]) async throws {
        try await withPosts { database in
            let before = try await definitions(database)
            let rows = try await contents("posts", database) + contents("users", database)
            #expect(try await migrate(database, [operation]).map(\.statements) == [statements])
            let state = SchemaState([.users, .posts, .tags])
            #expect(try MigrationScript(database.dialect).statements(for: operation, in: state) == statements)
            try await Migrator(database, [.initial, second([operation])]).down()
            #expect(try await definitions(database) == before)
            #expect(try await contents("posts", database) + contents("users", database) == rows)
        }
    }

    /// The ways back of alterations that make a table anew, from every property to every other.
    @Test(arguments: [
        ColumnState("age", .int16, isNullable: true), ColumnState("age", .integer, isNullable: true, comment: "other"),
        ColumnState("age", .int16, isNullable: true, isUnique: true, range: 0...150, comment: "in years"),
        ColumnState("age", .text, isNullable: true),
        ColumnState("age", .decimal(precision: 9, scale: 3), isNullable: true),
        ColumnState("age", .real, isNullable: true, default: .value(.double(1.5))),
        ColumnState(
            "age", .int16, isNullable: true, range: 10...200, references: ReferenceState("tags", onDelete: .noAction)),
        ColumnState("age", .int16, default: .value(.int(18)), range: 0...150),
    ])
    func alterationsLeadBack(column: ColumnState) async throws {
        try await withPosts { database in
            if column.reference != nil {
                try await database.run(script: "INSERT INTO tags VALUES (36, 'a'), (150, 'b')")
            }
            let before = try await definitions(database)
            let rows = try await contents("users", database) + contents("posts", database)
            let migration = second([.alterColumn("users", column, filling: column.isNullable ? nil : .value(.int(18)))])
            let migrator = try Migrator(database, [.initial, migration])
            try await migrator.up()
            #expect(try await definition("users", database) != before.first { $0.contains("users") })
            try await migrator.down()
            #expect(try await definitions(database) == before)
            if column.isNullable {
                #expect(try await contents("users", database) + contents("posts", database) == rows)
            }
        }
    }
}

extension String {
    /// STRICT tables know few types.
    fileprivate var replacingTypes: String {
        split(separator: "VARCHAR(20)").joined(separator: "TEXT").split(separator: "BOOL ").joined(
            separator: "INTEGER ")
    }
}
