import CSQLite
import FoundationEssentials
import ORM

/// The current row of a statement. Holds no data: each read goes to SQLite.
struct SQLiteRow: ResultRow {
    let statement: OpaquePointer

    func name(_ index: Int) -> String {
        sqlite3_column_name(statement, Int32(index)).map { String(cString: $0) } ?? "\(index + 1)"
    }

    func isNull(_ index: Int) -> Bool { sqlite3_column_type(statement, Int32(index)) == SQLITE_NULL }

    func integer(_ index: Int) throws -> Int64 {
        guard sqlite3_column_type(statement, Int32(index)) == SQLITE_INTEGER else {
            throw mismatch(index, "an integer")
        }
        return sqlite3_column_int64(statement, Int32(index))
    }

    func real(_ index: Int) throws -> Double {
        let type = sqlite3_column_type(statement, Int32(index))
        guard type == SQLITE_FLOAT || type == SQLITE_INTEGER else { throw mismatch(index, "a number") }
        return sqlite3_column_double(statement, Int32(index))
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
        guard sqlite3_column_type(statement, Int32(index)) == SQLITE_BLOB else { throw mismatch(index, "a blob") }
        guard let start = sqlite3_column_blob(statement, Int32(index)) else { return [] }
        let count = Int(sqlite3_column_bytes(statement, Int32(index)))
        return [UInt8](UnsafeRawBufferPointer(start: start, count: count))
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
        guard sqlite3_column_type(statement, Int32(index)) == SQLITE_TEXT,
            let start = sqlite3_column_text(statement, Int32(index))
        else { throw mismatch(index, expected) }
        return try body(UnsafeBufferPointer(start: start, count: Int(sqlite3_column_bytes(statement, Int32(index)))))
    }

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
