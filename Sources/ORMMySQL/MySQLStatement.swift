#if MySQL
    import CMariaDB
    import FoundationEssentials
    import ORM

    /// A prepared statement. Lives on its connection's queue, and never leaves the connection.
    final class MySQLStatement {
        let sql: String
        /// Whether it leaves the database as it is, as far as its first word tells.
        let isReadOnly: Bool
        private let handle: MySQLHandle
        private let pointer: UnsafeMutablePointer<MYSQL_STMT>
        private var parameters: MySQLParameters
        /// What the columns of the result are, in their order; set when it has been run.
        private var columns: [MySQLRow.Kind] = []

        init(_ handle: MySQLHandle, _ sql: String) throws {
            guard let pointer = mysql_stmt_init(handle.pointer) else {
                throw MySQLFailure(handle, sql: sql).error()
            }
            self.sql = sql
            self.handle = handle
            self.pointer = pointer
            isReadOnly = Self.isReadOnly(sql)
            var text = sql
            let isPrepared = text.withUTF8 { bytes in
                bytes.withMemoryRebound(to: CChar.self) { text in
                    mysql_stmt_prepare(pointer, text.baseAddress, UInt(text.count)) == 0
                }
            }
            parameters = MySQLParameters(count: Int(mysql_stmt_param_count(pointer)))
            guard isPrepared else { throw MySQLRefusal(MySQLFailure(pointer, handle, sql: sql)) }
        }

        deinit { mysql_stmt_close(pointer) }

        /// The current row; valid until the next step.
        var row: MySQLRow { MySQLRow(pointer, columns) }

        /// Runs it with these values. Its rows, where it has any, are then read by ``step()``, and ``finish()`` ends that.
        func run(_ values: [SQLValue]) throws {
            guard parameters.count == values.count else {
                throw ORMError(
                    .database, "the statement has \(parameters.count) placeholders for \(values.count) values",
                    database: DatabaseFailure(kind: .syntax, nativeCode: "1210", sql: sql))
            }
            try parameters.set(values)
            guard mysql_stmt_bind_param(pointer, parameters.binds) == 0, mysql_stmt_execute(pointer) == 0 else {
                throw failure
            }
            let count = Int(mysql_stmt_field_count(pointer))
            guard count > 0, let fields = pointer.pointee.fields else { return }
            columns = (0..<count).map { MySQLRow.Kind(fields[$0]) }
        }

        /// Has the server keep the rows and give so many at a time, while other statements run. To be said before it is run.
        func useCursor() {
            withUnsafePointer(to: UInt(CURSOR_TYPE_READ_ONLY.rawValue)) {
                _ = mysql_stmt_attr_set(pointer, STMT_ATTR_CURSOR_TYPE, $0)
            }
        }

        /// How many rows a cursor gives at a time.
        func prefetch(_ count: Int) {
            withUnsafePointer(to: UInt(max(1, count))) { _ = mysql_stmt_attr_set(pointer, STMT_ATTR_PREFETCH_ROWS, $0) }
        }

        /// Goes to the next row; `false` when there is none.
        func step() throws -> Bool {
            guard !columns.isEmpty else { return false }
            switch mysql_stmt_fetch(pointer) {
            case 0, MYSQL_DATA_TRUNCATED: return true
            case MYSQL_NO_DATA: return false
            default: throw failure
            }
        }

        /// Lets go of the rows that have not been read, and of what a procedure gives behind them.
        func finish() {
            mysql_stmt_free_result(pointer)
            while mysql_stmt_more_results(pointer) != 0, mysql_stmt_next_result(pointer) == 0 {
                mysql_stmt_free_result(pointer)
            }
        }

        /// What it did.
        var result: StatementResult {
            StatementResult(
                changes: columns.isEmpty ? Int(clamping: mysql_stmt_affected_rows(pointer)) : 0,
                lastInsertID: Int64(truncatingIfNeeded: mysql_stmt_insert_id(pointer)))
        }

        private var failure: MySQLRefusal { MySQLRefusal(MySQLFailure(pointer, handle, sql: sql)) }

        /// Whether a statement only reads. What follows WITH can write on MySQL.
        static func isReadOnly(_ sql: String) -> Bool {
            let word = sql.drop { $0.isWhitespace || $0 == "(" }.prefix { $0.isLetter }.uppercased()
            switch word {
            case "SELECT", "SHOW", "EXPLAIN", "DESCRIBE", "DESC", "VALUES", "TABLE", "DO": return true
            case "SAVEPOINT", "RELEASE", "ROLLBACK", "COMMIT", "START", "BEGIN", "SET": return true
            case "WITH":
                return !sql.split { !$0.isLetter }.contains {
                    ["UPDATE", "DELETE", "INSERT"].contains($0.uppercased())
                }
            default: return false
            }
        }
    }

    /// What the server refused, not yet an error: its connection looks first whether it still stands.
    struct MySQLRefusal: Error {
        let failure: MySQLFailure

        init(_ failure: MySQLFailure) { self.failure = failure }
    }
#endif
