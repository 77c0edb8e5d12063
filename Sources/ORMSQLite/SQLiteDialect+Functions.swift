import ORM

extension SQLiteDialect {
    /// How SQLite spells a function. Those that start with `orm_` are registered on every connection: SQLite's own know case
    /// for ASCII only, dates to the millisecond only, and no regular expressions. Stored instants are sortable text, so their
    /// parts stand at fixed places. <https://sqlite.org/lang_corefunc.html>
    func spelling(of function: SQLFunction, count: Int) -> FunctionSpelling? {
        switch function {
        case .coalesce: "COALESCE(\(all: ", "))"
        case .fold: "orm_fold(\(0))"
        case .lower: "orm_lower(\(0))"
        case .upper: "orm_upper(\(0))"
        case .trim: "TRIM(\(0))"
        case .trimStart: "LTRIM(\(0))"
        case .trimEnd: "RTRIM(\(0))"
        case .length: "LENGTH(\(0))"
        case .position: "INSTR(\(0), \(1))"
        case .substring: "SUBSTR(\(all: ", "))"
        case .replace: "REPLACE(\(0), \(1), \(2))"
        case .concatenate: "(\(0) || \(1))"
        case .matches(let ignoringCase): ignoringCase ? "orm_imatches(\(0), \(1))" : "orm_matches(\(0), \(1))"
        // Of integers and by zero, SQLite divides as we say: https://sqlite.org/lang_expr.html#operators
        case .divide: "(\(0) / \(1))"
        case .remainder: "(\(0) % \(1))"
        case .negate: "(-\(0))"
        case .absolute: "ABS(\(0))"
        case .round: "ROUND(\(0), \(1))"
        case .least: "MIN(\(0), \(1))"
        case .greatest: "MAX(\(0), \(1))"
        case .cast(let storage): "CAST(\(0) AS \(word: type(of: storage, maxLength: nil, isPrimaryKey: false)))"
        case .datePart(let part): spelling(of: part)
        case .truncate(let unit): spelling(of: unit)
        case .addMicroseconds: "orm_add_microseconds(\(0), \(1))"
        case .secondsBetween: "((orm_microseconds(\(0)) - orm_microseconds(\(1))) / 1000000.0)"
        }
    }

    private func spelling(of part: DatePart) -> FunctionSpelling {
        switch part {
        case .year: "CAST(SUBSTR(\(0), 1, 4) AS INTEGER)"
        case .quarter: "((CAST(SUBSTR(\(0), 6, 2) AS INTEGER) + 2) / 3)"
        case .month: "CAST(SUBSTR(\(0), 6, 2) AS INTEGER)"
        case .day: "CAST(SUBSTR(\(0), 9, 2) AS INTEGER)"
        case .hour: "CAST(SUBSTR(\(0), 12, 2) AS INTEGER)"
        case .minute: "CAST(SUBSTR(\(0), 15, 2) AS INTEGER)"
        case .second: "CAST(SUBSTR(\(0), 18, 2) AS INTEGER)"
        // The week belongs to the year of its Thursday. Only the date is given to the function, because with a time it
        // rounds to milliseconds and may come to the next day.
        case .isoWeek:
            "((STRFTIME('%j', SUBSTR(\(0), 1, 10), '-3 days', 'weekday 4') - 1) / 7 + 1)"
        case .isoYear: "CAST(STRFTIME('%Y', SUBSTR(\(0), 1, 10), '-3 days', 'weekday 4') AS INTEGER)"
        case .weekday: "((STRFTIME('%w', SUBSTR(\(0), 1, 10)) + 6) % 7 + 1)"
        case .dayOfYear: "CAST(STRFTIME('%j', SUBSTR(\(0), 1, 10)) AS INTEGER)"
        }
    }

    private func spelling(of unit: DateUnit) -> FunctionSpelling {
        switch unit {
        case .year: "(SUBSTR(\(0), 1, 4) || '-01-01T00:00:00.000000Z')"
        case .month: "(SUBSTR(\(0), 1, 7) || '-01T00:00:00.000000Z')"
        case .day: "(SUBSTR(\(0), 1, 10) || 'T00:00:00.000000Z')"
        case .hour: "(SUBSTR(\(0), 1, 13) || ':00:00.000000Z')"
        case .minute: "(SUBSTR(\(0), 1, 16) || ':00.000000Z')"
        case .second: "(SUBSTR(\(0), 1, 19) || '.000000Z')"
        }
    }
}
