import Foundation
import ORMMigrations
import Testing

struct MakeCommandTests {
    private let console = TestConsole()

    @Test func theNextMigrationIsWrittenWithTheListOfAll() async throws {
        let run = await console.migrate(Drifted.self, "make", "--fill", "notes.stars=3")
        #expect(run.status == 0)
        #expect(run.output == "Migrations/0002_add_notes_stars.swift\nMigrations/Migrations.swift\n")
        #expect(run.notes == "")
        #expect(
            try console.read("Migrations/0002_add_notes_stars.swift") == """
                import ORM
                import ORMMigrations

                extension Migrations {
                    static let addNotesStars0002 = Migration(
                        "0002_add_notes_stars", after: ["0001_initial"],
                        operations: [
                            .addColumn("notes", ColumnState("stars", .integer), filling: .value(.int(3)))
                        ])
                }

                """)
        #expect(
            try console.read("Migrations/Migrations.swift").contains(
                "    static let all: [Migration] = [\n        addNotesStars0002\n    ]\n"))
    }

    @Test func aColumnWithoutAValueForOldRowsIsMentioned() async throws {
        let run = await console.migrate(Drifted.self, "make", "--name", "Stars of notes!")
        #expect(run.status == 0)
        #expect(
            run.notes
                == "warning: notes.stars may not be NULL: where the table has rows, say what these get by `filling:`. "
                + "Or make it with --fill notes.stars=VALUE.\n")
        #expect(
            try console.read("Migrations/0002_stars_of_notes.swift").contains(
                """
                extension Migrations {
                    // notes.stars may not be NULL: where the table has rows, say what these get by `filling:`.
                    static let starsOfNotes0002 = Migration(
                """))
    }

    @Test func theFirstMigrationMakesAllTables() async throws {
        #expect(await console.migrate(Fresh.self, "make").status == 0)
        #expect(try console.read("Migrations/0001_initial.swift").contains("Migration(\n        \"0001_initial\",\n"))
    }

    @Test func whatIsNotBuiltYetIsNotMadeTwice() async throws {
        #expect(await console.migrate(Fresh.self, "make").status == 0)
        let run = await console.migrate(Fresh.self, "make", "--name", "again")
        #expect(run.status == 78)
        #expect(run.notes.hasPrefix("error: Migrations/0001_initial.swift is not in this program yet"))
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: console.currentDirectory + "/Migrations").count == 2)
    }

    @Test func nothingToDoWritesNothing() async {
        let run = await console.migrate(Complete.self, "make")
        #expect(run == .init(status: 0, output: "Models and migrations say the same: nothing to write.\n", notes: ""))
        #expect(!FileManager.default.fileExists(atPath: console.currentDirectory + "/Migrations"))
    }

    @Test func anEmptyMigrationIsForOnesOwnSteps() async throws {
        #expect(await console.migrate(Complete.self, "make", "--empty").status == 0)
        #expect(
            try console.read("Migrations/0003_empty.swift") == """
                import ORMMigrations

                extension Migrations {
                    static let empty0003 = Migration("0003_empty", after: ["0002_stars"], operations: [])
                }

                """)
    }

    @Test func aDryRunPrintsTheFile() async {
        let run = await console.migrate(Drifted.self, "make", "--dry-run")
        #expect(run.output.hasPrefix("import ORM\n"))
        #expect(!FileManager.default.fileExists(atPath: console.currentDirectory + "/Migrations"))
    }

    @Test func aRenameIsDeclaredOrNothingIsWritten() async throws {
        let run = await console.migrate(Renamed.self, "make")
        #expect(run.status == 78)
        #expect(
            run.notes == """
                error: nothing is written before you decide:
                  notes.heading is gone and title is new and alike: a rename? Then @Column(was: "heading") or \
                --rename notes.heading=title. If its rows’ values may go: --drop notes.heading

                """)
        #expect(!FileManager.default.fileExists(atPath: console.currentDirectory + "/Migrations"))
        #expect(await console.migrate(Renamed.self, "check").status == 1)
        #expect(await console.migrate(Renamed.self, "make", "--rename", "notes.heading=title").status == 0)
        #expect(
            try console.read("Migrations/0002_rename_notes_heading_to_title.swift").contains(
                ".renameColumn(\"notes\", \"heading\", to: \"title\")"))
    }

    @Test func whatIsToGoIsSaid() async throws {
        #expect(
            await console.migrate(Renamed.self, "make", "--drop", "notes.heading", "--fill", "notes.title=none").status
                == 0)
        let file = try console.read("Migrations/0002_add_notes_title_and_drop_notes_heading.swift")
        #expect(file.contains(".addColumn(\"notes\", ColumnState(\"title\", .text), filling: .value(.text(\"none\")))"))
        #expect(file.contains(".dropColumn(\"notes\", \"heading\")"))
    }

    @Test func branchesAreNamedAndBroughtTogether() async throws {
        for command in ["make", "check", "up"] {
            let run = await console.migrate(Branched.self, command)
            #expect(run.status == 78)
            #expect(run.notes.contains("0002_empty") && run.notes.contains("0002_stars"))
        }
        let heads = await console.migrate(Branched.self, "heads")
        #expect(heads.status == 1)
        #expect(heads.output == "0002_empty\n0002_stars\n")
        #expect(await console.migrate(Branched.self, "make", "--merge").status == 0)
        #expect(
            try console.read("Migrations/0003_merge.swift").contains(
                "Migration(\"0003_merge\", after: [\"0002_empty\", \"0002_stars\"], operations: [])"))
        let single = await TestConsole().migrate(Complete.self, "make", "--merge")
        #expect(single.status == 78)
        #expect(single.notes == "error: there is nothing to merge: the migrations end in 0002_stars\n")
    }

    @Test func aProgramWithoutItsSourcesWritesNone() async {
        for arguments in [["make"], ["inspect", "--write", "Models"]] {
            let run = await console.migrate(Installed.self, arguments)
            #expect(run.status == 78)
            #expect(run.notes.contains("this program has its migrations built in"))
        }
    }

    @Test(arguments: [
        ["make", "--empty", "--merge"], ["make", "--empty", "--rename", "a.b=c"], ["up", "--dry-run", "--fake"],
        ["sql", "--dialect", "oracle"], ["nonsense"],
    ])
    func commandLinesThatMakeNoSenseAre64(_ arguments: [String]) async {
        #expect(await console.migrate(Complete.self, arguments).status == 64)
    }
}
