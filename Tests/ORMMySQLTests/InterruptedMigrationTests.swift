#if MySQL
    import ORM
    import ORMMigrations
    import ORMMySQL
    import ServerSupport
    import Synchronization
    import Testing

    /// A server that is killed while it is migrated: the next run goes on where it stopped.
    @Suite(.serialized) struct InterruptedMigrationTests {
        private static let things = TableState(
            "things",
            columns: [
                ColumnState("id", .integer, isPrimaryKey: true), ColumnState("name", .text, maxLength: 20),
                ColumnState("count", .int32, default: .value(.int(1))),
            ], indexes: [IndexState("things_count_index", on: ["count"])])

        private static let migrations = [
            Migration("0001_things", operations: [.createTable(things)]),
            Migration(
                "0002_change", after: ["0001_things"],
                operations: [
                    .renameColumn("things", "name", to: "title"),
                    .addColumn("things", ColumnState("made_at", .timestamp, default: .now)),
                    .sql(up: "UPDATE things SET count = count + 1", down: "UPDATE things SET count = count - 1"),
                    .dropIndex("things", "things_count_index"),
                    .addCheck("things", CheckState("things_count", "{count} <> 7")),
                ]),
        ]

        @Test(.timeLimit(.minutes(10))) func aMigrationGoesOnWhereTheServerWasKilled() async throws {
            let server = try MariaDBServer()
            let statements = try await server.withDatabase { driver in
                let counter = Stopper(after: .max) {}
                let database = try await Database.open(driver, observers: [counter])
                try await Migrator(database, Self.migrations).up(to: "0001_things")
                let before = counter.count.load(ordering: .relaxed)
                try await Migrator(database, Self.migrations).up()
                let after = counter.count.load(ordering: .relaxed)
                await database.close()
                return after - before
            }
            try #require(statements > 15)
            for moment in stride(from: 1, through: statements, by: 2) {
                try await server.withDatabase { driver in
                    let first = try await Database.open(driver)
                    try await Migrator(first, Self.migrations).up(to: "0001_things")
                    try await SQLText("INSERT INTO things (name, count) VALUES ('a', 5)").execute(on: first)
                    await first.close()
                    let stopper = Stopper(after: moment) { try server.kill() }
                    let database = try await Database.open(driver, observers: [stopper])
                    _ = try? await Migrator(database, Self.migrations).up()
                    await database.close()
                    try server.restart()
                    let again = try await Database.open(driver)
                    try await Migrator(again, Self.migrations).up()
                    let standings = try await Migrator(again, Self.migrations).status().map(\.standing)
                    #expect(standings == [.applied, .applied], "statement \(moment)")
                    #expect(
                        try await Rows<String, Int>.raw("SELECT title, count FROM things").get(on: again) == ("a", 6),
                        "statement \(moment)")
                    let found = try await SchemaInspector.inspect(again).schema
                    #expect(
                        try found.isEquivalent(to: MigrationGraph(Self.migrations).state(), in: driver.dialect),
                        "statement \(moment)")
                    await again.close()
                }
            }
        }
    }

    /// Does something after so many statements.
    private final class Stopper: QueryObserver {
        let count = Atomic(0)
        private let last: Int
        private let stop: @Sendable () throws -> Void

        init(after last: Int, _ stop: @escaping @Sendable () throws -> Void) {
            self.last = last
            self.stop = stop
        }

        func didRun(_ query: ObservedQuery) {
            guard count.add(1, ordering: .relaxed).newValue == last else { return }
            do { try stop() } catch { Issue.record(error) }
        }
    }
#endif
