extension TableSchema {
    /// Whether the dialect binds other values than those of the rows.
    func needsEncoding(for dialect: any Dialect) -> Bool { !decimals.isEmpty && dialect.storesDecimalsAsIntegers }

    /// A row's values as the dialect binds them, in the order of the columns.
    func encoded(_ values: [SQLValue], for dialect: any Dialect) throws -> [SQLValue] {
        guard needsEncoding(for: dialect) else { return values }
        var encoded = values
        for index in decimals { encoded[index] = try self.encoded(values[index], ofColumn: index, for: dialect) }
        return encoded
    }

    /// One column's value as the dialect binds it. The value has been validated: it fits the column's digits. Throws `.unsupported`
    /// when these are more than 64 bits can hold.
    func encoded(_ value: SQLValue, ofColumn index: Int, for dialect: any Dialect) throws -> SQLValue {
        guard dialect.storesDecimalsAsIntegers, case .decimal(let number) = value,
            case .decimal(_, let scale) = columns[index].storage
        else { return value }
        guard let integer = number.scaled(scale) else {
            throw ORMError.unsupported(
                "decimals of more than 18 digits", dialect: dialect.name,
                "\(table).\(columns[index].name) has more digits than \(dialect.name) stores exactly: 18 at most")
        }
        return .int(integer)
    }
}
