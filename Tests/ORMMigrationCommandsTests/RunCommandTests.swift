import ArgumentParser
import Foundation
import ORM
import ORMMigrationCommands
import ORMMigrations
import ORMSQLite
import Testing

@testable import ShopSchema

struct RunCommandTests {
    private let console = TestConsole()

    @Test func upAndDownAndWhatStatusSays() async throws {
        #expect(
            await console.migrate(Complete.self, "status").output == "pending  0001_initial\npending  0002_stars\n")
        #expect(await console.migrate(Complete.self, "history").output == "Nothing has been applied.\n")
        let up = await console.migrate(Complete.self, "up", "0001")
        #expect(up.status == 0)
        #expect(up.output.hasPrefix("Applied 0001_initial in 0."))
        #expect(
            await console.migrate(Complete.self, "status").output == "applied  0001_initial\npending  0002_stars\n")
        #expect(await console.migrate(Complete.self, "up").output.hasPrefix("Applied 0002_stars in "))
        #expect(await console.migrate(Complete.self, "up").output == "Nothing to do.\n")
        #expect(await console.migrate(Complete.self, "down").output.hasPrefix("Undone 0002_stars in "))
        let history = await console.migrate(Complete.self, "history").output
        #expect(history.hasSuffix(" s  0001_initial\n"))
        #expect(await console.migrate(Complete.self, "down", "zero").output.hasPrefix("Undone 0001_initial in "))
    }

    @Test func aDryRunShowsTheSQLAndChangesNothing() async throws {
        let run = await console.migrate(Complete.self, "up", "--dry-run")
        #expect(
            run.output == """
                -- 0001_initial
                CREATE TABLE "notes" (
                    "id" INTEGER PRIMARY KEY NOT NULL,
                    "title" TEXT NOT NULL
                );
                -- 0002_stars

                """ + run.output.components(separatedBy: "-- 0002_stars\n")[1])
        #expect(
            await console.migrate(Complete.self, "status").output == "pending  0001_initial\npending  0002_stars\n")
    }

    @Test func fakeWritesTheHistoryAlone() async throws {
        #expect(
            await console.migrate(Complete.self, "up", "--fake").output == "Entered 0001_initial\nEntered 0002_stars\n")
        let database = try await Database.open(SQLiteDriver(path: console.currentDirectory + "/test.sqlite3"))
        #expect(try await !database.hasTable("notes"))
        await database.close()
    }

    @Test func resultsAreJSONWhereThatIsAskedFor() async throws {
        _ = await console.migrate(Complete.self, "up", "0001")
        let run = await console.migrate(Complete.self, "check", "--json")
        #expect(
            run.output == """
                {
                  "ambiguities" : [

                  ],
                  "operations" : [

                  ]
                }

                """)
        let status = await console.migrate(Complete.self, "status", "--json").output
        let object = try #require(
            try JSONSerialization.jsonObject(with: Data(status.utf8)) as? [String: [[String: Any]]])
        #expect(object["migrations"]?.map { $0["state"] as? String } == ["applied", "pending"])
    }

    @Test func theSQLOfOneDialectNeedsNoDatabase() async {
        let run = await console.migrate(Complete.self, "sql", "--from", "0001")
        #expect(run.status == 0)
        #expect(run.output.contains("-- 0002_stars"))
        #expect(!run.output.contains("CREATE TABLE \"orm_migrations\""))
        #expect(!FileManager.default.fileExists(atPath: console.currentDirectory + "/test.sqlite3"))
    }

    @Test func checkTellsWhatIsMissing() async {
        #expect(
            await console.migrate(Drifted.self, "check")
                == .init(
                    status: 1, output: "addColumn notes.stars\n",
                    notes: "Models and migrations differ: migrate make writes what is missing.\n"))
        #expect(
            await console.migrate(Complete.self, "check")
                == .init(status: 0, output: "Models and migrations say the same.\n", notes: ""))
    }

    @Test func inspectPrintsOrWritesModels() async throws {
        _ = await console.migrate(Complete.self, "up")
        let expected = """
            import ORM

            @Model("notes")
            struct Note {
                @PrimaryKey var id: Int
                var title: String
                var stars: Int
            }

            """
        #expect(await console.migrate(Complete.self, "inspect").output == expected)
        #expect(await console.migrate(Complete.self, "inspect", "--write", "Models").output == "Models/Note.swift\n")
        #expect(try console.read("Models/Note.swift") == expected)
        let again = await console.migrate(Complete.self, "inspect", "--write", "Models")
        #expect(again.status == 78)
        #expect(again.notes == "error: Models/Note.swift is there already: nothing is written over it\n")
        let unknown = await console.migrate(Complete.self, "inspect", "note")
        #expect(unknown.status == 78)
        #expect(unknown.notes == "error: the database has no table note: did you mean notes?\n")
    }

    @Test func aDatabaseThatCannotBeReachedIs69AndAnUnknownTarget78() async {
        let run = await console.migrate(Complete.self, "up", "--database", "sqlite:///nowhere/at/all.sqlite3")
        #expect(run.status == 69)
        #expect(run.notes.contains("/nowhere/at/all.sqlite3"))
        let target = await console.migrate(Complete.self, "up", "0001_inital")
        #expect(target.status == 78)
        #expect(target.notes == "error: there is no migration 0001_inital: did you mean 0001_initial?\n")
    }

    @Test func copyMovesAllRowsToAnotherDatabase() async throws {
        let path = console.currentDirectory + "/other.sqlite3"
        let target = "sqlite://" + path
        _ = await console.migrate(Complete.self, "up")
        let source = try await Database.open(SQLiteDriver(path: console.currentDirectory + "/test.sqlite3"))
        try await source.run(script: "INSERT INTO notes (title, stars) VALUES ('a', 1), ('b', 2)")
        await source.close()
        let plan = await console.migrate(Complete.self, "copy", "--to", target, "--dry-run")
        #expect(plan == .init(status: 0, output: "notes  2\nWould copy 2 rows in 1 tables.\n", notes: ""))
        let run = await console.migrate(Complete.self, "copy", "--to", target)
        #expect(run.status == 0)
        let hash = run.output.dropFirst("notes  2  ".count).prefix(16)
        #expect(run.output.hasPrefix("notes  2  \(hash)\nCopied 2 rows in 1 tables in "))
        // And back, from a database that is named.
        let back = "sqlite://\(console.currentDirectory)/back.sqlite3"
        let json = await console.migrate(Complete.self, "copy", "--from", target, "--to", back, "--json")
        #expect(json.status == 0)
        #expect(json.output.contains("\"hash\" : \"\(hash)\",\n      \"name\" : \"notes\",\n      \"rows\" : 2\n"))
        let again = await console.migrate(Complete.self, "copy", "--to", target)
        #expect(again.status == 78)
        #expect(
            again.notes
                == "error: the target holds rows already, in notes: nothing is written over them, name an empty database\n"
        )
        #expect(await console.migrate(Complete.self, "copy").status == 64)
        #expect(await console.migrate(Complete.self, "copy", "--to", "sqlite:///nowhere/at/all.sqlite3").status == 69)
    }

    // MARK: The example

    @Test func theExamplesMigrationsAreThoseOfItsModels() throws {
        let state = try MigrationGraph(Shop.migrations).state()
        let models = try SchemaState(of: Shop.models, for: Shop.dialects)
        #expect(try SchemaDifference(from: state, to: models).operations.map(\.description) == [])
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: Shop.folder ?? "")
        for migration in Shop.migrations {
            let file = MigrationFile(migration.name, after: migration.parents, operations: migration.operations)
            let text = try String(contentsOf: root.appending(path: file.fileName), encoding: .utf8)
            #expect(text == file.source)
        }
        let list = try String(contentsOf: root.appending(path: MigrationIndex.fileName), encoding: .utf8)
        #expect(try list == MigrationIndex.source(listing: Shop.migrations.map(\.name)))
    }
}
