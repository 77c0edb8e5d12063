import CSQLite
import ORM

extension SQLiteConnection {
    /// Registers what scaled integers need to be decimal numbers: `orm_decimal(1250, 2)` is the text `12.50`, and
    /// `orm_rescale(12345, 2)` is 123, rounded half away from zero. Both are pure integer arithmetic.
    func registerDecimals(on handle: OpaquePointer) throws {
        let flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS
        let code = sqlite3_create_function_v2(
            handle, "orm_decimal", 2, flags, nil,
            { context, _, arguments in
                guard let (number, scale) = scaledArguments(context, arguments) else { return }
                let digits = String(number.magnitude)
                let padded = String(repeating: "0", count: max(0, scale + 1 - digits.utf8.count)) + digits
                var text = (number < 0 ? "-" : "") + padded.prefix(padded.utf8.count - scale)
                if scale > 0 { text += "." + padded.suffix(scale) }
                let transient = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
                sqlite3_result_text64(context, text, UInt64(text.utf8.count), transient, UInt8(SQLITE_UTF8))
            }, nil, nil, nil)
        guard code == SQLITE_OK else { throw SQLiteFailure.error(handle, code, sql: "") }
        let rescaleCode = sqlite3_create_function_v2(
            handle, "orm_rescale", 2, flags, nil,
            { context, _, arguments in
                guard let (number, count) = scaledArguments(context, arguments) else { return }
                var factor: Int64 = 1
                for _ in 0..<count { factor *= 10 }
                let (quotient, remainder) = number.quotientAndRemainder(dividingBy: factor)
                let isUp = remainder.magnitude >= factor.magnitude - remainder.magnitude
                sqlite3_result_int64(context, isUp && remainder != 0 ? quotient + number.signum() : quotient)
            }, nil, nil, nil)
        guard rescaleCode == SQLITE_OK else { throw SQLiteFailure.error(handle, rescaleCode, sql: "") }
    }
}

/// The two integers of a call, the second from 0 to 18; else the call's result is set, to NULL or to an error.
private func scaledArguments(
    _ context: OpaquePointer?, _ arguments: UnsafeMutablePointer<OpaquePointer?>?
) -> (number: Int64, scale: Int)? {
    guard let arguments, sqlite3_value_type(arguments[0]) != SQLITE_NULL else {
        sqlite3_result_null(context)
        return nil
    }
    let scale = sqlite3_value_int64(arguments[1])
    // A sum or product past 64 bits has become a double, and its digits are lost.
    guard sqlite3_value_type(arguments[0]) == SQLITE_INTEGER, (0...18).contains(scale) else {
        sqlite3_result_error(context, "a decimal number has become too large for 64 bits", -1)
        return nil
    }
    return (sqlite3_value_int64(arguments[0]), Int(scale))
}
