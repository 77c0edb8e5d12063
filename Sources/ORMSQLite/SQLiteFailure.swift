import CSQLite
import ORM

/// Turns SQLite's result codes into ``ORMError``. Codes: <https://sqlite.org/rescode.html>
enum SQLiteFailure {
    static func error(
        _ connection: OpaquePointer, _ code: Int32, sql: String, _ interruption: SQLiteInterruption? = nil
    ) -> any Error {
        if code & 0xff == SQLITE_INTERRUPT { return CancellationError() }
        // The wait for a lock was given up for the interruption's sake.
        if code & 0xff == SQLITE_BUSY, interruption?.isRaised == true { return CancellationError() }
        let message = String(cString: sqlite3_errmsg(connection))
        let kind = kind(of: code, message)
        return ORMError(
            .database, explain(kind, message),
            database: DatabaseFailure(kind: kind, nativeCode: "\(code)", sql: sql))
    }

    private static func kind(of code: Int32, _ message: String) -> DatabaseFailure.Kind {
        // Extended codes are macros of an expression that Swift does not import.
        let constraint = Int32(SQLITE_CONSTRAINT)
        switch code {
        case constraint | (8 << 8), constraint | (6 << 8), constraint | (10 << 8):
            return .unique(columns: columns(after: "failed: ", in: message))
        case constraint | (3 << 8): return .foreignKey
        // ON DELETE RESTRICT is a trigger inside: https://sqlite.org/rescode.html#constraint_trigger
        case constraint | (7 << 8) where message == "FOREIGN KEY constraint failed": return .foreignKey
        case constraint | (5 << 8): return .notNull(column: columns(after: "failed: ", in: message).first ?? "")
        case constraint | (1 << 8): return .check(constraint: columns(after: "failed: ", in: message).first ?? "")
        // A snapshot that another connection has overtaken cannot become a writer's.
        case Int32(SQLITE_BUSY) | (2 << 8): return .serialization
        default: break
        }
        switch code & 0xff {
        case SQLITE_BUSY, SQLITE_LOCKED: return .lockTimeout
        case SQLITE_CANTOPEN, SQLITE_NOTADB, SQLITE_IOERR, SQLITE_CORRUPT, SQLITE_FULL, SQLITE_READONLY, SQLITE_PERM,
            SQLITE_AUTH:
            return .unavailable
        case SQLITE_ERROR: return .syntax
        default: return .other
        }
    }

    /// The columns at the end of `UNIQUE constraint failed: posts.slug, posts.author_id`.
    private static func columns(after marker: String, in message: String) -> [String] {
        guard let range = message.firstRange(of: marker) else { return [] }
        return message[range.upperBound...].split(separator: ", ").map(String.init)
    }

    private static func explain(_ kind: DatabaseFailure.Kind, _ message: String) -> String {
        switch kind {
        case .unique(let columns): "a row with this \(columns.joined(separator: ", ")) exists already"
        case .foreignKey: "a row that this one points to does not exist, or others still point to this one"
        case .lockTimeout: "the database is locked by another process: \(message)"
        default: message
        }
    }
}
