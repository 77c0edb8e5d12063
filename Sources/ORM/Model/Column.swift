/// A column of a model, typed by the model and the value.
public struct Column<Row: Model, Value: ColumnValue>: ColumnReference {
    /// The column's name in the table.
    public let name: String
    /// For a decimal number, how many digits stand behind the point.
    package let scale: Int?

    /// A column by its name; for a decimal number with its digits behind the point.
    public init(_ name: String, scale: Int? = nil) {
        self.name = name
        self.scale = scale ?? Value.storage.scale
    }

    /// The column's name in the table.
    public var columnName: String { name }
}

extension Column {
    /// The column of the row at the end of a path.
    func node(in scope: ScopePath) -> SQLExpression { .column(ColumnPath(scope: scope, column: name, scale: scale)) }
}
