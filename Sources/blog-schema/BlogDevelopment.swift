import ArgumentParser
import BlogModels
import FoundationEssentials
import ORM
import ORMMigrationCommands
import ORMMigrations
import ORMMySQL
import ORMPostgres
import ORMSQLite

/// The blog's schema as those who develop it have it: with its sources.
enum BlogDevelopment: MigrationProject {
    static let models = BlogSchema.models
    static let migrations = Migrations.all
    static let drivers: [any URLDriver.Type] = {
        var drivers: [any URLDriver.Type] = [SQLiteDriver.self]
        #if Postgres
            drivers.append(PostgresDriver.self)
        #endif
        #if MySQL
            drivers.append(MySQLDriver.self)
        #endif
        return drivers
    }()
    static let dialects: [any Dialect] = [SQLiteDriver.inMemory.dialect, PostgresDialect(), MySQLDialect()]
    static let folder: String? = "Sources/BlogModels/Migrations"
}

/// `blog-schema migrate make` writes the blog's next migration.
@main
struct BlogSchemaCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "blog-schema", abstract: "Develop the blog’s schema.",
        discussion: "Run it in the repository: swift run blog-schema migrate make",
        subcommands: [MigrateCommand<BlogDevelopment>.self, InitialCommand.self])
}

/// `blog-schema initial`: before there is a release, the first migration may be written anew instead of being followed by another.
struct InitialCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "initial",
        abstract: "Write 0001_initial anew from the models. Databases that have it must be made anew too.")

    func run() throws {
        let goal = try SchemaState(of: BlogDevelopment.models, for: BlogDevelopment.dialects)
        let operations = try SchemaDifference(from: SchemaState(), to: goal).operations
        let file = MigrationFile("0001_initial", after: [], operations: operations)
        let path = "\(BlogDevelopment.folder ?? ".")/\(file.fileName)"
        try Data(file.source.utf8).write(to: URL(filePath: path), options: .atomic)
        print(path)
    }
}
