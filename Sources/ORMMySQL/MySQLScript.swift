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
            var script = script
            let code = script.withUTF8 { bytes in
                bytes.withMemoryRebound(to: CChar.self) { text in
                    mysql_real_query(handle.pointer, text.baseAddress, UInt(text.count))
                }
            }
            var isRefused = code != 0
            while !isRefused {
                isRefused = !handle.discardResult()
                guard !isRefused, mysql_more_results(handle.pointer) != 0 else { break }
                isRefused = mysql_next_result(handle.pointer) > 0
            }
            // A script may end with a remark, or be one.
            guard isRefused, mysql_errno(handle.pointer) != 1065 else { return }
            throw MySQLRefusal(MySQLFailure(handle, sql: script))
        }
    }
#endif
