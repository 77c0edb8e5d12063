import CSQLite
import ORM

extension SQLiteConnection {
    /// Registers the functions that SQLite lacks. Functions and no collations, so that the plain sqlite3 shell can open the file.
    ///
    /// - `orm_fold(text)`, `orm_lower(text)`, `orm_upper(text)`: case over all of Unicode; SQLite's own know ASCII only.
    /// - `orm_matches(text, pattern)`, `orm_imatches(text, pattern)`: POSIX extended regular expressions.
    /// - `orm_microseconds(instant)`, `orm_add_microseconds(instant, integer)`: instants to the microsecond.
    ///
    /// All give NULL for NULL.
    func registerFunctions(on handle: OpaquePointer) throws {
        try register("orm_fold", 1, on: handle) { context, _, arguments in
            // To upper and then to lower case, so that ß meets SS and final sigma meets sigma.
            SQLiteFunction(context, arguments).mapCase(ascii: SQLiteFunction.lowerASCII) {
                $0.uppercased().lowercased()
            }
        }
        try register("orm_lower", 1, on: handle) { context, _, arguments in
            SQLiteFunction(context, arguments).mapCase(ascii: SQLiteFunction.lowerASCII) { $0.lowercased() }
        }
        try register("orm_upper", 1, on: handle) { context, _, arguments in
            SQLiteFunction(context, arguments).mapCase(ascii: SQLiteFunction.upperASCII) { $0.uppercased() }
        }
        try register("orm_matches", 2, on: handle) { context, _, arguments in
            SQLiteFunction(context, arguments).match(ignoringCase: false)
        }
        try register("orm_imatches", 2, on: handle) { context, _, arguments in
            SQLiteFunction(context, arguments).match(ignoringCase: true)
        }
        try register("orm_microseconds", 1, on: handle) { context, _, arguments in
            SQLiteFunction(context, arguments).microseconds()
        }
        try register("orm_add_microseconds", 2, on: handle) { context, _, arguments in
            SQLiteFunction(context, arguments).addMicroseconds()
        }
    }

    private func register(
        _ name: String, _ count: Int32, on handle: OpaquePointer,
        _ function: @convention(c) (OpaquePointer?, Int32, UnsafeMutablePointer<OpaquePointer?>?) -> Void
    ) throws {
        let flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS
        let code = sqlite3_create_function_v2(handle, name, count, flags, nil, function, nil, nil, nil)
        guard code == SQLITE_OK else { throw SQLiteFailure.error(handle, code, sql: "") }
    }
}

/// One call of a registered function: its arguments, and where its result goes. Lives as long as the call.
struct SQLiteFunction {
    let context: OpaquePointer?
    private let arguments: UnsafeMutablePointer<OpaquePointer?>?

    init(_ context: OpaquePointer?, _ arguments: UnsafeMutablePointer<OpaquePointer?>?) {
        self.context = context
        self.arguments = arguments
    }

    /// The bytes of an argument as text; `nil` for NULL. They end with a NUL, which is not counted.
    func text(_ index: Int) -> UnsafeBufferPointer<UInt8>? {
        guard let argument = arguments?[index], let start = sqlite3_value_text(argument) else { return nil }
        return UnsafeBufferPointer(start: start, count: Int(sqlite3_value_bytes(argument)))
    }

    func give(_ text: String) {
        var text = text
        text.withUTF8 { give($0) }
    }

    func give(_ bytes: UnsafeBufferPointer<UInt8>) {
        // The address of nothing may be nil, and nil would be NULL.
        guard let start = bytes.baseAddress, !bytes.isEmpty else {
            return sqlite3_result_text64(context, "", 0, nil, UInt8(SQLITE_UTF8))
        }
        start.withMemoryRebound(to: CChar.self, capacity: bytes.count) { text in
            let transient = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
            sqlite3_result_text64(context, text, UInt64(bytes.count), transient, UInt8(SQLITE_UTF8))
        }
    }

    func giveNull() { sqlite3_result_null(context) }

    func give(_ integer: Int64) { sqlite3_result_int64(context, integer) }

    /// Ends the statement with an error.
    func fail(_ message: String) { sqlite3_result_error(context, message, -1) }

    // MARK: Case

    static func lowerASCII(_ byte: UInt8) -> UInt8 { byte >= 65 && byte <= 90 ? byte + 32 : byte }

    static func upperASCII(_ byte: UInt8) -> UInt8 { byte >= 97 && byte <= 122 ? byte - 32 : byte }

    func mapCase(ascii: (UInt8) -> UInt8, unicode: (String) -> String) {
        guard let bytes = text(0) else { return giveNull() }
        if bytes.allSatisfy({ $0 < 0x80 }) {
            withUnsafeTemporaryAllocation(of: UInt8.self, capacity: bytes.count) { mapped in
                for index in bytes.indices { mapped.initializeElement(at: index, to: ascii(bytes[index])) }
                give(UnsafeBufferPointer(mapped))
            }
        } else {
            give(unicode(String(decoding: bytes, as: UTF8.self)))
        }
    }

    // MARK: Instants

    func microseconds() {
        guard let text = text(0) else { return giveNull() }
        guard let instant = Timestamp(text: text) else { return fail(Self.noInstant) }
        give(instant.microseconds)
    }

    func addMicroseconds() {
        guard let text = text(0), let added = arguments?[1], sqlite3_value_type(added) != SQLITE_NULL else {
            return giveNull()
        }
        guard let instant = Timestamp(text: text) else { return fail(Self.noInstant) }
        let (sum, overflow) = instant.microseconds.addingReportingOverflow(sqlite3_value_int64(added))
        guard !overflow, Timestamp.expressible.contains(Timestamp(microseconds: sum)) else {
            return fail("an instant lies outside the years 0 to 9999")
        }
        give(Timestamp(microseconds: sum).text)
    }

    private static let noInstant = "a text is no instant such as 2025-02-13T10:20:30.000000Z"
}
