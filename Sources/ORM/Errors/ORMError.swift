/// Everything the ORM itself throws. The body of a scope throws what it likes, and that comes out unchanged; so does
/// `CancellationError`.
///
/// ```swift
/// do { _ = try await User.create(username: "ada") } catch let error as ORMError where error.isUniqueViolation { … }
/// ```
public struct ORMError: Error, Sendable, CustomStringConvertible {
    /// What went wrong: a closed set.
    public enum Code: String, Sendable, Hashable {
        /// `get` found no row.
        case notFound
        /// `get` on a query found more than one row.
        case multipleFound
        /// A relation was read that no `prefetch` or `load` had loaded.
        case relationNotLoaded
        /// A value breaks a rule of its column; nothing was written.
        case validationFailure
        /// The database refused a statement; see ``ORMError/database``.
        case database
        /// A transaction was used after it had ended.
        case transactionFinished
        /// No connection became free in time.
        case poolTimeout
        /// The dialect cannot do this, and it cannot be emulated.
        case unsupported
        /// A database URL or a set-up that makes no sense.
        case configuration
        /// A migration cannot be applied.
        case migration
    }

    /// What went wrong.
    public let code: Code
    /// One line that a person can act on; carries no bound values.
    public let message: String
    /// The database's own account, for code `.database`.
    public let database: DatabaseFailure?

    /// An error of the given code.
    public init(_ code: Code, _ message: String, database: DatabaseFailure? = nil) {
        self.code = code
        self.message = message
        self.database = database
    }

    /// The HTTP status that a web service would answer with: 404, 400, 422 or 503, else 500.
    public var httpStatus: Int {
        switch code {
        case .notFound: 404
        case .validationFailure: 422
        case .poolTimeout: 503
        case .database:
            switch database?.kind {
            case .unique, .foreignKey, .notNull, .check: 400
            case .unavailable, .lockTimeout: 503
            default: 500
            }
        default: 500
        }
    }

    /// Whether a unique constraint was violated.
    public var isUniqueViolation: Bool {
        if case .unique = database?.kind { true } else { false }
    }

    /// The message, and the SQL where there is one.
    public var description: String {
        guard let sql = database?.sql, !sql.isEmpty else { return message }
        return "\(message) [SQL: \(sql)]"
    }
}

/// What the database said about a statement that it refused.
public struct DatabaseFailure: Sendable, Hashable {
    /// The failure, as far as it is the same on every engine.
    public enum Kind: Sendable, Hashable {
        /// A unique constraint over these columns (`posts.slug`), as far as the engine names them.
        case unique(columns: [String])
        case foreignKey
        case notNull(column: String)
        case check(constraint: String)
        case serialization
        case deadlock
        case lockTimeout
        case syntax
        /// The database cannot be opened, reached, read or written.
        case unavailable
        case other
    }

    /// The failure's kind.
    public let kind: Kind
    /// The engine's own code: SQLite's extended result code, SQLSTATE, or MySQL's error number.
    public let nativeCode: String
    /// The statement, with placeholders where the values were.
    public let sql: String

    /// A failure as a driver reports it.
    public init(kind: Kind, nativeCode: String, sql: String) {
        self.kind = kind
        self.nativeCode = nativeCode
        self.sql = sql
    }
}

extension ORMError {
    /// A stored value is not of the type that the model declares. Say what was found without the value itself.
    public static func decoding(column: String, expected: String, found: String) -> ORMError {
        ORMError(
            .database, "the column \(column) of the result holds \(found) where \(expected) was expected",
            database: DatabaseFailure(kind: .other, nativeCode: "", sql: ""))
    }

    static func relationNotLoaded(_ relation: String, of model: String) -> ORMError {
        ORMError(
            .relationNotLoaded,
            "\(model).\(relation) is not loaded: add .prefetch(\\.\(relation)) to the query, or fetch it with await")
    }
}
