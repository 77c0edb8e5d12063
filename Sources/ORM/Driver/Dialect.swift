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
    /// How a table's definition says what a column is for.
    func comment(_ text: String) -> ColumnComment
    /// The statements that have foreign keys unenforced on a connection and enforced again, outside of any transaction; `nil` where
    /// nobody needs that. See ``TransactionOptions/enforcesForeignKeys``.
    var foreignKeySwitch: (off: [String], on: [String])? { get }
    /// Whether a table's constraints have names, by which they are added and dropped later; `true` unless said otherwise. If not, they
    /// stand within their columns, and come and go with a table that is made anew.
    var namesConstraints: Bool { get }
    /// Whether every definition is committed by itself and ends the transaction around it; `false` unless said otherwise.
    var commitsDefinitions: Bool { get }
    /// Whether an index may hold a part of the rows; `true` unless said otherwise.
    var hasPartialIndexes: Bool { get }
    /// Whether a SELECT in FROM may speak of the rows outside; `true` unless said otherwise.
    var derivedTablesSeeOutside: Bool { get }
    /// How many characters or bytes of a column an index that is not unique holds, where it cannot hold all; `nil`, unless said otherwise,
    /// for all.
    func indexedLength(of storage: StorageType, maxLength: Int?) -> Int?
    /// One bound value that stands for a whole list, and the text around it: `IN (SELECT value FROM json_each(?))`.
    /// `nil` when these values cannot be bound as one; the writer then binds each.
    func list(_ values: [SQLValue]) -> (before: String, value: SQLValue, after: String)?
    /// One bound value that stands for a whole list, and the text from a value that is looked for to the end: `= ANY($1)`. `nil`, unless
    /// said otherwise, when ``list(_:)`` behind IN is the way.
    func membership(in values: [SQLValue]) -> (before: String, value: SQLValue, after: String)?
    /// How many values one statement may bind; a statement with more is refused.
    var maximumBindCount: Int { get }
    /// How a function of so many arguments is written; `nil` for one that the engine cannot do, which is then refused.
    func spelling(of function: SQLFunction, count: Int) -> FunctionSpelling?
    /// Whether `.fold` gives what Swift's `uppercased().lowercased()` does, so that a constant need not be folded by the engine; `false`
    /// unless said otherwise.
    var foldsAsSwift: Bool { get }
    /// Whether aggregates take `FILTER (WHERE …)`; if not, the writer uses CASE.
    var hasAggregateFilter: Bool { get }
    /// What ends a SELECT that locks its rows; `nil` for a lock that the engine cannot take, which is then refused.
    func lock(_ lock: RowLock) -> String?
    /// The statement that shows how the engine would run another one, and where in its rows the plan stands.
    func explain(_ sql: String) -> PlanStatement
    /// What statements that write can do; ``WriteStyle/standard`` unless said otherwise.
    var writeStyle: WriteStyle { get }
    /// Whether decimal numbers are integers of the column's scale here, because the engine has no exact decimals. Such an engine has
    /// a function `orm_decimal(integer, scale)` that gives their digits, and `orm_rescale(integer, count)` that rounds so many of
    /// the last digits away.
    var storesDecimalsAsIntegers: Bool { get }
    /// Whether NULL, inserted as a primary key that is an integer, has the engine give a number; `true` unless said otherwise. If not,
    /// the column is left out of the INSERT, and RETURNING gives the key.
    var numbersNullKeys: Bool { get }
    /// The statement that has the engine give greater numbers than this one to rows that come without a key; `nil`, unless said otherwise,
    /// when the engine sees to that itself. Run after rows with keys of their own were inserted.
    func advanceKeys(of table: String, _ column: String, beyond key: Int64) -> Statement?
    /// Whether NULL comes before all values in an order from the smallest; `true` unless said otherwise. If not, orders say so.
    var ordersNullFirst: Bool { get }
    /// How many rows are worth a ``RowBatch``; `nil`, unless said otherwise, when the engine has no faster way for many.
    var fewestRowsOfBatch: Int? { get }
    /// A lock by a name, waited for so long at most (`nil` = for ever); `nil`, unless said otherwise, when the engine has none.
    func advisoryLock(_ name: String, wait: Duration?) -> AdvisoryLock?
    /// A query with one row that tells by how many seconds a replica is behind its primary, as a double: NULL when the server follows
    /// none. `nil`, unless said otherwise, when the engine has no replicas.
    var replicaLag: Statement? { get }
    /// A query that has a row, with the integer 1, when there is a table of this name.
    func tableExists(_ name: String) -> Statement
    /// The statements that begin a transaction, in their order; throws `.unsupported` for options that the engine has not.
    func begin(_ options: TransactionOptions) throws -> [String]
}

