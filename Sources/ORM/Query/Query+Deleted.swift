/// Which rows of a table with soft deletion a query sees.
public enum DeletedRows: Sendable, Hashable {
    /// Those that are not deleted: what every query sees that says nothing else.
    case excluded
    /// All.
    case included
    /// Those that are deleted.
    case only
}

extension Query {
    /// Sees deleted rows too, or nothing but them. For models with ``SoftDelete(_:)``; others have no such rows.
    ///
    /// ```swift
    /// try await Note.query.deleted(.only).restore()
    /// ```
    public func deleted(_ rows: DeletedRows) -> Query {
        var query = self
        query.deletedRows = rows
        return query
    }

    /// What every row of the query keeps: its filters, and what it says about deleted rows.
    var conditions: [SQLExpression] {
        guard let column = Row.deletionColumn(in: .root) else {
            // Where nothing is deleted softly there are no deleted rows to see.
            return deletedRows == .only ? [.trusted("(1 = 0)")] : filters
        }
        return switch deletedRows {
        case .excluded: [.isNull(column)] + filters
        case .included: filters
        case .only: [.not(.isNull(column))] + filters
        }
    }
}

extension Model {
    /// Where a row of a table with soft deletion says when it was deleted.
    static func deletionColumn(in scope: ScopePath) -> SQLExpression? {
        schema.deletionIndex.map { .column(ColumnPath(scope: scope, column: schema.columns[$0].name)) }
    }
}
