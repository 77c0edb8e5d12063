import ORM
import ORMMigrations
import ORMSQLite
import Testing

@Suite struct MigratorTests {
    private let rating = second([.addColumn("posts", ColumnState("rating", .integer, default: .value(.int(3))))])
    private let third = Migration(
        "0003_third", after: ["0002_second"], operations: [.renameTable("tags", to: "labels")])

    @Test func whatIsPendingIsApplied() async throws {
        try await withDatabase { database in
            let migrator = try Migrator(database, [third, .initial, rating])
            #expect(try await migrator.status().map(\.standing) == [.pending, .pending, .pending])
            #expect(try await migrator.up(to: "0002").map(\.name) == ["0001_initial", "0002_second"])
            #expect(try await migrator.status().map(\.standing) == [.applied, .applied, .pending])
            let runs = try await migrator.up()
            #expect(runs.map(\.statements) == [[#"ALTER TABLE "tags" RENAME TO "labels""#]])
            #expect(try await migrator.up().isEmpty)
            let history = try await migrator.history()
            #expect(history.map(\.name) == ["0001_initial", "0002_second", "0003_third"])
            #expect(history.map(\.checksum) == [Migration.initial, rating, third].map(\.checksum))
        }
    }

    @Test func downUndoesTheLatestOrWhatCameAfter() async throws {
        try await withPosts { database in
            let before = try await definitions(database)
            let migrator = try Migrator(database, [.initial, rating, third])
            try await migrator.up()
            #expect(try await migrator.down().map(\.name) == ["0003_third"])
            #expect(try await migrator.down(to: "0001_initial").map(\.name) == ["0002_second"])
            #expect(try await definitions(database) == before)
            #expect(try await migrator.down(to: "0001_initial").isEmpty)
            #expect(try await migrator.down(to: Migrator.zero).map(\.isUndone) == [true])
            #expect(try await definitions(database) == [])
            #expect(try await migrator.down().isEmpty)
        }
    }

    @Test func aDryRunChangesNothing() async throws {
        try await withDatabase { database in
            let migrator = try Migrator(database, [.initial, rating])
            let runs = try await migrator.up(mode: .dryRun)
            #expect(runs.map(\.name) == ["0001_initial", "0002_second"])
            #expect(
                runs[1].statements == [#"ALTER TABLE "posts" ADD COLUMN "rating" INTEGER NOT NULL DEFAULT 3"#])
            #expect(try await texts("SELECT name FROM sqlite_master", database) == [])
            try await migrator.up()
            #expect(
                try await migrator.down(mode: .dryRun).map(\.statements) == [
                    [#"ALTER TABLE "posts" DROP COLUMN "rating""#]
                ])
            #expect(try await migrator.history().count == 2)
        }
    }

    @Test func fakeOnlyWritesTheHistory() async throws {
        try await withDatabase { database in
            let migrator = try Migrator(database, [.initial, rating])
            try await database.run(script: migrator.graph.sql(to: "0001", in: database.dialect))
            try await SQLText("DELETE FROM orm_migrations").execute(on: database)
            #expect(try await migrator.up(to: "0001", mode: .fake).map(\.duration) == [nil])
            try await migrator.up()
            #expect(try await migrator.status().map(\.standing) == [.applied, .applied])
            try await migrator.down(mode: .fake)
            #expect(try await definition("posts", database)?.contains("rating") == true)
        }
    }

    @Test func aChangedMigrationIsReportedUntilItIsAccepted() async throws {
        try await withDatabase { database in
            try await Migrator(database, [.initial, rating]).up()
            let changed = second([.addColumn("posts", ColumnState("rating", .integer, default: .value(.int(4))))])
            let migrator = try Migrator(database, [.initial, changed, third])
            #expect(try await migrator.status().map(\.standing) == [.applied, .changed, .pending])
            for verb in [{ try await migrator.up() }, { try await migrator.down() }] {
                let error = await ormError { _ = try await verb() }
                #expect(error?.code == .migration)
                #expect(
                    error?.message.hasPrefix("0002_second (ORMMigrationsTests/Fixtures.swift) has changed since")
                        == true)
            }
            try await migrator.up(to: "0002", mode: .fake)
            #expect(try await migrator.up().map(\.name) == ["0003_third"])
        }
    }

