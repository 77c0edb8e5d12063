public import ORM

/// A table in a form that is the same for all tables that mean the same: whatever the order of columns, indexes and checks and the
/// spelling of expressions.
///
/// With a dialect, two tables also mean the same when that database makes no difference between them: it is what an inspected
/// database can be compared by. Types are then those that the dialect stores, names of checks count no more than comments, and
/// a column's range is one of the checks.
struct CanonicalTable: Hashable {
    var name: String
    var columns: [String: CanonicalColumn] = [:]
    var indexes: [String: CanonicalIndex] = [:]
    var checks: [CanonicalCheck: Int] = [:]

    init(_ table: TableState, in dialect: (any Dialect)?) throws {
        name = table.name
        for column in table.columns {
            columns[column.name] = try CanonicalColumn(column, in: dialect)
            if let dialect, let range = column.range {
                checks[CanonicalCheck(name: "", condition: .inRange(column.name, range, in: dialect)), default: 0] += 1
            }
        }
        for index in table.indexes {
            indexes[index.name] = CanonicalIndex(
                columns: index.columns, isUnique: index.isUnique,
                condition: try index.condition.map { try CanonicalExpression($0, in: dialect) })
        }
        for check in table.checks { checks[try CanonicalCheck(check, in: dialect), default: 0] += 1 }
    }
}

/// A column in that form.
struct CanonicalColumn: Hashable {
    var type: CanonicalType
    var isNullable: Bool
    var isPrimaryKey: Bool
    var isUnique: Bool
    var defaultValue: CanonicalDefault?
    var range: ClosedRange<Int64>?
    var reference: ReferenceState?
    var comment: String?

    init(_ column: ColumnState, in dialect: (any Dialect)?) throws {
        type =
            dialect.map {
                .stored($0.type(of: column.type, maxLength: column.maxLength, isPrimaryKey: column.isPrimaryKey))
            } ?? .portable(column.type, maxLength: column.maxLength)
        // The rows of a key's column are never NULL, whatever its definition says.
        isNullable = column.isNullable && !column.isPrimaryKey
        isPrimaryKey = column.isPrimaryKey
        isUnique = column.isUnique && !column.isPrimaryKey
        defaultValue = try column.defaultValue.flatMap { try CanonicalDefault($0, of: column, in: dialect) }
        range = dialect == nil ? column.range : nil
        reference = column.reference
        comment = dialect == nil ? column.comment : nil
    }
}

/// A type, as all dialects or as one of them has it.
enum CanonicalType: Hashable {
    case portable(StorageType, maxLength: Int?)
    case stored(String)
}

/// A default; none is the same as NULL.
enum CanonicalDefault: Hashable {
    case value(SQLValue)
    case now
    case expression(CanonicalExpression)

    init?(_ value: DefaultState, of column: ColumnState, in dialect: (any Dialect)?) throws {
        if value == .value(.null) { return nil }
        guard let dialect else {
            switch value {
            case .value(let value): self = .value(value)
            case .now: self = .now
            case .sql(let text): self = .expression(try CanonicalExpression(text, in: nil))
            }
            return
        }
        switch value {
        case .value(let value):
            self = .expression(.one(CanonicalSQL(dialect.literal(value, in: column.type))))
        case .now: self = .expression(.one(CanonicalSQL(dialect.expression(of: .now))))
        case .sql(let text): self = .expression(try CanonicalExpression(text, in: dialect))
        }
    }
}

/// An expression, as all dialects or as one of them has it.
enum CanonicalExpression: Hashable {
    case all([String: CanonicalSQL])
    case one(CanonicalSQL)

    init(_ expression: PortableSQL, in dialect: (any Dialect)?) throws {
        self = try dialect.map { .one(CanonicalSQL(try expression.text(in: $0))) } ?? .all(expression.canonicalForms)
    }

    /// The check that a column's range is.
    static func inRange(_ column: String, _ range: ClosedRange<Int64>, in dialect: any Dialect) -> CanonicalExpression {
        .one(CanonicalSQL("\(quoted(column, in: dialect)) BETWEEN \(range.lowerBound) AND \(range.upperBound)"))
    }

    private static func quoted(_ name: String, in dialect: any Dialect) -> String {
        var text = ""
        dialect.quote(name, into: &text)
        return text
    }
}

/// An index in that form.
struct CanonicalIndex: Hashable {
    var columns: [String]
    var isUnique: Bool
    var condition: CanonicalExpression?

    init(columns: [String], isUnique: Bool, condition: CanonicalExpression?) {
        self.columns = columns
        self.isUnique = isUnique
        self.condition = condition
    }

    init(_ index: IndexState) throws {
        self.init(
            columns: index.columns, isUnique: index.isUnique,
            condition: try index.condition.map { try CanonicalExpression($0, in: nil) })
    }
}

/// A check in that form.
struct CanonicalCheck: Hashable {
    var name: String
    var condition: CanonicalExpression

    init(name: String, condition: CanonicalExpression) {
        self.name = name
        self.condition = condition
    }

    init(_ check: CheckState, in dialect: (any Dialect)? = nil) throws {
        self.init(
            name: dialect == nil ? check.name : "", condition: try CanonicalExpression(check.condition, in: dialect))
    }
}

extension SchemaState {
    /// Whether another schema means the same, to a dialect's databases or, with `nil`, to all.
    ///
    /// ```swift
    /// try replayed.isEquivalent(to: inspected, in: database.dialect)
    /// ```
    public func isEquivalent(to other: SchemaState, in dialect: (any Dialect)? = nil) throws -> Bool {
        try tables.map { try CanonicalTable($0, in: dialect) }
            == other.tables.map { try CanonicalTable($0, in: dialect) }
    }
}
