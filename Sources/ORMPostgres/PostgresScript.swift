import Bytes

#if Postgres
    import CPostgres
    import ORM

    /// Runs a script's statements one after the other: one transaction, unless the script says otherwise. An error names the one that failed.
    struct PostgresScript {
        let link: PostgresLink

        func run(_ script: String) throws {
            guard !script.containsNUL else {
                throw ORMError(
                    .database, "the script contains a NUL character",
                    database: DatabaseFailure(kind: .syntax, nativeCode: "42601", sql: ""))
            }
            guard PQsendQuery(link.handle, script) == 1 else {
                throw PostgresFailure.lost(link.lastMessage, sql: "")
            }
            var failure: (any Error)?
            var index = 0
            while let result = link.next() {
                if result.isFailure, failure == nil {
                    failure = PostgresFailure.error(
                        result, sql: Self.culprit(in: script, result, index), isInterrupted: link.interruption.isRaised)
                }
                switch result.status {
                case PGRES_COPY_IN: PQputCopyEnd(link.handle, "COPY is not for scripts")
                case PGRES_COPY_OUT:
                    var row: UnsafeMutablePointer<CChar>?
                    while PQgetCopyData(link.handle, &row, 0) > 0 { PQfreemem(row) }
                default: break
                }
                index += 1
            }
            if let failure { throw failure }
        }

        /// The statement that failed: the one at the place that the server names, as it does when it cannot read the script, else the one that
        /// comes after so many results.
        private static func culprit(in script: String, _ result: borrowing PostgresResult, _ index: Int) -> String {
            if let position = Int(result.field(.position)),
                let statement = PostgresText.statement(of: script, at: position)
            {
                return statement
            }
            let statements = PostgresText.statements(of: script)
            return statements.indices.contains(index) ? statements[index] : script
        }
    }
#endif
