import ORM
import ORMSQLite

/// An engine that is nobody's: it locks rows, knows no FILTER and no regular expressions. For what SQLite never writes.
struct OtherDialect: Dialect {
    private let base = SQLiteDriver.inMemory.dialect
    /// How it tells that a replica is behind.
    var replicaLag: Statement?
    /// Whether it is like PostgreSQL in what it does with NULL.
    var ordersNullFirst = true

    var name: String { "other" }
    var hasAggregateFilter: Bool { false }
    var storesDecimalsAsIntegers: Bool { base.storesDecimalsAsIntegers }
    var maximumBindCount: Int { base.maximumBindCount }

    func quote(_ identifier: String, into sql: inout String) { base.quote(identifier, into: &sql) }
    func placeholder(_ index: Int, into sql: inout String) { sql += "$\(index)" }
    func type(of storage: StorageType, maxLength: Int?, isPrimaryKey: Bool) -> String {
        base.type(of: storage, maxLength: maxLength, isPrimaryKey: isPrimaryKey)
    }
    func literal(_ value: SQLValue) -> String { base.literal(value) }
    func list(_ values: [SQLValue]) -> (before: String, value: SQLValue, after: String)? { nil }
    func explain(_ sql: String) -> PlanStatement { PlanStatement("EXPLAIN \(sql)", textColumn: 0) }
    func tableExists(_ name: String) -> Statement { base.tableExists(name) }
    func begin(_ options: TransactionOptions) throws -> [String] { try base.begin(options) }
    func literal(_ value: SQLValue, in storage: StorageType) -> String { base.literal(value, in: storage) }
    func expression(of value: DatabaseDefault) -> String { base.expression(of: value) }
    func comment(_ text: String) -> ColumnComment { base.comment(text) }
    var namesConstraints: Bool { base.namesConstraints }

    func spelling(of function: SQLFunction, count: Int) -> FunctionSpelling? {
        if case .matches = function { return nil }
        return base.spelling(of: function, count: count)
    }

    func lock(_ lock: RowLock) -> String? {
        let strength = lock.strength == .forUpdate ? "FOR UPDATE" : "FOR SHARE"
        return switch lock.conflict {
        case .wait: strength
        case .skipLocked: "\(strength) SKIP LOCKED"
        case .noWait: "\(strength) NOWAIT"
        }
    }
}