    @Test func aNewerDatabaseIsLeftAlone() async throws {
        try await withDatabase { database in
            try await Migrator(database, [.initial, rating]).up()
            let migrator = try Migrator(database, [.initial])
            #expect(try await migrator.status().map(\.standing) == [.applied, .unknown])
            let error = await ormError { try await migrator.up() }
            #expect(
                error?.message
                    == "the database is newer than this program, or another program's: it has the migration 0002_second, which this program does not know"
            )
            #expect(await ormError { try await migrator.down() }?.code == .migration)
        }
    }

    @Test func unknownTargetsNameTheNearest() async throws {
        try await withDatabase { database in
            let migrator = try Migrator(database, [.initial, rating, third])
            #expect(
                await ormError { try await migrator.up(to: "0002_secnd") }?.message
                    == "there is no migration 0002_secnd: did you mean 0002_second?")
            #expect(
                await ormError { try await migrator.up(to: "000") }?.message
                    == "000 may mean any of 0001_initial, 0002_second, 0003_third: say which")
            #expect(await ormError { try await migrator.down(to: "9") }?.message == "there is no migration 9")
            #expect(
                await ormError { try await migrator.down(to: "0001") }?.message
                    == "0001_initial is not applied: there is nothing after it to undo")
        }
    }

    @Test func aFailureInTheMiddleLeavesWhatWasBefore() async throws {
        try await withPosts { database in
            let before = try await definitions(database)
            let failing = Migration(
                "0003_failing", after: ["0002_second"],
                operations: [
                    .dropTable("tags"),
                    .addColumn("posts", ColumnState("x", .text), before: "title", filling: .value(.text("y"))),
                    .sql(up: "UPDATE posts SET x = nope(title)"),
                ])
            let migrator = try Migrator(database, [.initial, rating, failing])
            let error = await ormError { try await migrator.up() }
            #expect(error?.code == .migration)
            #expect(
                error?.description
                    == "0003_failing (ORMMigrationsTests/MigratorTests.swift), operation 3, sql: no such function: nope [SQL: UPDATE posts SET x = nope(title)]"
            )
            #expect(try await migrator.history().map(\.name) == ["0001_initial", "0002_second"])
            try await migrator.down()
            #expect(try await definitions(database) == before)
            #expect(try await texts("SELECT foreign_keys || '' FROM pragma_foreign_keys", database) == ["1"])
        }
    }

    @Test func swiftStepsRunInTheMigrationsTransaction() async throws {
        struct Sorry: Error {}
        try await withPosts { database in
            let step = second([
                .run(
                    "upper", version: 2,
                    up: { session in
                        try await SQLText("UPDATE users SET username = UPPER(username)").execute(on: session)
                    },
                    down: { session in
                        try await SQLText("UPDATE users SET username = LOWER(username)").execute(on: session)
                    })
            ])
            let migrator = try Migrator(database, [.initial, step])
            #expect(try await migrator.up().map(\.statements) == [["-- Swift: upper, version 2"]])
            #expect(try await texts("SELECT username FROM users ORDER BY id", database) == ["ADA", "BOB", "EVE"])
            try await migrator.down()
            #expect(try await texts("SELECT username FROM users ORDER BY id", database) == ["ada", "bob", "eve"])
            let failing = second([
                .sql(up: "DELETE FROM users"), .run("fail", up: { _ in throw Sorry() }),
            ])
            let error = await ormError { try await Migrator(database, [.initial, failing]).up() }
            #expect(error?.underlying is Sorry)
            #expect(
                error?.message.hasPrefix(
                    "0002_second (ORMMigrationsTests/Fixtures.swift), operation 2, run “fail”: Sorry()") == true)
            #expect(try await texts("SELECT username FROM users ORDER BY id", database) == ["ada", "bob", "eve"])
        }
    }

    @Test func theChecksumDependsOnWhatIsDoneAlone() {
        #expect(Migration.initial.checksum == Migration("x", operations: Migration.initial.operations).checksum)
        let steps: [MigrationOperation] = [
            .run("a", up: { _ in }), .run("a", version: 2, up: { _ in }), .run("b", up: { _ in }),
            .sql(up: "a"), .sql(up: "b"), .sql(up: "a", down: "b"), .dropTable("a"), .dropColumn("a", "b"),
            .dropIndex("a", "b"), .dropCheck("a", "b"), .renameTable("a", to: "b"), .renameColumn("a", "b", to: "c"),
            .addColumn("a", ColumnState("b", .text)), .addColumn("a", ColumnState("b", .text), before: "c"),
            .addColumn("a", ColumnState("b", .text, isNullable: true)), .alterColumn("a", ColumnState("b", .text)),
            .addColumn("a", ColumnState("b", .text, default: .value(.text("1")))),
            .addColumn("a", ColumnState("b", .text, default: .value(.int(1)))),
            .addColumn("a", ColumnState("b", .text), filling: .now),
            .addIndex("a", IndexState("b", on: ["c"])), .addCheck("a", CheckState("b", "c")),
            .createTable(.tags), .createTable(.users), .createTable(.posts),
        ]
        let checksums = steps.map { Migration("x", operations: [$0]).checksum }
        #expect(Set(checksums).count == steps.count)
        // The same on every machine and in every later version.
        #expect(Migration.initial.checksum == "a8634a9a49ee6e80")
    }
}

