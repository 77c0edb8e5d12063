/// Reads a whole row as a model.
struct ModelDecoder<Row: Model>: RowDecoder {
    func decode(_ row: borrowing some ResultRow) throws -> Row { try Row(row: row, at: 0) }
}

/// Reads the key of an owner, then the row that belongs to it.
struct RelatedDecoder<Key: ColumnValue, Row: Model>: RowDecoder {
    struct Output: Sendable {
        let key: Key
        let row: Row
    }

    func decode(_ row: borrowing some ResultRow) throws -> Output {
        Output(key: try Key.read(row, at: 0), row: try Row(row: row, at: 1))
    }
}

extension Query {
    /// Writes `SELECT columns FROM … WHERE … ORDER BY … LIMIT …`.
    func select(_ writer: inout SQLWriter, order: [Ordering]) {
        writer.query(
            table: Row.schema.table,
            head: { writer in
                writer.raw("SELECT ")
                Self.columns(&writer)
            },
            tail: { writer in
                writeWhere(&writer)
                Self.orderBy(order, &writer)
                writeWindow(&writer)
            })
    }

    static func columns(_ writer: inout SQLWriter) {
        writer.separated(Row.schema.columns) { writer, column in
            writer.selected(.column(ColumnPath(scope: .root, column: column)))
        }
    }

    func writeWhere(_ writer: inout SQLWriter) {
        guard let condition = SQLExpression.all(conditions) else { return }
        writer.raw(" WHERE ")
        writer.condition(condition)
    }

    static func orderBy(_ orderings: [Ordering], _ writer: inout SQLWriter) {
        guard !orderings.isEmpty else { return }
        writer.raw(" ORDER BY ")
        writer.separated(orderings) { writer, ordering in
            writer.value(ordering.expression)
            writer.raw(ordering.isDescending ? " DESC" : "")
        }
    }

    func writeWindow(_ writer: inout SQLWriter) {
        guard isWindowed else { return }
        writer.raw(" LIMIT ")
        // SQLite and MySQL know no OFFSET without LIMIT; no table has more rows than this.
        writer.bind(.int(Int64(limit ?? Int.max)))
        guard offset > 0 else { return }
        writer.raw(" OFFSET ")
        writer.bind(.int(Int64(offset)))
    }

    /// Runs the query and loads its relations on a leased connection.
    func fetch(on lease: Lease, order: [Ordering]? = nil) async throws -> [Row] {
        var writer = SQLWriter(lease.dialect)
        select(&writer, order: order ?? windowOrderings)
        var rows = try await lease.fetch(writer.statement, ModelDecoder<Row>())
        try await prefetches.load(into: &rows, on: lease)
        return rows
    }

    /// The rows related to owners with these keys, each with the key of its owner.
    func fetch<Key: ColumnValue>(
        relatedTo owners: [SQLValue], ofType: Key.Type, over link: ToManyLink, on lease: Lease
    ) async throws -> (keys: [Key], rows: [Row]) {
        var writer = SQLWriter(lease.dialect)
        if isWindowed {
            selectWindowed(relatedTo: owners, over: link, &writer)
        } else {
            selectRelated(to: owners, over: link, &writer, suffix: { _ in }) { query, writer in
                Self.orderBy(query.totalOrderings, &writer)
            }
        }
        let related = try await lease.fetch(writer.statement, RelatedDecoder<Key, Row>())
        var rows = related.map(\.row)
        try await prefetches.load(into: &rows, on: lease)
        return (related.map(\.key), rows)
    }

    private func selectRelated(
        to owners: [SQLValue], over link: ToManyLink, _ writer: inout SQLWriter, named: Bool = false,
        suffix: (inout SQLWriter) -> Void, tail: (Query, inout SQLWriter) -> Void
    ) {
        let ownerKey: (inout SQLWriter) -> Void = { writer in
            switch link {
            case .direct(_, let foreignKey): writer.column(ColumnPath(scope: .root, column: foreignKey))
            case .through(_, let ownerColumn, _, _, _):
                writer.raw("pivot.")
                writer.identifier(ownerColumn)
            }
        }
        writer.query(
            table: Row.schema.table,
            source: { writer, alias in
                if case .through(let pivot, _, let targetColumn, let table, let key) = link {
                    writer.identifier(pivot)
                    writer.raw(" AS pivot JOIN ")
                    writer.identifier(table)
                    writer.raw(" AS \(alias) ON \(alias).")
                    writer.identifier(key)
                    writer.raw(" = pivot.")
                    writer.identifier(targetColumn)
                } else {
                    writer.identifier(Row.schema.table)
                    writer.raw(" AS \(alias)")
                }
            },
            head: { writer in
                writer.raw("SELECT ")
                ownerKey(&writer)
                if named { writer.raw(" AS owner_key") }
                for (index, column) in Row.schema.columns.enumerated() {
                    writer.raw(", ")
                    writer.selected(.column(ColumnPath(scope: .root, column: column)))
                    if named { writer.raw(" AS c\(index)") }
                }
                suffix(&writer)
            },
            tail: { writer in
                writer.raw(" WHERE ")
                ownerKey(&writer)
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
        for index in Row.schema.columns.indices { writer.raw(", c\(index)") }
        writer.raw(" FROM (")
        selectRelated(
            to: owners, over: link, &writer, named: true,
            suffix: { writer in
                writer.raw(", ROW_NUMBER() OVER (PARTITION BY ")
                switch link {
                case .direct(_, let foreignKey): writer.column(ColumnPath(scope: .root, column: foreignKey))
                case .through(_, let ownerColumn, _, _, _):
                    writer.raw("pivot.")
                    writer.identifier(ownerColumn)
                }
                Self.orderBy(totalOrderings, &writer)
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
