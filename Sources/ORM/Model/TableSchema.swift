/// A model's table: name and columns. ``Model(_:)`` writes it.
///
/// A class, although nothing in it changes: every use of a model's schema would copy a struct of many fields.
public final class TableSchema: Sendable {
    /// The table's name.
    public let table: String
    /// The columns, in the order in which rows are read.
    public let columns: [ColumnDefinition]
    /// The position of the primary key among the columns.
    public let primaryKeyIndex: Int
    /// The position of the timestamp set when a row is created, if there is one.
    public let createdIndex: Int?
    /// The position of the timestamp set with every change, if there is one.
    public let updatedIndex: Int?
    /// The columns with a longest length, which every write checks.
    let limited: [Int]
    /// The statement that reads a row by its key.
    let keyLookup = StatementText()

    /// A table of these columns; exactly one of them is the primary key.
    public init(_ table: String, _ columns: [ColumnDefinition]) {
        self.table = table
        self.columns = columns
        primaryKeyIndex = columns.firstIndex { $0.isPrimaryKey } ?? 0
        createdIndex = columns.firstIndex { $0.timestamp == .created }
        updatedIndex = columns.firstIndex { $0.timestamp == .updated }
        limited = columns.indices.filter { columns[$0].maxLength != nil }
    }

    /// The primary key's column.
    public var primaryKey: ColumnDefinition { columns[primaryKeyIndex] }

    /// Checks values against the columns' rules; throws `.validationFailure` naming the field.
    func validate(_ value: SQLValue, ofColumn index: Int) throws {
        guard case .text(let text) = value, let limit = columns[index].maxLength else { return }
        // A text has at most as many scalars as bytes, so most need no counting.
        if text.utf8.count > limit, text.unicodeScalars.count > limit {
            throw ORMError(
                .validationFailure,
                "\(table).\(columns[index].name) is longer than \(limit) characters (\(text.unicodeScalars.count))")
        }
    }

    func validate(_ values: [SQLValue]) throws {
        for index in limited { try validate(values[index], ofColumn: index) }
    }
}

/// A column of a table.
public struct ColumnDefinition: Sendable {
    /// The column's name.
    public let name: String
    /// How the column stores its values.
    public let storage: StorageType
    /// Whether the column may be NULL.
    public let isNullable: Bool
    /// Whether this is the primary key.
    public let isPrimaryKey: Bool
    /// The longest text, in Unicode scalars.
    public let maxLength: Int?
    /// Whether no two rows may have the same value.
    public let isUnique: Bool
    /// Whether the column has an index of its own.
    public let isIndexed: Bool
    /// The value of a column that an INSERT by hand leaves out.
    public let defaultValue: SQLValue?
    /// Which timestamp the library keeps here.
    public let timestamp: TimestampKind?
    /// The table and rule of a foreign key.
    public let reference: Reference?

    /// What a foreign key points to.
    public struct Reference: Sendable {
        /// The model whose key this is.
        public let model: any Model.Type
        /// What happens to this row when that one is deleted.
        public let onDelete: DeleteRule
    }

    /// A column of values of a type.
    public init<Value: ColumnValue>(
        _ name: String, _ type: Value.Type, _ options: [ColumnOption] = [], primaryKey: Bool = false,
        defaultValue: Value? = nil, timestamp: TimestampKind? = nil
    ) {
        self.init(
            name: name, storage: Value.storage, isNullable: Value.isNullable, options: options,
            isPrimaryKey: primaryKey,
            defaultValue: defaultValue?.sqlValue, timestamp: timestamp, reference: nil)
    }

    /// A foreign key to a model.
    public init<Target: Model>(
        _ name: String, to target: Target.Type, optional: Bool, onDelete: DeleteRule, _ options: [ColumnOption] = []
    ) {
        self.init(
            name: name, storage: Target.ID.storage, isNullable: optional, options: options, isPrimaryKey: false,
            defaultValue: nil, timestamp: nil, reference: Reference(model: target, onDelete: onDelete))
    }

    private init(
        name: String, storage: StorageType, isNullable: Bool, options: [ColumnOption], isPrimaryKey: Bool,
        defaultValue: SQLValue?, timestamp: TimestampKind?, reference: Reference?
    ) {
        self.name = name
        self.storage = storage
        self.isNullable = isNullable
        self.isPrimaryKey = isPrimaryKey
        maxLength = options.compactMap { if case .max(let length) = $0 { length } else { nil } }.last
        isUnique = options.contains(.unique)
        isIndexed = options.contains(.indexed) || reference != nil
        self.defaultValue = defaultValue
        self.timestamp = timestamp
        self.reference = reference
    }
}

/// A rule or property of a column, as ``Column(_:)`` takes it.
public enum ColumnOption: Sendable, Hashable {
    /// The longest text, in Unicode scalars; checked before anything is written.
    case max(Int)
    /// No two rows may have the same value; has an index by that.
    case unique
    /// The column has an index.
    case indexed
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
}
