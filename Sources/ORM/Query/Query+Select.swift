/// Reads a whole row as a model.
struct ModelDecoder<Row: Model>: RowDecoder {
    func decode(_ row: borrowing some ResultRow) throws -> Row { try Row(row: row, at: 0) }

    func append(_ row: borrowing some ResultRow, to rows: inout [Row]) throws { try Row.read(row, at: 0, into: &rows) }
}

/// Reads the row that belongs to an owner, and keeps the owner's key, which stands before it. Two lists, because a list of pairs
/// would have to be taken apart again.
///
/// Unchecked: only the connection reads rows, one after the other, and the keys are taken when it has read them all.
private final class RelatedDecoder<Owner: Model, Row: Model>: RowDecoder, @unchecked Sendable {
    private(set) var keys: [Owner.ID] = []

    func decode(_ row: borrowing some ResultRow) throws -> Row {
        try Owner.readID(row, at: 0, into: &keys)
        return try Row(row: row, at: 1)
    }

    func append(_ row: borrowing some ResultRow, to rows: inout [Row]) throws {
        try Owner.readID(row, at: 0, into: &keys)
        try Row.read(row, at: 1, into: &rows)
    }
}

extension Query {
    /// Writes `SELECT columns FROM … WHERE … ORDER BY … LIMIT …`.
    func select(_ writer: inout SQLWriter, order: [Ordering], isNamed: Bool = false) {
        write(&writer) { writer in
            writer.raw(isDistinct ? "SELECT DISTINCT " : "SELECT ")
            Self.columns(&writer, isNamed: isNamed)
        } tail: { writer in
            writeWhere(&writer)
            writer.orderBy(order)
            writer.window(limit: limit, offset: offset)
            writeLock(&writer)
        }
    }

    /// Writes a SELECT over the query's source: `head` is what stands before FROM, `tail` what stands after the joins.
    func write(_ writer: inout SQLWriter, head: (inout SQLWriter) -> Void, tail: (inout SQLWriter) -> Void) {
        writer.query(
            table: Row.schema.table, ids: ids, source: { writeSource(&$0, alias: $1) }, head: head, tail: tail)
    }

    /// Writes what the rows come from, under an alias.
    func writeSource(_ writer: inout SQLWriter, alias: String) {
        switch source {
        case .table: writer.identifier(Row.schema.table)
        case .select(let write):
            writer.raw("(")
            write(&writer)
            writer.raw(")")
        case .raw(let text):
            if isNumbered { writer.raw("(SELECT \(Self.numbering(for: writer.dialect)) ") }
            writer.raw("(")
            text.write(&writer)
            // An order without a limit means nothing to these engines where it is not the outermost one.
            if !writer.dialect.writeStyle.isStandard, isAsWritten, text.isOrderedWithoutLimit {
                writer.raw(" LIMIT \(Int.max)")
            }
            writer.raw(isNumbered ? ") AS written)" : ")")
        }
        writer.raw(" AS \(alias)")
    }

    /// What numbers the rows of a SELECT, in its order, up to where that stands.
    private static func numbering(for dialect: any Dialect) -> String {
        if dialect.writeStyle.isStandard { return "*, ROW_NUMBER() OVER () AS \(place) FROM" }
        // A window without an order has none there, but rows are read in the order they have.
        return "written.*, (@\(place) := @\(place) + 1) AS \(place) FROM (SELECT @\(place) := 0) AS start STRAIGHT_JOIN"
    }

    static func columns(_ writer: inout SQLWriter, isNamed: Bool = false) {
        writer.separated(Row.schema.columns) { writer, column in
            let path = ColumnPath(scope: .root, column: column)
            // What another SELECT goes on with stays as it is stored.
            guard isNamed else { return writer.selected(.column(path)) }
            writer.column(path)
            writer.raw(" AS ")
            writer.identifier(column.name)
        }
    }

    func writeWhere(_ writer: inout SQLWriter) {
        guard let condition = SQLExpression.all(conditions) else { return }
        writer.raw(" WHERE ")
        writer.condition(condition)
    }

    /// Runs the query and loads its relations on a leased connection.
    func fetch(on lease: Lease, order: [Ordering]? = nil) async throws -> [Row] {
        let statement = try statement(in: lease.dialect, order: order ?? windowOrderings)
        var rows = try await lease.fetch(statement, ModelDecoder<Row>())
        try await prefetches.load(into: &rows, on: lease)
        return rows
    }

    func statement(in dialect: any Dialect, order: [Ordering]) throws -> Statement {
        var writer = SQLWriter(dialect)
        select(&writer, order: order)
        return try writer.statement
    }

