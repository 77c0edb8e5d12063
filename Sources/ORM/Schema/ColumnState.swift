/// A column as plain values: what the database knows of it, without validators, roles and the Swift type.
public struct ColumnState: Sendable, Hashable {
    /// The column's name.
    public var name: String
    /// How it stores its values.
    public var type: StorageType
    /// For texts, how many characters at most.
    public var maxLength: Int?
    /// Whether it may be NULL.
    public var isNullable: Bool
    /// Whether it is the primary key.
    public var isPrimaryKey: Bool
    /// Whether no two rows may agree in it.
    public var isUnique: Bool
    /// What the database puts in where an INSERT says nothing.
    public var defaultValue: DefaultState?
    /// For integers narrower than their storage, the values they take; a check constraint.
    public var range: ClosedRange<Int64>?
    /// The table it points to.
    public var reference: ReferenceState?
    /// What it is for.
    public var comment: String?

    /// A column of these properties; NOT NULL unless said otherwise.
    public init(
        _ name: String, _ type: StorageType, maxLength: Int? = nil, isNullable: Bool = false,
        isPrimaryKey: Bool = false, isUnique: Bool = false, default defaultValue: DefaultState? = nil,
        range: ClosedRange<Int64>? = nil, references reference: ReferenceState? = nil, comment: String? = nil
    ) {
        self.name = name
        self.type = type
        self.maxLength = maxLength
        self.isNullable = isNullable
        self.isPrimaryKey = isPrimaryKey
        self.isUnique = isUnique
        self.defaultValue = defaultValue
        self.range = range
        self.reference = reference
        self.comment = comment
    }
}

/// What the database puts into a column that an INSERT leaves out.
public enum DefaultState: Sendable, Hashable {
    /// A value.
    case value(SQLValue)
    /// The instant of the INSERT.
    case now
    /// An expression.
    case sql(PortableSQL)
}

/// Where a foreign key points, and what becomes of it when that row is deleted.
public struct ReferenceState: Sendable, Hashable {
    /// The table it points to.
    public var table: String
    /// That table's column.
    public var column: String
    /// What happens when the row there is deleted.
    public var onDelete: DeleteRule

    /// A reference to a table's column.
    public init(_ table: String, _ column: String = "id", onDelete: DeleteRule) {
        self.table = table
        self.column = column
        self.onDelete = onDelete
    }
}
