/// Writes expressions and clauses in a dialect: the one place where identifiers are quoted and values become binds.
package struct SQLWriter {
    package internal(set) var sql = ""
    package private(set) var binds: [SQLValue] = []
    let dialect: any Dialect
    let context: Context
    /// Whether an equal value is bound once, where placeholders have numbers. To PostgreSQL two placeholders are two values, so that the key
    /// of a group would not be found again among what is selected.
    var sharesValues = false
    /// Whether identifiers are marked and not quoted, see ``template(_:in:)``.
    private let marksIdentifiers: Bool
    /// One frame for each query that is open, outermost first.
    private var frames: [Frame] = []
    private var aliasCount = 0
    /// The query whose HAVING is written, where its columns cannot be named there.
    private var groupFrame: Int?
    /// The keys of its groups.
    private var groupKeys: [SQLExpression] = []
    /// How many of the open queries a derived table cannot speak of.
    private var hiddenFrames = 0
    /// Why the statement must not run: the first thing that the dialect cannot do, or that makes no sense.
    private var refusal: ORMError?

    /// The aliases of one query's tables.
    private struct Frame {
        var root: String
        /// The numbers under which the query's closures speak of its row.
        var ids: [ScopeID]
        /// `false` for UPDATE and DELETE.
        var hasJoins = true
        /// Joins by the path that led to them, in the order they were asked for.
        var joins: [(steps: [JoinStep], alias: String)] = []
    }

    /// What the SQL is written for.
    package enum Context {
        /// A statement: values are bound, columns have the alias of their table.
        case statement
        /// What stands behind RETURNING: the table's own columns, alone.
        case returning
        /// The definition of a table: values are written out, columns stand alone. Other programs evaluate it too, so that it has no
        /// function that only this library knows.
        case definition
    }

    package init(_ dialect: any Dialect, in context: Context = .statement, marksIdentifiers: Bool = false) {
        self.dialect = dialect
        self.context = context
        self.marksIdentifiers = marksIdentifiers
    }

    /// The statement; throws when something in it was refused, before any of it has run.
    package var statement: Statement {
        get throws {
            if let refusal { throw refusal }
            guard binds.count <= dialect.maximumBindCount else {
                throw ORMError.unsupported(
                    "more than \(dialect.maximumBindCount) values in a statement", dialect: dialect.name,
                    "the statement binds \(binds.count) values and \(dialect.name) takes \(dialect.maximumBindCount): split its list"
                )
            }
            return Statement(sql, binds)
        }
    }

    /// Refuses the statement: ``statement`` throws the first of these errors.
    package mutating func refuse(_ error: ORMError) { refusal = refusal ?? error }

    package mutating func raw(_ text: String) { sql += text }

    package mutating func identifier(_ name: String) {
        if marksIdentifiers { sql += PortableSQL.marked(name) } else { dialect.quote(name, into: &sql) }
    }

    package mutating func identifiers(_ names: some Sequence<String>) {
        separated(names) { writer, name in writer.identifier(name) }
    }

    package mutating func bind(_ value: SQLValue) {
        switch value {
        case .invalid(let what):
            refuse(ORMError(.validationFailure, "a value of the query is \(what), which cannot be stored"))
        case .decimal where dialect.storesDecimalsAsIntegers:
            refuse(
                .unsupported(
                    "a decimal without a column", dialect: dialect.name,
                    "\(dialect.name) stores a decimal as an integer of its column's scale, which SQL of your own does not name: write \\(value, in: \\Product.Columns.price)"
                ))
        default: break
        }
        if context == .definition {
            sql += dialect.literal(value)
            return
        }
        if sharesValues, let index = binds.firstIndex(of: value), dialect.numbersPlaceholders {
            return dialect.placeholder(index + 1, into: &sql)
        }
        binds.append(value)
        dialect.placeholder(binds.count, into: &sql)
    }

    /// Writes what stands between the parentheses of IN: one bound list where the dialect has such a thing.
    package mutating func values(_ values: [SQLValue]) {
        // A definition has no subqueries, which such a list is made of.
        if context != .definition, let list = dialect.list(values) {
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
        table: String, ids: [ScopeID] = [], source: ((inout SQLWriter, String) -> Void)? = nil,
        head: (inout SQLWriter) -> Void, tail: (inout SQLWriter) -> Void
    ) {
        guard context != .definition else { return refuseInDefinition("this one asks a query") }
        let alias = "t\(aliasCount)"
        aliasCount += 1
        frames.append(Frame(root: alias, ids: ids))
        // Each part is written to a text of its own, in the order it will stand, so that the binds keep that order too.
        let start = sql
        let selection = part(head)
        let from = part { writer in
            if let source {
                // What stands in FROM knows nothing of the row that comes out of it.
                let frame = writer.frames.removeLast()
                writer.inDerivedTable { source(&$0, alias) }
                writer.frames.append(frame)
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
            leaveOutDeleted(step, join.alias)
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
    /// Where the statement takes no alias, the table's own name, quoted, is given for it.
    package mutating func statement(
        ids: [ScopeID] = [], named name: String? = nil, _ write: (inout SQLWriter, String) -> Void
    ) {
        let alias = name ?? "t\(aliasCount)"
        aliasCount += 1
        frames.append(Frame(root: alias, ids: ids, hasJoins: false))
        write(&self, alias)
        frames.removeLast()
    }

    /// Writes what stands in FROM, where a query may not speak of the rows outside it; one that does is refused.
    mutating func inDerivedTable(_ write: (inout SQLWriter) -> Void) {
        guard !dialect.derivedTablesSeeOutside else { return write(&self) }
        let before = hiddenFrames
        hiddenFrames = frames.count
        write(&self)
        hiddenFrames = before
    }

    /// The alias of the row of the innermost query that is open.
    var innermostAlias: String { frames.last?.root ?? "" }

    /// The frame of the query whose row an id means; `nil` where no such query is open.
    private func frame(_ id: ScopeID) -> Int? {
        switch id {
        case .innermost: frames.indices.last
        case .outermost: frames.indices.first
        default: frames.lastIndex { $0.ids.contains(id) }
        }
    }

    /// The alias of the row at the end of a path, joined when it is asked for the first time.
    private mutating func alias(for steps: [JoinStep], in frame: Int) -> String {
        if steps.isEmpty { return frames[frame].root }
        for length in 1...steps.count {
            let steps = Array(steps.prefix(length))
            if !frames[frame].joins.contains(where: { $0.steps == steps }) {
                frames[frame].joins.append((steps, "t\(aliasCount)"))
                aliasCount += 1
            }
        }
        return frames[frame].joins.first { $0.steps == steps }?.alias ?? frames[frame].root
    }

    package mutating func column(_ path: ColumnPath) {
        guard context == .statement else { return ownColumn(path) }
        guard let frame = frame(path.scope.id) else {
            return refuse(
                ORMError(
                    .configuration, "\(path.column) belongs to a row of a query that this statement is no part of"))
        }
        guard frame >= hiddenFrames else {
            return refuse(
                .unsupported(
                    "a query in FROM that speaks of the row outside", dialect: dialect.name,
                    "\(dialect.name) cannot speak of the row outside in a query with a limit behind IN, nor in a union")
            )
        }
        column(path.column, along: path.scope.steps[...], in: frame)
    }

    private mutating func column(_ name: String, along steps: ArraySlice<JoinStep>, in frame: Int) {
        // A relation's key is known on this side of the join: `$0.author.id` is `author_id`.
        if let last = steps.last, !last.isInverse, last.key == name {
            return column(last.column, along: steps.dropLast(), in: frame)
        }
        if let first = steps.first, !frames[frame].hasJoins {
            return detour(to: name, over: first, and: Array(steps.dropFirst()), from: frames[frame].root)
        }
        // Of a group such an engine knows aggregates alone; what has one value in a group is its smallest.
        let isGrouped = frame == groupFrame && frame == frames.count - 1
        if isGrouped { sql += "MIN(" }
        sql += alias(for: Array(steps), in: frame)
        sql += "."
        identifier(name)
        if isGrouped { sql += ")" }
    }

    /// Writes the condition of HAVING, which may speak of the group's keys.
    mutating func groupCondition(_ condition: SQLExpression, keys: [SQLExpression]) {
        if !dialect.writeStyle.isStandard { (groupFrame, groupKeys) = (frames.count - 1, keys) }
        self.condition(condition)
        (groupFrame, groupKeys) = (nil, [])
    }

    /// Writes what is not of a group but of its rows: what stands in an aggregate.
    mutating func insideAggregate(_ write: (inout SQLWriter) -> Void) {
        let before = (groupFrame, groupKeys)
        (groupFrame, groupKeys) = (nil, [])
        write(&self)
        (groupFrame, groupKeys) = before
    }

    /// Whether an expression is a key of the group whose condition is written, where it cannot be named.
    func isGroupKey(_ expression: SQLExpression) -> Bool {
        guard !groupKeys.isEmpty, groupFrame == frames.count - 1 else { return false }
        var writer = self
        (writer.groupFrame, writer.groupKeys) = (nil, [])
        return groupKeys.contains { writer.writesAlike($0, expression) }
    }

    /// Reads a column over relations where nothing can be joined: by a subquery of its own.
    private mutating func detour(to name: String, over first: JoinStep, and rest: [JoinStep], from outer: String) {
        sql += "("
        query(
            table: first.table,
            head: { writer in
                writer.sql += "SELECT "
                writer.column(ColumnPath(scope: ScopePath(id: .innermost, steps: rest), column: name))
            },
            tail: { writer in
                writer.sql += " WHERE "
                writer.column(ColumnPath(scope: .root, column: first.key))
                writer.sql += " = \(outer)."
                writer.identifier(first.column)
                writer.leaveOutDeleted(first, writer.innermostAlias)
            })
        sql += ")"
    }

    /// Narrows a step's condition to rows that are not deleted softly.
    private mutating func leaveOutDeleted(_ step: JoinStep, _ alias: String) {
        guard let column = step.deletionColumn else { return }
        sql += " AND \(alias)."
        identifier(column)
        sql += " IS NULL"
    }
}

extension Dialect {
    /// Whether a placeholder says which value it stands for: `$1`, not `?`.
    fileprivate var numbersPlaceholders: Bool {
        var (first, second) = ("", "")
        placeholder(1, into: &first)
        placeholder(2, into: &second)
        return first != second
    }
}
