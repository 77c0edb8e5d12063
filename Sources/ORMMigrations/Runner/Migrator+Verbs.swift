extension Migrator {
    /// Applies what is pending, up to a migration and all that come before it; `nil` = all. Gives what it ran, nothing when there
    /// was nothing to do.
    ///
    /// Throws `.migration` and changes nothing for an unknown target, for branches that nothing brings together, and for a database with
    /// migrations that the program does not know or that have changed since they were applied.
    @discardableResult
    public func up(to target: String? = nil, mode: MigrationMode = .apply) async throws -> [MigrationRun] {
        throw SchemaState.refusal("not yet")
    }

    /// Undoes what was applied after a migration, which itself stays, the latest first; `nil` = the latest alone, `zero` = all.
    @discardableResult
    public func down(to target: String? = nil, mode: MigrationMode = .apply) async throws -> [MigrationRun] {
        throw SchemaState.refusal("not yet")
    }

    /// How every migration stands to the database: those of the program in order, then those that only the database knows.
    public func status() async throws -> [MigrationStatus] { throw SchemaState.refusal("not yet") }

    /// What has been applied, oldest first; empty for a database without a history.
    public func history() async throws -> [AppliedMigration] { throw SchemaState.refusal("not yet") }
}
