import FoundationEssentials
import ORM

/// Reads rows of a table that no model speaks of, each value as the column's type says and not as the engine keeps it.
struct RowValues: RowDecoder {
    let columns: [ColumnState]

    func decode(_ row: borrowing some ResultRow) throws -> [SQLValue] {
        var values: [SQLValue] = []
        values.reserveCapacity(columns.count)
        for index in columns.indices {
            values.append(row.isNull(index) ? .null : try value(row, index))
        }
        return values
    }

    private func value(_ row: borrowing some ResultRow, _ index: Int) throws -> SQLValue {
        switch columns[index].type {
        case .int16, .int32, .integer, .duration: .int(try row.integer(index))
        case .real: .double(try row.real(index))
        case .decimal: try Decimal.read(row, at: index).sqlValue
        case .boolean: .bool(try row.boolean(index))
        case .text, .json: .text(try row.text(index))
        case .bytes: .bytes(try row.bytes(index))
        case .timestamp: .date(try row.date(index))
        case .date: try CalendarDate.read(row, at: index).sqlValue
        case .time: try TimeOfDay.read(row, at: index).sqlValue
        case .uuid: .uuid(try row.uuid(index))
        }
    }
}

extension ColumnState {
    /// The column as a query over its table selects it.
    var path: ColumnPath {
        guard case .decimal(_, let scale) = type else { return ColumnPath(scope: .root, column: name) }
        return ColumnPath(scope: .root, column: name, scale: scale)
    }

    /// A value as the dialect binds it for the column. Throws `.unsupported` for a decimal with more digits than the engine keeps.
    func encoded(_ value: SQLValue, for dialect: any Dialect) throws -> SQLValue {
        guard dialect.storesDecimalsAsIntegers, case .decimal(let number) = value, case .decimal(_, let scale) = type
        else { return value }
        guard let integer = number.scaled(scale) else {
            throw ORMError.unsupported(
                "decimals of more than 18 digits", dialect: dialect.name,
                "\(name) has more digits than \(dialect.name) stores exactly: 18 at most")
        }
        return .int(integer)
    }
}
