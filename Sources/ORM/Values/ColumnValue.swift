public import FoundationEssentials

/// A Swift type that a column can hold.
///
/// Integers of all widths, `Double`, `Float`, `Decimal`, `Bool`, `String`, `Date`, ``CalendarDate``, ``TimeOfDay``, `Duration`, `UUID`,
/// `Data`, `[UInt8]`, optionals of all these, enums declared with ``ColumnEnum``, and Codable types declared with
/// ``ColumnJSON`` or wrapped in ``JSON``.
public protocol ColumnValue: Sendable, Hashable {
    /// What the column stores.
    static var storage: StorageType { get }
    /// Whether NULL is one of the type's values.
    static var isNullable: Bool { get }
    /// For an integer narrower than the column that holds it, the values it has; `nil` for other types.
    static var integerRange: ClosedRange<Int64>? { get }
    /// Reads the value from a column of a result row.
    ///
    /// Throws an ``ORMError`` with code `.database` when the stored value is of another type.
    static func read(_ row: borrowing some ResultRow, at index: Int) throws -> Self
    /// The value as a statement binds it.
    var sqlValue: SQLValue { get }
    /// The value as it will read back: instants and durations are rounded to microseconds, everything else is itself.
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
    /// `nil`: only integers have a range.
    public static var integerRange: ClosedRange<Int64>? { nil }
    /// `false`: only `Optional` can be NULL.
    public static var isNullable: Bool { false }
    /// The value itself.
    public var asStored: Self { self }
}

extension Double: ColumnValue {
    /// Stored as a double.
    public static var storage: StorageType { .real }
    /// Reads a double; an integer is converted.
    public static func read(_ row: borrowing some ResultRow, at index: Int) throws -> Double { try row.real(index) }
    /// The double as a statement binds it.
    public var sqlValue: SQLValue { .double(self) }
}

extension Float: ColumnValue {
    /// Stored as a double, which holds every float.
    public static var storage: StorageType { .real }
    /// Reads a double, rounded to the nearest float.
    public static func read(_ row: borrowing some ResultRow, at index: Int) throws -> Float {
        Float(try row.real(index))
    }
    /// The float as a statement binds it.
    public var sqlValue: SQLValue { .double(Double(self)) }
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

extension Data: ColumnValue {
    /// Stored as a blob.
    public static var storage: StorageType { .bytes }
    /// Reads a blob.
    public static func read(_ row: borrowing some ResultRow, at index: Int) throws -> Data {
        Data(try row.bytes(index))
    }
    /// The bytes as a statement binds them.
    public var sqlValue: SQLValue { .bytes([UInt8](self)) }
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
    /// That of the wrapped type.
    public static var integerRange: ClosedRange<Int64>? { Wrapped.integerRange }
    /// Reads the wrapped type, or `nil` for NULL.
    public static func read(_ row: borrowing some ResultRow, at index: Int) throws -> Wrapped? {
        row.isNull(index) ? nil : try Wrapped.read(row, at: index)
    }
    /// The wrapped value, or NULL.
    public var sqlValue: SQLValue { self?.sqlValue ?? .null }
    /// The wrapped value as it will read back.
    public var asStored: Wrapped? { self?.asStored }
}
