#if MySQL
    import BlogModels
    import ORM
    import ORMMigrations
    import ORMMySQL
    import Testing

    /// The blog's own migrations on a server, triggers included.
    @Suite(.serialized) struct BlogMigrationsTests {
        @Test(.timeLimit(.minutes(10))) func aNewDatabaseIsWhatTheModelsSay() async throws {
            try await withMariaDB { driver in
                let migrated = try await Database.open(driver)
                try await BlogSchema.prepare(migrated)
                #expect(try await BlogSchema.standing(of: migrated) == .current)
                let found = try await SchemaInspector.inspect(migrated)
                #expect(found.notes.count == 30)
                #expect(found.notes.allSatisfy { $0.contains(" is a trigger on ") })
                await migrated.close()
                try await withTables(of: BlogSchema.models) { made in
                    // What the server prints of an expression is another text than the one that was written, so that two databases are held
                    // against each other.
                    let wanted = try await SchemaInspector.inspect(made)
                    #expect(try found.schema.isEquivalent(to: wanted.schema, in: driver.dialect))
                    #expect(wanted.notes == [])
                }
            }
        }

        @Test(.timeLimit(.minutes(10))) func allOfItCanBeUndoneAndDoneAgain() async throws {
            try await withMariaDB { driver in
                let database = try await Database.open(driver)
                let migrator = try Migrator(database, Migrations.all)
                try await migrator.up()
                let first = try await SchemaInspector.inspect(database)
                try await migrator.down(to: Migrator.zero)
                let empty = try await SchemaInspector.inspect(database)
                #expect(empty.schema == SchemaState())
                #expect(empty.notes == [])
                #expect(try await BlogSchema.standing(of: database) == .new)
                try await migrator.up()
                #expect(try await SchemaInspector.inspect(database) == first)
                await database.close()
            }
        }

        @Test(.timeLimit(.minutes(10))) func theTriggersNumberWhatReadersSee() async throws {
            try await withMariaDB { driver in
                let database = try await Database.open(driver)
                try await BlogSchema.prepare(database)
                try await database.use {
                    let before = try await SiteState.get(1).changeCounter
                    let author = try await User.create(username: "ada")
                    var post = try await Post.create(
                        title: "One", slug: "one", content: "…", author: .init(author))
                    let made = try await Post.get(post.id).revision
                    #expect(made > before)
                    post.title = "Two"
                    try await post.save()
                    let changed = try await Post.get(post.id).revision
                    #expect(changed > made)
                    #expect(try await SiteState.get(1).changeCounter == changed)
                    try await Post.filter { $0.id == post.id }.update(
                        .set(\.viewCount, 7), .set(\.updatedAt) { $0.updatedAt })
                    #expect(try await Post.get(post.id).revision == changed)
                    try await post.delete()
                    #expect(try await SiteState.get(1).changeCounter > changed)
                }
                await database.close()
            }
        }

        @Test(.timeLimit(.minutes(10))) func twoProgramsThatMigrateAtOnceDoItOnce() async throws {
            try await withMariaDB { driver in
                let runs = try await withThrowingTaskGroup(of: [String].self) { group in
                    for _ in 0..<4 {
                        group.addTask {
                            let database = try await Database.open(driver)
                            let runs = try await Migrator(database, Migrations.all).up()
                            await database.close()
                            return runs.map(\.name)
                        }
                    }
                    return try await group.reduce(into: [String]()) { $0 += $1 }
                }
                #expect(runs.sorted() == Migrations.all.map(\.name).sorted())
            }
        }

        /// Every kind of change, held against tables that are made as the changes leave them.
        @Test(.timeLimit(.minutes(10))) func changesLeadToTheSameTablesAsMakingThemAnew() async throws {
            let first = TableState(
                "things",
                columns: [
                    ColumnState("id", .integer, isPrimaryKey: true), ColumnState("name", .text, maxLength: 20),
                    ColumnState("count", .int32, default: .value(.int(1)), range: 0...1000),
                    ColumnState("price", .decimal(precision: 8, scale: 2), isNullable: true),
                    ColumnState("gone", .text, isNullable: true),
                ], indexes: [IndexState("things_count_index", on: ["count"])],
                checks: [CheckState("things_price", "{price} >= 0")])
            let owners = TableState(
                "owners",
                columns: [ColumnState("id", .integer, isPrimaryKey: true), ColumnState("name", .text, isUnique: true)])
            let migrations = [
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
                        .addIndex("things", IndexState("things_cheap", on: ["price", "title"])),
                        .dropIndex("things", "things_count_index"), .dropCheck("things", "things_price"),
                        .addCheck("things", CheckState("things_count", "{count} <> 7")),
                        .renameTable("things", to: "items"),
                    ]),
            ]
            let graph = try MigrationGraph(migrations)
            try await withMariaDB { driver in
                let database = try await Database.open(driver)
                let migrator = try Migrator(database, migrations)
                try await migrator.up(to: "0001_first")
                let before = try await SchemaInspector.inspect(database)
                try await SQLText("INSERT INTO things (name, count, price) VALUES ('a', 5, 1.50)").execute(on: database)
                try await migrator.up()
                let found = try await SchemaInspector.inspect(database)
                #expect(found.notes == [])
                try await withMariaDB { other in
                    let made = try await Database.open(other)
                    try await made.run(script: SchemaScript(driver.dialect).create(graph.state().tables))
                    let wanted = try await SchemaInspector.inspect(made)
                    #expect(try found.schema.isEquivalent(to: wanted.schema, in: driver.dialect))
                    await made.close()
                }
                try await migrator.down()
                #expect(
                    try await SchemaInspector.inspect(database).schema.isEquivalent(
                        to: before.schema, in: driver.dialect))
                #expect(try await Rows<Int>.raw("SELECT count FROM things").get(on: database) == 5)
                await database.close()
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

        private func withTables(
            of models: [any Model.Type], _ body: nonisolated(nonsending) (Database) async throws -> Void
        ) async throws {
            try await withMariaDB { driver in
                let database = try await Database.open(driver)
                try await database.createSchema(for: models)
                try await body(database)
                await database.close()
            }
        }
    }
#endif
