import CSQLite
import FoundationEssentials
import ORM

/// A prepared statement. Lives on its connection's queue, and never leaves the connection.
final class SQLiteStatement {
    let sql: String
    let isReadOnly: Bool
    private let connection: OpaquePointer
    private let pointer: OpaquePointer

    init(_ connection: OpaquePointer, _ sql: String) throws {
        var prepared: OpaquePointer?
        var sql = sql
        let (code, rest) = sql.withUTF8 { bytes -> (Int32, Int) in
            bytes.withMemoryRebound(to: CChar.self) { text in
                var tail: UnsafePointer<CChar>?
                let code = sqlite3_prepare_v3(
                    connection, text.baseAddress, Int32(text.count), UInt32(SQLITE_PREPARE_PERSISTENT), &prepared, &tail
                )
                guard let tail, let start = text.baseAddress else { return (code, 0) }
                return (code, text.count - (tail - start))
            }
        }
        guard code == SQLITE_OK else { throw SQLiteFailure.error(connection, code, sql: sql) }
        // What follows the first statement would be left out silently.
        guard let prepared, rest == 0 else {
            sqlite3_finalize(prepared)
            throw ORMError(
                .database, prepared == nil ? "the statement is empty" : "more than one statement at once",
                database: DatabaseFailure(kind: .syntax, nativeCode: "\(SQLITE_MISUSE)", sql: sql))
        }
        self.sql = sql
        self.connection = connection
        pointer = prepared
        isReadOnly = sqlite3_stmt_readonly(prepared) != 0
    }

    deinit { sqlite3_finalize(pointer) }

    /// The current row; valid until the next step.
    var row: SQLiteRow { SQLiteRow(statement: pointer) }

    /// Goes to the next row; `false` when there is none.
    func step() throws -> Bool {
        let code = sqlite3_step(pointer)
        switch code {
        case SQLITE_ROW: return true
        case SQLITE_DONE: return false
        case SQLITE_INTERRUPT: throw CancellationError()
        default: throw SQLiteFailure.error(connection, code, sql: sql)
        }
    }

    /// Makes the statement ready to be bound and run again.
    func reset() {
        // Reports once more the error of the last step, which has been thrown already.
        sqlite3_reset(pointer)
        sqlite3_clear_bindings(pointer)
    }

    func bind(_ values: [SQLValue]) throws {
        guard sqlite3_bind_parameter_count(pointer) == values.count else {
            throw ORMError(
                .database,
                "the statement has \(sqlite3_bind_parameter_count(pointer)) placeholders for \(values.count) values",
                database: DatabaseFailure(kind: .syntax, nativeCode: "\(SQLITE_RANGE)", sql: sql))
        }
        for (index, value) in values.enumerated() {
            let code = bind(value, at: Int32(index + 1))
            guard code == SQLITE_OK else { throw SQLiteFailure.error(connection, code, sql: sql) }
        }
    }

    private func bind(_ value: SQLValue, at index: Int32) -> Int32 {
        switch value {
        case .null: return sqlite3_bind_null(pointer, index)
        // The writer has turned decimals into scaled integers, and invalid values never come this far.
        case .decimal, .invalid: return SQLITE_MISMATCH
        case .int(let number): return sqlite3_bind_int64(pointer, index, number)
        case .double(let number): return sqlite3_bind_double(pointer, index, number)
        case .bool(let flag): return sqlite3_bind_int64(pointer, index, flag ? 1 : 0)
        case .text(let text): return bind(text, at: index)
        case .date(let date): return bind(Timestamp(date).text, at: index)
        case .uuid(let uuid): return bind(uuid.uuidString, at: index)
        case .bytes(let bytes):
            return bytes.withUnsafeBytes { buffer in
                // An empty blob without an address would be bound as NULL.
                buffer.isEmpty
                    ? sqlite3_bind_zeroblob(pointer, index, 0)
                    : sqlite3_bind_blob64(pointer, index, buffer.baseAddress, UInt64(buffer.count), Self.transient)
            }
        }
    }

    private func bind(_ text: String, at index: Int32) -> Int32 {
        var text = text
        return text.withUTF8 { bytes in
            bytes.withMemoryRebound(to: CChar.self) { buffer in
                sqlite3_bind_text64(
                    pointer, index, buffer.baseAddress, UInt64(buffer.count), Self.transient, UInt8(SQLITE_UTF8))
            }
        }
    }

    /// SQLITE_TRANSIENT, a cast that Swift does not import: SQLite copies the bytes before the call returns.
    private static let transient = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
}

/// The prepared statements of a connection by their text, the least recently used dropped first.
struct StatementCache {
    private let capacity: Int
    private var entries: [String: (statement: SQLiteStatement, used: UInt64)] = [:]
    private var clock: UInt64 = 0

    init(capacity: Int) { self.capacity = capacity }

    mutating func take(_ sql: String) -> SQLiteStatement? {
        guard let index = entries.index(forKey: sql) else { return nil }
        clock += 1
        entries.values[index].used = clock
        return entries.values[index].statement
    }

    mutating func insert(_ statement: SQLiteStatement) {
        if entries.count >= capacity, let oldest = entries.min(by: { $0.value.used < $1.value.used }) {
            entries[oldest.key] = nil
        }
        clock += 1
        entries[statement.sql] = (statement, clock)
    }

    mutating func removeAll() { entries = [:] }
}