extension Dialect {
    /// `true`
    public var namesConstraints: Bool { true }
    /// `true`
    public var hasPartialIndexes: Bool { true }
    /// `false`
    public var commitsDefinitions: Bool { false }
    /// `true`
    public var numbersNullKeys: Bool { true }
    /// `nil`
    public func membership(in values: [SQLValue]) -> (before: String, value: SQLValue, after: String)? { nil }
    /// `nil`
    public func advisoryLock(_ name: String, wait: Duration?) -> AdvisoryLock? { nil }
    /// `nil`
    public var replicaLag: Statement? { nil }
    /// `nil`
    public func advanceKeys(of table: String, _ column: String, beyond key: Int64) -> Statement? { nil }
    /// `true`
    public var ordersNullFirst: Bool { true }
    /// `nil`
    public var fewestRowsOfBatch: Int? { nil }
    /// `true`
    public var derivedTablesSeeOutside: Bool { true }
    /// `nil`
    public func indexedLength(of storage: StorageType, maxLength: Int?) -> Int? { nil }
    /// `false`
    public var foldsAsSwift: Bool { false }
    /// ``WriteStyle/standard``
    public var writeStyle: WriteStyle { .standard }
    /// `nil`
    public var foreignKeySwitch: (off: [String], on: [String])? { nil }
}

/// What an engine's INSERT, UPDATE and DELETE can do.
public enum WriteStyle: Sendable, Hashable {
    /// `ON CONFLICT (columns) DO …` and `RETURNING`; an UPDATE or DELETE may ask about its own table: SQLite and PostgreSQL.
    case standard
    /// `ON DUPLICATE KEY UPDATE`, whatever key it is; rows that depend on other rows are found by a join; a list that a query gives
    /// may not have a limit: MariaDB, whose INSERT gives rows back, and MySQL, whose INSERT does not.
    case duplicateKey(returnsRows: Bool)

    var isStandard: Bool { self == .standard }
}

/// How a table's definition says what a column is for.
public enum ColumnComment: Sendable, Hashable {
    /// By a remark in SQL, which stands behind the column: `/* … */`.
    case remark(String)
    /// By a clause of the column: `COMMENT '…'`.
    case clause(String)
    /// By a statement of its own: `COMMENT ON COLUMN … IS '…'`.
    case statement
}

/// What a transaction may do.
public enum TransactionMode: Sendable, Hashable {
    /// Reads and writes.
    case readWrite
    /// Reads one snapshot; a write is refused.
    case readOnly
}

/// What a query does to the rows it reads, until its transaction ends.
public struct RowLock: Sendable, Hashable {
    /// Whom the lock keeps out.
    public enum Strength: Sendable, Hashable {
        /// Everybody who wants to lock or change the rows.
        case forUpdate
        /// Everybody who wants to change the rows.
        case forShare
    }

    /// What becomes of rows that somebody else has locked.
    public enum Conflict: Sendable, Hashable {
        /// Wait for them.
        case wait
        /// Leave them out.
        case skipLocked
        /// Fail at once.
        case noWait
    }

    /// Whom the lock keeps out.
    public var strength: Strength
    /// What becomes of rows that somebody else has locked.
    public var conflict: Conflict

    /// A lock; it waits for others unless said otherwise.
    public init(strength: Strength, conflict: Conflict = .wait) {
        self.strength = strength
        self.conflict = conflict
    }
}

/// A statement that shows a plan.
public struct PlanStatement: Sendable {
    /// The statement.
    public var sql: String
    /// The column that holds a step's text.
    public var textColumn: Int
    /// The columns that hold a step's number and that of the step around it, where the rows are a tree.
    public var treeColumns: (id: Int, parent: Int)?

    /// A statement whose rows are a plan.
    public init(_ sql: String, textColumn: Int, treeColumns: (id: Int, parent: Int)? = nil) {
        self.sql = sql
        self.textColumn = textColumn
        self.treeColumns = treeColumns
    }
}
