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
    /// A value written out, as a definition in `CREATE TABLE` wants it.
    func literal(_ value: SQLValue) -> String
    /// A value written out for a column of this type.
    func literal(_ value: SQLValue, in storage: StorageType) -> String
    /// The expression of a column's default that the database works out.
    func expression(of value: DatabaseDefault) -> String
    /// What stands behind a column's definition to say what it is for, with a space in front.
    func schemaComment(_ text: String) -> String
    /// One bound value that stands for a whole list, and the text around it: `IN (SELECT value FROM json_each(?))`.
    /// `nil` when these values cannot be bound as one; the writer then binds each.
    func list(_ values: [SQLValue]) -> (before: String, value: SQLValue, after: String)?
    /// The function that folds case for case-insensitive lookups.
    var foldFunction: String { get }
    /// The function that finds a text in a text, haystack first, 0 = not found.
    var positionFunction: String { get }
    /// What ends an `INSERT` so that rows already there are skipped.
    var ignoreConflict: String { get }
    /// Whether decimal numbers are integers of the column's scale here, because the engine has no exact decimals. Such an engine has
    /// a function `orm_decimal(integer, scale)` that gives their digits, and `orm_rescale(integer, count)` that rounds so many of
    /// the last digits away.
    var storesDecimalsAsIntegers: Bool { get }
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
