extension Model {
    /// Writes the columns that were set since the row was read, and no others; the updated timestamp advances, unless it was
    /// set by hand. Throws `.notFound` when the row is gone. Nothing set = no statement.
    public mutating func save(
        on session: (any Session)? = nil, file: StaticString = #fileID, line: UInt = #line
    ) async throws {
        var rows = [self]
        try await rows.save(on: session, file: file, line: line)
        self = rows[0]
    }
}

extension Array where Element: Model {
    /// Writes the columns that were set in each row since it was read, all rows or none: one prepared statement for rows with the
    /// same columns set. Throws `.notFound` when one of them is gone; the rows here then stay as they were set.
    ///
    /// ```swift
    /// for index in posts.indices { posts[index].viewCount += 1 }
    /// try await posts.save()
    /// ```
    public mutating func save(
        on session: (any Session)? = nil, file: StaticString = #fileID, line: UInt = #line
    ) async throws {
        guard contains(where: { !$0.changedColumns.isEmpty }) else { return }
        let session = try boundSession(session, .readWrite, Caller(Element.self, file, line))
        let rows = self
        guard let signals = session.signals.handlers(of: Element.self), signals.seesUpdates else {
            self = try await Element.write(rows, on: session, file: file, line: line)
            return
        }
        self = try await session.transaction(.readWrite) { transaction in
            var rows = rows
            let changed = rows.indices.filter { !rows[$0].changedColumns.isEmpty }
            for index in changed { try await signals.willUpdate(&rows[index]) }
            rows = try await Element.write(rows, on: transaction, file: file, line: line)
            for index in changed { try await signals.didUpdate(rows[index]) }
            return rows
        }
    }
}

extension Model {
    /// Writes what was set and gives the rows back as they are stored. Works on copies, so that a failure leaves the caller's rows
    /// as they were set.
    fileprivate static func write(_ rows: [Self], on session: any Session, file: StaticString, line: UInt) async throws
        -> [Self]
    {
        var saved = rows
        // One statement for each set of columns; with a row that comes twice, for each run of them, so that the later copy wins.
        let isOrdered = rows.count > 1 && Set(rows.map(\.id)).count < rows.count
        var groups: [(columns: ColumnSet, binds: [[SQLValue]])] = []
        var places: [ColumnSet: Int] = [:]
        let now = Timestamp.now
        for index in saved.indices where !saved[index].changedColumns.isEmpty {
            guard !saved[index].changedColumns.contains(schema.primaryKeyIndex) else {
                throw ORMError.validation(
                    "\(schema.table).\(schema.primaryKey.name)", rule: "primary key",
                    "is the primary key, which save() cannot change")
            }
            if let updated = schema.updatedIndex, !saved[index].changedColumns.contains(updated) {
                saved[index].setTimestamp(now, ofColumn: updated)
            }
            let columns = saved[index].changedColumns
            var values: [SQLValue] = []
            for column in schema.columns.indices where columns.contains(column) {
                let value = saved[index].value(ofColumn: column)
                try schema.validate(value, ofColumn: column)
                values.append(try schema.encoded(value, ofColumn: column, for: session.dialect))
            }
            values.append(saved[index].id.sqlValue)
            if let place = isOrdered ? groups.indices.last : places[columns], groups[place].columns == columns {
                groups[place].binds.append(values)
            } else {
                places[columns] = groups.count
                groups.append((columns, [values]))
            }
            saved[index].changedColumns = ColumnSet()
        }
        let statements = groups
        let changes = statements.reduce(0) { $0 + $1.binds.count }
        try await withAtomicLease(session, isAtomic: changes > 1, Caller(Self.self, file, line)) { lease in
            for (columns, binds) in statements {
                let results = try await lease.execute(updateStatement(columns, in: lease.dialect), forEach: binds)
                guard results.allSatisfy({ $0.changes > 0 }) else {
                    throw ORMError(
                        .notFound, "the \(Self.self) to save is gone: no row has its \(schema.primaryKey.name)")
                }
            }
        }
        return saved
    }

    private static func updateStatement(_ columns: ColumnSet, in dialect: any Dialect) -> String {
        var writer = SQLWriter(dialect)
        writer.raw("UPDATE ")
        writer.identifier(schema.table)
        writer.raw(" SET ")
        writer.separated(schema.columns.indices.filter(columns.contains)) { writer, column in
            writer.identifier(schema.columns[column].name)
            writer.raw(" = ")
            writer.bind(.null)
        }
        writer.raw(" WHERE ")
        writer.identifier(schema.primaryKey.name)
        writer.raw(" = ")
        writer.bind(.null)
        return writer.sql
    }
}
