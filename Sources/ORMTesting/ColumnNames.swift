package import ORM

/// The names of a row's columns, as the connection knows them: `id,name`. Of ten columns at most.
package struct ColumnNames: RowDecoder {
    package init() {}

    package func decode(_ row: borrowing some ResultRow) throws -> String {
        var names: [String] = []
        // A column that is not there is called by its number.
        for index in 0..<10 where Int(row.name(index)) == nil { names.append(row.name(index)) }
        return names.joined(separator: ",")
    }
}
