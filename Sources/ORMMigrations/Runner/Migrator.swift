public import ORM

/// Applies migrations to a database, and undoes them.
///
/// ```swift
/// let migrator = try Migrator(database, [initial, rating])
/// try await migrator.up()                        // all that are pending
/// try await migrator.down(to: "0001_initial")    // undoes what came after it
/// try await migrator.status().map(\.name)        // ["0001_initial", "0002_rating"]
/// ```
/// Each migration is applied in one transaction on engines whose transactions hold definitions (SQLite, PostgreSQL), its line in the
/// history with it. MySQL commits every definition by itself: there each statement is entered into a journal before and after it runs,
/// and the next run goes on where an interrupted one stopped.
///
/// Two processes may run at once: the second one waits for the first and finds its work done.
public struct Migrator: Sendable {
    let database: Database
    /// The program's migrations.
    public let graph: MigrationGraph

    /// A migrator for a database and a program's migrations. Throws `.migration` when these contradict one another.
    public init(_ database: Database, _ migrations: [Migration]) throws {
        self.init(database, try MigrationGraph(migrations))
    }

    /// A migrator for a database and a program's migrations.
    public init(_ database: Database, _ graph: MigrationGraph) {
        self.database = database
        self.graph = graph
    }
}

/// How migrations are run.
public enum MigrationMode: Sendable, Hashable {
    /// Applied to the database.
    case apply
    /// Only written into the history, for a database that has the schema already.
    case fake
    /// Only shown: the database stays as it is.
    case dryRun
}

/// A migration that was run.
public struct MigrationRun: Sendable, Hashable {
    /// The migration's name.
    public let name: String
    /// Whether it was undone instead of applied.
    public let isUndone: Bool
    /// The statements that it ran, or would run; a Swift step stands there as a comment.
    public let statements: [String]
    /// How long it took; `nil` when it was not run.
    public let duration: Duration?
}

/// How a migration stands to a database.
public struct MigrationStatus: Sendable, Hashable {
    /// The migration's name.
    public let name: String
    /// How it stands.
    public let standing: Standing
    /// When it was applied; `nil` when it is not.
    public let applied: AppliedMigration?

    /// How a migration stands to a database.
    public enum Standing: String, Sendable, Hashable {
        /// Applied, and still what it was then.
        case applied
        /// Applied, but the program's operations are no longer those that were.
        case changed
        /// Not applied yet.
        case pending
        /// MySQL only: begun and interrupted; the next ``Migrator/up(to:mode:)`` goes on with it.
        case interrupted
        /// Applied, but the program does not know it: the database is newer than the program, or another program's.
        case unknown
    }
}
