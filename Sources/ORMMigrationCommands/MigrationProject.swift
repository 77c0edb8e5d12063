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
    /// Opens the two databases of a copy, runs `body` with them and closes them again.
    ///
    /// - `source`: its URL; `nil` = the database that the options name.
    /// - `isDryRun`: whether nothing may be made or changed.
    static func withDatabases<Result: Sendable>(
        from source: String?, to target: String, _ options: Options, _ console: Console, isDryRun: Bool,
        _ body: (_ source: Database, _ target: Database) async throws -> Result
    ) async throws -> Result
    /// Changes what must be different in a copy, such as an id of the database itself: in the target, in the transaction of the copy,
    /// after all is compared. Triggers do not run.
    @Sendable static func completeCopy(_ transaction: Transaction) async throws
}

extension MigrationProject {
    /// Changes nothing.
    @Sendable public static func completeCopy(_ transaction: Transaction) async throws {}
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
        return try await withDatabase(url, body)
    }

    /// Opens the target, and as the source the database that is named or else that of `--database` or `DATABASE_URL`. The file of a
    /// SQLite database is made when it is missing, also in a dry run.
    public static func withDatabases<Result: Sendable>(
        from source: String?, to target: String, _ options: Options, _ console: Console, isDryRun: Bool,
        _ body: (_ source: Database, _ target: Database) async throws -> Result
    ) async throws -> Result {
        func both(_ source: Database) async throws -> Result {
            try await withDatabase(target) { try await body(source, $0) }
        }
        guard let source else { return try await withDatabase(options, console, for: .look, both) }
        return try await withDatabase(source, both)
    }

    private static func withDatabase<Result: Sendable>(
        _ url: String, _ body: (Database) async throws -> Result
    ) async throws -> Result {
        try await Database.open(url: url, drivers: drivers).closing(after: body)
    }
}
