import ArgumentParser
import ORM
import ORMMigrationCommands
import ORMMigrations
import ORMPostgres
import ORMSQLite

/// All that the commands must know of a package’s schema.
enum Shop: MigrationProject {
    static let models: [any Model.Type] = [Customer.self, Order.self]
    static let migrations = Migrations.all
    static let drivers: [any URLDriver.Type] = [SQLiteDriver.self]
    static let dialects: [any Dialect] = [SQLiteDriver.inMemory.dialect, PostgresDialect()]
    static let folder: String? = "Examples/Shop/Migrations"
}

/// The shop’s own program: `migrate` is one of its commands, here the only one.
@main
struct ShopCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "shop", abstract: "An example of a program with migrations.",
        subcommands: [MigrateCommand<Shop>.self])
}
