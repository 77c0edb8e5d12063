import Bytes

#if Postgres
    import CPostgres
    import ORM

    /// A statement that a connection has run. The first time it goes by its text; from the second time on the server has it prepared, because
    /// preparing takes a turn of its own.
    final class PostgresStatement {
        let sql: String
        /// The types of the placeholders as they are asked for; ``PostgresType/open`` where the server finds them itself.
        let types: [Oid]
        /// Whether the statement can only read, whatever it is bound to.
        let isPlainRead: Bool
        /// Whether it ends a transaction, or a part of one: allowed whatever the state.
        let control: TransactionControl?
        /// The name under which the server has it; `nil` when it has not.
        fileprivate(set) var name: String?
        fileprivate(set) var used: UInt64 = 0
        var runs = 0

        init(_ sql: String, _ types: [Oid]) throws {
            guard !sql.containsNUL else {
                throw ORMError(
                    .database, "the statement contains a NUL character",
                    database: DatabaseFailure(kind: .syntax, nativeCode: "42601", sql: ""))
            }
            self.sql = sql
            self.types = types
            isPlainRead = PostgresText.isPlainRead(sql)
            control = TransactionControl(sql)
        }

        /// The types for values that do not fit these: an unknown value keeps what was asked for before.
        func types(for values: [SQLValue]) -> [Oid] {
            guard values.count == types.count else { return values.map(PostgresType.of) }
            return values.indices.map { values[$0].isNull ? types[$0] : PostgresType.of(values[$0]) }
        }
    }

    /// A statement about transactions, which the connection must know.
    enum TransactionControl {
        case begin, commit, rollback, savepoint

        init?(_ sql: String) {
            switch PostgresText.firstWord(of: sql) {
            case "BEGIN", "START": self = .begin
            case "COMMIT", "END": self = .commit
            case "ROLLBACK", "ABORT": self = .rollback
            case "SAVEPOINT", "RELEASE": self = .savepoint
            default: return nil
            }
        }
    }

    /// The statements of a connection by their text, the least recently used dropped first. Each that is prepared takes memory on the server.
    struct PostgresStatementCache {
        private let capacity: Int
        private var entries: [String: PostgresStatement] = [:]
        private var clock: UInt64 = 0
        private var nameCount = 0
        /// The statement that was used last, and most often is used next. Its text is the same object then, so that comparing it takes
        /// no time.
        private var latest: PostgresStatement?
        /// The names of those dropped, which the server still has.
        private(set) var dropped: [String] = []

        init(capacity: Int) { self.capacity = capacity }

        var count: Int { entries.count }

        mutating func take(_ sql: String) -> PostgresStatement? {
            clock += 1
            if let latest, latest.sql == sql {
                latest.used = clock
                return latest
            }
            guard let entry = entries[sql] else { return nil }
            entry.used = clock
            latest = entry
            return entry
        }

        /// Takes in a statement, in the place of one with the same text.
        mutating func insert(_ statement: PostgresStatement) {
            clock += 1
            statement.used = clock
            if let old = entries.updateValue(statement, forKey: statement.sql) { drop(old) }
            latest = statement
            guard entries.count > capacity else { return }
            // A quarter at once, so that the server is seldom told.
            let oldest = entries.values.sorted { $0.used < $1.used }.prefix(max(1, capacity / 4))
            for entry in oldest where entry !== statement {
                entries[entry.sql] = nil
                drop(entry)
            }
        }

        /// Gives a statement a name that no other has had, for the server to prepare it by.
        mutating func name(_ statement: PostgresStatement) -> String {
            nameCount += 1
            return "s\(nameCount)"
        }

        /// The server has prepared it.
        func didPrepare(_ statement: PostgresStatement, as name: String) { statement.name = name }

        /// Forgets what the server has prepared by this name, or all of it.
        mutating func forget(_ statement: PostgresStatement) {
            drop(statement)
            statement.runs = 0
        }

        /// Forgets all: tables may have changed.
        mutating func removeAll() {
            for entry in entries.values { drop(entry) }
            (entries, latest) = ([:], nil)
        }

        /// The statement that has the server forget the ones dropped; `nil` when there are none.
        mutating func takeDeallocation() -> String? {
            guard !dropped.isEmpty else { return nil }
            defer { dropped = [] }
            return dropped.map { "DEALLOCATE \($0)" }.joined(separator: "; ")
        }

        private mutating func drop(_ statement: PostgresStatement) {
            if let name = statement.name { dropped.append(name) }
            statement.name = nil
        }
    }
#endif
