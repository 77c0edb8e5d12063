import Bytes
import CSQLite
import FoundationEssentials
import ORM

/// The current row of a statement. Holds no data: each read goes to SQLite.
struct SQLiteRow: ResultRow {
    let statement: OpaquePointer

    func name(_ index: Int) -> String {
        sqlite3_column_name(statement, Int32(index)).map { String(cString: $0) } ?? "\(index + 1)"
    }

    func isNull(_ index: Int) -> Bool { sqlite3_value_type(value(index)) == SQLITE_NULL }

    func integer(_ index: Int) throws -> Int64 {
        let value = value(index)
        guard sqlite3_value_type(value) == SQLITE_INTEGER else { throw mismatch(index, "an integer") }
        return sqlite3_value_int64(value)
    }

    func real(_ index: Int) throws -> Double {
        let value = value(index)
        let type = sqlite3_value_type(value)
        guard type == SQLITE_FLOAT || type == SQLITE_INTEGER else { throw mismatch(index, "a number") }
        return sqlite3_value_double(value)
    }

    func boolean(_ index: Int) throws -> Bool {
        let value = try integer(index)
        guard value == 0 || value == 1 else { throw mismatch(index, "0 or 1") }
        return value == 1
    }

    func text(_ index: Int) throws -> String {
        try withText(index, "text") { bytes in
            guard let text = String(utf8: bytes) else { throw mismatch(index, "valid UTF-8") }
            return text
        }
    }

    func bytes(_ index: Int) throws -> [UInt8] {
        let value = value(index)
        guard sqlite3_value_type(value) == SQLITE_BLOB else { throw mismatch(index, "a blob") }
        guard let start = sqlite3_value_blob(value) else { return [] }
        return [UInt8](UnsafeRawBufferPointer(start: start, count: Int(sqlite3_value_bytes(value))))
    }

    func date(_ index: Int) throws -> Date {
        try withText(index, Self.instant) { text in
            guard let timestamp = Timestamp(text: text) else { throw mismatch(index, Self.instant) }
            return timestamp.date
        }
    }

    func uuid(_ index: Int) throws -> UUID {
        guard let uuid = UUID(uuidString: try text(index)) else { throw mismatch(index, "a UUID") }
        return uuid
    }

    private func withText<Result>(
        _ index: Int, _ expected: String, _ body: (UnsafeBufferPointer<UInt8>) throws -> Result
    ) throws -> Result {
        let value = value(index)
        guard sqlite3_value_type(value) == SQLITE_TEXT, let start = sqlite3_value_text(value) else {
            throw mismatch(index, expected)
        }
        return try body(UnsafeBufferPointer(start: start, count: Int(sqlite3_value_bytes(value))))
    }

    /// A column's value, asked for once rather than by each of `sqlite3_column_type`, `…_text` and `…_bytes`, which look it up and check
    /// for a failed allocation every time. It is an unprotected one, which is all the same on a connection without a mutex.
    /// <https://sqlite.org/c3ref/value.html>
    private func value(_ index: Int) -> OpaquePointer? { sqlite3_column_value(statement, Int32(index)) }

    private static let instant = "an instant such as 2025-02-13T10:20:30.000000Z"

    private func mismatch(_ index: Int, _ expected: String) -> ORMError {
        let found =
            switch sqlite3_column_type(statement, Int32(index)) {
            case SQLITE_INTEGER: "an integer"
            case SQLITE_FLOAT: "a real number"
            case SQLITE_TEXT: "text of another form"
            case SQLITE_BLOB: "a blob"
            default: "NULL"
            }
        return ORMError.decoding(column: name(index), expected: expected, found: found)
    }
}
