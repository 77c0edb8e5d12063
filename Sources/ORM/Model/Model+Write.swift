import FoundationEssentials

/// What an insert does with a row that breaks a unique constraint.
public enum ConflictRule: Sendable, Hashable {
    /// The insert fails, and nothing is written.
    case fail
    /// The row is skipped.
    case ignore
}

extension Model {
    /// Inserts rows, all or none, and gives them back as stored, with their ids. One transaction, one prepared statement.
    ///
    /// With `.ignore`, rows that conflict are left out of the result.
    @discardableResult
    public static func insert(
        _ rows: [New], onConflict rule: ConflictRule = .fail, on session: (any Session)? = nil
    ) async throws -> [Self] {
        guard !rows.isEmpty else { return [] }
        let now = Timestamp.now
        // Read once: a row's share of copying it would be more than that of checking its values.
        let schema = schema
        let key = schema.primaryKeyIndex
        var values: [[SQLValue]] = []
        values.reserveCapacity(rows.count)
        try rows.forEachInPlace { row in
            if HeapRoom.isDue(at: values.count) { HeapRoom.make() }
            let row = row.pointee.values(now: now)
            try schema.validate(row)
            for value in row { try schema.checkStorable(value) }
            values.append(row)
        }
        let binds = values
        let results = try await withAtomicLease(session, isAtomic: rows.count > 1) { lease in
            var writer = SQLWriter(lease.dialect)
            writer.raw("INSERT INTO ")
            writer.identifier(schema.table)
            writer.raw(" (")
            writer.identifiers(schema.columns.map(\.name))
            writer.raw(") VALUES (")
            writer.separated(schema.columns) { writer, _ in writer.bind(.null) }
            writer.raw(")")
            if rule == .ignore { writer.raw(" \(lease.dialect.ignoreConflict)") }
            return try await lease.execute(writer.sql, forEach: binds)
        }
        var stored: [Self] = []
        stored.reserveCapacity(rows.count)
        var position = 0
        try rows.forEachInPlace { row in
            let result = results[position]
            position += 1
            guard rule == .fail || result.changes > 0 else { return }
            let id: ID
            if let given = row.pointee.givenID {
                id = given
            } else if let made = Int(result.lastInsertID) as? ID ?? result.lastInsertID as? ID {
                id = made
            } else {
                throw ORMError(
                    .unsupported,
                    "\(schema.table).\(schema.columns[key].name) is no integer, so its rows need an id of their own")
            }
            stored.append(row.pointee.stored(id: id, now: now))
        }
        return stored
    }

    /// Inserts one row and gives it back as stored.
    @discardableResult
    public static func insert(_ row: New, on session: (any Session)? = nil) async throws -> Self {
        guard let stored = try await insert([row], onConflict: .fail, on: session).first else {
            throw ORMError(.notFound, "the inserted \(Self.self) did not come back")
        }
        return stored
    }

    /// The row with this id; throws `.notFound` when there is none.
    public static func get(_ id: ID, on session: (any Session)? = nil) async throws -> Self {
        guard let row = try await find(id, on: session) else {
            throw ORMError(.notFound, "no \(Self.self) has this \(schema.primaryKey.name)")
        }
        return row
    }

    /// The row with this id, or `nil`.
    public static func find(_ id: ID, on session: (any Session)? = nil) async throws -> Self? {
        let key = id.sqlValue
        return try await withLease(session, .readOnly) { lease in
            let sql = schema.keyLookup.text(in: lease.dialect) { writer in
                var query = Query<Self>()
                query.filters = [.equal(Query<Self>.key, .value(key), isNullable: false)]
                query.select(&writer, order: [])
            }
            return try await lease.fetchFirst(Statement(sql, [key]), ModelDecoder<Self>())
        }
    }

    /// All rows, in the default order.
    public static func all(on session: (any Session)? = nil) async throws -> [Self] {
        try await Query<Self>().all(on: session)
    }

    /// How many rows there are.
    public static func count(on session: (any Session)? = nil) async throws -> Int {
        try await Query<Self>().count(on: session)
    }

