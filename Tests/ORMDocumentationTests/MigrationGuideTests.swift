import FoundationEssentials
import ORM
import ORMMigrationCommands
import ORMMigrations
import ORMSQLite
import Testing

/// The code of the articles about migrations.
@Suite struct MigrationGuideTests {
    @Test func whatTheArticleSaysOfMake() throws {
        let old = try MigrationGraph([Migrations.initial0001]).state()
        let new = try SchemaState(of: News.models, for: News.dialects)
        let difference = try SchemaDifference(from: old, to: new, decisions: SchemaDecisions(of: News.models))
        #expect(
            difference.operations.map(\.description)
                == Migrations.addArticlesRating0002.operations.map(\.description))
        #expect(try SchemaDifference(from: old, to: new).ambiguities.map(\.removed) == ["articles.body"])
    }

    @Test func migrator() async throws {
        let database = try await Database.open(SQLiteDriver.inMemory)
        // doc: migrator
        let migrator = try Migrator(database, Migrations.all)
        let pending = try await migrator.status().filter { $0.standing == .pending }.map(\.name)
        try await migrator.up()
        try await migrator.down(to: "0001_initial")
        // end
        #expect(pending == ["0001_initial", "0002_add_articles_rating"])
        #expect(try await migrator.history().map(\.name) == ["0001_initial"])
        await database.close()
    }

    @Test func modelsAndMigrations() throws {
        // doc: migration-check
        let replayed = try MigrationGraph(Migrations.all).state()
        let declared = try SchemaState(of: News.models, for: News.dialects)
        let difference = try SchemaDifference(from: replayed, to: declared, decisions: SchemaDecisions(of: News.models))
        #expect(difference.operations.map(\.description) == [])
        // end
    }

    @Test func ownSteps() async throws {
        // doc: migration-steps
        let slugs = Migration(
            "0003_slugs", after: ["0002_add_articles_rating"],
            operations: [
                .addColumn("articles", ColumnState("slug", .text, isNullable: true)),
                .run(
                    "slugs of old articles",
                    up: { session in
                        let rows = try await Rows<Int, String>.raw("SELECT id, title FROM articles").all(on: session)
                        for (id, title) in rows {
                            let slug = title.lowercased().split(separator: " ").joined(separator: "-")
                            let update: SQLText = "UPDATE articles SET slug = \(slug) WHERE id = \(id)"
                            try await update.execute(on: session)
                        }
                    }, down: { _ in }),
                .sql(
                    up: PortableSQL("UPDATE articles SET rating = 1 WHERE rating = 0", for: ["mysql": ""]),
                    down: "UPDATE articles SET rating = 0 WHERE rating = 1"),
            ])
        // end
        let database = try await Database.open(SQLiteDriver.inMemory)
        let migrator = try Migrator(database, Migrations.all + [slugs])
        try await migrator.up(to: "0002")
        try await Article.create(title: "Old news", content: "", on: database)
        try await migrator.up()
        let rows = try await Rows<String, Int>.raw("SELECT slug, rating FROM articles").all(on: database)
        #expect(rows.map(\.0) == ["old-news"] && rows.map(\.1) == [1])
        try await migrator.down()
        #expect(try await Article.order { $0.id.asc }.first(on: database)?.rating == 0)
        await database.close()
    }

    @Test func copies() async throws {
        let database = try await Database.open(SQLiteDriver.inMemory)
        try await Migrator(database, Migrations.all).up()
        try await Article.create(title: "Old news", content: "", on: database)
        let other = try await Database.open(SQLiteDriver.inMemory)
        // doc: copy
        let copy = try DatabaseCopy(from: database, to: other, Migrations.all)
        let tables = try await copy.plan().map { "\($0.name): \($0.rows)" }
        try await copy.run()
        // end
        #expect(tables == ["articles: 1"])
        #expect(try await Article.query.all(on: other).map(\.title) == ["Old news"])
        await database.close()
        await other.close()
    }

    @Test func inspection() async throws {
        let database = try await Database.open(SQLiteDriver.inMemory)
        try await Migrator(database, Migrations.all).up()
        // doc: inspection
        let inspection = try await SchemaInspector.inspect(database)
        let source = ModelSource(inspection)
        print(source.text, source.notes)
        // end
        #expect(source.notes == [])
        #expect(source.text.contains("@Model(\"articles\")\nstruct Article {\n    @PrimaryKey var id: Int\n"))
        await database.close()
    }

    @Test func theOverview() async throws {
        let database = try await Database.open(SQLiteDriver.inMemory)
        let initial = Migration(
            "0001_initial",
            operations: [
                .createTable(TableState("posts", columns: [ColumnState("id", .integer, isPrimaryKey: true)]))
            ])
        // doc: migrations-overview
        let rating = Migration(
            "0002_rating", after: ["0001_initial"],
            operations: [
                .addColumn("posts", ColumnState("rating", .integer, default: .value(.int(0)))),
                .addCheck("posts", CheckState("posts_rating", "{rating} BETWEEN 0 AND 5")),
            ])
        let migrator = try Migrator(database, [initial, rating])
        try await migrator.up()
        // end
        #expect(try await migrator.history().count == 2)
        await database.close()
    }
}
