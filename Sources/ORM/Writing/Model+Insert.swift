extension Model {
    /// Inserts rows, all or none, and gives them back as stored, with their ids. One transaction, one prepared statement.
    ///
    /// Rows that a conflict rule skips are left out of the result; rows that it updates are in it as they are now. Validators see
    /// every row before the first one is written.
    /// ```swift
    /// let tags = try await Tag.insert([.init(name: "swift"), .init(name: "orm")], onConflict: .ignore)
    /// ```
    @discardableResult
    public static func insert(
        _ rows: [New], onConflict rule: ConflictRule<Self> = .fail, on session: (any Session)? = nil
    ) async throws -> [Self] {
        guard !rows.isEmpty else { return [] }
        let session = try boundSession(session)
        guard let signals = session.signals.handlers(of: Self.self), signals.seesInserts else {
            return try await store(rows, rule, on: session)
        }
        return try await session.transaction(.readWrite) { transaction in
            var rows = rows
            for index in rows.indices { try await signals.willInsert(&rows[index]) }
            let stored = try await store(rows, rule, on: transaction)
            for row in stored { try await signals.didInsert(row) }
            return stored
        }
    }

    /// Inserts one row and gives it back as stored.
    @discardableResult
    public static func insert(_ row: New, on session: (any Session)? = nil) async throws -> Self {
        guard let stored = try await insert([row], onConflict: .fail, on: session).first else {
            throw ORMError(.notFound, "the inserted \(Self.self) did not come back")
        }
        return stored
    }

    private static func store(_ rows: [New], _ rule: ConflictRule<Self>, on session: any Session) async throws -> [Self]
    {
        let now = Timestamp.now
        let values = try rows.map { row in
            let values = row.values(now: now)
            try schema.validate(values)
            return values
        }
        return try await withAtomicLease(session, isAtomic: rows.count > 1) { lease in
            var stored: [Self] = []
            stored.reserveCapacity(rows.count)
            // One statement for each run of rows that leave the same columns to the database: nearly always one.
            var start = 0
            while start < rows.count {
                let leftOut = rows[start].columnsLeftToDatabase
                let end = rows[start...].firstIndex { $0.columnsLeftToDatabase != leftOut } ?? rows.count
                let insertion = try Insertion<Self>(leavingOut: leftOut, rule, in: lease.dialect)
                stored += try await insertion.run(rows[start..<end], values[start..<end], now: now, on: lease)
                start = end
            }
            return stored
        }
    }
}

/// One INSERT statement, for rows that give the same columns.
private struct Insertion<Row: Model> {
    private let statement: Statement
    private let positions: [Int]
    private let rule: ConflictRule<Row>
    /// Whether the rows must come back from the database, because it decides some of their values.
    private let isReturning: Bool

    /// Throws when the conflict rule asks for what the dialect lacks.
    init(leavingOut leftOut: ColumnSet, _ rule: ConflictRule<Row>, in dialect: any Dialect) throws {
        self.rule = rule
        positions = Row.schema.columns.indices.filter { !leftOut.contains($0) }
        isReturning = rule.updates || !leftOut.isEmpty
        var writer = SQLWriter(dialect)
        let (positions, isReturning) = (positions, isReturning)
        writer.statement { writer, alias in
            writer.raw("INSERT INTO ")
            writer.identifier(Row.schema.table)
            if rule.updates { writer.raw(" AS \(alias)") }
            writer.raw(" (")
            writer.identifiers(positions.map { Row.schema.columns[$0].name })
            writer.raw(") VALUES (")
            writer.separated(positions) { writer, _ in writer.bind(.null) }
            writer.raw(")")
            writer.onConflict(rule)
            if isReturning {
                writer.raw(" RETURNING ")
                writer.returnedColumns(of: Row.schema)
            }
        }
        statement = try writer.statement
    }

    func run(
        _ rows: ArraySlice<Row.New>, _ values: ArraySlice<[SQLValue]>, now: Timestamp, on lease: Lease
    ) async throws -> [Row] {
        // Behind the row's own values come those of the conflict rule.
        let further = statement.binds.dropFirst(positions.count)
        let binds = values.map { values in
            let given = Row.schema.encoded(values, for: lease.dialect)
            return positions.count == given.count && further.isEmpty ? given : positions.map { given[$0] } + further
        }
        if isReturning {
            var stored: [Row] = []
            for binds in binds {
                stored += try await lease.fetch(Statement(statement.sql, binds), ModelDecoder<Row>())
            }
            return stored
        }
        let results = try await lease.execute(statement.sql, forEach: binds)
        var stored: [Row] = []
        stored.reserveCapacity(rows.count)
        for (row, result) in zip(rows, results) where result.changes > 0 {
            guard let id = row.givenID ?? Row.key(result.lastInsertID) else {
                throw ORMError(
                    .unsupported,
                    "\(Row.schema.table).\(Row.schema.primaryKey.name) is no integer, so its rows need an id of their own"
                )
            }
            if let row = row.stored(id: id, now: now) { stored.append(row) }
        }
        return stored
    }
}

extension Model {
    /// A key that the engine gave, when the primary key is an integer.
    fileprivate static func key(_ number: Int64) -> ID? {
        if let key = Int(number) as? ID { return key }
        guard let type = ID.self as? any ColumnInteger.Type else { return nil }
        return type.init(exactly: number) as? ID
    }
}

extension SQLWriter {
    /// Writes a table's columns behind RETURNING, where they have no alias.
    fileprivate mutating func returnedColumns(of schema: TableSchema) {
        var columns = SQLWriter(dialect, in: .definition)
        columns.separated(schema.columns) { writer, column in
            writer.selected(.column(ColumnPath(scope: .root, column: column)))
        }
        raw(columns.sql)
    }
}
