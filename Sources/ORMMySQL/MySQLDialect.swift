import FoundationEssentials
public import ORM

/// How MariaDB, from version 10.11 on, and MySQL, from version 8.0.31 on, spell what the ORM says.
///
/// Text compares by code point and without padding, as on every engine. The driver keeps sessions in UTC, in strict mode and with
/// `PIPES_AS_CONCAT`; their transactions are READ COMMITTED unless they ask for another level.
///
/// ```swift
/// let script = try SchemaScript(MySQLDialect(.mariaDB)).create([User.self, Post.self])
/// ```
public struct MySQLDialect: Dialect {
    /// Which of the two servers it is: they differ in the names of collations and in a few functions.
    public enum Server: Sendable, Hashable {
        /// MariaDB.
        case mariaDB
        /// Oracle's MySQL.
        case mySQL
    }

    /// Which server it is.
    public let server: Server

    /// The dialect of a server.
    public init(_ server: Server = .mariaDB) { self.server = server }

    /// `mysql`
    public var name: String { "mysql" }
    /// `false`
    public var hasAggregateFilter: Bool { false }
    /// Only MariaDB's INSERT gives back the rows that it wrote.
    public var writeStyle: WriteStyle { .duplicateKey(returnsRows: server == .mariaDB) }
    /// `false`: it has DECIMAL.
    public var storesDecimalsAsIntegers: Bool { false }
    /// `true`: <https://dev.mysql.com/doc/refman/8.0/en/implicit-commit.html>
    public var commitsDefinitions: Bool { true }
    /// `false`
    public var hasPartialIndexes: Bool { false }
    /// What the protocol's 16-bit count allows. <https://mariadb.com/kb/en/com_stmt_prepare/>
    public var maximumBindCount: Int { 65_535 }

    /// The collation that orders by code point and does not pad.
    var collation: String { server == .mariaDB ? "utf8mb4_nopad_bin" : "utf8mb4_0900_bin" }

    /// A collation that knows the case of letters of newer versions of Unicode too; the one that orders knows but the oldest.
    var caseCollation: String { server == .mariaDB ? "utf8mb4_uca1400_as_cs" : "utf8mb4_0900_as_cs" }

    /// Those of MySQL do.
    public var derivedTablesSeeOutside: Bool { server == .mySQL }

    /// `true`
    public var foldsAsSwift: Bool { true }

    /// `` `name` ``, with backticks in the name doubled.
    public func quote(_ identifier: String, into sql: inout String) {
        sql += "`" + identifier.split(separator: "`", omittingEmptySubsequences: false).joined(separator: "``") + "`"
    }

    /// `?`
    public func placeholder(_ index: Int, into sql: inout String) { sql += "?" }

    /// The types of both servers; a primary key that is an integer gives itself a number. A text without a limit is a LONGTEXT, but
    /// as a primary key it has 191 characters, so that its index fits.
    public func type(of storage: StorageType, maxLength: Int?, isPrimaryKey: Bool) -> String {
        switch storage {
        case .int16: "SMALLINT" + (isPrimaryKey ? " AUTO_INCREMENT" : "")
        case .int32: "INT" + (isPrimaryKey ? " AUTO_INCREMENT" : "")
        case .integer: "BIGINT" + (isPrimaryKey ? " AUTO_INCREMENT" : "")
        case .real: "DOUBLE"
        case .decimal(let precision, let scale): "DECIMAL(\(precision), \(scale))"
        case .boolean: "BOOLEAN"
        case .text: text(maxLength ?? (isPrimaryKey ? 191 : nil)) + " CHARACTER SET utf8mb4 COLLATE \(collation)"
        case .bytes: "LONGBLOB"
        case .timestamp: "DATETIME(6)"
        case .date: "DATE"
        case .time: "TIME(6)"
        case .duration: "BIGINT"
        case .uuid: "CHAR(36) CHARACTER SET ascii COLLATE ascii_bin"
        case .json: "LONGTEXT CHARACTER SET utf8mb4 COLLATE \(collation)"
        }
    }

    /// An index has at most 3,072 bytes, of which a character takes four: <https://mariadb.com/kb/en/innodb-limitations/>
    public func indexedLength(of storage: StorageType, maxLength: Int?) -> Int? {
        switch storage {
        case .text: maxLength ?? .max > 700 ? 191 : nil
        case .json, .bytes: 191
        default: nil
        }
    }

    /// A row has at most 65,535 bytes beside its long texts, so that only short ones are VARCHAR.
    private func text(_ maxLength: Int?) -> String {
        if let maxLength, maxLength <= 4000 { "VARCHAR(\(maxLength))" } else { "LONGTEXT" }
    }

