import ORM

/// A statement of a migration that is under way on an engine that commits every definition by itself.
@Model("orm_migration_journal") struct JournalEntry: Hashable {
    @PrimaryKey var id: Int
    /// The migration's name.
    @Column(.max(200)) var migration: String
    var isUndone: Bool
    /// The statement's place among those of the migration, from 0.
    var position: Int
    /// Tells whether the statement is still the one that was run.
    @Column(.max(64)) var checksum: String
    /// Whether it is known to have taken effect.
    var isDone: Bool
}
