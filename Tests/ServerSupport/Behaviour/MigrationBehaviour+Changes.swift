import ORM
import ORMMigrations
import Testing

extension MigrationBehaviour {
    /// Every kind of change, held against tables that are made as the changes leave them.
    static func changesLeadToTheSameTablesAsMakingThemAnew(_ test: Context) async throws {
        let migrations = manyChanges(for: test.driver.dialect)
        try await Database.open(test.driver).closing { database in
            let migrator = try Migrator(database, migrations)
            try await migrator.up(to: "0001_first")
            let before = try await SchemaInspector.inspect(database)
            try await SQLText("INSERT INTO things (name, count, price) VALUES ('a', 5, 1.50)").execute(on: database)
            try await migrator.up()
            let found = try await SchemaInspector.inspect(database)
            #expect(found.notes == [])
            try await Database.open(test.other).closing { made in
                let tables = try MigrationGraph(migrations).state().tables
                try await made.run(script: SchemaScript(made.dialect).create(tables))
                let wanted = try await SchemaInspector.inspect(made)
                #expect(try found.schema.isEquivalent(to: wanted.schema, in: database.dialect))
            }
            try await migrator.down()
            #expect(
                try await SchemaInspector.inspect(database).schema.isEquivalent(
                    to: before.schema, in: database.dialect))
            #expect(try await Rows<Int>.raw("SELECT count FROM things").get(on: database) == 5)
        }
    }

    private static func manyChanges(for dialect: any Dialect) -> [Migration] {
        let first = TableState(
            "things",
            columns: [
                ColumnState("id", .integer, isPrimaryKey: true), ColumnState("name", .text, maxLength: 20),
                ColumnState("count", .int32, default: .value(.int(1)), range: 0...1000),
                ColumnState("price", .decimal(precision: 8, scale: 2), isNullable: true),
                ColumnState("gone", .text, isNullable: true),
            ], indexes: [IndexState("things_count_index", on: ["count"])],
            checks: [CheckState("things_price", "{price} >= 0")])
        let cheap =
            dialect.hasPartialIndexes
            ? IndexState("things_cheap", on: ["price"], where: "{price} < 10")
            : IndexState("things_cheap", on: ["price", "title"])
        let owners = TableState(
            "owners",
            columns: [ColumnState("id", .integer, isPrimaryKey: true), ColumnState("name", .text, isUnique: true)])
        return [
            Migration("0001_first", operations: [.createTable(owners), .createTable(first)]),
            Migration(
                "0002_second", after: ["0001_first"],
                operations: [
                    .dropColumn("things", "gone"), .renameColumn("things", "name", to: "title"),
                    .addColumn(
                        "things",
                        ColumnState(
                            "owner_id", .integer, isNullable: true,
                            references: ReferenceState("owners", onDelete: .setNull))),
                    .addColumn("things", ColumnState("made_at", .timestamp, default: .now)),
                    .alterColumn("things", ColumnState("count", .integer, default: .value(.int(2)))),
                    .alterColumn("things", ColumnState("title", .text, maxLength: 40, isUnique: true)),
                    .addIndex("things", cheap),
                    .dropIndex("things", "things_count_index"), .dropCheck("things", "things_price"),
                    .addCheck("things", CheckState("things_count", "{count} <> 7")),
                    .renameTable("things", to: "items"),
                ]),
        ]
    }
}
