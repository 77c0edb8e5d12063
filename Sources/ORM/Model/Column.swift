/// A column of a model, typed by the model and the value.
public struct Column<Row: Model, Value: ColumnValue>: ColumnReference {
    /// The column's name in the table.
    public let name: String

    /// A column by its name.
    public init(_ name: String) { self.name = name }

    /// The column's name in the table.
    public var columnName: String { name }
}
