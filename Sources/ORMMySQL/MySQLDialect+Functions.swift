public import ORM

extension MySQLDialect {
    /// How the two servers spell a function. <https://mariadb.com/kb/en/built-in-functions/>
    public func spelling(of function: SQLFunction, count: Int) -> FunctionSpelling? {
        switch function {
        case .coalesce: "COALESCE(\(all: ", "))"
        case .fold: MySQLCase(self).fold
        case .lower: MySQLCase(self).lower
        case .upper: MySQLCase(self).upper
        case .trim: "TRIM(\(0))"
        case .trimStart: "LTRIM(\(0))"
        case .trimEnd: "RTRIM(\(0))"
        case .length: "CHAR_LENGTH(\(0))"
        case .position: "LOCATE(\(1), \(0))"
        case .substring: "SUBSTR(\(all: ", "))"
        case .replace: "REPLACE(\(0), \(1), \(2))"
        case .concatenate: "CONCAT(\(0), \(1))"
        case .matches(let ignoringCase):
            switch server {
            // The flag stands in the pattern; case matters in a binary collation without it.
            case .mariaDB: ignoringCase ? "(\(0) REGEXP CONCAT('(?i)', \(1)))" : "(\(0) REGEXP CONCAT('(?-i)', \(1)))"
            case .mySQL: ignoringCase ? "REGEXP_LIKE(\(0), \(1), 'i')" : "REGEXP_LIKE(\(0), \(1), 'c')"
            }
        // `/` divides exactly here, so that integers need DIV, which cuts towards zero. By 0 both give NULL where that is no error.
        case .divide(let integers): integers ? "(\(0) DIV NULLIF(\(1), 0))" : "(\(0) / NULLIF(\(1), 0))"
        case .remainder: "(\(0) % NULLIF(\(1), 0))"
        case .negate: "(-\(0))"
        case .absolute: "ABS(\(0))"
        // Of exact numbers halves go away from zero; of doubles it is up to the C library.
        case .round: "CAST(ROUND(CAST(\(0) AS DECIMAL(65, 30)), \(1)) AS DOUBLE)"
        case .least: "LEAST(\(0), \(1))"
        case .greatest: "GREATEST(\(0), \(1))"
        case .cast(let storage): cast(to: storage)
        case .datePart(let part): spelling(of: part)
        case .truncate(let unit): spelling(of: unit)
        // Beyond its calendar the server gives NULL; of two rows it makes an error, see `MySQLFailure`.
        case .addMicroseconds:
            """
            CASE WHEN \(0) IS NULL OR \(1) IS NULL THEN NULL \
            ELSE COALESCE(TIMESTAMPADD(MICROSECOND, \(1), \(0)), (SELECT \(0) UNION ALL SELECT \(0))) END
            """
        case .secondsBetween: "(TIMESTAMPDIFF(MICROSECOND, \(1), \(0)) / 1e6)"
        }
    }

    /// CAST knows other names of types than CREATE TABLE.
    private func cast(to storage: StorageType) -> FunctionSpelling? {
        switch storage {
        // A number with digits behind the point would be rounded.
        case .int16, .int32, .integer, .boolean, .duration: "CAST(TRUNCATE(\(0), 0) AS SIGNED)"
        case .real: "CAST(\(0) AS DOUBLE)"
        case .decimal(let precision, let scale): "CAST(\(0) AS DECIMAL(\(word: "\(precision), \(scale)")))"
        case .text, .uuid, .json: "(CAST(\(0) AS CHAR CHARACTER SET utf8mb4) COLLATE \(word: collation))"
        case .bytes: "CAST(\(0) AS BINARY)"
        case .timestamp: "CAST(\(0) AS DATETIME(6))"
        case .date: "CAST(\(0) AS DATE)"
        case .time: "CAST(\(0) AS TIME(6))"
        }
    }

    private func spelling(of part: DatePart) -> FunctionSpelling {
        switch part {
        case .year: "YEAR(\(0))"
        case .quarter: "QUARTER(\(0))"
        case .month: "MONTH(\(0))"
        case .day: "DAYOFMONTH(\(0))"
        case .hour: "HOUR(\(0))"
        case .minute: "MINUTE(\(0))"
        case .second: "SECOND(\(0))"
        // Mode 3 is ISO 8601.
        case .isoWeek: "WEEK(\(0), 3)"
        case .isoYear: "(YEARWEEK(\(0), 3) DIV 100)"
        case .weekday: "(WEEKDAY(\(0)) + 1)"
        case .dayOfYear: "DAYOFYEAR(\(0))"
        }
    }

    private func spelling(of unit: DateUnit) -> FunctionSpelling {
        switch unit {
        case .year: "CAST(DATE_FORMAT(\(0), '%Y-01-01 00:00:00.000000') AS DATETIME(6))"
        case .month: "CAST(DATE_FORMAT(\(0), '%Y-%m-01 00:00:00.000000') AS DATETIME(6))"
        case .day: "CAST(DATE_FORMAT(\(0), '%Y-%m-%d 00:00:00.000000') AS DATETIME(6))"
        case .hour: "CAST(DATE_FORMAT(\(0), '%Y-%m-%d %H:00:00.000000') AS DATETIME(6))"
        case .minute: "CAST(DATE_FORMAT(\(0), '%Y-%m-%d %H:%i:00.000000') AS DATETIME(6))"
        case .second: "CAST(DATE_FORMAT(\(0), '%Y-%m-%d %H:%i:%s.000000') AS DATETIME(6))"
        }
    }
}
