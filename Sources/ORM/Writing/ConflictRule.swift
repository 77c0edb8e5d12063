/// What an insert does with a row that breaks a unique constraint.
///
/// A row that is deleted softly is still in the table and counts like any other, unless the unique index leaves it out:
/// `.unique(\.slug).where { $0.deletedAt == nil }`.
///
/// ```swift
/// try await Tag.insert(rows, onConflict: .ignore)
/// try await Post.insert(rows, onConflict: .update(\.title, \.content, on: \.slug))
/// try await Hit.insert(rows, onConflict: .update(on: \.page, .set(\.count) { $0.count + 1 }))
/// ```
public struct ConflictRule<Row: Model>: Sendable {
    enum Action: Sendable {
        case fail
        case ignore
        /// Takes these columns from the new row, and these from expressions over the row that is there.
        case update(columns: [String], [Assignment<Row>])
    }

    let action: Action
    /// The columns of the unique constraint that is meant; none = any constraint.
    let target: [String]

    /// The insert fails, and nothing is written.
    public static var fail: ConflictRule { ConflictRule(action: .fail, target: []) }

    /// The row is skipped, whatever unique constraint it breaks.
    public static var ignore: ConflictRule { ConflictRule(action: .ignore, target: []) }

    /// The row is skipped when it agrees with another in these columns, which have a unique index; other conflicts fail.
    public static func ignore<First: ColumnReference, each Target: ColumnReference>(
        on first: KeyPath<Row.Columns, First>, _ target: repeat KeyPath<Row.Columns, each Target>
    ) -> ConflictRule {
        ConflictRule(action: .ignore, target: Options<Row>.names(of: first, repeat each target))
    }

    /// The row that agrees with the new one in the `target` columns takes these columns from the new one.
    public static func update<
        FirstChanged: ColumnReference, each Changed: ColumnReference, First: ColumnReference,
        each Target: ColumnReference
    >(
        _ firstColumn: KeyPath<Row.Columns, FirstChanged>, _ columns: repeat KeyPath<Row.Columns, each Changed>,
        on first: KeyPath<Row.Columns, First>, _ target: repeat KeyPath<Row.Columns, each Target>
    ) -> ConflictRule {
        ConflictRule(
            action: .update(columns: Options<Row>.names(of: firstColumn, repeat each columns), []),
            target: Options<Row>.names(of: first, repeat each target))
    }

    /// The row that agrees with the new one in the `target` column is changed by expressions over itself.
    public static func update<Target: ColumnReference>(
        on target: KeyPath<Row.Columns, Target>, _ assignments: Assignment<Row>...
    ) -> ConflictRule {
        ConflictRule(action: .update(columns: [], assignments), target: Options<Row>.names(of: target))
    }

    /// The row that agrees with the new one in the two columns is changed by expressions over itself.
    public static func update<First: ColumnReference, Second: ColumnReference>(
        on first: KeyPath<Row.Columns, First>, _ second: KeyPath<Row.Columns, Second>, _ assignments: Assignment<Row>...
    ) -> ConflictRule {
        ConflictRule(action: .update(columns: [], assignments), target: Options<Row>.names(of: first, second))
    }

    /// The row that agrees with the new one in the `target` columns takes all others from the new one, but for its id and the
    /// instants when it was created and deleted softly.
    public static func replace<First: ColumnReference, each Target: ColumnReference>(
        on first: KeyPath<Row.Columns, First>, _ target: repeat KeyPath<Row.Columns, each Target>
    ) -> ConflictRule {
        let schema = Row.schema
        let target = Options<Row>.names(of: first, repeat each target)
        let keptIndexes = [schema.primaryKeyIndex, schema.createdIndex, schema.deletionIndex].compactMap { $0 }
        let kept = target + keptIndexes.map { schema.columns[$0].name }
        let columns = Row.schema.columns.map(\.name).filter { !kept.contains($0) }
        return ConflictRule(action: .update(columns: columns, []), target: target)
    }

    /// Checks the values that a conflict sets.
    func validate() throws {
        guard case .update(_, let assignments) = action else { return }
        for assignment in assignments { try assignment.validate() }
    }

    /// The condition of the unique index that is meant, where it is a partial one: the database wants it said again.
    var condition: SQLExpression? {
        Row.options.indexes.first { $0.isUnique && Set($0.columns) == Set(target) && $0.condition != nil }?.condition
    }

    /// The columns that a row which is there takes from the new one.
    var takenColumns: [String] {
        guard case .update(var columns, let assignments) = action else { return [] }
        let schema = Row.schema
        if let updated = schema.updatedIndex.map({ schema.columns[$0].name }), !columns.contains(updated),
            !assignments.contains(where: { $0.column == updated })
        {
            columns.append(updated)
        }
        // An update of nothing would not give the row back.
        return columns.isEmpty && assignments.isEmpty ? target : columns
    }

    /// What a row that is there is changed by.
    var assignments: [Assignment<Row>] {
        if case .update(_, let assignments) = action { assignments } else { [] }
    }

    var updates: Bool {
        if case .update = action { true } else { false }
    }
}

extension SQLWriter {
    /// Writes what ends an INSERT so that rows already there are skipped. `column` is one of those that it gives.
    mutating func skipConflicts(keeping column: String) {
        guard !dialect.writeStyle.isStandard else { return raw(" ON CONFLICT DO NOTHING") }
        // Not INSERT IGNORE, which would also swallow values that do not fit.
        raw(" ON DUPLICATE KEY UPDATE ")
        identifier(column)
        raw(" = ")
        identifier(column)
    }

    /// Writes what ends an INSERT whose table has the alias of the innermost frame.
    mutating func onConflict<Row>(_ rule: ConflictRule<Row>) {
        switch rule.action {
        case .fail: return
        case .ignore where rule.target.isEmpty: raw(" ON CONFLICT DO NOTHING")
        case .ignore:
            conflictTarget(rule)
            raw(" DO NOTHING")
        case .update(_, let assignments):
            let columns = rule.takenColumns
            conflictTarget(rule)
            raw(" DO UPDATE SET ")
            separated(columns) { writer, column in
                writer.identifier(column)
                writer.raw(" = excluded.")
                writer.identifier(column)
            }
            if !columns.isEmpty, !assignments.isEmpty { raw(", ") }
            separated(assignments) { $0.assignment($1) }
        }
    }

    private mutating func conflictTarget<Row>(_ rule: ConflictRule<Row>) {
        raw(" ON CONFLICT (")
        identifiers(rule.target)
        raw(")")
        guard let condition = rule.condition else { return }
        var definition = SQLWriter(dialect, in: .definition)
        definition.value(condition)
        raw(" WHERE \(definition.sql)")
    }

    /// Writes `column = value`.
    mutating func assignment<Row>(_ assignment: Assignment<Row>) {
        identifier(assignment.column)
        raw(" = ")
        let column = Row.schema.index(of: assignment.column)
        value(assignment.value.stored(in: column.flatMap { Row.schema.columns[$0].storage.scale }, dialect))
    }
}
