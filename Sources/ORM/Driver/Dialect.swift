/// How an engine spells what the ORM says. Everything that differs between engines and is text goes through here.
public protocol Dialect: Sendable {
    /// `sqlite`, `postgres` or `mysql`, for messages.
    var name: String { get }
    /// Appends a quoted identifier.
    func quote(_ identifier: String, into sql: inout String)
    /// Appends the placeholder of the value number `index` (from 1).
    func placeholder(_ index: Int, into sql: inout String)
    /// The type of a column in `CREATE TABLE`.
    func type(of storage: StorageType, maxLength: Int?, isPrimaryKey: Bool) -> String
    /// A literal of a column's default in `CREATE TABLE`.
    func literal(_ value: SQLValue) -> String
    /// One bound value that stands for a whole list, and the text around it: `IN (SELECT value FROM json_each(?))`.
    /// `nil` when these values cannot be bound as one; the writer then binds each.
    func list(_ values: [SQLValue]) -> (before: String, value: SQLValue, after: String)?
    /// The function that folds case for case-insensitive lookups.
    var foldFunction: String { get }
    /// The function that finds a text in a text, haystack first, 0 = not found.
    var positionFunction: String { get }
    /// What ends an `INSERT` so that rows already there are skipped.
    var ignoreConflict: String { get }
    /// A query that has a row, with the integer 1, when there is a table of this name.
    func tableExists(_ name: String) -> Statement
    /// The statements that begin a transaction, in their order; throws `.unsupported` for options that the engine has not.
    func begin(_ options: TransactionOptions) throws -> [String]
}

/// What a transaction may do.
public enum TransactionMode: Sendable, Hashable {
    /// Reads and writes.
    case readWrite
    /// Reads one snapshot; a write is refused.
    case readOnly
}
