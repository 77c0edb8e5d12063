extension Model {
    /// The row that agrees with the new one in these columns, inserted if there is none, and whether it was. The columns are
    /// unique together, by their options or by an index; `.configuration` is thrown when they are not, and `.validationFailure` when
    /// one of them is `nil`, which is equal to nothing in a unique index. Safe when several do it at once, in a transaction or not:
    /// the insert skips a conflict, and only then the row is read.
    ///
    /// ```swift
    /// let (tag, created) = try await Tag.getOrCreate(.init(name: "Swift", slug: "swift"), on: \.slug)
    /// let (link, _) = try await PostTag.getOrCreate(.init(post: .init(post), tag: .init(tag)), on: \.post, \.tag)
    /// ```
    /// A handler of ``Signals/willInsert(_:_:)`` sees the new row before the lookup, because it may change what the row is found by. A
    /// row that is deleted softly is not found; if it holds the columns' values all the same, that is a `.validationFailure`.
    public static func getOrCreate<First: ColumnReference, each Item: ColumnReference>(
        _ new: New, on first: KeyPath<Columns, First>, _ columns: repeat KeyPath<Columns, each Item>,
        session: (any Session)? = nil, file: StaticString = #fileID, line: UInt = #line
    ) async throws -> (row: Self, created: Bool) {
        let names = Options<Self>.names(of: first, repeat each columns)
        let session = try boundSession(session, .readWrite, Caller(Self.self, file, line))
        guard let signals = session.signals.handlers(of: Self.self), signals.seesInserts else {
            return try await findOrStore(new, names, on: session, file: file, line: line)
        }
        return try await session.transaction(.readWrite) { transaction in
            var new = new
            try await signals.willInsert(&new)
            let (row, created) = try await findOrStore(new, names, on: transaction, file: file, line: line)
            if created { try await signals.didInsert(row) }
            return (row, created)
        }
    }

    /// The row that agrees with the new one in these columns, with its other columns set to the new one's; inserted if there is
    /// none. Says whether it was. The columns are unique together, as for
    /// ``getOrCreate(_:on:_:session:file:line:)``; the id and the instant of creation stay.
    ///
    /// ```swift
    /// let (post, created) = try await Post.updateOrCreate(.init(title: "New", slug: "a", author: .id(1)), on: \.slug)
    /// ```
    /// Handlers hear `willInsert` before the lookup, and then `didInsert` or `didUpdate`, as it turned out.
    public static func updateOrCreate<First: ColumnReference, each Item: ColumnReference>(
        _ new: New, on first: KeyPath<Columns, First>, _ columns: repeat KeyPath<Columns, each Item>,
        session: (any Session)? = nil, file: StaticString = #fileID, line: UInt = #line
    ) async throws -> (row: Self, created: Bool) {
        let rule = ConflictRule<Self>.replace(on: first, repeat each columns)
        let session = try boundSession(session, .readWrite, Caller(Self.self, file, line))
        let signals = session.signals.handlers(of: Self.self)
        return try await session.transaction(.readWrite) { transaction in
            var new = new
            try await signals?.willInsert(&new)
            let lookup = try lookup(new, rule.target)
            let isThere = try await lookup.exists(on: transaction, file: file, line: line)
            if !isThere, rule.condition == nil, schema.deletionIndex != nil,
                try await lookup.deleted(.only).exists(on: transaction, file: file, line: line)
            {
                throw conflict(rule.target)
            }
            if case .duplicateKey(let returnsRows) = transaction.dialect.writeStyle {
                let (row, wasThere) = try await changeOrStore(
                    new, rule, lookup, returnsRows: returnsRows, on: transaction, file: file, line: line)
                if wasThere { try await signals?.didUpdate(row) } else { try await signals?.didInsert(row) }
                return (row, !wasThere)
            }
            // Whoever inserts it has created it, however many have not found it.
            let insertion = ConflictRule<Self>(action: .ignore, target: rule.target)
            if !isThere, let row = try await store([new], insertion, on: transaction, file: file, line: line).first {
                try await signals?.didInsert(row)
                return (row, true)
            }
            guard let row = try await store([new], rule, on: transaction, file: file, line: line).first else {
                throw ORMError(.notFound, "the \(Self.self) that was updated or created did not come back")
            }
            try await signals?.didUpdate(row)
            return (row, false)
        }
    }

    private static func findOrStore(
        _ new: New, _ names: [String], on session: any Session, file: StaticString, line: UInt
    ) async throws -> (row: Self, created: Bool) {
        let lookup = try lookup(new, names)
        if let row = try await lookup.first(on: session, file: file, line: line) { return (row, false) }
        if let row = try await store([new], .ignore, on: session, file: file, line: line).first { return (row, true) }
        guard let row = try await lookup.first(on: session, file: file, line: line) else { throw conflict(names) }
        return (row, false)
    }

    private static func conflict(_ names: [String]) -> ORMError {
        let columns = names.joined(separator: " and ")
        let others = schema.deletionIndex == nil ? "" : ", or with one that is deleted"
        return .validation(
            "\(schema.table).\(columns)", rule: "unique",
            "finds no row, and yet the row conflicts with another one: in a column that is not \(columns)\(others)")
    }

    /// The rows that agree with the new one in these columns.
    private static func lookup(_ new: New, _ names: [String]) throws -> Query<Self> {
        guard isUnique(names) else {
            throw ORMError(
                .configuration,
                "\(schema.table) has no unique index over \(names.joined(separator: " and ")): without one, two tasks would make two rows"
            )
        }
        let values = new.values(now: .now)
        var query = Query<Self>()
        for index in schema.columns.indices where names.contains(schema.columns[index].name) {
            let column = schema.columns[index]
            guard !values[index].isNull else {
                throw ORMError.validation(
                    "\(schema.table).\(column.name)", rule: "not nil", "is nil, and so no row can be found by it")
            }
            query.filters.append(
                .equal(.column(ColumnPath(scope: .root, column: column)), .value(values[index]), isNullable: false))
        }
        return query
    }

    /// Whether no two rows may agree in all of these columns.
    static func isUnique(_ names: [String]) -> Bool {
        if names.count == 1, let index = schema.index(of: names[0]) {
            let column = schema.columns[index]
            if column.isUnique || column.isPrimaryKey { return true }
        }
        return options.indexes.contains { $0.isUnique && Set($0.columns) == Set(names) }
    }
}
