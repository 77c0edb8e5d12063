public import ORM

extension PostgresDialect {
    /// How PostgreSQL spells a function. <https://www.postgresql.org/docs/15/functions.html>
    public func spelling(of function: SQLFunction, count: Int) -> FunctionSpelling? {
        switch function {
        case .coalesce: "COALESCE(\(all: ", "))"
        // By ICU, which knows case in all of Unicode whatever the database's own locale, and compared by code point again. To
        // upper and then to lower case, so that ß meets SS and final sigma meets sigma.
        case .fold: #"(LOWER(UPPER(\#(0) COLLATE "und-x-icu")) COLLATE "C")"#
        case .lower: #"(LOWER(\#(0) COLLATE "und-x-icu") COLLATE "C")"#
        case .upper: #"(UPPER(\#(0) COLLATE "und-x-icu") COLLATE "C")"#
        case .trim: "BTRIM(\(0))"
        case .trimStart: "LTRIM(\(0))"
        case .trimEnd: "RTRIM(\(0))"
        case .length: "CAST(CHAR_LENGTH(\(0)) AS BIGINT)"
        case .position: "CAST(STRPOS(\(0), \(1)) AS BIGINT)"
        case .substring:
            count == 2
                ? "SUBSTR(\(0), CAST(\(1) AS INTEGER))" : "SUBSTR(\(0), CAST(\(1) AS INTEGER), CAST(\(2) AS INTEGER))"
        case .replace: "REPLACE(\(0), \(1), \(2))"
        case .concatenate: "(\(0) || \(1))"
        case .matches(let ignoringCase): ignoringCase ? "(\(0) ~* \(1))" : "(\(0) ~ \(1))"
        // It fails where the divisor is 0; of integers it cuts towards zero as we say. A sum of integers is a NUMERIC, which it does not cut.
        case .divide(let integers):
            integers ? "(CAST(\(0) AS BIGINT) / NULLIF(CAST(\(1) AS BIGINT), 0))" : "(\(0) / NULLIF(\(1), 0))"
        case .remainder: "(\(0) % NULLIF(\(1), 0))"
        case .negate: "(-\(0))"
        case .absolute: "ABS(\(0))"
        // Of doubles it has no rounding to decimal places, and halves go to the even number.
        case .round: "CAST(ROUND(CAST(\(0) AS NUMERIC), CAST(\(1) AS INTEGER)) AS DOUBLE PRECISION)"
        // LEAST and GREATEST leave NULL out. A comparison is NULL where one of the two is, and tells the type of a value that is bound.
        case .least: "CASE WHEN (\(0) < \(1)) IS NOT NULL THEN LEAST(\(0), \(1)) END"
        case .greatest: "CASE WHEN (\(0) < \(1)) IS NOT NULL THEN GREATEST(\(0), \(1)) END"
        // CAST would round.
        case .cast(.integer): "CAST(TRUNC(\(0)) AS BIGINT)"
        case .cast(let storage): "CAST(\(0) AS \(word: type(of: storage, maxLength: nil, isPrimaryKey: false)))"
        case .datePart(let part): spelling(of: part)
        case .truncate(let unit):
            "(DATE_TRUNC('\(word: name(of: unit))', \(0) AT TIME ZONE 'UTC') AT TIME ZONE 'UTC')"
        case .addMicroseconds: "(\(0) + CAST(\(1) AS BIGINT) * INTERVAL '1 microsecond')"
        case .secondsBetween: "CAST(EXTRACT(EPOCH FROM (\(0) - \(1))) AS DOUBLE PRECISION)"
        }
    }

    private func spelling(of part: DatePart) -> FunctionSpelling {
        let field =
            switch part {
            case .year: "YEAR"
            case .quarter: "QUARTER"
            case .month: "MONTH"
            case .day: "DAY"
            case .hour: "HOUR"
            case .minute: "MINUTE"
            case .second: "SECOND"
            case .isoWeek: "WEEK"
            case .isoYear: "ISOYEAR"
            case .weekday: "ISODOW"
            case .dayOfYear: "DOY"
            }
        // FLOOR, because seconds have a fraction here.
        return "CAST(FLOOR(EXTRACT(\(word: field) FROM \(0) AT TIME ZONE 'UTC')) AS BIGINT)"
    }

    private func name(of unit: DateUnit) -> String {
        switch unit {
        case .year: "year"
        case .month: "month"
        case .day: "day"
        case .hour: "hour"
        case .minute: "minute"
        case .second: "second"
        }
    }
}
