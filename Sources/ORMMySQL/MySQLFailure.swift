#if MySQL
    import CMariaDB
    import ORM

    /// Turns the errors of server and library into ``ORMError``. Numbers: <https://mariadb.com/kb/en/mariadb-error-codes/>,
    /// <https://dev.mysql.com/doc/mysql-errors/8.0/en/server-error-reference.html>
    struct MySQLFailure {
        let code: Int
        /// What the server says. It may repeat values, so that it is not to be shown as it stands.
        let message: String
        let sql: String

        /// The error of the last call without a prepared statement.
        init(_ handle: MySQLHandle, sql: String) {
            code = Int(mysql_errno(handle.pointer))
            message = String(cString: mysql_error(handle.pointer))
            self.sql = sql
        }

        /// The error of the last call with a prepared statement; the library notes some of them at the session alone.
        init(_ statement: UnsafeMutablePointer<MYSQL_STMT>, _ handle: MySQLHandle, sql: String) {
            let isNoted = mysql_stmt_errno(statement) != 0
            code = Int(isNoted ? mysql_stmt_errno(statement) : mysql_errno(handle.pointer))
            message = String(cString: isNoted ? mysql_stmt_error(statement) : mysql_error(handle.pointer))
            self.sql = sql
        }

        /// Whether the connection is gone with it.
        var isLost: Bool {
            switch code {
            // A server that shuts down, or a KILL of the connection, says so before it hangs up.
            case 1053, 1927, 4031: true
            case Int(CR_SERVER_GONE_ERROR), Int(CR_SERVER_LOST), Int(CR_MALFORMED_PACKET), 2000, 2014, 2055: true
            default: false
            }
        }

        /// Whether the statement was stopped: KILL QUERY.
        var isInterruption: Bool { code == 1317 }
        /// Whether a row breaks a unique constraint.
        var isUniqueViolation: Bool { code == 1062 || code == 1586 || code == 1859 }
        /// Whether the statement must be prepared anew, because a table has changed: 1615, CR_NEW_STMT_METADATA.
        var wantsPreparation: Bool { code == 1615 || code == Int(CR_NEW_STMT_METADATA) }

        /// The name of the unique key that is violated, without its table: `users_username_key`, `PRIMARY`.
        var key: String? {
            guard isUniqueViolation, let start = message.ranges(of: "for key '").last?.upperBound else { return nil }
            let name = message[start...].prefix { $0 != "'" }
            // MySQL writes the table before it.
            return String(name.split(separator: ".").last ?? name)
        }

        /// The error, with the columns of the violated unique key as the database has them.
        func error(uniqueColumns: [String] = []) -> any Error {
            let kind = kind(uniqueColumns)
            return ORMError(
                .database, explanation(of: kind),
                database: DatabaseFailure(kind: kind, nativeCode: "\(code)", sql: sql))
        }

        private func kind(_ uniqueColumns: [String]) -> DatabaseFailure.Kind {
            switch code {
            case 1062, 1586, 1859: .unique(columns: uniqueColumns)
            case 1216, 1217, 1451, 1452: .foreignKey
            case 1048, 1364: .notNull(column: column)
            case 4025, 3819: .check(constraint: Self.quoted(message) ?? "")
            case 1213: .deadlock
            // 3572: NOWAIT of MySQL. 1969, 3024: the statement's own time limit is none of these.
            case 1205, 3572: .lockTimeout
            case 1020: .serialization
            case 1064, 1054, 1146, 1051, 1139, 1149, 1060, 1061, 1050, 1091, 1065, 1136, 1305, 1109, 1052, 1066, 3685:
                .syntax
            case 1040, 1044, 1045, 1049, 1053, 1129, 1130, 1203, 1226, 1698, 1792, 1836, 1290, 1927, 4031: .unavailable
            // The disk is full, or the table; an index or a file is broken.
            case 1021, 1114, 1034, 1016, 1017, 1030, 1035, 126...127, 144...145: .unavailable
            case 2000..<2100: .unavailable
            default: .other
            }
        }

        /// The column of a value that is missing, with its table: `posts.title`.
        private var column: String {
            let name = Self.quoted(message) ?? ""
            return table.map { "\($0).\(name)" } ?? name
        }

        private func explanation(of kind: DatabaseFailure.Kind) -> String {
            switch kind {
            case .unique(let columns): return "a row with this \(columns.joined(separator: ", ")) exists already"
            case .foreignKey: return "a row that this one points to does not exist, or others still point to this one"
            case .notNull(let column): return "\(column) must have a value"
            case .check(let name): return "a row breaks the rule \(name)"
            case .deadlock: return "two transactions waited for each other, and this one was undone: try it again"
            case .lockTimeout: return "another transaction holds a lock for too long: try it again"
            case .serialization: return "another transaction has changed a row since this one began: try it again"
            default: break
            }
            switch code {
            case Int(CR_SERVER_GONE_ERROR), Int(CR_SERVER_LOST), 1053, 1927, 4031:
                return "the connection to the server is lost: is the server running? \(shown)"
            case 1242 where sql.contains("TIMESTAMPADD("): return "an instant lies outside the years 0 to 9999"
            case 1021, 1114: return "the server has no room left on its disk: \(shown)"
            case 1792: return "attempt to write in a read-only transaction"
            case 1290, 1836: return "the server only reads: \(shown)"
            case 1969, 3024: return "the statement took longer than statement_timeout allows"
            case 1153: return "a statement is larger than the server's max_allowed_packet: raise that"
            default: return shown
            }
        }

        /// The message, as far as it can be shown: quoted parts of it may be values, but in errors about names.
        private var shown: String {
            switch code {
            case 1064, 1054, 1146, 1049, 1044, 1045, 1050, 1051, 1060, 1061, 1091, 1109, 1142, 1143, 1305, 1364, 1170,
                1071,
                1005, 1264, 1265, 1406, 1068, 1067, 1101, 1227, 1235, 1093, 1267, 1826, 2000..<2100:
                message
            default: Self.withoutValues(message)
            }
        }

        /// The table that the statement writes: the first name in it.
        var table: String? {
            let words = sql.split(maxSplits: 6, whereSeparator: { $0.isWhitespace || $0 == "(" })
            guard let verb = words.first?.uppercased(), ["INSERT", "UPDATE", "DELETE", "REPLACE"].contains(verb) else {
                return nil
            }
            let skipped = ["INTO", "FROM", "IGNORE"]
            let name = words.dropFirst().first { !skipped.contains($0.uppercased()) }
            return name.map { String($0.split(separator: ".").last ?? $0).filter { $0 != "`" } }
        }

        /// The first part of a message that stands in quotes: `'name'`, or `` `name` ``.
        private static func quoted(_ message: String) -> String? {
            guard let start = message.firstIndex(where: { $0 == "'" || $0 == "`" }) else { return nil }
            let rest = message[message.index(after: start)...]
            return String(rest.prefix { $0 != message[start] }.split(separator: ".").last ?? "")
        }

        private static func withoutValues(_ message: String) -> String {
            guard let start = message.firstIndex(of: "'"), let end = message.lastIndex(of: "'"), start < end else {
                return message
            }
            return message[...start] + "…" + message[end...]
        }

        // MARK: Connecting

        /// A failure to connect that has no statement.
        static func unavailable(_ message: String, code: Int) -> ORMError {
            ORMError(
                .database, message, database: DatabaseFailure(kind: .unavailable, nativeCode: "\(code)", sql: ""))
        }

        /// Why a connection could not be made, and what to do.
        static func connecting(_ pointer: UnsafeMutablePointer<MYSQL>, _ address: ServerAddress) -> ORMError {
            let code = Int(mysql_errno(pointer))
            let (place, reason) = (address.place, String(cString: mysql_error(pointer)))
            let user = address.user.map { "the user \($0)" } ?? "this account"
            let message =
                switch code {
                case 1044, 1045, 1698, 1130:
                    "the server at \(place) does not let \(user) in: check the user, its rights and the password (\(reason))"
                case 1049:
                    "the server at \(place) has no database \(address.database): create it, "
                        + "by CREATE DATABASE \(address.database) CHARACTER SET utf8mb4"
                case 1040, 1203, 1226:
                    "the server at \(place) takes no more connections: lower max_size, or raise the server's limit (\(reason))"
                case Int(CR_CONNECTION_ERROR), Int(CR_CONN_HOST_ERROR), Int(CR_UNKNOWN_HOST), Int(CR_SERVER_LOST):
                    "no server answers at \(place): is it running there? (\(reason))"
                case Int(CR_SSL_CONNECTION_ERROR):
                    "no TLS connection to \(place): \(reason)"
                default: "cannot connect to the server at \(place): \(reason)"
                }
            return unavailable(message, code: code)
        }
    }
#endif
