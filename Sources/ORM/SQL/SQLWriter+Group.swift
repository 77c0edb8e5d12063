extension SQLWriter {
    /// Refuses an expression that has no single value for a group: one with a column, outside all aggregates, that the keys do not
    /// decide. Engines would refuse it too, or take the value of any row.
    ///
    /// - Parameters:
    ///   - ids: The numbers of the rows that are grouped.
    ///   - table: Their table, and its primary key.
    mutating func refuse(
        _ expression: SQLExpression, unlessDecidedBy keys: [SQLExpression], ofRows ids: [ScopeID],
        in table: (name: String, key: String)
    ) {
        if case .aggregate = expression { return }
        if keys.contains(where: { writesAlike($0, expression) }) { return }
        for path in expression.ownPaths where ids.contains(path.scope.id) {
            guard !decides(path, keys, table.key) else { continue }
            refuse(
                ORMError(
                    .configuration,
                    "\(path.scope.steps.last?.table ?? table.name).\(path.column) is no key of the group: group by it too, or select an aggregate of it"
                ))
        }
        for operand in expression.operands { refuse(operand, unlessDecidedBy: keys, ofRows: ids, in: table) }
    }

    /// Whether a column is the same in all of a group's rows because a row along its path is: its primary key is a key of the group.
    private func decides(_ path: ColumnPath, _ keys: [SQLExpression], _ primaryKey: String) -> Bool {
        (0...path.scope.steps.count).contains { length in
            let steps = Array(path.scope.steps.prefix(length))
            if let last = steps.last, last.isInverse { return false }
            let key = ColumnPath(
                scope: ScopePath(id: path.scope.id, steps: steps), column: steps.last?.key ?? primaryKey)
            return keys.contains { writesAlike($0, .column(key)) }
        }
    }

    /// Whether two expressions are the same where the writer stands.
    func writesAlike(_ left: SQLExpression, _ right: SQLExpression) -> Bool {
        func written(_ expression: SQLExpression) -> (String, [SQLValue]) {
            var writer = self
            writer.value(expression)
            return (writer.sql, writer.binds)
        }
        return written(left) == written(right)
    }
}

extension SQLExpression {
    /// The columns that the expression itself reads, without those of its operands.
    fileprivate var ownPaths: [ColumnPath] {
        switch self {
        case .column(let path): [path]
        case .inSubquery(_, let query, _), .exists(let query), .scalar(let query):
            if case .relation(_, let owner, let key) = query.source {
                [ColumnPath(scope: owner, column: key)]
            } else {
                []
            }
        default: []
        }
    }
}
