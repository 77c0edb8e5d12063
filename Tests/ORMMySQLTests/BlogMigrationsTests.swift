#if MySQL
    import ORM
    import ORMMigrations
    import ORMMySQL
    import ServerSupport
    import Testing

    /// Migrations on a MariaDB server, the blog's own first.
    @Suite(.serialized) struct BlogMigrationsTests {
        @Test(.timeLimit(.minutes(10)), arguments: MigrationBehaviour.cases)
        func onAServer(_ behaviour: MigrationBehaviour) async throws {
            try await withMariaDB { driver in
                try await withMariaDB { other in try await behaviour.run(on: driver, other, triggers: 30) }
            }
        }

        /// MariaDB keeps the last index that begins with the column of a foreign key.
        @Test(.timeLimit(.minutes(10))) func anIndexThatAForeignKeyNeedsCanGo() async throws {
            let owners = TableState("owners", columns: [ColumnState("id", .integer, isPrimaryKey: true)])
            let owner = ColumnState("owner_id", .integer, references: ReferenceState("owners", onDelete: .cascade))
            let things = TableState(
                "things",
                columns: [
                    ColumnState("id", .integer, isPrimaryKey: true), owner, ColumnState("name", .text, maxLength: 20),
                ],
                indexes: [IndexState("things_owner_id_name_index", on: ["owner_id", "name"])])
            let migrations = [
                Migration("0001_first", operations: [.createTable(owners), .createTable(things)]),
                Migration(
                    "0002_second", after: ["0001_first"],
                    operations: [.dropIndex("things", "things_owner_id_name_index")]),
                Migration("0003_third", after: ["0002_second"], operations: [.dropColumn("things", "owner_id")]),
            ]
            let graph = try MigrationGraph(migrations)
            try await withMariaDB { driver in
                let database = try await Database.open(driver)
                let migrator = try Migrator(database, migrations)
                var names: [String] = []
                for name in migrations.map(\.name) {
                    names.append(name)
                    try await migrator.up(to: name)
                    let found = try await SchemaInspector.inspect(database)
                    #expect(found.notes == [])
                    let wanted = try graph.state(after: Set(names))
                    #expect(try found.schema.isEquivalent(to: wanted, in: driver.dialect))
                    guard name != "0003_third" else { continue }
                    await #expect(throws: ORMError.self, "the key is still there") {
                        try await SQLText("INSERT INTO things (owner_id, name) VALUES (77, 'a')").execute(on: database)
                    }
                }
                try await migrator.down(to: "0001_first")
                await database.close()
            }
        }
    }
#endif