    /// A value written out.
    public func literal(_ value: SQLValue) -> String {
        switch value {
        case .null, .invalid: "NULL"
        case .int(let number): "\(number)"
        case .decimal(let number): number.description
        case .double(let number): "\(number)"
        case .bool(let flag): flag ? "TRUE" : "FALSE"
        case .text(let text): quoted(text)
        // Without the zone: columns of this type have none, and hold UTC.
        case .date(let date): "'\(Timestamp(date).text.dropLast().split(separator: "T").joined(separator: " "))'"
        case .uuid(let uuid): "'\(uuid.uuidString)'"
        case .bytes(let bytes): "x'" + bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined() + "'"
        }
    }

    /// The same whatever the column.
    public func literal(_ value: SQLValue, in storage: StorageType) -> String { literal(value) }

    private func quoted(_ text: String) -> String {
        var sql = "'"
        for scalar in text.unicodeScalars {
            if scalar == "'" || scalar == "\\" { sql.unicodeScalars.append(scalar) }
            sql.unicodeScalars.append(scalar)
        }
        return sql + "'"
    }

    /// A default that the database works out.
    public func expression(of value: DatabaseDefault) -> String {
        switch value {
        // Sessions are in UTC.
        case .now: "CURRENT_TIMESTAMP(6)"
        case .sql(let text): "(\(text))"
        }
    }

    /// `COMMENT '…'`
    public func comment(_ text: String) -> ColumnComment { .clause("COMMENT \(quoted(text))") }

    /// One JSON array for a long list of integers, texts or UUIDs; a short one is bound value by value, for which an index is used.
    public func list(_ values: [SQLValue]) -> (before: String, value: SQLValue, after: String)? {
        guard values.count > 1000, let first = values.first else { return nil }
        var json = "["
        var longest = 0
        for value in values {
            if json.utf8.count > 1 { json += "," }
            switch (value, first) {
            case (.int(let number), .int): json += "\(number)"
            case (.uuid(let uuid), .uuid): json += "\"\(uuid.uuidString)\""
            case (.text(let text), .text):
                longest = max(longest, text.utf8.count)
                json.append(jsonText: text)
            default: return nil
            }
        }
        let (type, selected): (String, String)
        switch first {
        case .int: (type, selected) = ("BIGINT", "item")
        case .uuid: (type, selected) = ("CHAR(36) CHARACTER SET ascii", "item COLLATE ascii_bin")
        default:
            // Long texts could not be kept in a table with an index.
            guard let length = [50, 200, 500].first(where: { $0 >= longest }) else { return nil }
            (type, selected) = ("VARCHAR(\(length)) CHARACTER SET utf8mb4", "item COLLATE \(collation)")
        }
        return (
            "SELECT \(selected) FROM JSON_TABLE(", .text(json + "]"),
            ", '$[*]' COLUMNS (item \(type) PATH '$')) AS listed"
        )
    }

    /// Looks in the connection's database.
    public func tableExists(_ name: String) -> Statement {
        Statement(
            "SELECT 1 FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name = ?", [.text(name)])
    }

    /// `FOR UPDATE SKIP LOCKED` and the like.
    public func lock(_ lock: RowLock) -> String? {
        let share = server == .mariaDB ? "LOCK IN SHARE MODE" : "FOR SHARE"
        let strength = lock.strength == .forUpdate ? "FOR UPDATE" : share
        return switch lock.conflict {
        case .wait: strength
        case .skipLocked: "\(strength) SKIP LOCKED"
        case .noWait: "\(strength) NOWAIT"
        }
    }

    /// By a name of the server's, which has room for 64 characters and is the same for all of its databases.
    /// <https://mariadb.com/kb/en/get_lock/>
    public func advisoryLock(_ name: String, wait: Duration?) -> AdvisoryLock? {
        let seconds = wait.map { Double($0.components.seconds) + Double($0.components.attoseconds) / 1e18 }
        let key = "SHA1(CONCAT(DATABASE(), '.', ?))"
        return AdvisoryLock(
            taking: .query(
                Statement(
                    "SELECT COALESCE(GET_LOCK(\(key), ?), 0)", [.text(name), .double(seconds ?? Self.aLongTime)])),
            release: Statement("SELECT COALESCE(RELEASE_LOCK(\(key)), 0)", [.text(name)]))
    }

    /// A year, in seconds.
    private static var aLongTime: Double { 31_536_000 }

    /// The plan as JSON, in one row.
    public func explain(_ sql: String) -> PlanStatement { PlanStatement("EXPLAIN FORMAT=JSON \(sql)", textColumn: 0) }

    /// The level is set for the next transaction, which is then begun. One that only reads has a snapshot, unless it asks for less.
    public func begin(_ options: TransactionOptions) -> [String] {
        let isReader = options.mode == .readOnly
        let level = options.isolation ?? (isReader ? .repeatableRead : nil)
        let hasSnapshot = level == .repeatableRead || level == .serializable
        let start =
            !isReader
            ? "START TRANSACTION READ WRITE"
            : hasSnapshot ? "START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY" : "START TRANSACTION READ ONLY"
        return (level.map { ["SET TRANSACTION ISOLATION LEVEL \($0.rawValue)"] } ?? []) + [start]
    }
}
