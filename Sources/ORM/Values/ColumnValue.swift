public import FoundationEssentials

/// How a column stores its values; each dialect maps it to a type of its own.
public enum StorageType: Sendable, Hashable {
    case integer, real, boolean, text, bytes, timestamp, uuid
}

/// A Swift type that a column can hold.
///
/// `Int`, `Int64`, `Int32`, `Double`, `Bool`, `String`, `Date`, `UUID`, `[UInt8]`, optionals of all these and enums
/// declared with ``ColumnEnum`` are column values.
public protocol ColumnValue: Sendable, Hashable {
    /// What the column stores.
    static var storage: StorageType { get }
    /// Whether NULL is one of the type's values.
    static var isNullable: Bool { get }
    /// Reads the value from a column of a result row.
    ///
    /// Throws an ``ORMError`` with code `.database` when the stored value is of another type.
    static func read(_ row: borrowing some ResultRow, at index: Int) throws -> Self
    /// The value as a statement binds it.
    var sqlValue: SQLValue { get }
    /// The value as it will read back: instants are rounded to microseconds, everything else is itself.
    var asStored: Self { get }

    /// The optional of this type; an optional type is its own. What an expression gives that can be NULL.
    associatedtype OrNull: ColumnValue = Self?
    /// `Int`, or `Int?` where this type is optional: what the length of a text or the year of an instant is.
    associatedtype IntResult: ColumnValue = Int
    /// `Double`, or `Double?` where this type is optional.
    associatedtype DoubleResult: ColumnValue = Double
    /// `String`, or `String?` where this type is optional.
    associatedtype TextResult: TextValue = String
}

extension ColumnValue {
    /// `false`: only `Optional` can be NULL.
    public static var isNullable: Bool { false }
    /// The value itself.
    public var asStored: Self { self }
}

extension Int: ColumnValue {
    /// Stored as a 64-bit integer.
    public static var storage: StorageType { .integer }
    /// Reads a 64-bit integer.
    public static func read(_ row: borrowing some ResultRow, at index: Int) throws -> Int {
        Int(try row.integer(index))
    }
    /// The integer as a statement binds it.
    public var sqlValue: SQLValue { .int(Int64(self)) }
}

extension Int64: ColumnValue {
    /// Stored as a 64-bit integer.
    public static var storage: StorageType { .integer }
    /// Reads a 64-bit integer.
    public static func read(_ row: borrowing some ResultRow, at index: Int) throws -> Int64 { try row.integer(index) }
    /// The integer as a statement binds it.
    public var sqlValue: SQLValue { .int(self) }
}

extension Int32: ColumnValue {
    /// Stored as an integer.
    public static var storage: StorageType { .integer }
    /// Reads an integer; one that does not fit is an error, never cut.
    public static func read(_ row: borrowing some ResultRow, at index: Int) throws -> Int32 {
        let value = try row.integer(index)
        guard let narrow = Int32(exactly: value) else {
            throw ORMError.decoding(column: row.name(index), expected: "a 32-bit integer", found: "a larger number")
        }
        return narrow
    }
    /// The integer as a statement binds it.
    public var sqlValue: SQLValue { .int(Int64(self)) }
}

extension Double: ColumnValue {
    /// Stored as a double.
    public static var storage: StorageType { .real }
    /// Reads a double; an integer is converted.
    public static func read(_ row: borrowing some ResultRow, at index: Int) throws -> Double { try row.real(index) }
    /// The double as a statement binds it.
    public var sqlValue: SQLValue { .double(self) }
}

extension Bool: ColumnValue {
    /// Stored as a boolean, on SQLite as 0 or 1.
    public static var storage: StorageType { .boolean }
    /// Reads a boolean.
    public static func read(_ row: borrowing some ResultRow, at index: Int) throws -> Bool { try row.boolean(index) }
    /// The boolean as a statement binds it.
    public var sqlValue: SQLValue { .bool(self) }
}

extension String: ColumnValue {
    /// Stored as text.
    public static var storage: StorageType { .text }
    /// Reads text.
    public static func read(_ row: borrowing some ResultRow, at index: Int) throws -> String { try row.text(index) }
    /// The text as a statement binds it.
    public var sqlValue: SQLValue { .text(self) }
}

extension Array: ColumnValue where Element == UInt8 {
    /// Stored as a blob.
    public static var storage: StorageType { .bytes }
    /// Reads a blob.
    public static func read(_ row: borrowing some ResultRow, at index: Int) throws -> [UInt8] { try row.bytes(index) }
    /// The bytes as a statement binds them.
    public var sqlValue: SQLValue { .bytes(self) }
}

extension Date: ColumnValue {
    /// Stored as an instant: UTC, microseconds.
    public static var storage: StorageType { .timestamp }
    /// Reads an instant.
    public static func read(_ row: borrowing some ResultRow, at index: Int) throws -> Date { try row.date(index) }
    /// The instant as a statement binds it.
    public var sqlValue: SQLValue { .date(self) }
    /// The instant rounded to microseconds, which is what the database keeps.
    public var asStored: Date { Timestamp(self).date }
}

extension UUID: ColumnValue {
    /// Stored as a UUID, on SQLite as upper-case text.
    public static var storage: StorageType { .uuid }
    /// Reads a UUID.
    public static func read(_ row: borrowing some ResultRow, at index: Int) throws -> UUID { try row.uuid(index) }
    /// The UUID as a statement binds it.
    public var sqlValue: SQLValue { .uuid(self) }
}

extension Optional: ColumnValue where Wrapped: ColumnValue {
    /// The type itself.
    public typealias OrNull = Wrapped?
    /// NULL of NULL.
    public typealias IntResult = Int?
    /// NULL of NULL.
    public typealias DoubleResult = Double?
    /// NULL of NULL.
    public typealias TextResult = String?
    /// What the wrapped type is stored as.
    public static var storage: StorageType { Wrapped.storage }
    /// `true`.
    public static var isNullable: Bool { true }
    /// Reads the wrapped type, or `nil` for NULL.
    public static func read(_ row: borrowing some ResultRow, at index: Int) throws -> Wrapped? {
        row.isNull(index) ? nil : try Wrapped.read(row, at: index)
    }
    /// The wrapped value, or NULL.
    public var sqlValue: SQLValue { self?.sqlValue ?? .null }
    /// The wrapped value as it will read back.
    public var asStored: Wrapped? { self?.asStored }
}

/// An enum that a column stores by its raw value.
///
/// ```swift
/// enum Status: String, ColumnEnum { case draft, live }
/// ```
/// A stored value that names no case is an error when it is read, never a default.
public protocol ColumnEnum: ColumnValue, RawRepresentable, CaseIterable where RawValue: ColumnValue {}

extension ColumnEnum {
    /// What the raw value is stored as.
    public static var storage: StorageType { RawValue.storage }
    /// Reads the raw value and finds its case.
    public static func read(_ row: borrowing some ResultRow, at index: Int) throws -> Self {
        let raw = try RawValue.read(row, at: index)
        guard let value = Self(rawValue: raw) else {
            let known = allCases.map { "\($0.rawValue)" }.joined(separator: ", ")
            throw ORMError.decoding(column: row.name(index), expected: "one of \(known)", found: "another value")
        }
        return value
    }
    /// The raw value as a statement binds it.
    public var sqlValue: SQLValue { rawValue.sqlValue }
}
