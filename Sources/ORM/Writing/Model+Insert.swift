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
        _ rows: [New], onConflict rule: ConflictRule<Self> = .fail, on session: (any Session)? = nil,
        file: StaticString = #fileID, line: UInt = #line
    ) async throws -> [Self] {
        guard !rows.isEmpty else { return [] }
        let session = try boundSession(session, .readWrite, Caller(Self.self, file, line))
        guard let signals = session.signals.handlers(of: Self.self), signals.seesInserts else {
            return try await store(rows, rule, on: session, file: file, line: line)
        }
        return try await session.transaction(.readWrite) { transaction in
            var rows = rows
            for index in rows.indices { try await signals.willInsert(&rows[index]) }
            let stored = try await store(rows, rule, on: transaction, file: file, line: line)
            for row in stored { try await signals.didInsert(row) }
            return stored
        }
    }

    /// Inserts one row and gives it back as stored.
    @discardableResult
    public static func insert(
        _ row: New, on session: (any Session)? = nil, file: StaticString = #fileID, line: UInt = #line
    ) async throws -> Self {
        guard let stored = try await insert([row], onConflict: .fail, on: session, file: file, line: line).first else {
            throw ORMError(.notFound, "the inserted \(Self.self) did not come back")
        }
        return stored
    }

    static func store(
        _ rows: [New], _ rule: ConflictRule<Self>, on session: any Session, file: StaticString, line: UInt
    ) async throws -> [Self] {
        let now = Timestamp.now
        try rule.validate()
        let (values, runs) = try values(of: rows, now: now, in: session.dialect)
        if case .duplicateKey(let returnsRows) = session.dialect.writeStyle {
            return try await storeInChunks(
                rows, values, runs.map { ($0.leftOut, $0.range) }, rule, returnsRows: returnsRows, now: now,
                on: session,
                Caller(Self.self, file, line))
        }
        return try await withAtomicLease(session, isAtomic: rows.count > 1, Caller(Self.self, file, line)) { lease in
            var stored: [Self] = []
            for (leftOut, isKeyLeftOut, range) in runs {
                let insertion = try Insertion<Self>(
                    leavingOut: leftOut, isKeyLeftOut: isKeyLeftOut, rule, in: lease.dialect)
                let inserted = try await insertion.run(rows[range], values[range], now: now, on: lease)
                if runs.count == 1 { return inserted }
                stored += inserted
            }
            return stored
        }
    }
}

extension Model {
    /// The rows' values, all of them valid, and the runs of rows that leave the same columns to the database: nearly always one.
    private static func values(
        of rows: [New], now: Timestamp, in dialect: any Dialect
    ) throws -> (values: [[SQLValue]], runs: [(leftOut: ColumnSet, isKeyLeftOut: Bool, range: Range<Int>)]) {
        let schema = schema
        let (key, numbersNullKeys) = (schema.primaryKeyIndex, dialect.numbersNullKeys)
        var values: [[SQLValue]] = []
        var runs: [(leftOut: ColumnSet, isKeyLeftOut: Bool, range: Range<Int>)] = []
        values.reserveCapacity(rows.count)
        var room = HeapRoom()
        try New.forEachValues(of: rows, now: now) { given, leftOut in
            let index = values.count
            room.make(for: index)
            let isKeyLeftOut = !numbersNullKeys && given[key].isNull
            if let last = runs.last, last.leftOut == leftOut, last.isKeyLeftOut == isKeyLeftOut {
                runs[runs.count - 1].range = last.range.lowerBound..<index + 1
            } else {
                runs.append((leftOut, isKeyLeftOut, index..<index + 1))
            }
            try schema.validate(given)
            values.append(given)
        }
        return (values, runs)
    }
}

/// One INSERT statement, for rows that give the same columns.
private struct Insertion<Row: Model> {
    private let statement: Statement
    private let positions: [Int]
    private let rule: ConflictRule<Row>
    /// What must come back from the database.
    private let returned: Returned

    private enum Returned {
        case nothing
        /// The key, because the engine gives it and says so in no other way.
        case key
        /// The row, because the database decides some of its values.
        case row
    }

    /// Throws when the conflict rule asks for what the dialect lacks.
    init(
        leavingOut leftOut: ColumnSet, isKeyLeftOut: Bool, _ rule: ConflictRule<Row>, in dialect: any Dialect
    ) throws {
        self.rule = rule
        let key = Row.schema.primaryKeyIndex
        positions = Row.schema.columns.indices.filter { !leftOut.contains($0) && !(isKeyLeftOut && $0 == key) }
        returned = rule.updates || !leftOut.isEmpty ? .row : isKeyLeftOut ? .key : .nothing
        var writer = SQLWriter(dialect)
        let (positions, returned) = (positions, returned)
        writer.statement { writer, alias in
            writer.raw("INSERT INTO ")
            writer.identifier(Row.schema.table)
            if rule.updates { writer.raw(" AS \(alias)") }
            if positions.isEmpty {
                writer.raw(" DEFAULT VALUES")
            } else {
                writer.raw(" (")
                writer.identifiers(positions.map { Row.schema.columns[$0].name })
                writer.raw(") VALUES (")
                writer.separated(positions) { writer, _ in writer.bind(.null) }
                writer.raw(")")
            }
            writer.onConflict(rule)
            switch returned {
            case .nothing: break
            case .key:
                writer.raw(" RETURNING ")
                writer.identifier(Row.schema.primaryKey.name)
            case .row:
                writer.raw(" RETURNING ")
                writer.returnedColumns(of: Row.schema)
            }
        }
        statement = try writer.statement
    }

