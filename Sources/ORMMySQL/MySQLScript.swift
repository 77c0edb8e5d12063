#if MySQL
    import CMariaDB
    import ORM

    /// Runs a script's statements one after the other, as the server takes them apart.
    struct MySQLScript {
        let handle: MySQLHandle

        func run(_ script: String) throws {
            guard mysql_set_server_option(handle.pointer, MYSQL_OPTION_MULTI_STATEMENTS_ON) == 0 else {
                throw MySQLRefusal(MySQLFailure(handle, sql: ""))
            }
            defer { mysql_set_server_option(handle.pointer, MYSQL_OPTION_MULTI_STATEMENTS_OFF) }
            // A script may end with a remark, or be one.
            guard !handle.run(script), mysql_errno(handle.pointer) != 1065 else { return }
            throw MySQLRefusal(MySQLFailure(handle, sql: script))
        }
    }
#endif
