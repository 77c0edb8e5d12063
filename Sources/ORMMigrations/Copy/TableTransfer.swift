import ORM

/// One table of a copy: how its rows are read, written, linked and compared.
///
/// Rows go in the order of their keys. A foreign key that may point to a row that is not there yet (to a later row of the same table, or
/// to a later table where tables point to one another in a circle) is written as NULL, and set when all rows are there.
struct TableTransfer {
    let table: TableState
    /// The tables whose rows are written before this one's.
    let earlier: Set<String>

    /// So many rows are read, and at most so many written, at once.
    static let batchSize = 100
    /// So many bytes of texts are written at once: MySQL takes 16 MB in one statement.
    static let batchBytes = 1 << 20

    private var columns: [ColumnState] { table.columns }
    private var key: Int? { columns.firstIndex(where: \.isPrimaryKey) }

    // MARK: Rows

    /// Copies all rows; gives their number and hash as they were read.
    func copy(from source: Transaction, to target: Transaction) async throws -> RowsHash {
        let columns = columns
        return try await source.stream(batch: Self.batchSize, RowValues(columns: columns), of: selection) { rows in
            var hash = RowsHash()
            var batch: [[SQLValue]] = []
            var bytes = 0
            var greatest: Int64?
            for try await row in rows {
                hash.add(row, of: columns)
                if let key = self.key, case .int(let number) = row[key] { greatest = max(greatest ?? number, number) }
                bytes += row.reduce(0) { $0 + $1.size }
                batch.append(try self.withoutLinksAhead(row))
                if batch.count == self.rowsAtOnce(target.dialect) || bytes >= Self.batchBytes {
                    try await self.insert(batch, on: target)
                    (batch, bytes) = ([], 0)
                }
            }
            try await self.insert(batch, on: target)
            try await self.advanceKeys(beyond: greatest, on: target)
            return hash
        }
    }

    /// The number and hash of the rows that a database has.
    func hash(on session: Transaction) async throws -> RowsHash {
        let columns = columns
        return try await session.stream(batch: Self.batchSize, RowValues(columns: columns), of: selection) { rows in
            var hash = RowsHash()
            for try await row in rows { hash.add(row, of: columns) }
            return hash
        }
    }

    private func rowsAtOnce(_ dialect: any Dialect) -> Int {
        max(1, min(Self.batchSize, dialect.maximumBindCount / max(1, columns.count)))
    }

    private func insert(_ rows: [[SQLValue]], on target: Transaction) async throws {
        guard !rows.isEmpty else { return }
        var writer = SQLWriter(target.dialect)
        writer.raw("INSERT INTO ")
        writer.identifier(table.name)
        writer.raw(" (")
        writer.identifiers(columns.map(\.name))
        writer.raw(") VALUES ")
        let encoded = try rows.map { row in
            try zip(row, columns).map { try $1.encoded($0, for: target.dialect) }
        }
        writer.separated(encoded) { writer, row in
            writer.raw("(")
            writer.separated(row) { $0.bind($1) }
            writer.raw(")")
        }
        let statement = try writer.statement
        let batch = RowBatch(table: table.name, columns: columns.map(\.name), key: nil, rows: encoded)
        try await target.withLease(.readWrite) { lease in
            if try await lease.insert(batch, insteadOf: statement.sql) == nil { _ = try await lease.execute(statement) }
        }
    }

    /// All columns of all rows, in the order of the key.
    private var selection: @Sendable (any Dialect) throws -> Statement {
        { [columns, key] dialect in try self.select(columns, orderedBy: key.map { columns[$0] }, in: dialect) }
    }

    private func select(
        _ columns: [ColumnState], orderedBy key: ColumnState?, in dialect: any Dialect
    ) throws -> Statement {
        var writer = SQLWriter(dialect)
        writer.query(
            table: table.name,
            head: { writer in
                writer.raw("SELECT ")
                writer.separated(columns) { $0.selected(.column($1.path)) }
            },
            tail: { writer in
                guard let key else { return }
                writer.raw(" ORDER BY ")
                writer.column(key.path)
            })
        return try writer.statement
    }

    // MARK: Links

    /// The foreign keys that may point ahead.
    private var linksAhead: [Int] {
        columns.indices.filter { index in columns[index].reference.map { !earlier.contains($0.table) } ?? false }
    }

    /// Whether a row's foreign key points to what is written after the row.
    private func pointsAhead(_ link: Int, in row: [SQLValue]) -> Bool {
        guard let reference = columns[link].reference, !row[link].isNull else { return false }
        if reference.table == table.name, let key, columns[key].name == reference.column,
            case (.int(let target), .int(let own)) = (row[link], row[key])
        {
            return target > own
        }
        return true
    }

    private func withoutLinksAhead(_ row: [SQLValue]) throws -> [SQLValue] {
        var row = row
        for link in linksAhead where pointsAhead(link, in: row) {
            guard columns[link].isNullable, key != nil else {
                throw SchemaState.refusal(
                    "\(table.name).\(columns[link].name) points to rows that come later, and may not be NULL until they are there: copy this database by the engine's own tools"
                )
            }
            row[link] = .null
        }
        return row
    }

    /// Sets the foreign keys that were left out.
    func link(from source: Transaction, to target: Transaction) async throws {
        guard let key else { return }
        for link in linksAhead {
            let (keyColumn, linkColumn) = (columns[key], columns[link])
            try await source.stream(
                batch: Self.batchSize, RowValues(columns: [keyColumn, linkColumn]),
                of: { try self.select([keyColumn, linkColumn], orderedBy: keyColumn, in: $0) }
            ) { rows in
                for try await row in rows {
                    var values = [SQLValue](repeating: .null, count: self.columns.count)
                    (values[key], values[link]) = (row[0], row[1])
                    guard self.pointsAhead(link, in: values) else { continue }
                    try await self.set(linkColumn, to: row[1], where: keyColumn, is: row[0], on: target)
                }
            }
        }
    }

    private func set(
        _ column: ColumnState, to value: SQLValue, where key: ColumnState, is id: SQLValue, on target: Transaction
    ) async throws {
        var writer = SQLWriter(target.dialect)
        writer.raw("UPDATE ")
        writer.identifier(table.name)
        writer.raw(" SET ")
        writer.identifier(column.name)
        writer.raw(" = ")
        writer.bind(try column.encoded(value, for: target.dialect))
        writer.raw(" WHERE ")
        writer.identifier(key.name)
        writer.raw(" = ")
        writer.bind(try key.encoded(id, for: target.dialect))
        let statement = try writer.statement
        _ = try await target.withLease(.readWrite) { lease in try await lease.execute(statement) }
    }

    // MARK: Numbers

    /// Has the engine give later rows keys beyond those that were copied, where it does not see to that by itself.
    private func advanceKeys(beyond greatest: Int64?, on target: Transaction) async throws {
        guard let key, let greatest,
            let statement = target.dialect.advanceKeys(of: table.name, columns[key].name, beyond: greatest)
        else { return }
        _ = try await target.withLease(.readWrite) { lease in try await lease.execute(statement) }
    }
}

extension SQLValue {
    /// About how many bytes it takes in a statement.
    fileprivate var size: Int {
        switch self {
        case .text(let text): text.utf8.count
        case .bytes(let bytes): bytes.count
        default: 16
        }
    }
}
