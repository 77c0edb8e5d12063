#if Postgres
    import CPostgres
    import ORM

    /// Turns the server's errors into ``ORMError``. Codes: <https://www.postgresql.org/docs/15/errcodes-appendix.html>
    enum PostgresFailure {
        /// The error of a result that failed. A statement that was cancelled for an interruption's sake is a `CancellationError`.
        static func error(_ result: borrowing PostgresResult, sql: String, isInterrupted: Bool) -> any Error {
            let code = result.field(.code)
            if code == "57014", isInterrupted { return CancellationError() }
            let message = result.field(.message)
            guard !code.isEmpty else {
                // libpq's own: the connection broke.
                return lost(PQresultErrorMessage(result.pointer).map { String(cString: $0) } ?? "", sql: sql)
            }
            let table = result.field(.table)
            let kind = kind(
                of: code, message, table: table, detail: result.field(.detail), column: result.field(.column),
                constraint: result.field(.constraint))
            return ORMError(
                .database, explain(kind, code, message, hint: result.field(.hint)),
                database: DatabaseFailure(kind: kind, nativeCode: code, sql: sql))
        }

        /// The connection broke while a statement was under way, or before.
        static func lost(_ reason: String, sql: String) -> ORMError {
            let reason = firstLine(of: reason)
            return ORMError(
                .database,
                "the connection to PostgreSQL was lost\(reason.isEmpty ? "" : ": \(reason)"); whether the statement took effect is not known",
                database: DatabaseFailure(kind: .unavailable, nativeCode: "08006", sql: sql))
        }

        /// The database cannot be used, whatever the statement.
        static func unavailable(_ message: String, code: String = "") -> ORMError {
            ORMError(
                .database, message, database: DatabaseFailure(kind: .unavailable, nativeCode: code, sql: ""))
        }

        /// What libpq says, in one line.
        static func firstLine(of text: String) -> String {
            text.split(whereSeparator: \.isNewline).first.map { String($0.drop(while: \.isWhitespace)) } ?? ""
        }

        // MARK: How

        private static func kind(
            of code: String, _ message: String, table: String, detail: String, column: String, constraint: String
        ) -> DatabaseFailure.Kind {
            switch code {
            case "23505": return .unique(columns: columns(in: detail).map { "\(table).\($0)" })
            case "23503", "23001": return .foreignKey
            case "23502": return .notNull(column: "\(table).\(column)")
            case "23514": return .check(constraint: constraint)
            case "40001": return .serialization
            case "40P01": return .deadlock
            case "55P03": return .lockTimeout
            // Somebody has changed a table since the statement was prepared; it will be prepared anew.
            case "0A000" where message == stalePlan: return .serialization
            // A statement that took longer than it may, and a write where none is allowed.
            case "57014", "25006": return .unavailable
            // Too many values for its placeholders, or too few.
            case "08P01": return .syntax
            default: break
            }
            switch code.prefix(2) {
            // No connection, wrong user, no such database, no resources, ended by an operator, a failing system.
            case "08", "28", "3D", "53", "57", "58", "F0", "XX": return .unavailable
            case "42": return .syntax
            default: return .other
            }
        }

        /// Whether it was the plan that failed, before the statement did anything.
        static func isStale(_ code: String, _ message: String) -> Bool {
            code == "26000" || code == "0A000" && message == stalePlan
        }

        private static let stalePlan = "cached plan must not change result type"

        /// The columns in `Key (post_id, tag_id)=(1, 2) already exists.`, which is a sentence of the server's own language.
        static func columns(in detail: String) -> [String] {
            guard let start = detail.firstIndex(of: "("), let end = detail.firstRange(of: ")=(") else { return [] }
            return detail[detail.index(after: start)..<end.lowerBound].split(separator: ", ").map { name in
                guard name.count > 1, name.first == "\"", name.last == "\"" else { return String(name) }
                return String(name.dropFirst().dropLast()).replacing("\"\"", with: "\"")
            }
        }

        private static func explain(
            _ kind: DatabaseFailure.Kind, _ code: String, _ message: String, hint: String
        ) -> String {
            switch kind {
            case .unique(let columns):
                return "a row with this \(columns.joined(separator: ", ")) exists already"
            case .foreignKey: return "a row that this one points to does not exist, or others still point to this one"
            case .notNull(let column): return "a value is missing for \(column)"
            case .lockTimeout: return "another transaction holds the lock: \(message)"
            case .deadlock: return "two transactions waited for each other, and this one was ended: try it again"
            case .serialization: return "another transaction was in the way: try this one again (\(message))"
            default: break
            }
            if let known = explanation(of: code) { return "\(known) (\(message))" }
            // Errors in values quote the value behind the last colon.
            let text =
                code.hasPrefix("22")
                ? message.firstRange(of: ": \"").map { String(message[..<$0.lowerBound]) } ?? message : message
            return hint.isEmpty ? text : "\(text): \(hint)"
        }

        /// What to do about what no program can mend.
        static func explanation(of code: String) -> String? {
            switch code {
            case "28P01": "the server refuses the user's password: correct it where it is kept"
            case "28000":
                "the server does not let this user in from here: is there such a user, and what says its pg_hba.conf?"
            case "3D000": "the server has no such database: make it, createdb does"
            case "53300":
                "the server has no connection left: lower max_size in the URLs of its programs, or raise its max_connections"
            case "53100": "the server's disk is full: make room on it and try again"
            case "53200": "the server is out of memory"
            case "57P03": "the server is starting or stopping: try again in a moment"
            case "57P01", "57P02": "the server has ended the connection: try again"
            case "57014": "the statement took longer than statement_timeout allows"
            case "25006": "attempt to write where only reading is allowed"
            case "25P02": "an earlier error has ended the transaction: only a savepoint's error leaves it usable"
            default: nil
            }
        }
    }
#endif
