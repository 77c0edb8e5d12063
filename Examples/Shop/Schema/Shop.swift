public import ORM
public import ORMMigrationCommands
public import ORMMigrations
import ORMPostgres
import ORMSQLite

/// All that the commands must know of a package’s schema.
public enum Shop: MigrationProject {
    /// The tables as the program uses them.
    public static let models: [any Model.Type] = [Customer.self, Order.self]
    /// How they came to be, oldest first.
    public static let migrations = Migrations.all
    /// The databases that `--database` may name.
    public static let drivers: [any URLDriver.Type] = [SQLiteDriver.self]
    /// The databases for which `migrate make` checks that every operation exists.
    public static let dialects: [any Dialect] = [SQLiteDriver.inMemory.dialect, PostgresDialect()]
    /// Where `migrate make` writes.
    public static let folder: String? = "Examples/Shop/Schema/Migrations"
}
