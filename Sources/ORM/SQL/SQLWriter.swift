/// Writes expressions and clauses in a dialect: the one place where identifiers are quoted and values become binds.
package struct SQLWriter {
    package private(set) var sql = ""
    package private(set) var binds: [SQLValue] = []
    let dialect: any Dialect
    private let context: Context
    /// One frame for each query that is open: index = depth.
    private var frames: [Frame] = []
    private var aliasCount = 0

    /// The aliases of one query's tables.
    private struct Frame {
        var root: String
        /// `false` for UPDATE and DELETE.
        var hasJoins = true
        /// Joins by the path that led to them, in the order they were asked for.
        var joins: [(steps: [JoinStep], alias: String)] = []
    }

    /// What the SQL is written for.
    package enum Context {
        /// A statement: values are bound, columns have the alias of their table.
        case statement
        /// The definition of a table, which knows neither: values are written out, columns stand alone.
        case definition
    }

    package init(_ dialect: any Dialect, in context: Context = .statement) {
        self.dialect = dialect
        self.context = context
    }

    package var statement: Statement { Statement(sql, binds) }

    package mutating func raw(_ text: String) { sql += text }

    package mutating func identifier(_ name: String) { dialect.quote(name, into: &sql) }

    package mutating func identifiers(_ names: some Sequence<String>) {
        separated(names) { writer, name in writer.identifier(name) }
    }

    package mutating func bind(_ value: SQLValue) {
        if context == .definition {
            sql += dialect.literal(value)
            return
        }
        binds.append(value)
        dialect.placeholder(binds.count, into: &sql)
    }

    /// Writes what stands between the parentheses of IN: one bound list where the dialect has such a thing.
    package mutating func values(_ values: [SQLValue]) {
        if let list = dialect.list(values) {
            sql += list.before
            bind(list.value)
            sql += list.after
        } else {
            separated(values) { $0.bind($1) }
        }
    }

    package mutating func separated<Item>(
        _ items: some Sequence<Item>, by separator: String = ", ", _ write: (inout SQLWriter, Item) -> Void
    ) {
        var isFirst = true
        for item in items {
            if !isFirst { sql += separator }
            isFirst = false
            write(&self, item)
        }
    }

    // MARK: Scopes

    /// Writes a query over `table`. The joins are written last, because only then is it known which the other parts need.
    ///
    /// `head` gives what stands before FROM, `tail` what stands after the joins; both may use the query's columns.
    package mutating func query(
        table: String, source: ((inout SQLWriter, String) -> Void)? = nil, head: (inout SQLWriter) -> Void,
        tail: (inout SQLWriter) -> Void
    ) {
        let alias = "t\(aliasCount)"
        aliasCount += 1
        frames.append(Frame(root: alias))
        // Each part is written to a text of its own, in the order it will stand, so that the binds keep that order too.
        let start = sql
        let selection = part(head)
        let from = part { writer in
            if let source {
                source(&writer, alias)
            } else {
                writer.identifier(table)
                writer.sql += " AS \(alias)"
            }
        }
        let after = part(tail)
        sql = start + selection + " FROM " + from
        let frame = frames.removeLast()
        for join in frame.joins {
            guard let step = join.steps.last else { continue }
            let parent = join.steps.dropLast()
            let parentAlias =
                parent.isEmpty ? frame.root : frame.joins.first { $0.steps == Array(parent) }?.alias ?? frame.root
            sql += join.steps.contains { $0.isOptional } ? " LEFT JOIN " : " JOIN "
            identifier(step.table)
            sql += " AS \(join.alias) ON \(join.alias)."
            identifier(step.key)
            sql += " = \(parentAlias)."
            identifier(step.column)
        }
        sql += after
    }

    /// Writes with a text of its own and gives back what was written, joined to nothing yet.
    private mutating func part(_ write: (inout SQLWriter) -> Void) -> String {
        let before = sql
        sql = ""
        write(&self)
        defer { sql = before }
        return sql
    }

    /// Writes a statement whose row is the table itself: UPDATE and DELETE, which have no joins. `write` gets the alias.
    package mutating func statement(_ write: (inout SQLWriter, String) -> Void) {
        let alias = "t\(aliasCount)"
        aliasCount += 1
        frames.append(Frame(root: alias, hasJoins: false))
        write(&self, alias)
        frames.removeLast()
    }

    /// The alias of the row at the end of a path, joined when it is asked for the first time.
    private mutating func alias(for scope: ScopePath) -> String {
        if scope.steps.isEmpty { return frames[scope.depth].root }
        for length in 1...scope.steps.count {
            let steps = Array(scope.steps.prefix(length))
            if !frames[scope.depth].joins.contains(where: { $0.steps == steps }) {
                frames[scope.depth].joins.append((steps, "t\(aliasCount)"))
                aliasCount += 1
            }
        }
        return frames[scope.depth].joins.first { $0.steps == scope.steps }?.alias ?? frames[scope.depth].root
    }

    package mutating func column(_ path: ColumnPath) {
        if context == .definition { return identifier(path.column) }
        // A relation's key is known on this side of the join: `$0.author.id` is `author_id`.
        if let last = path.scope.steps.last, !last.isInverse, last.key == path.column {
            let parent = ScopePath(depth: path.scope.depth, steps: Array(path.scope.steps.dropLast()))
            return column(ColumnPath(scope: parent, column: last.column))
        }
        if let first = path.scope.steps.first, !frames[path.scope.depth].hasJoins {
            return detour(to: path, over: first)
        }
        let alias = alias(for: path.scope)
        sql += alias
        sql += "."
        identifier(path.column)
    }

    /// Reads a column over relations where nothing can be joined: by a subquery of its own.
    private mutating func detour(to path: ColumnPath, over first: JoinStep) {
        let outer = frames[path.scope.depth].root
        let rest = ScopePath(depth: frames.count, steps: Array(path.scope.steps.dropFirst()))
        sql += "("
        query(
            table: first.table,
            head: { writer in
                writer.sql += "SELECT "
                writer.column(ColumnPath(scope: rest, column: path.column))
            },
            tail: { writer in
                writer.sql += " WHERE "
                writer.column(ColumnPath(scope: ScopePath(depth: rest.depth, steps: []), column: first.key))
                writer.sql += " = \(outer)."
                writer.identifier(first.column)
            })
        sql += ")"
    }

    // MARK: Expressions

    /// Writes a condition of which only "true" matters: WHERE, HAVING, EXISTS.
    package mutating func condition(_ expression: SQLExpression) {
        switch expression {
        case .and(let left, let right): group(left, " AND ", right) { $0.condition($1) }
        case .or(let left, let right): group(left, " OR ", right) { $0.condition($1) }
        // A column by itself is no term that SQLite looks up in an index: https://sqlite.org/optoverview.html#where_clause_analysis
        case .column: truth(of: expression, is: true)
        default: self.expression(expression)
        }
    }

    private mutating func truth(of column: SQLExpression, is value: Bool) {
        sql += "("
        expression(column)
        sql += " = \(dialect.literal(.bool(value))))"
    }

    private mutating func group(
        _ left: SQLExpression, _ word: String, _ right: SQLExpression, _ write: (inout SQLWriter, SQLExpression) -> Void
    ) {
        sql += "("
        write(&self, left)
        sql += word
        write(&self, right)
        sql += ")"
    }

    /// Writes an expression as a value. A condition among values is made two-valued: NULL counts as false.
    package mutating func value(_ expression: SQLExpression) {
        guard expression.canBeNullCondition else { return self.expression(expression) }
        sql += "("
        condition(expression)
        sql += " IS TRUE)"
    }

    /// Writes what a query gives back. A decimal number comes back as its digits, on every engine.
    package mutating func selected(_ expression: SQLExpression) {
        guard dialect.storesDecimalsAsIntegers, let scale = expression.scale else { return value(expression) }
        sql += "orm_decimal("
        value(expression)
        sql += ", \(scale))"
    }

    package mutating func expression(_ expression: SQLExpression) {
        switch dialect.storesDecimalsAsIntegers ? expression.scalingDecimals : expression {
        case .column(let path): column(path)
        case .value(let value): bind(value)
        case .trusted(let text): sql += text
        case .binary(let left, let word, let right, _, _): group(left, " \(word) ", right) { $0.value($1) }
        case .equal(let left, let right, let isNullable): equal(left, right, isNullable)
        case .isNull(let operand):
            sql += "("
            value(operand)
            sql += " IS NULL)"
        case .and, .or: condition(expression)
        case .not(let operand): negation(of: operand)
        case .inList(let operand, let values, _): list(operand, values)
        case .inSubquery(let operand, let query, _):
            sql += "("
            value(operand)
            sql += " IN ("
            subquery(query)
            sql += "))"
        case .inQuery(let operand, let write):
            sql += "("
            value(operand)
            sql += " IN ("
            // The query stands alone: what it calls depth 0 is its own row.
            let outer = frames
            frames = []
            write(&self)
            frames = outer
            sql += "))"
        case .match(let kind, let operand, let pattern, _): match(kind, operand, pattern)
        case .function(let name, let arguments):
            sql += name
            sql += "("
            separated(arguments) { $0.value($1) }
            sql += ")"
        case .aggregate(let function, let operand, let isDistinct):
            let scale = function == .average && dialect.storesDecimalsAsIntegers ? operand?.scale : nil
            if scale != nil { sql += "(" }
            sql += function.rawValue
            sql += isDistinct ? "(DISTINCT " : "("
            if let operand { value(operand) } else { sql += "*" }
            sql += ")"
            if let scale { sql += " / 1\(String(repeating: "0", count: scale)).0)" }
        case .exists(let query):
            sql += "EXISTS ("
            subquery(query)
            sql += ")"
        case .scalar(let query):
            sql += "("
            subquery(query)
            sql += ")"
        }
    }

    private mutating func equal(_ left: SQLExpression, _ right: SQLExpression, _ isNullable: Bool) {
        if case .value(.null) = right { return expression(.isNull(left)) }
        if case .value(.null) = left { return expression(.isNull(right)) }
        guard isNullable else { return group(left, " = ", right) { $0.value($1) } }
        if case .value = right {
            // Compared with a value that is not NULL: `=` can use an index, and whoever needs false for NULL adds IS TRUE.
            sql += "("
            value(left)
            sql += " = "
            value(right)
            sql += ")"
        } else {
            // Two columns: NULL equals NULL, as in Swift.
            sql += "("
            group(left, " = ", right) { $0.value($1) }
            sql += " OR ("
            value(left)
            sql += " IS NULL AND "
            value(right)
            sql += " IS NULL))"
        }
    }

    /// NOT of a two-valued logic: what is not true is false, so its negation is true, NULL included.
    private mutating func negation(of operand: SQLExpression) {
        switch operand {
        case .not(let inner): condition(inner)
        case .and(let left, let right): group(.not(left), " OR ", .not(right)) { $0.condition($1) }
        case .or(let left, let right): group(.not(left), " AND ", .not(right)) { $0.condition($1) }
        case .column: truth(of: operand, is: false)
        case .isNull(let inner), .equal(let inner, .value(.null), _):
            sql += "("
            value(inner)
            sql += " IS NOT NULL)"
        case _ where operand.canBeNullCondition:
            sql += "("
            expression(operand)
            sql += " IS NOT TRUE)"
        default:
            sql += "(NOT "
            expression(operand)
            sql += ")"
        }
    }

    private mutating func list(_ operand: SQLExpression, _ values: [SQLValue]) {
        // NULL in the list is a value of its own, as in Swift's `contains`.
        let present = values.filter { !$0.isNull }
        let hasNull = present.count < values.count
        if hasNull {
            sql += "("
            expression(.isNull(operand))
            sql += " OR "
        }
        if present.isEmpty {
            sql += "(1 = 0)"
        } else {
            sql += "("
            value(operand)
            sql += " IN ("
            self.values(present)
            sql += "))"
        }
        if hasNull { sql += ")" }
    }

    // MARK: Subqueries

    package mutating func subquery(_ query: Subquery) {
        let table: String
        switch query.source {
        case .relation(let link, _, _): table = link.table
        case .table(let name): table = name
        }
        self.query(
            table: table,
            head: { writer in
                writer.sql += "SELECT "
                writer.value(query.projection)
            },
            tail: { writer in
                writer.sql += " WHERE "
                writer.correlation(query.source)
                for filter in query.filters {
                    writer.sql += " AND "
                    writer.condition(filter)
                }
            })
    }

    /// Ties a subquery's row, the innermost frame, to the row it belongs to.
    private mutating func correlation(_ source: Subquery.Source) {
        guard case .relation(let link, let owner, let ownerKey) = source else {
            sql += "1 = 1"
            return
        }
        let inner = frames[frames.count - 1].root
        let outer = ColumnPath(scope: owner, column: ownerKey)
        switch link {
        case .direct(_, let foreignKey):
            sql += "\(inner)."
            identifier(foreignKey)
            sql += " = "
            column(outer)
        case .through(let pivot, let ownerColumn, let targetColumn, _, let key):
            sql += "\(inner)."
            identifier(key)
            sql += " IN (SELECT "
            identifier(targetColumn)
            sql += " FROM "
            identifier(pivot)
            sql += " WHERE "
            identifier(ownerColumn)
            sql += " = "
            column(outer)
            sql += ")"
        }
    }
}
