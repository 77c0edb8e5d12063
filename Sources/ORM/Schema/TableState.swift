/// A table as plain values: what a schema is made of when no model says it, as in a migration or in a database that was inspected.
///
/// ```swift
/// let tags = TableState(
///     "tags",
///     columns: [
///         ColumnState("id", .integer, isPrimaryKey: true), ColumnState("name", .text, maxLength: 50, isUnique: true),
///     ])
/// ```
public struct TableState: Sendable, Hashable {
    /// The table's name.
    public var name: String
    /// The columns in their order.
    public var columns: [ColumnState]
    /// The indexes beside those of the primary key and of unique columns, in the order they are made.
    public var indexes: [IndexState]
    /// The check constraints beside those that a column's range implies.
    public var checks: [CheckState]

    /// A table of these parts.
    public init(
        _ name: String, columns: [ColumnState], indexes: [IndexState] = [], checks: [CheckState] = []
    ) {
        self.name = name
        self.columns = columns
        self.indexes = indexes
        self.checks = checks
    }
}

/// An index as plain values.
public struct IndexState: Sendable, Hashable {
    /// The index's name, unique in the database.
    public var name: String
    /// The columns, most significant first.
    public var columns: [String]
    /// Whether no two rows may agree in all of the columns.
    public var isUnique: Bool
    /// Which rows it holds; `nil` = all.
    public var condition: PortableSQL?

    /// An index over columns.
    public init(_ name: String, on columns: [String], isUnique: Bool = false, where condition: PortableSQL? = nil) {
        self.name = name
        self.columns = columns
        self.isUnique = isUnique
        self.condition = condition
    }
}

/// A check constraint as plain values.
public struct CheckState: Sendable, Hashable {
    /// The constraint's name, unique in the database: `posts_rating`.
    public var name: String
    /// What must not be false of a row.
    public var condition: PortableSQL

    /// A check of a condition.
    public init(_ name: String, _ condition: PortableSQL) {
        self.name = name
        self.condition = condition
    }
}