@Suite struct MigrationGraphTests {
    private func migration(_ name: String, _ parents: String...) -> Migration {
        Migration(name, after: parents, operations: [])
    }

    private func message(_ body: () throws -> Void) -> String? {
        do { try body() } catch let error as ORMError { return error.message } catch {}
        return nil
    }

    @Test func migrationsComeAfterTheirParents() throws {
        let graph = try MigrationGraph([
            migration("c", "z"), migration("z"), migration("b", "z"), migration("d", "b", "c"),
        ])
        #expect(graph.migrations.map(\.name) == ["z", "b", "c", "d"])
        #expect(graph.heads.map(\.name) == ["d"])
        #expect(try graph.path(to: "b").map(\.name) == ["z", "b"])
        #expect(try graph.path(to: "d").count == 4)
    }

    @Test func branchesAreNamedWithTheWayToMergeThem() throws {
        let graph = try MigrationGraph([
            migration("0001_a"), migration("0002_b", "0001_a"), migration("0002_c", "0001_a"),
        ])
        #expect(
            message { try graph.checkBranches() }
                == "the migrations end in 2 branches, 0002_b (ORMMigrationsTests/MigratorTests.swift) and 0002_c (ORMMigrationsTests/MigratorTests.swift): "
                + "bring them together by one that comes after all of them, Migration(\"0003_merge\", after: [\"0002_b\", \"0002_c\"], operations: [])"
        )
        let merged = try MigrationGraph(graph.migrations + [migration("0003_merge", "0002_b", "0002_c")])
        #expect(message { try merged.checkBranches() } == nil)
        #expect(merged.nextName("x") == "0004_x")
        #expect(try MigrationGraph([]).nextName("initial") == "0001_initial")
    }

    @Test func contradictionsAreRefused() {
        #expect(
            message { _ = try MigrationGraph([migration("a"), migration("a")]) }
                == "two migrations are called a, in ORMMigrationsTests/MigratorTests.swift and ORMMigrationsTests/MigratorTests.swift: give one another name"
        )
        #expect(
            message { _ = try MigrationGraph([migration("0001_initial"), migration("b", "0001_inital")]) }
                == "b (ORMMigrationsTests/MigratorTests.swift) comes after 0001_inital, which is not there: did you mean 0001_initial?"
        )
        #expect(
            message { _ = try MigrationGraph([migration("a", "b"), migration("b", "a"), migration("c")]) }
                == "these migrations come after one another in a circle: a, b")
        #expect(
            message { _ = try MigrationGraph([Migration("a", operations: [.createTable(.posts)])]).state() }
                == "a (ORMMigrationsTests/MigratorTests.swift): posts.author_id points to the table users, which is not there at its end"
        )
    }

    @Test func branchesMayBeAppliedOneByOne() async throws {
        let migrations = [
            Migration("0001_a", operations: [.createTable(.tags)]),
            Migration("0002_b", after: ["0001_a"], operations: [.createTable(.users)]),
            Migration("0002_c", after: ["0001_a"], operations: [.renameTable("tags", to: "labels")]),
        ]
        try await withDatabase { database in
            let migrator = try Migrator(database, migrations)
            #expect(await ormError { try await migrator.up() }?.code == .migration)
            try await migrator.up(to: "0002_c")
            try await migrator.up(to: "0002_b")
            #expect(try await migrator.down().map(\.name) == ["0002_b"])
            #expect(try await migrator.down(to: "0001_a").map(\.name) == ["0002_c"])
        }
    }
}
