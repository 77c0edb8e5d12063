/// One column to set in an update: `.set(\.title, "New")` or `.set(\.viewCount) { $0.viewCount + 1 }`.
public struct Assignment<Row: Model>: Sendable {
    let column: String
    let value: SQLExpression

    /// Sets a column to a value.
    public static func set<Value: ColumnValue>(
        _ column: KeyPath<Row.Columns, Column<Row, Value>>, _ value: Value
    ) -> Assignment {
        Assignment(column: Row.columns[keyPath: column].name, value: .value(value.sqlValue))
    }

    /// Sets a column to an expression over the row as it was.
    public static func set<Value: ColumnValue>(
        _ column: KeyPath<Row.Columns, Column<Row, Value>>, _ value: (Scope<Row, Row>) -> Expr<Value>
    ) -> Assignment {
        Assignment(column: Row.columns[keyPath: column].name, value: value(.root).node)
    }

    /// Points a required relation to another row.
    public static func set<Target: Model>(
        _ relation: KeyPath<Row.Columns, ToOne<Row, Target>>, _ target: One<Target>
    ) -> Assignment {
        Assignment(column: Row.columns[keyPath: relation].columnName, value: .value(target.id.sqlValue))
    }

    /// Points an optional relation to another row, or to none.
    public static func set<Target: Model>(
        _ relation: KeyPath<Row.Columns, ToOneOptional<Row, Target>>, _ target: One<Target>?
    ) -> Assignment {
        Assignment(column: Row.columns[keyPath: relation].columnName, value: .value(target?.id.sqlValue ?? .null))
    }
}

extension Assignment {
    /// Checks a value against the rules of its column. What an expression gives is known to the database only.
    func validate() throws {
        guard case .value(let value) = value, let index = Row.schema.index(of: column) else { return }
        try Row.schema.validate(value, ofColumn: index)
    }

    /// Whether the column is set to itself.
    fileprivate var keepsColumn: Bool {
        guard case .column(let path) = value else { return false }
        return path.column == column && path.scope.steps.isEmpty
    }
}

extension Query {
    /// Updates the query's rows in one statement and says how many they were. A limit and an order hold: exactly those
    /// rows are touched. The updated timestamp advances unless it is among the assignments; to keep it, set it to itself:
    /// `.set(\.updatedAt) { $0.updatedAt }`, which is left out of the statement, so that no trigger on the column fires.
    @discardableResult
    public func update(
        _ assignments: Assignment<Row>..., on session: (any Session)? = nil, file: StaticString = #fileID,
        line: UInt = #line
    ) async throws -> Int {
        try await update(assignments, on: session, file: file, line: line)
    }

    /// Deletes the query's rows in one statement and says how many they were. A limit and an order hold: exactly those
    /// rows are deleted.
    ///
    /// A model with ``SoftDelete(_:)`` keeps the rows and notes when they were deleted; `permanently` takes them out for good.
    @discardableResult
    public func delete(
        permanently: Bool = false, on session: (any Session)? = nil, file: StaticString = #fileID, line: UInt = #line
    ) async throws -> Int {
        if !permanently, let deletion = Self.deletion(at: .date(Timestamp.now.date)) {
            return try await update([deletion], on: session, file: file, line: line)
        }
        return try await withLease(session, .readWrite, Caller(Row.self, file, line)) { lease in
            var writer = SQLWriter(lease.dialect)
            if !lease.dialect.writeStyle.isStandard, !choosesByItself {
                writeJoinedDeletion(&writer)
            } else {
                writer.statement(ids: ids) { writer, alias in
                    writer.deletion(from: Row.schema.table, as: alias)
                    writeTarget(&writer)
                }
            }
            return try await lease.execute(writer.statement).changes
        }
    }

    /// Makes the softly deleted ones of the query's rows be there again and says how many they were. Throws `.configuration` for a
    /// model without ``SoftDelete(_:)``.
    @discardableResult
    public func restore(on session: (any Session)? = nil, file: StaticString = #fileID, line: UInt = #line) async throws
        -> Int
    {
        guard let restoration = Self.deletion(at: .null) else {
            throw ORMError(
                .configuration, "\(Row.self) has no @SoftDelete, so what is deleted is gone and cannot be restored")
        }
        return try await deleted(.only).update([restoration], on: session, file: file, line: line)
    }

    private static func deletion(at instant: SQLValue) -> Assignment<Row>? {
        Row.schema.deletionIndex.map { Assignment(column: Row.schema.columns[$0].name, value: .value(instant)) }
    }

    @discardableResult
    func update(
        _ assignments: [Assignment<Row>], on session: (any Session)?, file: StaticString, line: UInt
    ) async throws -> Int {
        guard !assignments.isEmpty else { return 0 }
        for assignment in assignments { try assignment.validate() }
        return try await withLease(session, .readWrite, Caller(Row.self, file, line)) { lease in
            var writer = SQLWriter(lease.dialect)
            let assignments = stamped(assignments)
            if !lease.dialect.writeStyle.isStandard, !choosesByItself || assignments.dependOnOneAnother() {
                writeJoinedUpdate(assignments, &writer)
            } else {
                writer.statement(ids: ids) { writer, alias in
                    writer.raw("UPDATE ")
                    writer.identifier(Row.schema.table)
                    writer.raw(" AS \(alias) SET ")
                    writer.separated(assignments.inOrder(for: writer.dialect)) { $0.assignment($1) }
                    writeTarget(&writer)
                }
            }
            return try await lease.execute(writer.statement).changes
        }
    }

    /// The rows that an UPDATE or DELETE touches. These statements know neither joins nor, on every engine, a limit; both
    /// go into a query of keys.
    private func writeTarget(_ writer: inout SQLWriter) {
        if isWindowed || !source.isTable || filters.contains(where: { $0.needsJoin(from: ids) }) {
            writer.raw(" WHERE ")
            writer.condition(windowMembership)
        } else {
            writeWhere(&writer)
        }
    }

    private func stamped(_ assignments: [Assignment<Row>]) -> [Assignment<Row>] {
        guard let index = Row.schema.updatedIndex else { return assignments }
        let column = Row.schema.columns[index].name
        guard !assignments.contains(where: { $0.column == column }) else {
            let changes = assignments.filter { $0.column != column || !$0.keepsColumn }
            return changes.isEmpty ? assignments : changes
        }
        return assignments + [Assignment(column: column, value: .value(.date(Timestamp.now.date)))]
    }
}

extension SQLExpression {
    /// Whether a column behind a to-one relation of the row with these numbers is read, other than its key.
    func needsJoin(from ids: [ScopeID]) -> Bool {
        switch self {
        case .column(let path):
            guard let last = path.scope.steps.last, ids.contains(path.scope.id) else { return false }
            return path.scope.steps.count > 1 || last.isInverse || last.key != path.column
        case .exists(let query), .scalar(let query):
            if case .relation(_, let owner, _) = query.source, !owner.steps.isEmpty, ids.contains(owner.id) {
                return true
            }
            return operands.contains { $0.needsJoin(from: ids) }
        default: return operands.contains { $0.needsJoin(from: ids) }
        }
    }
}
