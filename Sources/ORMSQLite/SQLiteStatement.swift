import CSQLite
import FoundationEssentials
import ORM

/// A prepared statement. Lives on its connection's executor, and never leaves the connection.
final class SQLiteStatement {
    let sql: String
    /// Whether it leaves the database as it is, whatever becomes of it; what only explains another statement does.
    let isReadOnly: Bool
    private let connection: OpaquePointer
    private let interruption: SQLiteInterruption
    private let pointer: OpaquePointer
    private let parameterCount: Int
    private var bytes = BoundBytes()

    init(_ connection: OpaquePointer, _ sql: String, _ interruption: SQLiteInterruption) throws {
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
        self.interruption = interruption
        pointer = prepared
        isReadOnly = sqlite3_stmt_readonly(prepared) != 0 || sqlite3_stmt_isexplain(prepared) != 0
        parameterCount = Int(sqlite3_bind_parameter_count(prepared))
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
        default: throw SQLiteFailure.error(connection, code, sql: sql, interruption)
        }
    }

    /// Makes the statement ready to be bound and run again.
    func reset() {
        rewind()
        sqlite3_clear_bindings(pointer)
    }

    /// Makes the statement ready to be bound anew, every placeholder of it.
    func rewind() {
        // Reports once more the error of the last step, which has been thrown already.
        sqlite3_reset(pointer)
    }

    func bind(_ values: [SQLValue]) throws {
        guard parameterCount == values.count else {
            throw ORMError(
                .database, "the statement has \(parameterCount) placeholders for \(values.count) values",
                database: DatabaseFailure(kind: .syntax, nativeCode: "\(SQLITE_RANGE)", sql: sql))
        }
        bytes.reserve(values.reduce(0) { $0 + BoundBytes.count(of: $1) })
        for index in values.indices {
            let code = bind(values[index], at: Int32(truncatingIfNeeded: index + 1))
            guard code == SQLITE_OK else { throw SQLiteFailure.error(connection, code, sql: sql) }
        }
    }

    private func bind(_ value: SQLValue, at index: Int32) -> Int32 {
        switch value {
        case .null: return sqlite3_bind_null(pointer, index)
        // The writer scales decimals and refuses those without a scale and what is invalid. Only a driver's user gets here.
        case .decimal, .invalid: return SQLITE_MISMATCH
        case .int(let number): return sqlite3_bind_int64(pointer, index, number)
        case .double(let number): return sqlite3_bind_double(pointer, index, number)
        case .bool(let flag): return sqlite3_bind_int64(pointer, index, flag ? 1 : 0)
        case .text(let text): return bind(text: bytes.append(text), at: index)
        case .date(let date): return bind(text: bytes.append(Timestamp(date)), at: index)
        case .uuid(let uuid): return bind(text: bytes.append(uuid.uuidString), at: index)
        case .bytes(let blob):
            let copy = bytes.append(blob)
            return sqlite3_bind_blob64(pointer, index, copy.baseAddress, UInt64(copy.count), nil)
        }
    }

    /// Without a destructor, which is SQLITE_STATIC: the bytes stay where they are until the next binding.
    private func bind(text: UnsafeRawBufferPointer, at index: Int32) -> Int32 {
        let start = text.baseAddress?.assumingMemoryBound(to: CChar.self)
        return sqlite3_bind_text64(pointer, index, start, UInt64(text.count), nil, UInt8(SQLITE_UTF8))
    }
}

/// The bytes of the texts and blobs that a statement has bound, one after the other. SQLite reads them from here; to let it copy
/// each of them costs more than the rest of the binding.
private struct BoundBytes: ~Copyable {
    // Never empty: an empty text without an address would be bound as NULL.
    private var storage = UnsafeMutableRawBufferPointer.allocate(byteCount: 256, alignment: 1)
    private var used = 0

    deinit { storage.deallocate() }

    /// How many bytes a value takes here.
    static func count(of value: SQLValue) -> Int {
        switch value {
        case .null, .int, .double, .decimal, .bool, .invalid: 0
        case .text(let text): text.utf8.count
        case .date: Timestamp.textCount
        case .uuid: 36
        case .bytes(let bytes): bytes.count
        }
    }

    /// Forgets what was bound and makes room for so many bytes.
    mutating func reserve(_ count: Int) {
        used = 0
        guard count > storage.count else { return }
        storage.deallocate()
        storage = .allocate(byteCount: max(count, storage.count * 2), alignment: 1)
    }

    mutating func append(_ text: String) -> UnsafeRawBufferPointer {
        // Native texts are contiguous; any other one is made so.
        text.utf8.withContiguousStorageIfAvailable { append(UnsafeRawBufferPointer($0)) } ?? append(Array(text.utf8))
    }

    mutating func append(_ bytes: [UInt8]) -> UnsafeRawBufferPointer { bytes.withUnsafeBytes { append($0) } }

    mutating func append(_ instant: Timestamp) -> UnsafeRawBufferPointer {
        let place = UnsafeMutableRawBufferPointer(rebasing: storage[used..<used + Timestamp.textCount])
        instant.writeText(to: place)
        used += place.count
        return UnsafeRawBufferPointer(place)
    }

    private mutating func append(_ bytes: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
        let place = UnsafeMutableRawBufferPointer(rebasing: storage[used..<used + bytes.count])
        place.copyMemory(from: bytes)
        used += bytes.count
        return UnsafeRawBufferPointer(place)
    }
}

/// The prepared statements of a connection by their text, the least recently used dropped first.
struct StatementCache {
    private let capacity: Int
    private var entries: [String: (statement: SQLiteStatement, used: UInt64)] = [:]
    private var clock: UInt64 = 0
    /// The statement that was used last, and most often is used next. Its text is the same object then, so that comparing it takes
    /// no time, while hashing it takes as long as a tenth of a point query.
    private var latest: SQLiteStatement?

    init(capacity: Int) { self.capacity = capacity }

    mutating func take(_ sql: String) -> SQLiteStatement? {
        if let latest, latest.sql == sql { return latest }
        guard let index = entries.index(forKey: sql) else { return nil }
        clock += 1
        entries.values[index].used = clock
        latest = entries.values[index].statement
        return latest
    }

    mutating func insert(_ statement: SQLiteStatement) {
        if entries.count >= capacity, let oldest = entries.min(by: { $0.value.used < $1.value.used }) {
            entries[oldest.key] = nil
        }
        clock += 1
        entries[statement.sql] = (statement, clock)
        latest = statement
    }

    mutating func removeAll() { (entries, latest) = ([:], nil) }
}
