public import ArgumentParser
public import ORM
public import ORMMigrations

/// A package's schema, for the commands of ``MigrateCommand``: its models, its migrations, and where they live.
///
/// ```swift
/// enum Shop: MigrationProject {
///     static let models: [any Model.Type] = [Customer.self, Order.self]
///     static let migrations = Migrations.all
///     static let drivers: [any URLDriver.Type] = [SQLiteDriver.self]
///     static let dialects: [any Dialect] = [SQLiteDriver.inMemory.dialect, PostgresDialect()]
///     static let folder: String? = "Sources/Shop/Migrations"
/// }
///
/// @main enum Main { static func main() async { await MigrateCommand<Shop>.main() } }
/// ```
public protocol MigrationProject: Sendable {
    /// The options of every command, beside its own.
    associatedtype Options: ParsableArguments = DatabaseOptions
    /// What the commands talk through.
    associatedtype Console: MigrationConsole = StandardConsole
    /// All models.
    static var models: [any Model.Type] { get }
    /// All migrations: `Migrations.all`, which `make` keeps.
    static var migrations: [Migration] { get }
    /// The engines that a database’s URL may name.
    static var drivers: [any URLDriver.Type] { get }
    /// The engines that migrations are written for; the first one is the one that `sql` prints by itself.
    static var dialects: [any Dialect] { get }
    /// Where `make` writes, from the folder it runs in; `nil` for a program whose migrations are built in and that is run without its
    /// sources: it then refuses to write any.
    static var folder: String? { get }
    /// How the commands talk: as text or JSON, with or without what nobody asked for.
    static func style(_ options: Options) -> MigrationOutputStyle
    /// Opens the database that the options name, runs `body` and closes it again.
    static func withDatabase<Result: Sendable>(
        _ options: Options, _ console: Console, for purpose: MigrationPurpose,
        _ body: (Database) async throws -> Result
    ) async throws -> Result
}

/// What a command wants of the database.
public enum MigrationPurpose: Sendable, Hashable {
    /// To look at it.
    case look
    /// To apply migrations.
    case up
    /// To undo migrations.
    case down
    /// To write its history only.
    case enter
}

/// How the commands talk.
public struct MigrationOutputStyle: Sendable, Hashable {
    /// Whether a result is one JSON object.
    public var isJSON: Bool
    /// Whether only what was asked for is printed.
    public var isQuiet: Bool

    /// A style; text unless said otherwise.
    public init(isJSON: Bool = false, isQuiet: Bool = false) {
        self.isJSON = isJSON
        self.isQuiet = isQuiet
    }
}

/// The options of a project that says nothing of its own.
public struct DatabaseOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The database’s URL (default: DATABASE_URL).", valueName: "url"))
    var database: String?

    @Flag(help: "Print the result as one JSON object.")
    var json = false

    /// The options as the command line gives them.
    public init() {}
}

extension MigrationProject where Options == DatabaseOptions {
    /// As `--json` says.
    public static func style(_ options: Options) -> MigrationOutputStyle { MigrationOutputStyle(isJSON: options.json) }

    /// Opens the database that `--database` or `DATABASE_URL` names.
    public static func withDatabase<Result: Sendable>(
        _ options: Options, _ console: Console, for purpose: MigrationPurpose,
        _ body: (Database) async throws -> Result
    ) async throws -> Result {
        guard let url = options.database ?? console.environment["DATABASE_URL"], !url.isEmpty else {
            throw ORMError(.configuration, "no database is named: give --database URL, or set DATABASE_URL")
        }
        let database = try await Database.open(url: url, drivers: drivers)
        do {
            let result = try await body(database)
            await database.close()
            return result
        } catch {
            await database.close()
            throw error
        }
    }
}
