import MigrationFixtures
import ORM
import ORMMigrations
import ORMSQLite
import Synchronization
import Testing

/// An engine that commits every definition by itself: what the journal makes of interruptions and failures.
@Suite struct JournalTests {
    private let table = TableState(
        "things", columns: [ColumnState("id", .integer, isPrimaryKey: true), ColumnState("name", .text)])

    private func migrations(_ operations: [MigrationOperation]) -> [Migration] {
        [
            Migration("0001_things", operations: [.createTable(table)]),
            Migration("0002_more", after: ["0001_things"], operations: operations),
        ]
    }

    private func migrator(_ database: Database, _ operations: [MigrationOperation]) throws -> Migrator {
        Migrator(database, try MigrationGraph(migrations(operations)), clock: ContinuousClock(), journaling: .sqlite)
    }

    private func withDatabase(_ body: nonisolated(nonsending) (Database) async throws -> Void) async throws {
        try await ORMMigrationsTests.withDatabase(SelfCommittingDriver.inMemory, body)
    }

    private func journal(_ database: Database) async throws -> [String] {
        try await texts(
            "SELECT migration || ' ' || position || ' ' || is_done FROM orm_migration_journal ORDER BY id", database)
    }

    @Test func aRefusedStatementIsRunAgainWhenItIsMended() async throws {
        try await withDatabase { database in
            let wrong: [MigrationOperation] = [
                .addColumn("things", ColumnState("a", .text, isNullable: true)),
                .sql(up: "CREATE VIEW v AS SELECT nope( FROM things"),
                .addColumn("things", ColumnState("b", .text, isNullable: true)),
            ]
            let error = await ormError { try await migrator(database, wrong).up() }
            #expect(
                error?.message
                    == "0002_more (ORMMigrationsTests/JournalTests.swift), operation 2, sql: near \"FROM\": syntax error; 1 of 3 statements have been applied, and the next run goes on behind them"
            )
            #expect(try await journal(database) == ["0002_more 0 1"])
            #expect(try await migrator(database, wrong).status().map(\.standing) == [.applied, .interrupted])
            var right = wrong
            right[1] = .sql(up: "CREATE VIEW v AS SELECT id FROM things", down: "DROP VIEW v")
            let runs = try await migrator(database, right).up()
            #expect(
                runs.map(\.statements) == [
                    ["CREATE VIEW v AS SELECT id FROM things", #"ALTER TABLE "things" ADD COLUMN "b" TEXT"#]
                ])
            #expect(try await journal(database) == [])
            #expect(try await migrator(database, right).status().map(\.standing) == [.applied, .applied])
            #expect(try await migrator(database, right).down().first?.statements.count == 3)
            #expect(try await texts("SELECT name FROM pragma_table_info('things')", database) == ["id", "name"])
        }
    }

    @Test func aStatementThatIsNoLongerTheSameIsNotGuessedAt() async throws {
        try await withDatabase { database in
            _ = await ormError {
                try await migrator(
                    database, [.addColumn("things", ColumnState("a", .text, isNullable: true)), .sql(up: "nonsense")]
                ).up()
            }
            let other: [MigrationOperation] = [.addColumn("things", ColumnState("other", .text, isNullable: true))]
            let error = await ormError { try await migrator(database, other).up() }
            #expect(
                error?.message
                    == "0002_more (ORMMigrationsTests/JournalTests.swift) was interrupted after 1 statements, and statement 1 is no longer the one that was run: give the migration its old text to go on"
            )
        }
    }

    @Test func theOtherDirectionWaitsForTheOneThatWasBegun() async throws {
        try await withDatabase { database in
            let operations: [MigrationOperation] = [
                .sql(up: "DELETE FROM things", down: "nonsense"),
                .addColumn("things", ColumnState("a", .text, isNullable: true)),
            ]
            let two = try migrator(database, operations)
            try await two.up()
            let failure = await ormError { try await two.down() }
            #expect(
                failure?.message
                    == "0002_more (ORMMigrationsTests/JournalTests.swift), undoing operation 1, sql: near \"nonsense\": syntax error; 1 of 2 statements have been applied, and the next run goes on behind them"
            )
            #expect(try await two.status().map(\.standing) == [.applied, .interrupted])
            let third = Migration("0003_third", after: ["0002_more"], operations: [.dropTable("things")])
            let graph = try MigrationGraph(migrations(operations) + [third])
            let three = Migrator(database, graph, clock: ContinuousClock(), journaling: .sqlite)
            let error = await ormError { try await three.up() }
            #expect(
                error?.message
                    == "0002_more was interrupted while it was undone, after 1 of its statements: go on with that first, by down"
            )
            // Nothing is pending, and yet the database is in between.
            let nothing = await ormError { try await two.up() }
            #expect(nothing?.message == error?.message)
            try await two.down(mode: .fake)
            #expect(try await two.status().map(\.standing) == [.applied, .pending])
            #expect(try await journal(database) == [])
        }
    }

    @Test func whetherAnInterruptedStatementTookEffectIsLookedUp() async throws {
        // The line of the second statement stands there without its end: as if the process had died before the statement, or after it.
        for hasTakenEffect in [false, true] {
            try await withDatabase { database in
                let operations: [MigrationOperation] = [
                    .addColumn("things", ColumnState("a", .text, isNullable: true)),
                    .addIndex("things", IndexState("i", on: ["a"])),
                    .sql(up: "nonsense"),
                ]
                _ = await ormError { try await migrator(database, operations).up() }
                try await database.run(script: "UPDATE orm_migration_journal SET is_done = 0 WHERE position = 1")
                if !hasTakenEffect { try await database.run(script: "DROP INDEX i") }
                let mended = Array(operations.dropLast())
                let runs = try await migrator(database, mended).up()
                #expect(runs.map(\.statements) == [hasTakenEffect ? [] : [#"CREATE INDEX "i" ON "things" ("a")"#]])
                let indexes = try await texts("SELECT name FROM sqlite_master WHERE name = 'i'", database)
                #expect(indexes == ["i"])
            }
        }
    }

    @Test func whereNobodyCanTellItSaysWhereItStands() async throws {
        try await withDatabase { database in
            let operations: [MigrationOperation] = [.sql(up: "CREATE VIEW v AS SELECT 1"), .sql(up: "nonsense")]
            _ = await ormError { try await migrator(database, operations).up() }
            try await database.run(script: "UPDATE orm_migration_journal SET is_done = 0")
            let error = await ormError { try await migrator(database, operations).up() }
            #expect(
                error?.message
                    == "0002_more (ORMMigrationsTests/JournalTests.swift) was interrupted at statement 1 of 2, and nothing tells whether it took effect: "
                    + "look, then set is_done to 1 in line 1 of orm_migration_journal if it did, delete the line if it did not, and go on [SQL: CREATE VIEW v AS SELECT 1]"
            )
            try await database.run(script: "UPDATE orm_migration_journal SET is_done = 1")
            try await migrator(database, [operations[0]]).up()
            #expect(try await texts("SELECT name FROM orm_migrations", database) == ["0001_things", "0002_more"])
        }
    }

    @Test func rowsAreChangedTogetherWithTheJournal() async throws {
        struct Sorry: Error {}
        try await withDatabase { database in
            let fails = Atomic(true)
            let operations: [MigrationOperation] = [
                .sql(up: "INSERT INTO things (name) VALUES ('a')"),
                .run(
                    "b",
                    up: { session in
                        try await SQLText("INSERT INTO things (name) VALUES ('b')").execute(on: session)
                        if fails.load(ordering: .relaxed) { throw Sorry() }
                    }),
            ]
            let error = await ormError { try await migrator(database, operations).up() }
            #expect(error?.underlying is Sorry)
            #expect(try await texts("SELECT name FROM things", database) == ["a"])
            fails.store(false, ordering: .relaxed)
            try await migrator(database, operations).up()
            #expect(try await texts("SELECT name FROM things", database) == ["a", "b"])
        }
    }
}
