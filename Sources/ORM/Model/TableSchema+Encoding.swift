extension TableSchema {
    /// Whether the dialect binds other values than those of the rows.
    func needsEncoding(for dialect: any Dialect) -> Bool { !decimals.isEmpty && dialect.storesDecimalsAsIntegers }

    /// A row's values as the dialect binds them, in the order of the columns.
    func encoded(_ values: [SQLValue], for dialect: any Dialect) -> [SQLValue] {
        guard needsEncoding(for: dialect) else { return values }
        var encoded = values
        for index in decimals { encoded[index] = self.encoded(values[index], ofColumn: index, for: dialect) }
        return encoded
    }

    /// One column's value as the dialect binds it. The value has been validated: it fits the column's digits.
    func encoded(_ value: SQLValue, ofColumn index: Int, for dialect: any Dialect) -> SQLValue {
        guard dialect.storesDecimalsAsIntegers, case .decimal(let number) = value,
            case .decimal(_, let scale) = columns[index].storage
        else { return value }
        return number.scaled(scale).map { .int($0) } ?? .invalid("a decimal of more than 18 digits")
    }
}
