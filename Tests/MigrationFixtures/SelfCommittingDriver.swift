package import ORM
package import ORMMigrations
import ORMSQLite

/// SQLite, but told that it commits every definition by itself and has no transactions for them, as MySQL: each statement of a migration is
/// then committed alone, and the journal is all that knows how far it came.
package struct SelfCommittingDriver: Driver {
    private let base: SQLiteDriver

    /// A database file.
    package init(path: String) { base = SQLiteDriver(path: path) }

    private init(_ base: SQLiteDriver) { self.base = base }

    /// A database in memory.
    package static var inMemory: SelfCommittingDriver { SelfCommittingDriver(.inMemory) }

    package var dialect: any Dialect { SelfCommittingDialect(base: base.dialect) }
    package var pool: PoolOptions { base.pool }
    package func limit(of role: ConnectionRole) -> Int { base.limit(of: role) }
    package func connect(_ role: ConnectionRole) async throws -> any Connection { try await base.connect(role) }
}

extension Journaling {
    /// For ``SelfCommittingDriver``. It has no lock: its tests let one process migrate at a time.
    package static let sqlite = Journaling { _, body in
        try await body()
    } probe: { effect in
        func find(_ condition: String, _ names: String...) -> Statement {
            Statement("SELECT 1 FROM sqlite_master WHERE \(condition)", names.map { .text($0) })
        }
        return switch effect {
        case .table(let name, let exists): (find("type = 'table' AND name = ?", name), exists)
        case .column(let table, let name, let exists):
            (Statement("SELECT 1 FROM pragma_table_info(?) WHERE name = ?", [.text(table), .text(name)]), exists)
        case .index(let table, let name, let exists):
            (find("type = 'index' AND tbl_name = ? AND name = ?", table, name), exists)
        case .constraint, .repeatable, .unknown: nil
        }
    }
}

private struct SelfCommittingDialect: Dialect {
    let base: any Dialect

    var name: String { "mysql" }
    var commitsDefinitions: Bool { true }
    var hasAggregateFilter: Bool { base.hasAggregateFilter }
    var storesDecimalsAsIntegers: Bool { base.storesDecimalsAsIntegers }
    var maximumBindCount: Int { base.maximumBindCount }

    func quote(_ identifier: String, into sql: inout String) { base.quote(identifier, into: &sql) }
    func placeholder(_ index: Int, into sql: inout String) { base.placeholder(index, into: &sql) }
    func type(of storage: StorageType, maxLength: Int?, isPrimaryKey: Bool) -> String {
        base.type(of: storage, maxLength: maxLength, isPrimaryKey: isPrimaryKey)
    }
    func literal(_ value: SQLValue) -> String { base.literal(value) }
    func literal(_ value: SQLValue, in storage: StorageType) -> String { base.literal(value, in: storage) }
    func expression(of value: DatabaseDefault) -> String { base.expression(of: value) }
    func comment(_ text: String) -> ColumnComment { base.comment(text) }
    func list(_ values: [SQLValue]) -> (before: String, value: SQLValue, after: String)? { base.list(values) }
    func spelling(of function: SQLFunction, count: Int) -> FunctionSpelling? {
        base.spelling(of: function, count: count)
    }
    func lock(_ lock: RowLock) -> String? { base.lock(lock) }
    func explain(_ sql: String) -> PlanStatement { base.explain(sql) }
    func tableExists(_ name: String) -> Statement { base.tableExists(name) }
    func begin(_ options: TransactionOptions) throws -> [String] { try base.begin(options) }
}
