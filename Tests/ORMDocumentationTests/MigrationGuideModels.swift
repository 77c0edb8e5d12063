import ArgumentParser
import FoundationEssentials
import ORM
import ORMMigrationCommands
import ORMMigrations
import ORMPostgres
import ORMSQLite

// doc: migration-project
enum News: MigrationProject {
    static let models: [any Model.Type] = [Article.self]
    static let migrations = Migrations.all
    static let drivers: [any URLDriver.Type] = [SQLiteDriver.self]
    static let dialects: [any Dialect] = [SQLiteDriver.inMemory.dialect, PostgresDialect()]
    static let folder: String? = "Sources/News/Migrations"
}

struct NewsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "news", subcommands: [MigrateCommand<News>.self])
}
// end

// doc: migration-model
@Model("articles")
struct Article {
    @PrimaryKey var id: Int
    @Column(.max(200)) var title: String
    @Column(was: "body") var content: String
    var rating: Int = 0

    static var options: Options<Article> { .init(checks: [.check("rating", sql: "{rating} BETWEEN 0 AND 5")]) }
}
// end

enum Migrations {
    static let all: [Migration] = [initial0001, addArticlesRating0002]

    static let initial0001 = Migration(
        "0001_initial",
        operations: [
            .createTable(
                TableState(
                    "articles",
                    columns: [
                        ColumnState("id", .integer, isPrimaryKey: true), ColumnState("title", .text, maxLength: 200),
                        ColumnState("body", .text),
                    ]))
        ])
}

// doc: migration-file
extension Migrations {
    static let addArticlesRating0002 = Migration(
        "0002_add_articles_rating", after: ["0001_initial"],
        operations: [
            .renameColumn("articles", "body", to: "content"),
            .addColumn("articles", ColumnState("rating", .integer, default: .value(.int(0)))),
            .addCheck("articles", CheckState("articles_rating", "{rating} BETWEEN 0 AND 5")),
        ])
}
// end
