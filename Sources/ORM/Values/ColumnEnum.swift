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
