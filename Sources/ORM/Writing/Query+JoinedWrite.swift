/// UPDATE and DELETE for engines where they may not ask about their own table: a join with the keys of the rows that are meant, which
/// a query chooses before any of them is changed. <https://dev.mysql.com/doc/refman/8.0/en/update.html>
extension Query {
    /// Whether the rows are chosen by their own columns alone.
    var choosesByItself: Bool {
        !isWindowed && source.isTable && !conditions.contains { $0.asksQueries }
    }

    /// Writes `DELETE target FROM posts AS target JOIN (SELECT …) AS chosen ON …`.
    func writeJoinedDeletion(_ writer: inout SQLWriter) {
        writer.deletion(from: Row.schema.table, as: Self.targetAlias)
        writeChosen([], &writer)
    }

    /// Writes `UPDATE posts AS target JOIN (SELECT …) AS chosen ON … SET …`. The query works out the values too, from the rows as they
    /// were: the statement itself would read columns that it has set already.
    func writeJoinedUpdate(_ assignments: [Assignment<Row>], _ writer: inout SQLWriter) {
        let worked = assignments.filter { !$0.value.isConstant }
        writer.raw("UPDATE ")
        writer.identifier(Row.schema.table)
        writer.raw(" AS \(Self.targetAlias)")
        writeChosen(worked, &writer)
        writer.raw(" SET ")
        let constants = assignments.filter { $0.value.isConstant }
        writer.separated(worked.enumerated()) { writer, item in
            writer.raw("\(Self.targetAlias).")
            writer.identifier(item.element.column)
            writer.raw(" = chosen.c\(item.offset + 1)")
        }
        if !worked.isEmpty, !constants.isEmpty { writer.raw(", ") }
        writer.separated(constants) { writer, assignment in
            writer.raw("\(Self.targetAlias).")
            writer.assignment(assignment)
        }
    }

    /// Writes the join with the rows that are meant, and with the values that columns get.
    private func writeChosen(_ assignments: [Assignment<Row>], _ writer: inout SQLWriter) {
        writer.raw(" JOIN (")
        write(&writer) { writer in
            writer.raw("SELECT ")
            writer.value(Self.key)
            writer.raw(" AS c0")
            for (index, assignment) in assignments.enumerated() {
                writer.raw(", ")
                writer.value(assignment.value)
                writer.raw(" AS c\(index + 1)")
            }
        } tail: { writer in
            writeWhere(&writer)
            if isWindowed { writer.orderBy(totalOrderings) }
            // With a limit it is worked out first, and not merged into the statement around it.
            writer.window(limit: limit ?? .max, offset: offset)
        }
        writer.raw(") AS chosen ON chosen.c0 = \(Self.targetAlias).")
        writer.identifier(Row.schema.primaryKey.name)
    }

    private static var targetAlias: String { "target" }
}

extension Sequence {
    /// Whether an assignment may read a column that another one has set, or asks a query: `SET a = a + 1, b = a` gives b the new a.
    func dependOnOneAnother<Row>() -> Bool where Element == Assignment<Row> {
        var worked = 0
        for assignment in self {
            if assignment.value.asksQueries { return true }
            if !assignment.value.isConstant { worked += 1 }
        }
        return worked > 1
    }

    /// The assignments, those first that read columns where an engine reads them as they are set from left to right.
    func inOrder<Row>(for dialect: any Dialect) -> [Assignment<Row>] where Element == Assignment<Row> {
        if dialect.writeStyle.isStandard { return Array(self) }
        return filter { !$0.value.isConstant } + filter { $0.value.isConstant }
    }
}

extension SQLWriter {
    /// Writes `DELETE FROM posts AS t0`.
    mutating func deletion(from table: String, as alias: String) {
        raw(dialect.writeStyle.isStandard ? "DELETE FROM " : "DELETE \(alias) FROM ")
        identifier(table)
        raw(" AS \(alias)")
    }
}
