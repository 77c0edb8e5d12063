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
    /// Which fields break which rules, for code `.validationFailure`: for the form that a person has filled in.
    public let violations: [Violation]
    /// What is missing where, for code `.unsupported`.
    public let unsupported: UnsupportedFeature?
    /// The relation that is not loaded, for code `.relationNotLoaded`: `Post.author`.
    public let relation: String?
    /// The error behind this one, where there is one: what a validator of yours threw, say.
    public let underlying: (any Error)?

    /// An error of the given code.
    public init(
        _ code: Code, _ message: String, database: DatabaseFailure? = nil, violations: [Violation] = [],
        unsupported: UnsupportedFeature? = nil, relation: String? = nil, underlying: (any Error)? = nil
    ) {
        self.code = code
        self.message = message
        self.database = database
        self.violations = violations
        self.unsupported = unsupported
        self.relation = relation
        self.underlying = underlying
    }

    /// The HTTP status that a web service would answer with:
    ///
    /// | status | |
    /// |---|---|
    /// | 404 | `.notFound` |
    /// | 400 | `.database` of kind unique, foreign key, not null or check: the request contradicts what is stored |
    /// | 422 | `.validationFailure` |
    /// | 503 | `.poolTimeout`, and `.database` of kind unavailable, lock time-out, serialization or deadlock: later may do |
    /// | 500 | everything else: a mistake in the program |
    public var httpStatus: Int {
        switch code {
        case .notFound: 404
        case .validationFailure: 422
        case .poolTimeout: 503
        case .database:
            switch database?.kind {
            case .unique, .foreignKey, .notNull, .check: 400
            case .unavailable, .lockTimeout, .serialization, .deadlock: 503
            default: 500
            }
        case .multipleFound, .relationNotLoaded, .transactionFinished, .unsupported, .configuration, .migration: 500
        }
    }

    /// Whether another transaction was in the way, so that the same one may succeed when it is tried again.
    public var isTransient: Bool {
        switch database?.kind {
        case .serialization, .deadlock, .lockTimeout: true
        default: false
        }
    }

    /// Whether a unique constraint was violated.
    public var isUniqueViolation: Bool {
        if case .unique = database?.kind { true } else { false }
    }

    /// The message, and the SQL where there is one, in one line.
    public var description: String {
        guard let sql = database?.sql, !sql.isEmpty else { return message }
        guard sql.contains(where: \.isNewline) else { return "\(message) [SQL: \(sql)]" }
        let lines = sql.split(whereSeparator: \.isNewline).map { $0.drop(while: \.isWhitespace) }
        return "\(message) [SQL: \(lines.joined(separator: " "))]"
    }
}

/// A field that breaks a rule.
public struct Violation: Sendable, Hashable {
    /// The column: `posts.title`.
    public let field: String
    /// The rule, as the model names it: `max(20)`.
    public let rule: String

    /// A field that breaks a rule.
    public init(field: String, rule: String) {
        self.field = field
        self.rule = rule
    }
}

/// Something that an engine, or the library on it, cannot do.
public struct UnsupportedFeature: Sendable, Hashable {
    /// What was asked for: `SKIP LOCKED`.
    public let feature: String
    /// The dialect that has it not, `sqlite`; `nil` when none has.
    public let dialect: String?

    /// A missing feature.
    public init(_ feature: String, dialect: String? = nil) {
        self.feature = feature
        self.dialect = dialect
    }
}

/// What the database said about a statement that it refused.
public struct DatabaseFailure: Sendable, Hashable {
    /// The failure, as far as it is the same on every engine.
    public enum Kind: Sendable, Hashable {
        /// A unique constraint over these columns (`posts.slug`), as far as the engine names them.
        case unique(columns: [String])
        /// A row that this one points to does not exist, or others still point to this one.
        case foreignKey
        /// A column that must have a value (`posts.title`).
        case notNull(column: String)
        /// A check constraint, by its name or text.
        case check(constraint: String)
        /// The transaction cannot be put in an order with one that was committed meanwhile.
        case serialization
        /// Two transactions wait for each other.
        case deadlock
        /// Somebody else holds a lock, and waiting for it took too long.
        case lockTimeout
        /// The statement makes no sense to the engine.
        case syntax
        /// The database cannot be opened, reached, read or written.
        case unavailable
        /// Anything else; see ``DatabaseFailure/nativeCode``.
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

    /// A field breaks a rule; nothing was written. Say what is wrong without the value.
    ///
    /// ```swift
    /// throw ORMError.validation("posts.title", rule: "max(20)", "is longer than 20 characters")
    /// // posts.title is longer than 20 characters
    /// ```
    public static func validation(
        _ field: String, rule: String, _ problem: String, underlying: (any Error)? = nil
    ) -> ORMError {
        ORMError(
            .validationFailure, "\(field) \(problem)", violations: [Violation(field: field, rule: rule)],
            underlying: underlying)
    }

    /// An engine cannot do this, and it cannot be emulated.
    public static func unsupported(_ feature: String, dialect: String? = nil, _ message: String) -> ORMError {
        ORMError(.unsupported, message, unsupported: UnsupportedFeature(feature, dialect: dialect))
    }

    static func relationNotLoaded(_ relation: String, of model: String) -> ORMError {
        ORMError(
            .relationNotLoaded,
            "\(model).\(relation) is not loaded: add .prefetch(\\.\(relation)) to the query, or fetch it with await",
            relation: "\(model).\(relation)")
    }
}
