extension SQLWriter {
    mutating func membership(of operand: SQLExpression, in select: SelectStatement, _ findsNull: Bool) {
        raw(findsNull ? "((" : "(")
        value(operand)
        raw(" IN (")
        if select.isWindowed, !dialect.writeStyle.isStandard {
            // One level deeper a limit may stand: https://mariadb.com/kb/en/subquery-limitations/#limit
            raw("SELECT c0 FROM (")
            inDerivedTable { select.write(&$0, true) }
            raw(") AS listed")
        } else {
            select.write(&self, false)
        }
        raw("))")
        guard findsNull else { return }
        raw(" OR (")
        value(operand)
        raw(" IS NULL AND EXISTS (SELECT 1 FROM (")
        select.write(&self, true)
        raw(") AS listed WHERE listed.c0 IS NULL)))")
    }

    package mutating func subquery(_ query: Subquery) {
        let table: String
        switch query.source {
        case .relation(let link, _, _): table = link.table
        case .table(let name): table = name
        }
        self.query(
            table: table, ids: query.ids,
            head: { writer in
                writer.raw("SELECT ")
                writer.value(query.projection)
            },
            tail: { writer in
                writer.raw(" WHERE ")
                writer.correlation(query.source)
                for filter in query.filters {
                    writer.raw(" AND ")
                    writer.condition(filter)
                }
            })
    }

    /// Ties a subquery's row, the innermost frame, to the row it belongs to.
    private mutating func correlation(_ source: Subquery.Source) {
        guard case .relation(let link, let owner, let ownerKey) = source else {
            raw("1 = 1")
            return
        }
        let inner = innermostAlias
        let outer = ColumnPath(scope: owner, column: ownerKey)
        switch link {
        case .direct(_, let foreignKey):
            raw("\(inner).")
            identifier(foreignKey)
            raw(" = ")
            column(outer)
        case .throughDeleted(let pivot, _): refuse(ToManyLink.refusal(ofDeleted: pivot))
        case .through(let pivot, let ownerColumn, let targetColumn, _, let key):
            raw("\(inner).")
            identifier(key)
            raw(" IN (SELECT ")
            identifier(targetColumn)
            raw(" FROM ")
            identifier(pivot)
            raw(" WHERE ")
            identifier(ownerColumn)
            raw(" = ")
            column(outer)
            raw(")")
        }
    }
}
