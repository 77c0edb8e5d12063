#if MySQL
    import CMariaDB
    import ORM

    /// Looks up what a key is made of, for errors that give its name only.
    struct MySQLKeys {
        private let handle: MySQLHandle

        init(_ handle: MySQLHandle) { self.handle = handle }

        /// The columns of a key, with their table: `users.username`; the key's name where it cannot be found.
        func columns(of key: String, in table: String?) -> [String] {
            let place = table.map { " AND table_name = '\(escaped($0))'" } ?? ""
            let sql =
                "SELECT table_name, column_name FROM information_schema.statistics WHERE table_schema = DATABASE() "
                + "AND index_name = '\(escaped(key))'\(place) ORDER BY table_name, seq_in_index"
            var query = sql
            let isSent = query.withUTF8 { bytes in
                bytes.withMemoryRebound(to: CChar.self) { text in
                    mysql_real_query(handle.pointer, text.baseAddress, UInt(text.count)) == 0
                }
            }
            guard isSent, let result = mysql_store_result(handle.pointer) else { return [key] }
            defer { mysql_free_result(result) }
            var columns: [String] = []
            while let row = mysql_fetch_row(result) {
                guard let table = row[0], let column = row[1] else { continue }
                columns.append("\(String(cString: table)).\(String(cString: column))")
            }
            // A trigger may write another table.
            if columns.isEmpty, table != nil { return self.columns(of: key, in: nil) }
            return columns.isEmpty ? [key] : columns
        }

        private func escaped(_ name: String) -> String {
            var text = ""
            for scalar in name.unicodeScalars {
                if scalar == "'" || scalar == "\\" { text.unicodeScalars.append(scalar) }
                text.unicodeScalars.append(scalar)
            }
            return text
        }
    }
#endif
