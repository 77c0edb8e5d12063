import ORM

/// How the values of a column become values of another type: exactly, or not at all.
struct TypeConversion {
    /// Which values have no equal in the new type.
    struct Failure: Hashable {
        /// Holds for the rows that have such a value.
        let condition: String
        /// What they are: `are no whole numbers`.
        let complaint: String
    }

    /// The new value, by the old one.
    let value: String
    /// Which rows cannot be converted; `nil` = all can.
    let failure: Failure?

    /// The conversion of a column from one state to another. Throws `.unsupported` where types have nothing in common.
    init(
        from old: ColumnState, to new: ColumnState, of table: String, in engine: MigrationScript.Engine,
        _ script: SchemaScript
    ) throws {
        let spelling = ConversionSpelling(engine: engine, column: script.quoted(new.name))
        let type = script.dialect.type(of: new.type, maxLength: new.maxLength, isPrimaryKey: false)
        guard let (value, failures) = spelling.conversion(from: old.type, to: new.type, named: type) else {
            throw ORMError.unsupported(
                "this conversion", dialect: script.dialect.name,
                "\(table).\(new.name) cannot become \(new.type) from \(old.type) without a guess: add a new column, fill it by .sql or .run, drop the old one and rename the new one"
            )
        }
        var all = failures
        if new.type == .text, let limit = new.maxLength, old.type != .text || old.maxLength.map({ $0 > limit }) ?? true
        {
            let length = engine == .mysql ? "CHAR_LENGTH" : "LENGTH"
            let text = engine == .mysql && old.type != .text ? "CAST(\(value) AS CHAR)" : value
            all.append(
                Failure(condition: "\(length)(\(text)) > \(limit)", complaint: "are longer than \(limit) characters"))
        }
        self.value = value
        failure = all.first.map { first in
            all.count == 1
                ? first
                : Failure(
                    condition: all.map { "(\($0.condition))" }.joined(separator: " OR "),
                    complaint: all.map(\.complaint).joined(separator: ", or "))
        }
    }
}

/// How each engine spells conversions. MySQL converts by itself when it is told the new type, so that there only the conditions count.
private struct ConversionSpelling {
    typealias Failure = TypeConversion.Failure

    let engine: MigrationScript.Engine
    let column: String

    func conversion(from old: StorageType, to new: StorageType, named type: String) -> (String, [Failure])? {
        if old == new { return (column, []) }
        switch (old, new) {
        case (.int16, .int16), (.int32, .int32): return (column, [])
        case _ where old.wholeNumbers != nil && new.wholeNumbers != nil:
            return (cast(to: type), outside(new, of: column, unless: old))
        case _ where old.wholeNumbers != nil: return whole(from: old, to: new, named: type)
        case _ where new.wholeNumbers != nil: return toWhole(from: old, new, named: type)
        case (.decimal(let oldPrecision, let scale), .decimal(let precision, let newScale)):
            let (value, lost) = decimal(from: scale, to: newScale, named: type)
            guard precision - newScale < oldPrecision - scale else { return (value, lost) }
            return (value, lost + tooLarge(column, digits: precision - newScale + (engine == .sqlite ? scale : 0)))
        case (.decimal(_, let scale), .text):
            return (engine == .sqlite ? "orm_decimal(\(column), \(scale))" : cast(to: "TEXT"), [])
        case (.date, .timestamp):
            return (
                spelled("(\(column) || 'T00:00:00.000000Z')", "(\(column)::TIMESTAMP AT TIME ZONE 'UTC')"), []
            )
        case (.timestamp, .date):
            let condition = spelled(
                "SUBSTR(\(column), 11) <> 'T00:00:00.000000Z'",
                "(\(column) AT TIME ZONE 'UTC') <> DATE_TRUNC('day', \(column) AT TIME ZONE 'UTC')",
                "\(column) <> DATE(\(column))")
            return (
                spelled("SUBSTR(\(column), 1, 10)", "(\(column) AT TIME ZONE 'UTC')::DATE"),
                [Failure(condition: condition, complaint: "are not at midnight, UTC")]
            )
        case (.json, .text): return (spelled(column, "\(column)::TEXT"), [])
        case (.text, .json):
            let condition = spelled("NOT json_valid(\(column))", "", "NOT JSON_VALID(\(column))")
            // PostgreSQL itself refuses the first text that is none.
            return (
                spelled(column, "\(column)::JSONB"),
                condition.isEmpty ? [] : [Failure(condition: condition, complaint: "are no JSON")]
            )
        case (.uuid, .text): return (spelled(column, "UPPER(\(column)::TEXT)"), [])
        case (.text, .uuid):
            return (
                spelled(column, "\(column)::UUID"),
                [Failure(condition: unlike("[0-9A-F]", [8, 4, 4, 4, 12]), complaint: "are no UUIDs in capitals")]
            )
        case (.text, .bytes): return (spelled("CAST(\(column) AS BLOB)", "CONVERT_TO(\(column), 'UTF8')"), [])
        default: return nil
        }
    }

    private func whole(from old: StorageType, to new: StorageType, named type: String) -> (String, [Failure])? {
        switch new {
        case .text: return (cast(to: "TEXT"), [])
        case .boolean:
            return (
                spelled(column, "(\(column) <> 0)"),
                [Failure(condition: "\(column) NOT IN (0, 1)", complaint: "are neither 0 nor 1")]
            )
        case .decimal(let precision, let scale):
            let failures = tooLarge(column, digits: precision - scale)
            return (
                engine == .sqlite && scale > 0 ? "(\(column) * \(Self.power(scale)))" : spelled(column, cast(to: type)),
                failures
            )
        case .real:
            let condition = spelled(
                "CAST(CAST(\(column) AS REAL) AS INTEGER) <> \(column)", "ABS(\(column)::NUMERIC) > 9007199254740992",
                "ABS(\(column)) > 9007199254740992")
            return (
                cast(to: spelled("REAL", type)),
                [Failure(condition: condition, complaint: "are larger than a double holds exactly")]
            )
        default: return nil
        }
    }