    /// The row that has the new row's value in this unique column, inserted if there is none, and whether it was. Safe when
    /// several do it at once: the insert skips a conflict, and only then the row is read.
    ///
    /// ```swift
    /// let (tag, created) = try await Tag.getOrCreate(.init(name: "Swift", slug: "swift"), on: \.slug)
    /// ```
    public static func getOrCreate<Value: ColumnValue>(
        _ new: New, on column: KeyPath<Columns, Column<Self, Value>>, session: (any Session)? = nil
    ) async throws -> (row: Self, created: Bool) {
        let name = columns[keyPath: column].name
        guard let index = schema.columns.firstIndex(where: { $0.name == name }) else {
            throw ORMError(.configuration, "\(schema.table) has no column \(name)")
        }
        let value = new.values(now: .now)[index]
        var query = Query<Self>()
        query.filters = [
            .equal(.column(ColumnPath(scope: .root, column: name)), .value(value), isNullable: Value.isNullable)
        ]
        let lookup = query
        if let row = try await lookup.first(on: session) { return (row, false) }
        if let row = try await insert([new], onConflict: .ignore, on: session).first { return (row, true) }
        guard let row = try await lookup.first(on: session) else {
            throw ORMError(
                .validationFailure,
                "\(schema.table): the row conflicts with another one in a column that is not \(name)")
        }
        return (row, false)
    }

    /// Writes the columns that were set since the row was read, and no others; the updated timestamp advances, unless it was
    /// set by hand. Throws `.notFound` when the row is gone. Nothing set = no statement.
    public mutating func save(on session: (any Session)? = nil) async throws {
        guard !changedColumns.isEmpty else { return }
        let schema = Self.schema
        guard !changedColumns.contains(schema.primaryKeyIndex) else {
            throw ORMError(
                .validationFailure,
                "\(schema.table).\(schema.primaryKey.name) is the primary key, which save() cannot change")
        }
        // Written to a copy, so that a failure leaves this row as the caller has set it.
        var saved = self
        if let updated = schema.updatedIndex, !changedColumns.contains(updated) {
            saved.setTimestamp(.now, ofColumn: updated)
        }
        var columns: [(name: String, value: SQLValue)] = []
        for index in schema.columns.indices where saved.changedColumns.contains(index) {
            let value = saved.value(ofColumn: index)
            try schema.validate(value, ofColumn: index)
            try schema.checkStorable(value)
            columns.append((schema.columns[index].name, value))
        }
        let (assignments, id) = (columns, id)
        let changes = try await withLease(session, .readWrite) { lease in
            var writer = SQLWriter(lease.dialect)
            writer.raw("UPDATE ")
            writer.identifier(schema.table)
            writer.raw(" SET ")
            writer.separated(assignments) { writer, column in
                writer.identifier(column.name)
                writer.raw(" = ")
                writer.bind(column.value)
            }
            writer.raw(" WHERE ")
            writer.identifier(schema.primaryKey.name)
            writer.raw(" = ")
            writer.bind(id.sqlValue)
            return try await lease.execute(writer.statement).changes
        }
        guard changes > 0 else {
            throw ORMError(.notFound, "the \(Self.self) to save is gone: no row has its \(schema.primaryKey.name)")
        }
        saved.changedColumns = ColumnSet()
        self = saved
    }

    /// Deletes the row. Throws `.notFound` when it is gone already.
    public func delete(on session: (any Session)? = nil) async throws {
        var query = Query<Self>()
        query.filters = [.equal(Query<Self>.key, .value(id.sqlValue), isNullable: false)]
        guard try await query.delete(on: session) > 0 else {
            throw ORMError(
                .notFound, "the \(Self.self) to delete is gone: no row has its \(Self.schema.primaryKey.name)")
        }
    }
}

extension Array {
    /// Shows the elements where they are. Iterating copies each, which for a row means to count a reference for every text in it.
    fileprivate func forEachInPlace(_ body: (UnsafePointer<Element>) throws -> Void) rethrows {
        try withUnsafeBufferPointer { elements in
            guard let start = elements.baseAddress else { return }
            for index in elements.indices { try body(start + index) }
        }
    }
}

extension TableSchema {
    /// What no engine stores the same way is refused: NUL in text, instants outside the years 0 to 9999, NaN.
    func checkStorable(_ value: SQLValue) throws {
        switch value {
        case .text(let text) where text.containsNUL:
            throw ORMError(
                .validationFailure, "\(table): a text holds a NUL character, which not every engine can store")
        case .date(let date) where !Timestamp.expressible.contains(Timestamp(date)):
            throw ORMError(.validationFailure, "\(table): an instant lies outside the years 0 to 9999")
        case .double(let number) where number.isNaN:
            throw ORMError(.validationFailure, "\(table): not-a-number cannot be stored")
        default: break
        }
    }
}

extension Timestamp {
    /// The current instant.
    static var now: Timestamp { Timestamp(Date()) }
}
