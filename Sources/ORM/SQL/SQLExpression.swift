/// The untyped tree behind ``Expr``: what a query says, before any dialect writes it down.
package indirect enum SQLExpression: Sendable {
    case column(ColumnPath)
    case value(SQLValue)
    /// Something that makes no sense: the statement is refused with this error.
    case refused(ORMError)
    /// The instant at which the statement is written.
    case now
    /// SQL that the library itself wrote; never text from outside. The label is what a reviewer greps for.
    case trusted(String)
    /// A condition of a definition that the model gives as SQL.
    case portable(PortableSQL)
    /// A column of a SELECT that the library wrote, by its name there; for a decimal number with its digits behind the point.
    case stored(String, scale: Int?)
    /// The digits of a decimal number that is stored as an integer of a scale.
    case digits(SQLExpression, scale: Int)
    /// An integer without so many of its last digits, rounded half away from zero.
    case rescaled(SQLExpression, by: Int)
    /// SQL of the application's own, its values bound.
    case raw(SQLText, isPredicate: Bool)
    /// What a query selects at a position; by itself it orders by that position.
    case output(Int, SQLExpression)
    /// A comparison or arithmetic. `isNullable` tells whether it can be NULL, which negation must know.
    case binary(SQLExpression, String, SQLExpression, isNullable: Bool, isPredicate: Bool)
    /// Equality in Swift's sense: NULL equals NULL and nothing else.
    case equal(SQLExpression, SQLExpression, isNullable: Bool)
    case isNull(SQLExpression)
    case and(SQLExpression, SQLExpression)
    case or(SQLExpression, SQLExpression)
    case not(SQLExpression)
    case inList(SQLExpression, [SQLValue], isNullable: Bool)
    case inSubquery(SQLExpression, Subquery, isNullable: Bool)
    /// Whether a value is among what a query selects; with `findsNull`, NULL is when NULL is, else it never is.
    case inSelect(SQLExpression, SelectStatement, isNullable: Bool, findsNull: Bool)
    case match(TextMatch, SQLExpression, SQLExpression, isNullable: Bool)
    /// A condition that a function decides.
    case test(SQLFunction, [SQLExpression], isNullable: Bool)
    case function(SQLFunction, [SQLExpression])
    /// CASE: the value of the first branch whose condition holds; without `otherwise`, NULL where none does.
    case choice([Branch], otherwise: SQLExpression?)
    /// An aggregate; the filter keeps to the rows it holds for.
    case aggregate(Aggregate, SQLExpression?, isDistinct: Bool, filter: SQLExpression?)
    case exists(Subquery)
    case scalar(Subquery)
    case existsSelect(SelectStatement)
    case scalarSelect(SelectStatement)

    /// A branch of a ``choice(_:otherwise:)``.
    package struct Branch: Sendable {
        package var condition: SQLExpression
        package var value: SQLExpression
    }
}

/// A whole SELECT inside an expression. It may speak of the rows of the queries around it.
package struct SelectStatement: Sendable {
    /// Writes it; with `isNamed`, its columns are called c0, c1, ….
    package let write: @Sendable (inout SQLWriter, _ isNamed: Bool) -> Void
    /// For a decimal number, how many digits behind the point the selected value has.
    package var scale: Int?
    /// Whether it has a limit or an offset.
    package var isWindowed = false
}

/// The aggregates every engine has.
package enum Aggregate: String, Sendable {
    case count = "COUNT"
    case sum = "SUM"
    case average = "AVG"
    case min = "MIN"
    case max = "MAX"
}

/// How a text is looked for in a text.
package enum TextMatch: Sendable {
    case contains, containsFolded, hasPrefix, hasPrefixFolded, hasSuffix, hasSuffixFolded, equalsFolded
}

/// A subquery over a to-many relation, correlated with the row it starts from.
package struct Subquery: Sendable {
    package var source: Source
    /// The numbers of the subquery's own row.
    package var ids: [ScopeID] = []
    package var filters: [SQLExpression]
    package var projection: SQLExpression

    package enum Source: Sendable {
        /// The rows of a to-many relation of the row at the path.
        case relation(ToManyLink, of: ScopePath, ownerKey: String)
        /// A table by itself.
        case table(String)
    }
}