    /// The rows related to owners with these keys, each with the key of its owner; those of one owner one after the other.
    func fetch<Owner: Model>(
        relatedTo owners: [Owner.ID], of type: Owner.Type, over link: ToManyLink, on lease: Lease
    ) async throws -> RelatedRows<Owner.ID, Row> {
        let owners = owners.map { $0.sqlValue }
        var writer = SQLWriter(lease.dialect)
        var joined = self
        joined.isJoined = true
        if isWindowed {
            joined.selectWindowed(relatedTo: owners, over: link, &writer)
        } else {
            // By owner first: that is how an index on the key has the rows, so that SQLite need not sort them all.
            joined.selectRelated(to: owners, over: link, &writer, suffix: { _ in }) { query, writer in
                writer.raw(" ORDER BY ")
                Self.ownerKey(over: link, &writer)
                writer.raw(", ")
                query.writeOrder(over: link, &writer)
            }
        }
        let decoder = RelatedDecoder<Owner, Row>()
        var rows = try await lease.fetch(writer.statement, decoder)
        try await prefetches.load(into: &rows, on: lease)
        return RelatedRows(keys: decoder.keys, rows: rows)
    }

    /// Writes the order of the rows of one owner. A pivot holds their key too, and by it SQLite has them in order already when
    /// both of its keys are in one index; by the key of their own table it would sort them.
    private func writeOrder(over link: ToManyLink, _ writer: inout SQLWriter) {
        let orderings = totalOrderings
        guard case .through(_, _, let targetColumn, _, _) = link, orderings.count == 1, isKey(orderings[0].expression)
        else { return writer.list(orderings) }
        writer.raw("pivot.")
        writer.identifier(targetColumn)
        writer.raw(orderings[0].isDescending ? " DESC" : "")
    }

    private static func ownerKey(over link: ToManyLink, _ writer: inout SQLWriter) {
        switch link {
        case .direct(_, let foreignKey): writer.column(ColumnPath(scope: .root, column: foreignKey))
        case .throughDeleted(let pivot, _): writer.refuse(ToManyLink.refusal(ofDeleted: pivot))
        case .through(_, let ownerColumn, _, _, _):
            writer.raw("pivot.")
            writer.identifier(ownerColumn)
        }
    }

    private func selectRelated(
        to owners: [SQLValue], over link: ToManyLink, _ writer: inout SQLWriter, named: Bool = false,
        suffix: (inout SQLWriter) -> Void, tail: (Query, inout SQLWriter) -> Void
    ) {
        writer.query(
            table: Row.schema.table, ids: ids,
            source: { writer, alias in
                guard case .through(let pivot, _, let targetColumn, _, let key) = link else {
                    return writeSource(&writer, alias: alias)
                }
                writer.identifier(pivot)
                writer.raw(" AS pivot JOIN ")
                writeSource(&writer, alias: alias)
                writer.raw(" ON \(alias).")
                writer.identifier(key)
                writer.raw(" = pivot.")
                writer.identifier(targetColumn)
            },
            head: { writer in
                if lock != nil { refuseLock(&writer) }
                writer.raw(isDistinct ? "SELECT DISTINCT " : "SELECT ")
                Self.ownerKey(over: link, &writer)
                if named { writer.raw(" AS owner_key") }
                for (index, column) in Row.schema.columns.enumerated() {
                    writer.raw(", ")
                    let path = ColumnPath(scope: .root, column: column)
                    if named { writer.column(path) } else { writer.selected(.column(path)) }
                    if named { writer.raw(" AS c\(index)") }
                }
                suffix(&writer)
            },
            tail: { writer in
                writer.raw(" WHERE ")
                Self.ownerKey(over: link, &writer)
                writer.raw(" IN (")
                writer.values(owners)
                writer.raw(")")
                for condition in conditions {
                    writer.raw(" AND ")
                    writer.condition(condition)
                }
                tail(self, &writer)
            })
    }

    /// A limit for each owner: rows are numbered within their owner, and the numbers outside the window dropped.
    private func selectWindowed(relatedTo owners: [SQLValue], over link: ToManyLink, _ writer: inout SQLWriter) {
        writer.raw("SELECT owner_key")
        for (index, column) in Row.schema.columns.enumerated() {
            writer.raw(", ")
            writer.selected(.stored("c\(index)", scale: column.storage.scale))
        }
        writer.raw(" FROM (")
        selectRelated(
            to: owners, over: link, &writer, named: true,
            suffix: { writer in
                writer.raw(", ROW_NUMBER() OVER (PARTITION BY ")
                Self.ownerKey(over: link, &writer)
                writer.orderBy(totalOrderings)
                writer.raw(") AS place")
            },
            tail: { _, _ in })
        writer.raw(") AS ranked WHERE place > ")
        writer.bind(.int(Int64(offset)))
        if let limit {
            writer.raw(" AND place <= ")
            writer.bind(.int(Int64(limit.addingReportingOverflow(offset).overflow ? .max : limit + offset)))
        }
        writer.raw(" ORDER BY owner_key, place")
    }
}
