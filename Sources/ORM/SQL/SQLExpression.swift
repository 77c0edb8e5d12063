/// The untyped tree behind ``Expr``: what a query says, before any dialect writes it down.
package indirect enum SQLExpression: Sendable {
    case column(ColumnPath)
    case value(SQLValue)
    /// SQL that the library itself wrote; never text from outside. The label is what a reviewer greps for.
    case trusted(String)
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
    /// Whether a value that is never NULL is among what an independent query selects.
    case inQuery(SQLExpression, @Sendable (inout SQLWriter) -> Void)
    case match(TextMatch, SQLExpression, String, isNullable: Bool)
    case function(String, [SQLExpression])
    /// An aggregate; the filter keeps to the rows it holds for.
    case aggregate(Aggregate, SQLExpression?, isDistinct: Bool)
    case exists(Subquery)
    case scalar(Subquery)
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

/// A column as a query reaches it: from the row of the query at `depth`, along to-one relations.
package struct ColumnPath: Sendable {
    package var scope: ScopePath
    package var column: String
    /// For a decimal number, how many digits stand behind the point.
    package var scale: Int?

    package init(scope: ScopePath, column: String, scale: Int? = nil) {
        self.scope = scope
        self.column = column
        self.scale = scale
    }

    /// A column of the row at the end of a path.
    package init(scope: ScopePath, column: ColumnDefinition) {
        self.init(scope: scope, column: column.name, scale: column.storage.scale)
    }
}

/// A place in a query: which query (0 = the outermost, 1 = a subquery in it, …), and the relations from its row to here.
package struct ScopePath: Sendable {
    package var depth: Int
    package var steps: [JoinStep]

    package static let root = ScopePath(depth: 0, steps: [])

    package func appending(_ step: JoinStep) -> ScopePath { ScopePath(depth: depth, steps: steps + [step]) }
}

/// A to-one relation that a query walks along: a join, unless only the key at its end is wanted.
package struct JoinStep: Sendable, Hashable {
    package var relation: String
    package var column: String
    package var table: String
    package var key: String
    package var isOptional: Bool
    /// Whether the foreign key is on the other side: then the row may be missing, and its key is not known on this side.
    package var isInverse = false
}

/// A subquery over a to-many relation, correlated with the row it starts from.
package struct Subquery: Sendable {
    package var source: Source
    package var depth: Int
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
            .match(_, _, _, let isNullable):
            isNullable
        case .and(let left, let right), .or(let left, let right): left.canBeNullCondition || right.canBeNullCondition
        case .not(.not(let inner)): inner.canBeNullCondition
        case .not(.and(let left, let right)), .not(.or(let left, let right)):
            SQLExpression.not(left).canBeNullCondition || SQLExpression.not(right).canBeNullCondition
        // Every other negation is written with IS NOT TRUE where its operand can be NULL.
        case .not, .isNull, .exists, .inQuery: false
        // A value of type Bool, never Bool?: a column, a constant, COALESCE.
        case .column, .value, .trusted, .function, .aggregate, .scalar: false
        }
    }

    static func all(_ filters: [SQLExpression]) -> SQLExpression? {
        guard let first = filters.first else { return nil }
        return filters.dropFirst().reduce(first) { .and($0, $1) }
    }
}
