import FoundationEssentials
import ORM

/// How SQLite spells what the ORM says.
struct SQLiteDialect: Dialect {
    var name: String { "sqlite" }
    var hasAggregateFilter: Bool { true }
    var storesDecimalsAsIntegers: Bool { true }
    /// <https://sqlite.org/pragma.html#pragma_foreign_keys>
    var foreignKeySwitch: (off: [String], on: [String])? {
        // A table that could not be made anew to the end has left the other switch on.
        (["PRAGMA foreign_keys = OFF"], ["PRAGMA legacy_alter_table = OFF", "PRAGMA foreign_keys = ON"])
    }
    /// Constraints cannot be added or dropped: <https://sqlite.org/omitted.html>
    var namesConstraints: Bool { false }
    /// <https://sqlite.org/limits.html#max_variable_number>
    var maximumBindCount: Int { 32_766 }

    func quote(_ identifier: String, into sql: inout String) {
        sql += "\""
        if identifier.utf8.contains(UInt8(ascii: "\"")) {
            sql += identifier.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"")
        } else {
            sql += identifier
        }
        sql += "\""
    }

    func placeholder(_ index: Int, into sql: inout String) { sql += "?" }

    func type(of storage: StorageType, maxLength: Int?, isPrimaryKey: Bool) -> String {
        switch storage {
        // Decimals are scaled integers, see `Decimal`.
        case .int16, .int32, .integer, .boolean, .duration, .decimal: "INTEGER"
        case .real: "REAL"
        case .text, .timestamp, .date, .time, .uuid, .json: "TEXT"
        case .bytes: "BLOB"
        }
    }

    func literal(_ value: SQLValue, in storage: StorageType) -> String {
        guard case .decimal(let number) = value, case .decimal(_, let scale) = storage else { return literal(value) }
        return number.scaled(scale).map { "\($0)" } ?? "NULL"
    }

    func expression(of value: DatabaseDefault) -> String {
        switch value {
        // The text that Timestamp writes: SQLite's clock has milliseconds.
        case .now: "(strftime('%Y-%m-%dT%H:%M:%f', 'now') || '000Z')"
        case .sql(let text): "(\(text))"
        }
    }

    /// SQLite keeps the text of CREATE TABLE as it is, comments included.
    func comment(_ text: String) -> ColumnComment {
        .remark("/* " + text.split(separator: "*/", omittingEmptySubsequences: false).joined(separator: "* /") + " */")
    }

    func literal(_ value: SQLValue) -> String {
        switch value {
        case .null, .invalid: "NULL"
        case .int(let number): "\(number)"
        case .decimal(let number): number.description
        case .double(let number): "\(number)"
        case .bool(let flag): flag ? "1" : "0"
        case .text(let text):
            "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "''") + "'"
        case .date(let date): "'\(Timestamp(date).text)'"
        case .uuid(let uuid): "'\(uuid.uuidString)'"
        case .bytes(let bytes): "x'" + bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined() + "'"
        }
    }

    /// A list as one JSON text, so that lists of every length are one prepared statement.
    /// <https://sqlite.org/json1.html#jeach>
    func list(_ values: [SQLValue]) -> (before: String, value: SQLValue, after: String)? {
        var json = "["
        for value in values {
            if json.utf8.count > 1 { json += "," }
            switch value {
            case .int(let number): json += "\(number)"
            case .bool(let flag): json += flag ? "1" : "0"
            case .text(let text): json.append(jsonText: text)
            case .date(let date): json.append(jsonText: Timestamp(date).text)
            case .uuid(let uuid): json.append(jsonText: uuid.uuidString)
            // JSON has no bytes, and not every double survives its decimal form in every release of SQLite.
            case .double, .decimal, .bytes, .null, .invalid: return nil
            }
        }
        return ("SELECT value FROM json_each(", .text(json + "]"), ")")
    }

    func tableExists(_ name: String) -> Statement {
        Statement("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?", [.text(name)])
    }

    /// SQLite locks the whole database, never a row.
    func lock(_ lock: RowLock) -> String? { nil }

    /// <https://sqlite.org/eqp.html>
    func explain(_ sql: String) -> PlanStatement {
        PlanStatement("EXPLAIN QUERY PLAN \(sql)", textColumn: 3, treeColumns: (id: 0, parent: 1))
    }

    /// Every isolation level is SERIALIZABLE here: <https://sqlite.org/isolation.html>
    func begin(_ options: TransactionOptions) -> [String] {
        [options.mode == .readOnly || options.isDeferred ? "BEGIN" : "BEGIN IMMEDIATE"]
    }
}