extension SQLExpression {
    /// Whether the expression is a condition that comes out as NULL for some rows when it is written as a plain condition.
    /// WHERE takes that as false; everywhere else it must be made false.
    var canBeNullCondition: Bool {
        switch self {
        case .binary(_, _, _, let isNullable, let isPredicate): isPredicate && isNullable
        case .equal(_, .value(.null), _), .equal(.value(.null), _, _): false
        case .equal(_, _, let isNullable), .inList(_, _, let isNullable), .inSubquery(_, _, let isNullable),
            .inSelect(_, _, let isNullable, _), .match(_, _, _, let isNullable), .test(_, _, let isNullable):
            isNullable
        case .and(let left, let right), .or(let left, let right): left.canBeNullCondition || right.canBeNullCondition
        case .not(.not(let inner)): inner.canBeNullCondition
        case .not(.and(let left, let right)), .not(.or(let left, let right)):
            SQLExpression.not(left).canBeNullCondition || SQLExpression.not(right).canBeNullCondition
        case .raw(_, let isPredicate): isPredicate
        case .output(_, let inner): inner.canBeNullCondition
        // Every other negation is written with IS NOT TRUE where its operand can be NULL.
        case .not, .isNull, .exists, .existsSelect: false
        // A value of type Bool, never Bool?: a column, a constant, COALESCE.
        // A definition's own SQL is written as it stands: the engine lets NULL pass a check.
        case .column, .value, .refused, .now, .trusted, .portable, .stored, .digits, .rescaled, .function, .choice,
            .aggregate,
            .scalar, .scalarSelect:
            false
        }
    }

    /// The expressions that this one is made of.
    var operands: [SQLExpression] {
        switch self {
        case .column, .value, .refused, .now, .trusted, .portable, .stored, .existsSelect, .scalarSelect: []
        case .raw(let text, _): text.expressions
        case .output(_, let operand), .digits(let operand, _), .rescaled(let operand, _), .isNull(let operand),
            .not(let operand), .inList(let operand, _, _), .inSelect(let operand, _, _, _):
            [operand]
        case .binary(let left, _, let right, _, _), .equal(let left, let right, _), .and(let left, let right),
            .or(let left, let right), .match(_, let left, let right, _):
            [left, right]
        case .function(_, let arguments), .test(_, let arguments, _): arguments
        case .choice(let branches, let otherwise):
            branches.flatMap { [$0.condition, $0.value] } + (otherwise.map { [$0] } ?? [])
        case .aggregate(_, let operand, _, let filter): [operand, filter].compactMap { $0 }
        case .inSubquery(let operand, let query, _): [operand] + query.operands
        case .exists(let query), .scalar(let query): query.operands
        }
    }

    /// Whether writing the expression may join a table to the query around it.
    var mayJoin: Bool {
        switch self {
        case .column(let path): !path.scope.steps.isEmpty
        // What stands in a SELECT of its own may speak of the row outside.
        case .inSelect, .existsSelect, .scalarSelect: true
        case .inSubquery(_, let query, _), .exists(let query), .scalar(let query): query.mayJoin
        default: operands.contains { $0.mayJoin }
        }
    }

    /// Whether a SELECT is asked to work the expression out, or may be: of SQL of the application's own nobody knows. A relation's
    /// key is known without one.
    var asksQueries: Bool {
        switch self {
        case .column(let path):
            guard let last = path.scope.steps.last else { return false }
            return path.scope.steps.count > 1 || last.isInverse || last.key != path.column
        case .inSubquery, .exists, .scalar, .inSelect, .existsSelect, .scalarSelect, .raw: return true
        default: return operands.contains { $0.asksQueries }
        }
    }

    /// Whether the expression reads nothing, so that it is the same for all rows.
    var isConstant: Bool {
        switch self {
        case .value, .now, .refused: true
        default: false
        }
    }

    static func all(_ filters: [SQLExpression]) -> SQLExpression? {
        guard let first = filters.first else { return nil }
        return filters.dropFirst().reduce(first) { .and($0, $1) }
    }
}

extension Subquery {
    var operands: [SQLExpression] { filters + [projection] }

    fileprivate var mayJoin: Bool {
        if case .relation(_, let owner, _) = source, !owner.steps.isEmpty { return true }
        return operands.contains { $0.mayJoin }
    }
}
