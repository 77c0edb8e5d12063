import CSQLite
import ORM

extension SQLiteConnection {
    /// Registers `orm_fold(text)`: case folding over all of Unicode, which SQLite's own `lower` does for ASCII only. A
    /// function and no collation, so that the plain sqlite3 shell can open the file.
    func registerFold(on handle: OpaquePointer) throws {
        let flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS
        let code = sqlite3_create_function_v2(
            handle, "orm_fold", 1, flags, nil,
            { context, _, arguments in
                guard let argument = arguments?[0], let start = sqlite3_value_text(argument) else {
                    return sqlite3_result_null(context)
                }
                let bytes = UnsafeBufferPointer(start: start, count: Int(sqlite3_value_bytes(argument)))
                var folded: [UInt8] = []
                if bytes.allSatisfy({ $0 < 0x80 }) {
                    folded = bytes.map { $0 >= 65 && $0 <= 90 ? $0 + 32 : $0 }
                } else {
                    // To upper and then to lower case, so that ß meets SS and final sigma meets sigma.
                    folded = Array(String(decoding: bytes, as: UTF8.self).uppercased().lowercased().utf8)
                }
                // One byte more than the text, because the address of nothing may be nil, and nil would be NULL.
                folded.append(0)
                folded.withUnsafeBytes { buffer in
                    let text = buffer.baseAddress?.assumingMemoryBound(to: CChar.self)
                    let transient = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
                    sqlite3_result_text64(context, text, UInt64(buffer.count - 1), transient, UInt8(SQLITE_UTF8))
                }
            }, nil, nil, nil)
        guard code == SQLITE_OK else { throw SQLiteFailure.error(handle, code, sql: "") }
    }
}
