import Foundation
import ORM
import ORMMigrationCommands
import ORMMigrations
import ORMSQLite

@Model("notes")
struct Note {
    @PrimaryKey var id: Int
    var title: String
    var stars: Int
}

private let initial = Migration(
    "0001_initial",
    operations: [
        .createTable(
            TableState(
                "notes", columns: [ColumnState("id", .integer, isPrimaryKey: true), ColumnState("title", .text)]))
    ])

private let stars = Migration(
    "0002_stars", after: ["0001_initial"],
    operations: [.addColumn("notes", ColumnState("stars", .integer), filling: .value(.int(3)))])

/// A project whose files go to the console's folder.
protocol TestProject: MigrationProject where Console == TestConsole, Options == DatabaseOptions {}

extension TestProject {
    static var models: [any Model.Type] { [Note.self] }
    static var drivers: [any URLDriver.Type] { [SQLiteDriver.self] }
    static var dialects: [any Dialect] { [SQLiteDriver.inMemory.dialect] }
    static var folder: String? { "Migrations" }
}

/// A model has a column that no migration makes.
enum Drifted: TestProject { static let migrations = [initial] }
/// Models and migrations say the same.
enum Complete: TestProject { static let migrations = [initial, stars] }
/// There is no migration yet.
enum Fresh: TestProject { static let migrations: [Migration] = [] }
/// Two people have made a migration each.
enum Branched: TestProject {
    static let migrations = [
        initial, stars,
        Migration("0002_empty", after: ["0001_initial"], operations: []),
    ]
}
/// A column is called otherwise.
enum Renamed: TestProject {
    static let migrations = [
        Migration(
            "0001_initial",
            operations: [
                .createTable(
                    TableState(
                        "notes",
                        columns: [
                            ColumnState("id", .integer, isPrimaryKey: true), ColumnState("heading", .text),
                            ColumnState("stars", .integer),
                        ]))
            ])
    ]
}
/// A program that is run without its sources.
enum Installed: TestProject {
    static let migrations = [initial]
    static var folder: String? { nil }
}
