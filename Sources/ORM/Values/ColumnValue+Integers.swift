/// An integer type of the standard library that columns hold.
///
/// All widths are column values. `UInt` and `UInt64` are stored as 64-bit integers with a sign, as every engine has them: a
/// greater value is refused with `.validationFailure` before anything is written.
public protocol ColumnInteger: ColumnValue, FixedWidthInteger {}

extension ColumnInteger {
    /// The narrowest integer column that holds every value; 64 bits at most.
    public static var storage: StorageType {
        switch bitWidth + (isSigned ? 0 : 1) {
        case ...16: .int16
        case ...32: .int32
        default: .integer
        }
    }

    /// The type's values, as far as 64 bits with a sign go; `nil` when they are all of these.
    public static var integerRange: ClosedRange<Int64>? {
        let range = (Int64(exactly: Self.min) ?? .min)...(Int64(exactly: Self.max) ?? .max)
        return range == .min ... .max ? nil : range
    }

    /// Reads an integer; one that does not fit is an error, never cut.
    public static func read(_ row: borrowing some ResultRow, at index: Int) throws -> Self {
        let value = try row.integer(index)
        guard let exact = Self(exactly: value) else {
            throw ORMError.decoding(
                column: row.name(index), expected: "a number that fits \(self)", found: "another number")
        }
        return exact
    }

    /// The integer as a statement binds it.
    public var sqlValue: SQLValue {
        Int64(exactly: self).map { .int($0) } ?? .invalid("an integer above \(Int64.max)")
    }
}

extension Int: ColumnInteger {
    // Keys and counts are of these two types, and a generic conversion between integers takes longer than reading one.

    /// Reads an integer; one that does not fit is an error, never cut.
    public static func read(_ row: borrowing some ResultRow, at index: Int) throws -> Int {
        let value = try row.integer(index)
        guard let exact = Int(exactly: value) else {
            throw ORMError.decoding(
                column: row.name(index), expected: "a number that fits Int", found: "another number")
        }
        return exact
    }

    /// The integer as a statement binds it.
    public var sqlValue: SQLValue { .int(Int64(self)) }
}
extension Int8: ColumnInteger {}
extension Int16: ColumnInteger {}
extension Int32: ColumnInteger {}
extension Int64: ColumnInteger {
    /// Reads an integer.
    public static func read(_ row: borrowing some ResultRow, at index: Int) throws -> Int64 { try row.integer(index) }

    /// The integer as a statement binds it.
    public var sqlValue: SQLValue { .int(self) }
}
extension UInt: ColumnInteger {}
extension UInt8: ColumnInteger {}
extension UInt16: ColumnInteger {}
extension UInt32: ColumnInteger {}
extension UInt64: ColumnInteger {}
