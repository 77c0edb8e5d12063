import MigrationFixtures
import ORM
import ORMMigrations
import ORMSQLite
import ORMTesting
import Testing

@Suite struct DatabaseCopyTests {
    private let dialect = SQLiteDriver.inMemory.dialect

    /// Two databases in memory; the first one has the tables of the migrations, and rows.
    private func withPair(
        _ migrations: [Migration], _ fill: (Database) async throws -> Void,
        _ body: (_ source: Database, _ target: Database) async throws -> Void
    ) async throws {
        try await withDatabase { source in
            try await Migrator(source, migrations).up()
            try await fill(source)
            try await withDatabase { target in try await body(source, target) }
        }
    }

    private func table(_ name: String, _ columns: ColumnState...) -> MigrationOperation {
        .createTable(TableState(name, columns: [ColumnState("id", .integer, isPrimaryKey: true)] + columns))
    }

    private func link(_ name: String, to table: String, isNullable: Bool = true) -> ColumnState {
        ColumnState(
            name, .integer, isNullable: isNullable, references: ReferenceState(table, onDelete: .restrict))
    }

    private func numbers(_ sql: SQLText, _ database: Database) async throws -> [Int] {
        try await Rows<Int>.raw(sql).all(on: database)
    }

    @Test func everyTableIsThereWithItsKeysAndEqual() async throws {
        let migrations = try CopyFixture.migrations(dialect)
        try await withPair(migrations, CopyFixture.seed) { source, target in
            let copy = try DatabaseCopy(from: source, to: target, migrations)
            let plan = try await copy.plan()
            #expect(try await !target.hasTable("posts"))
            let copied = try await copy.run()
            #expect(copied.map(\.name) == plan.map(\.name))
            #expect(copied.map(\.rows) == plan.map(\.rows))
            #expect(
                copied.map { "\($0.name) \($0.rows)" } == [
                    "countries 2", "cities 1", "users 3", "posts 4", "comments 4", "every_type 3", "people 3",
                    "follows 3",
                    "tags 253", "post_tags 3", "sessions 0",
                ])
            #expect(copied.allSatisfy { $0.hash?.count == 16 })
            let (types, cities) = (try await EveryType.query.all(on: source), try await City.query.all(on: source))
            #expect(try await EveryType.query.all(on: target).map { "\($0)" } == types.map { "\($0)" })
            #expect(try await City.query.all(on: target).map { "\($0)" } == cities.map { "\($0)" })
            #expect(try await Migrator(target, migrations).status().map(\.standing) == [.applied])
            // The next key is beyond those that were copied.
            #expect(try await Tag.create(name: "next", on: target).id == 254)
        }
    }

    @Test func rowsAreReadBitByBit() async throws {
        let migrations = try CopyFixture.migrations(dialect)
        let log = QueryLog()
        let source = try await Database.open(SQLiteDriver.inMemory, observers: [log])
        try await Migrator(source, migrations).up()
        try await CopyFixture.seed(source)
        _ = try await withDatabase { target in try await DatabaseCopy(from: source, to: target, migrations).run() }
        let batches = log.queries.filter { $0.kind == .batch && $0.sql.contains("FROM \"tags\"") }.map(\.rows)
        #expect(batches == [100, 100, 53])
        await source.close()
    }

    @Test func keysThatPointAheadOrInCirclesAreSet() async throws {
        let migrations = [
            Migration(
                "0001",
                operations: [
                    table("a", link("b_id", to: "b"), link("self_id", to: "a")), table("b", link("a_id", to: "a")),
                ])
        ]
        try await withPair(migrations) { source in
            try await source.run(
                script: """
                    INSERT INTO a VALUES (1, NULL, NULL), (2, NULL, 1), (3, NULL, 3), (4, NULL, NULL);
                    INSERT INTO b VALUES (7, 2), (9, 4);
                    UPDATE a SET b_id = 9, self_id = 4 WHERE id = 1;
                    UPDATE a SET b_id = 7 WHERE id = 3;
                    """)
        } _: { source, target in
            try await DatabaseCopy(from: source, to: target, migrations).run()
            let all: SQLText = "SELECT COALESCE(b_id, 0) * 10 + COALESCE(self_id, 0) FROM a ORDER BY id"
            #expect(try await numbers(all, target) == [94, 1, 73, 0])
            #expect(try await numbers("SELECT a_id FROM b ORDER BY id", target) == [2, 4])
        }
    }

    @Test func aKeyThatMustPointAheadAtOnceIsRefused() async throws {
        let migrations = [Migration("0001", operations: [table("a", link("self_id", to: "a", isNullable: false))])]
        try await withPair(migrations) { source in
            try await source.run(script: "INSERT INTO a VALUES (1, 2), (2, 2)")
        } _: { source, target in
            let copy = try DatabaseCopy(from: source, to: target, migrations)
            let error = await ormError { try await copy.run() }
            #expect(error?.code == .migration)
            #expect(
                error?.message
                    == "copying a: a.self_id points to rows that come later, and may not be NULL until they are there: copy this database by "
                    + "the engine's own tools; the target has its tables, and no row in them")
            #expect(try await numbers("SELECT COUNT(*) FROM a", target) == [0])
        }
    }

    private let triggered = [
        Migration(
            "0001",
            operations: [
                .createTable(.tags), .createTable(TableState("log", columns: [ColumnState("note", .text)])),
                .sql(
                    up: "CREATE TRIGGER noting AFTER INSERT ON tags BEGIN INSERT INTO log VALUES (NEW.name); END",
                    down: "DROP TRIGGER noting"),
            ])
    ]

    @Test func triggersDoNotRunMeanwhileAndAreThereAfterwards() async throws {
        try await withPair(triggered) { source in
            try await source.run(script: "INSERT INTO tags VALUES (1, 'a'), (2, 'b'); DELETE FROM log WHERE note = 'b'")
        } _: { source, target in
            let copied = try await DatabaseCopy(from: source, to: target, triggered).run()
            #expect(copied.map(\.name) == ["log", "tags"] && copied.map(\.rows) == [1, 2])
            try await target.run(script: "INSERT INTO tags VALUES (3, 'c')")
            #expect(try await Rows<String>.raw("SELECT note FROM log ORDER BY note").all(on: target) == ["a", "c"])
        }
    }

    @Test func whatFailsLeavesNoRowAndTheNextCopyGoesOn() async throws {
        try await withPair(triggered) { source in
            try await source.run(script: "INSERT INTO tags VALUES (1, 'a')")
        } _: { source, target in
            let copy = try DatabaseCopy(from: source, to: target, triggered)
            await #expect(throws: Broken(number: 1)) { try await copy.run { _ in throw Broken(number: 1) } }
            #expect(try await numbers("SELECT COUNT(*) FROM tags", target) == [0])
            try await copy.run { transaction in
                try await SQLText("UPDATE tags SET name = 'z'").execute(on: transaction)
            }
            #expect(try await Rows<String>.raw("SELECT name FROM tags").all(on: target) == ["z"])
            #expect(try await numbers("SELECT COUNT(*) FROM log", target) == [1])
        }
    }

    @Test func nothingIsWrittenOverRowsOrIntoAnotherProgramsTables() async throws {
        let migrations = [Migration.initial]
        func refusal(_ prepare: (Database) async throws -> Void) async throws -> String? {
            var message: String?
            try await withPair(migrations) { _ in
            } _: { source, target in
                try await prepare(target)
                let copy = try DatabaseCopy(from: source, to: target, migrations)
                do {
                    _ = try await copy.plan()
                } catch let error as ORMError {
                    message = error.message
                }
                do {
                    try await copy.run()
                    #expect(message == nil)
                } catch let error as ORMError {
                    #expect(error.message == message)
                }
            }
            return message
        }
        let rows = try await refusal { target in
            try await Migrator(target, migrations).up()
            try await target.run(script: "INSERT INTO tags VALUES (5, 'mine')")
        }
        #expect(
            rows == "the target holds rows already, in tags: nothing is written over them, name an empty database")
        let tables = try await refusal { try await $0.run(script: "CREATE TABLE tags (id INTEGER)") }
        #expect(
            tables
                == "the target has a table tags that no migration of this program has made, or a copy that was killed: name an empty database"
        )
        let other = try await refusal {
            try await Migrator($0, [Migration("0009_other", operations: [])]).up()
        }
        #expect(other?.contains("0009_other") == true)
        // Empty tables are no obstacle.
        #expect(try await refusal { try await Migrator($0, migrations).up() } == nil)
    }

    @Test func aSourceThatLacksMigrationsIsRefused() async throws {
        let later = [Migration.initial, Migration("0002_second", after: ["0001_initial"], operations: [])]
        try await withPair([.initial]) { _ in
        } _: { source, target in
            let copy = try DatabaseCopy(from: source, to: target, later)
            let error = await ormError { try await copy.run() }
            #expect(error?.message == "the source lacks 0002_second: apply what is pending there before")
            #expect(try await !target.hasTable("orm_migrations"))
        }
    }
}
