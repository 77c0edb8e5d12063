/// A rule or property of a column, as ``Column(_:)`` takes it.
public enum ColumnOption: Sendable {
    /// The longest text, in Unicode scalars; checked before anything is written.
    case max(Int)
    /// No two rows may have the same value; has an index by that.
    case unique
    /// The column has an index.
    case indexed
    /// A foreign key goes without the index that it has unless this is said.
    case unindexed
    /// The column's name in the table, where it is not the property's: `@Column(.name("e_mail")) var email: String`.
    case name(StaticString)
    /// The name that the column had before: a migration renames it and keeps its values. `was:` of ``Column(was:_:)`` is this.
    case was(String)
    /// What the column is for, kept in the database's own schema.
    case comment(String)
    /// A decimal number of so many digits in all, and so many of them behind the point.
    case decimal(Int, Int)
    /// A value that the database works out when a row is inserted without one. In `New` and `create` the column may then be
    /// left out; the stored row is read back.
    case databaseDefault(DatabaseDefault)
    /// A rule for the values.
    case validate(Validator)
}

/// What the database puts into a column that an INSERT leaves out.
public enum DatabaseDefault: Sendable {
    /// The current instant, for a `Date`.
    case now
    /// An expression of the engine's own SQL, as it stands: `.sql("lower(hex(randomblob(16)))")`. Written by a developer, never
    /// from outside.
    case sql(String)
}

/// Which timestamp the library keeps in a column.
public enum TimestampKind: Sendable, Hashable {
    /// Set when a row is created.
    case created
    /// Set when a row is created and with every change of it.
    case updated
}

/// What happens to a row when the row that its foreign key points to is deleted.
public enum DeleteRule: String, Sendable, Hashable {
    /// It is deleted too.
    case cascade = "CASCADE"
    /// Its foreign key becomes NULL; for optional relations.
    case setNull = "SET NULL"
    /// The other row cannot be deleted.
    case restrict = "RESTRICT"
    /// The other row cannot be deleted, unless this one goes with the same statement: checked at its end. MySQL makes no difference
    /// between this and ``restrict``.
    case noAction = "NO ACTION"
}
