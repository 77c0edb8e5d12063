/// How a migration stands to a database.
public struct MigrationStatus: Sendable, Hashable {
    /// The migration's name.
    public let name: String
    /// How it stands.
    public let standing: Standing
    /// Its line in the history; `nil` when it is not applied.
    public let applied: AppliedMigration?

    /// How a migration stands to a database.
    public enum Standing: String, Sendable, Hashable {
        /// Applied, and still what it was then.
        case applied
        /// Applied, but the program's operations are no longer those that were.
        case changed
        /// Not applied yet.
        case pending
        /// MySQL only: begun and interrupted; running it again goes on with it.
        case interrupted
        /// Applied, but the program does not know it: the database is newer than the program, or another program's.
        case unknown
    }
}

extension Migrator {
    /// How every migration stands to the database: those of the program in order, then those that only the database knows.
    public func status() async throws -> [MigrationStatus] {
        let history = try await History.read(database)
        let interrupted = try await interruptedMigration()
        let changed = Set(history.changed(in: graph).map(\.name))
        let known = graph.migrations.map { migration in
            let applied = history[migration.name]
            let standing: MigrationStatus.Standing =
                if migration.name == interrupted {
                    .interrupted
                } else if applied == nil {
                    .pending
                } else {
                    changed.contains(migration.name) ? .changed : .applied
                }
            return MigrationStatus(name: migration.name, standing: standing, applied: applied)
        }
        return known
            + history.unknown(to: graph).map { MigrationStatus(name: $0.name, standing: .unknown, applied: $0) }
    }

    /// What has been applied, oldest first; empty for a database without a history.
    public func history() async throws -> [AppliedMigration] { try await History.read(database).lines }
}
