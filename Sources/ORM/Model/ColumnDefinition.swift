/// A column of a table. A class for the same reason as ``TableSchema``.
public final class ColumnDefinition: Sendable {
    /// The column's name.
    public let name: String
    /// How the column stores its values.
    public let storage: StorageType
    /// Whether the column may be NULL.
    public let isNullable: Bool
    /// Whether this is the primary key.
    public let isPrimaryKey: Bool
    /// The name that it had before, for the migration that renames it.
    public let formerName: String?
    /// The longest text, in Unicode scalars.
    public let maxLength: Int?
    /// Whether no two rows may have the same value.
    public let isUnique: Bool
    /// Whether the column has an index of its own.
    public let isIndexed: Bool
    /// The value of a column that an INSERT by hand leaves out.
    public let defaultValue: SQLValue?
    /// What the database puts into a column that an INSERT leaves out.
    public let databaseDefault: DatabaseDefault?
    /// What the column is for.
    public let comment: String?
    /// The values of an integer type that is narrower than its column, which the database holds every write to.
    public let integerRange: ClosedRange<Int64>?
    /// The rules that every written value keeps.
    public let validators: [Validator]
    /// What the library keeps in this column by itself.
    public let role: Role?
    /// The table and rule of a foreign key.
    public let reference: Reference?

    /// What the library keeps in a column by itself.
    public enum Role: Sendable, Hashable {
        /// A timestamp.
        case timestamp(TimestampKind)
        /// When the row was deleted; NULL while it is not.
        case deletion
    }

    /// What a foreign key points to.
    public struct Reference: Sendable {
        /// The model whose key this is.
        public let model: any Model.Type
        /// What happens to this row when that one is deleted.
        public let onDelete: DeleteRule
    }

    /// A column of values of a type.
    public convenience init<Value: ColumnValue>(
        _ name: String, _ type: Value.Type, _ options: [ColumnOption] = [], primaryKey: Bool = false,
        defaultValue: Value? = nil, role: Role? = nil
    ) {
        self.init(
            name: name, storage: Value.storage, isNullable: Value.isNullable, options: options,
            isPrimaryKey: primaryKey, defaultValue: defaultValue?.sqlValue, role: role, reference: nil,
            integerRange: Value.integerRange)
    }

    /// A foreign key to a model.
    public convenience init<Target: Model>(
        _ name: String, to target: Target.Type, optional: Bool, onDelete: DeleteRule, _ options: [ColumnOption] = []
    ) {
        self.init(
            name: name, storage: Target.ID.storage, isNullable: optional, options: options, isPrimaryKey: false,
            defaultValue: nil, role: nil, reference: Reference(model: target, onDelete: onDelete), integerRange: nil)
    }

    private init(
        name: String, storage: StorageType, isNullable: Bool, options: [ColumnOption], isPrimaryKey: Bool,
        defaultValue: SQLValue?, role: Role?, reference: Reference?, integerRange: ClosedRange<Int64>?
    ) {
        self.integerRange = integerRange
        self.name = name
        self.isNullable = isNullable
        self.isPrimaryKey = isPrimaryKey
        self.defaultValue = defaultValue
        self.role = role
        self.reference = reference
        var (maxLength, isUnique, isIndexed, storage): (Int?, Bool, Bool, StorageType) = (
            nil, false, reference != nil, storage
        )
        var (comment, databaseDefault, validators): (String?, DatabaseDefault?, [Validator]) = (nil, nil, [])
        var formerName: String?
        for option in options {
            switch option {
            case .max(let length): maxLength = length
            case .unique: isUnique = true
            case .indexed: isIndexed = true
            case .unindexed: isIndexed = false
            // The macro has read it already: it is `name`.
            case .name: break
            case .was(let name): formerName = name
            case .comment(let text): comment = text
            case .decimal(let precision, let scale): storage = .decimal(precision: precision, scale: scale)
            case .databaseDefault(let value): databaseDefault = value
            case .validate(let validator): validators.append(validator)
            }
        }
        self.formerName = formerName
        self.storage = storage
        self.maxLength = maxLength
        self.isUnique = isUnique
        self.isIndexed = isIndexed
        self.comment = comment
        self.databaseDefault = databaseDefault
        self.validators = validators
    }
}
