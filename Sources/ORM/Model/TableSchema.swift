/// A model's table: name and columns. ``Model(_:)`` writes it.
///
/// A class, although nothing in it changes: every use of a model's schema would copy a struct of many fields.
public final class TableSchema: Sendable {
    /// The table's name.
    public let table: String
    /// The name that the table had before, for the migration that renames it.
    public let formerName: String?
    /// The columns, in the order in which rows are read.
    public let columns: [ColumnDefinition]
    /// The position of the primary key among the columns.
    public let primaryKeyIndex: Int
    /// The position of the timestamp set when a row is created, if there is one.
    public let createdIndex: Int?
    /// The position of the timestamp set with every change, if there is one.
    public let updatedIndex: Int?
    /// The position of the instant of deletion, in a table whose rows are deleted softly.
    public let deletionIndex: Int?
    /// The columns with a rule, which every write checks.
    let ruled: [Int]
    /// The columns of decimal numbers.
    let decimals: [Int]
    /// The statement that reads a row by its key.
    let keyLookup = StatementText()
    /// The same for a row that may be deleted softly.
    let anyKeyLookup = StatementText()

    /// A table of these columns; exactly one of them is the primary key.
    public init(_ table: String, was formerName: String? = nil, _ columns: [ColumnDefinition]) {
        self.table = table
        self.formerName = formerName
        self.columns = columns
        primaryKeyIndex = columns.firstIndex { $0.isPrimaryKey } ?? 0
        createdIndex = columns.firstIndex { $0.role == .timestamp(.created) }
        updatedIndex = columns.firstIndex { $0.role == .timestamp(.updated) }
        deletionIndex = columns.firstIndex { $0.role == .deletion }
        ruled = columns.indices.filter { columns[$0].hasRule }
        decimals = columns.indices.filter { columns[$0].storage.scale != nil }
    }

    /// The primary key's column.
    public var primaryKey: ColumnDefinition { columns[primaryKeyIndex] }

    /// The position of a column.
    func index(of column: String) -> Int? { columns.firstIndex { $0.name == column } }
}

extension ColumnDefinition {
    fileprivate var hasRule: Bool {
        storage.scale != nil || maxLength != nil || !validators.isEmpty
    }
}