    /// What the statement binds for each row: its values, and behind them those of the conflict rule.
    private func binds(_ values: ArraySlice<[SQLValue]>, for dialect: any Dialect) throws -> [[SQLValue]] {
        let schema = Row.schema
        let further = statement.binds.dropFirst(positions.count)
        if positions.count == schema.columns.count, further.isEmpty, !schema.needsEncoding(for: dialect) {
            return Array(values)
        }
        return try values.map { values in
            let given = try schema.encoded(values, for: dialect)
            return positions.map { given[$0] } + further
        }
    }

    func run(
        _ rows: ArraySlice<Row.New>, _ values: ArraySlice<[SQLValue]>, now: Timestamp, on lease: Lease
    ) async throws -> [Row] {
        let binds = try binds(values, for: lease.dialect)
        var stored: [Row] = []
        stored.reserveCapacity(rows.count)
        switch returned {
        case .row:
            return try await lease.fetchFirst(statement.sql, forEach: binds, ModelDecoder<Row>()).compactMap { $0 }
        case .key:
            if let keys = try await insertAtOnce(binds, on: lease) {
                Row.New.store(rows, now: now, into: &stored) { index, _ in Row.key(keys[index]) }
            } else {
                let keys = try await lease.fetchFirst(statement.sql, forEach: binds, KeyDecoder<Row>())
                Row.New.store(rows, now: now, into: &stored) { index, _ in keys[index] }
            }
            return stored
        case .nothing: break
        }
        if try await insertAtOnce(binds, on: lease) != nil {
            Row.New.store(rows, now: now, into: &stored) { _, given in given }
            try await advanceKeys(beyond: values, on: lease)
            return stored
        }
        let results = try await lease.execute(statement.sql, forEach: binds)
        try await advanceKeys(beyond: values, on: lease)
        try Row.New.store(rows, now: now, into: &stored) { index, given in
            guard results[index].changes > 0 else { return nil }
            return try given ?? Row.madeKey(results[index].lastInsertID)
        }
        return stored
    }

    /// Sees to it that the engine gives none of the keys that these rows have brought with them.
    private func advanceKeys(beyond values: ArraySlice<[SQLValue]>, on lease: Lease) async throws {
        let (table, column) = (Row.schema.table, Row.schema.primaryKey.name)
        guard lease.dialect.advanceKeys(of: table, column, beyond: 0) != nil else { return }
        let key = Row.schema.primaryKeyIndex
        let greatest = values.compactMap { if case .int(let number) = $0[key] { number } else { nil } }.max()
        guard let greatest, let statement = lease.dialect.advanceKeys(of: table, column, beyond: greatest) else {
            return
        }
        _ = try await lease.connection.execute(statement)
    }

    /// Inserts the rows by the engine's way for many, if it has one for them, and gives the keys that it gave.
    private func insertAtOnce(_ binds: [[SQLValue]], on lease: Lease) async throws -> [Int64]? {
        guard case .fail = rule.action, returned == .nothing || Row.key(1) != nil else { return nil }
        let schema = Row.schema
        let batch = RowBatch(
            table: schema.table, columns: positions.map { schema.columns[$0].name },
            key: returned == .key ? schema.primaryKey.name : nil, rows: binds)
        return try await lease.insert(batch, insteadOf: statement.sql)
    }
}

/// Reads the key that an INSERT gives back.
struct KeyDecoder<Row: Model>: RowDecoder {
    func decode(_ row: borrowing some ResultRow) throws -> Row.ID { try Row.ID.read(row, at: 0) }
}

extension Model {
    /// A key that the engine gave.
    @inline(__always)
    static func madeKey(_ number: Int64) throws -> ID {
        if let id = key(number) { return id }
        throw ORMError.unsupported(
            "a key that the engine gives and that is no integer",
            "\(schema.table).\(schema.primaryKey.name) is no integer, so its rows need an id of their own")
    }

    /// A key that the engine gave, when the primary key is an integer.
    fileprivate static func key(_ number: Int64) -> ID? {
        // Nearly every key is this one, and a cast takes longer than all else that is done with it.
        if ID.self == Int.self { return unsafeBitCast(Int(number), to: ID.self) }
        guard let type = ID.self as? any ColumnInteger.Type else { return nil }
        return type.init(exactly: number) as? ID
    }
}

extension SQLWriter {
    /// Writes a table's columns behind RETURNING, where they have no alias.
    mutating func returnedColumns(of schema: TableSchema) {
        var columns = SQLWriter(dialect, in: .returning)
        columns.separated(schema.columns) { writer, column in
            writer.selected(.column(ColumnPath(scope: .root, column: column)))
        }
        raw(columns.sql)
    }
}
