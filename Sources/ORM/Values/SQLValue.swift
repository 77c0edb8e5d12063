public import FoundationEssentials

/// A value on its way to the database: what a statement binds.
///
/// Values coming back are not wrapped in this type; a ``ColumnValue`` reads itself straight from a ``ResultRow``.
public enum SQLValue: Sendable, Hashable {
    /// SQL's NULL.
    case null
    /// An integer.
    case int(Int64)
    /// A floating-point number; NaN is refused.
    case double(Double)
    /// An exact decimal number.
    case decimal(Decimal)
    /// A truth value; 0 or 1 where the engine has none.
    case bool(Bool)
    /// A text; one with a NUL is refused.
    case text(String)
    /// Bytes as they are.
    case bytes([UInt8])
    /// An instant; stored in UTC with microseconds.
    case date(Date)
    /// A UUID; its text in capitals where the engine has no such type.
    case uuid(UUID)
    /// A value that no column can hold, and what it is: refused with `.validationFailure` before a statement runs.
    case invalid(String)

    /// Whether this is SQL's NULL.
    public var isNull: Bool { self == .null }
}