    private func toWhole(from old: StorageType, _ new: StorageType, named type: String) -> (String, [Failure])? {
        switch old {
        case .text:
            let condition =
                engine == .sqlite
                ? "CAST(CAST(\(column) AS INTEGER) AS TEXT) <> \(column)"
                : "\(column) \(engine == .postgres ? "!~" : "NOT REGEXP") '^(0|-?[1-9][0-9]*)$'"
            // A server refuses a number that is too large when it converts it.
            let range = engine == .sqlite ? outside(new, of: "CAST(\(column) AS INTEGER)", unless: .integer) : []
            return (
                cast(to: spelled("INTEGER", type)),
                [Failure(condition: condition, complaint: "are no whole numbers")] + range
            )
        case .boolean: return (spelled(column, "\(column)::INTEGER::\(type)"), [])
        case .real:
            let condition = spelled(
                "CAST(\(column) AS INTEGER) <> \(column)",
                "\(column) <> TRUNC(\(column)) OR ABS(\(column)) >= 9223372036854775807",
                "\(column) <> TRUNCATE(\(column), 0)")
            return (
                cast(to: spelled("INTEGER", type)),
                [Failure(condition: condition, complaint: "are no whole numbers")]
                    + outside(new, of: spelled("CAST(\(column) AS INTEGER)", column), unless: .integer)
            )
        case .decimal(_, let scale):
            let (factor, value) = (Self.power(scale), scale > 0 ? "(\(column) / \(Self.power(scale)))" : column)
            let condition = spelled(
                "\(column) % \(factor) <> 0", "\(column) <> TRUNC(\(column))", "\(column) <> TRUNCATE(\(column), 0)")
            let failure = Failure(condition: condition, complaint: "are no whole numbers")
            return (
                spelled(value, cast(to: type)),
                (scale > 0 ? [failure] : []) + outside(new, of: spelled(value, column), unless: .integer)
            )
        default: return nil
        }
    }

    private func decimal(from scale: Int, to newScale: Int, named type: String) -> (String, [Failure]) {
        let lost = scale - newScale
        let factor = Self.power(abs(lost))
        func failure(_ condition: String) -> [Failure] {
            lost > 0
                ? [Failure(condition: condition, complaint: "have more than \(newScale) digits behind the point")] : []
        }
        guard engine == .sqlite else { return (cast(to: type), failure("\(column) <> ROUND(\(column), \(newScale))")) }
        if lost == 0 { return (column, []) }
        return ("(\(column) \(lost > 0 ? "/" : "*") \(factor))", failure("\(column) % \(factor) <> 0"))
    }

    // MARK: Words

    private func spelled(_ sqlite: String, _ postgres: String, _ mysql: String? = nil) -> String {
        switch engine {
        case .sqlite: sqlite
        case .postgres: postgres
        case .mysql: mysql ?? column
        }
    }

    private func cast(to type: String) -> String {
        switch engine {
        case .sqlite: ["INTEGER", "REAL", "TEXT"].contains(type) ? "CAST(\(column) AS \(type))" : column
        case .postgres: "\(column)::\(type)"
        case .mysql: column
        }
    }

    private static func power(_ count: Int) -> String { "1" + String(repeating: "0", count: count) }

    /// Values of too many digits; 18 digits fit into every 64-bit integer, and no decimal has more on SQLite.
    private func tooLarge(_ value: String, digits: Int) -> [Failure] {
        guard digits < 19 else { return [] }
        let limit = digits > 0 ? String(repeating: "9", count: digits) : "0"
        // A server's decimals have digits behind the point as well.
        let condition =
            engine == .sqlite
            ? "\(value) NOT BETWEEN -\(limit) AND \(limit)" : "ABS(\(value)) >= \(Self.power(max(0, digits)))"
        return [Failure(condition: condition, complaint: "have too many digits")]
    }

    private func outside(_ new: StorageType, of value: String, unless old: StorageType) -> [Failure] {
        guard let range = new.wholeNumbers, let before = old.wholeNumbers,
            range.lowerBound > before.lowerBound || range.upperBound < before.upperBound
        else { return [] }
        return [
            Failure(
                condition: "\(value) NOT BETWEEN \(range.lowerBound) AND \(range.upperBound)",
                complaint: "are outside \(range.lowerBound) to \(range.upperBound)")
        ]
    }

    /// Texts that are not groups of so many characters with dashes between them.
    private func unlike(_ character: String, _ counts: [Int]) -> String {
        switch engine {
        case .sqlite:
            let groups = counts.map { String(repeating: character, count: $0) }
            return "\(column) NOT GLOB '\(groups.joined(separator: "-"))'"
        case .postgres, .mysql:
            let groups = counts.map { "\(character){\($0)}" }
            return "\(column) \(engine == .postgres ? "!~" : "NOT REGEXP") '^\(groups.joined(separator: "-"))$'"
        }
    }
}

extension StorageType {
    /// The values of a type of whole numbers.
    fileprivate var wholeNumbers: ClosedRange<Int64>? {
        switch self {
        case .int16: Int64(Int16.min)...Int64(Int16.max)
        case .int32: Int64(Int32.min)...Int64(Int32.max)
        case .integer, .duration: Int64.min...Int64.max
        default: nil
        }
    }
}
