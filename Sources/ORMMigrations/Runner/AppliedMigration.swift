public import FoundationEssentials
public import ORM

/// A line of the history: a migration that has been applied.
@Model("orm_migrations") public struct AppliedMigration: Hashable {
    /// The number of the line: later ones are greater.
    @PrimaryKey public var id: Int
    /// The migration's name.
    @Column(.max(200), .unique) public var name: String
    /// The checksum of its operations, ``Migration/checksum``, when it was applied.
    @Column(.max(64)) public var checksum: String
    /// When it was applied.
    @Timestamp(.created) public var appliedAt: Date
    /// How long it took.
    public var duration: Duration
}
