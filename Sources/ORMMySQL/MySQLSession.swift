#if MySQL
    import ORM

    /// What each session is set to, so that all statements mean the same whatever the server's own settings are.
    struct MySQLSession {
        private let driver: MySQLDriver
        private let server: MySQLDialect.Server

        init(_ driver: MySQLDriver, _ server: MySQLDialect.Server) {
            self.driver = driver
            self.server = server
        }

        /// The statements that set it.
        var settings: [String] {
            var variables = [
                "sql_mode = '\(modes.joined(separator: ","))'", "time_zone = '+00:00'",
                // An average of integers has so many digits behind the point.
                "div_precision_increment = 30", "autocommit = 1",
            ]
            if let limit = driver.address.lockTimeout {
                // The server counts whole seconds.
                let seconds = limit.components.seconds + (limit.components.attoseconds > 0 ? 1 : 0)
                variables += ["innodb_lock_wait_timeout = \(seconds)", "lock_wait_timeout = \(max(1, seconds))"]
            }
            let (seconds, attoseconds) = driver.address.statementTimeout?.components ?? (0, 0)
            switch server {
            case .mariaDB:
                variables += [
                    "tx_isolation = 'READ-COMMITTED'",
                    "max_statement_time = \(Double(seconds) + Double(attoseconds) / 1e18)",
                    // A recursive query runs for as long as it gives rows.
                    "max_recursive_iterations = 4294967295",
                ]
            case .mySQL:
                variables += [
                    "transaction_isolation = 'READ-COMMITTED'",
                    "max_execution_time = \(seconds * 1000 + attoseconds / 1_000_000_000_000_000)",
                    "cte_max_recursion_depth = 4294967295",
                ]
            }
            let names = "SET NAMES utf8mb4 COLLATE \(MySQLDialect(server).collation)"
            return ["\(names), " + variables.map { "SESSION \($0)" }.joined(separator: ", ")]
        }

        /// A statement that older releases do not know: at REPEATABLE READ, a row that somebody else has changed since is not overwritten.
        /// <https://mariadb.com/kb/en/innodb-system-variables/#innodb_snapshot_isolation>
        var wish: String? { server == .mariaDB ? "SET SESSION innodb_snapshot_isolation = ON" : nil }

        private var modes: [String] {
            [
                "STRICT_TRANS_TABLES", "STRICT_ALL_TABLES", "NO_ENGINE_SUBSTITUTION", "NO_ZERO_DATE", "NO_ZERO_IN_DATE",
                // 0 is a key like any other.
                "NO_AUTO_VALUE_ON_ZERO", "PIPES_AS_CONCAT",
            ]
        }
    }

    extension MySQLDialect.Server {
        /// Its name, for messages.
        var name: String { self == .mariaDB ? "MariaDB" : "MySQL" }
    }
#endif
