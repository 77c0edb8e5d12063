/// Reads a row's columns as a tuple.
package struct TupleDecoder<each Value: ColumnValue>: RowDecoder {
    /// A decoder of these columns.
    package init() {}

    package func decode(_ row: borrowing some ResultRow) throws -> (repeat each Value) {
        var index = -1
        func next<Item: ColumnValue>(_: Item.Type, _ row: borrowing some ResultRow) throws -> Item {
            index += 1
            return try Item.read(row, at: index)
        }
        return (repeat try next((each Value).self, row))
    }
}

/// Reads a row's columns and makes a value of them.
struct MappedDecoder<Output: Sendable, each Value: ColumnValue>: RowDecoder {
    let transform: @Sendable (repeat each Value) throws -> Output

    func decode(_ row: borrowing some ResultRow) throws -> Output {
        let values = try TupleDecoder<repeat each Value>().decode(row)
        return try transform(repeat each values)
    }
}
