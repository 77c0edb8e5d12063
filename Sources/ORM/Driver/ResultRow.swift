public import FoundationEssentials

/// One row of a result, as a driver sees it: typed reads by position.
///
/// A row is valid only inside ``RowDecoder/decode(_:)``; its memory belongs to the statement and goes with the next step.
/// Every read but ``isNull(_:)`` throws when the stored value is NULL or of another type.
public protocol ResultRow: ~Copyable {
    /// The column's name in the result, for messages.
    func name(_ index: Int) -> String
    /// Whether the column is NULL.
    func isNull(_ index: Int) -> Bool
    /// The column as a 64-bit integer.
    func integer(_ index: Int) throws -> Int64
    /// The column as a double; integers are converted.
    func real(_ index: Int) throws -> Double
    /// The column as a boolean.
    func boolean(_ index: Int) throws -> Bool
    /// The column as text.
    func text(_ index: Int) throws -> String
    /// The column as bytes.
    func bytes(_ index: Int) throws -> [UInt8]
    /// The column as an instant.
    func date(_ index: Int) throws -> Date
    /// The column as a UUID.
    func uuid(_ index: Int) throws -> UUID
}

/// Turns result rows into values. A protocol and not a closure, because a closure cannot be generic over the row's type,
/// and each driver has its own.
public protocol RowDecoder<Output>: Sendable {
    /// What one row becomes.
    associatedtype Output: Sendable
    /// Reads one row.
    func decode(_ row: borrowing some ResultRow) throws -> Output
    /// Reads one row into the end of a list. Drivers read lists by this one, because a decoder may know how large its values
    /// are, where a driver has to ask for each.
    func append(_ row: borrowing some ResultRow, to outputs: inout [Output]) throws
}

extension RowDecoder {
    /// Reads one row into the end of a list.
    public func append(_ row: borrowing some ResultRow, to outputs: inout [Output]) throws {
        outputs.append(try decode(row))
    }
}
