public import FoundationEssentials

/// A value on its way to the database: what a statement binds.
///
/// Values coming back are not wrapped in this type; a ``ColumnValue`` reads itself straight from a ``ResultRow``.
public enum SQLValue: Sendable, Hashable {
    case null
    case int(Int64)
    case double(Double)
    /// An exact decimal number.
    case decimal(Decimal)
    case bool(Bool)
    case text(String)
    case bytes([UInt8])
    /// An instant; stored in UTC with microseconds.
    case date(Date)
    case uuid(UUID)
    /// A value that no column can hold, and what it is: refused with `.validationFailure` before a statement runs.
    case invalid(String)

    /// Whether this is SQL's NULL.
    public var isNull: Bool { self == .null }
}
