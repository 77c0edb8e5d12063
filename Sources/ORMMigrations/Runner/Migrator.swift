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
    let clock: any Clock<Duration>
    let journaling: Journaling

    /// A migrator for a database and a program's migrations. Throws `.migration` when these contradict one another.
    public init(
        _ database: Database, _ migrations: [Migration], clock: any Clock<Duration> = ContinuousClock()
    ) throws {
        self.init(database, try MigrationGraph(migrations), clock: clock)
    }

    /// A migrator for a database and a program's migrations.
    ///
    /// - `clock`: what the durations in the history go by.
    public init(_ database: Database, _ graph: MigrationGraph, clock: any Clock<Duration> = ContinuousClock()) {
        self.init(database, graph, clock: clock, journaling: .mysql)
    }

    /// - `journaling`: how an engine that commits definitions is asked.
    package init(_ database: Database, _ graph: MigrationGraph, clock: any Clock<Duration>, journaling: Journaling) {
        self.database = database
        self.graph = graph
        self.clock = clock
        self.journaling = journaling
    }
}

/// How migrations are run.
public enum MigrationMode: Sendable, Hashable {
    /// Applied to the database.
    case apply
    /// Only written into the history: for a database that has the schema already, and for a migration whose text has changed without
    /// a difference to the database.
    case fake
    /// Only shown, as ``MigrationGraph/sql(from:to:in:)`` writes it: the database stays as it is.
    case dryRun
}

/// A migration that was run.
public struct MigrationRun: Sendable, Hashable {
    /// The migration's name.
    public let name: String
    /// Whether it was undone instead of applied.
    public let isUndone: Bool
    /// The statements that it ran, or would run, in order; a Swift step stands there as a comment.
    public let statements: [String]
    /// How long it took; `nil` when it was not run.
    public let duration: Duration?
}
