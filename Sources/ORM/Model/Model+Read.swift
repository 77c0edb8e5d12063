extension Model {
    /// The row with this id; throws `.notFound` when there is none.
    public static func get(
        _ id: ID, on session: (any Session)? = nil, file: StaticString = #fileID, line: UInt = #line
    ) async throws -> Self {
        try await get(id, deleted: .excluded, on: session, file: file, line: line)
    }

    /// The row with this id, or `nil`. A row that is deleted softly is not there.
    public static func find(
        _ id: ID, on session: (any Session)? = nil, file: StaticString = #fileID, line: UInt = #line
    ) async throws -> Self? {
        try await find(id, deleted: .excluded, on: session, file: file, line: line)
    }

    /// All rows, in the default order.
    public static func all(
        on session: (any Session)? = nil, file: StaticString = #fileID, line: UInt = #line
    ) async throws -> [Self] {
        try await Query<Self>().all(on: session, file: file, line: line)
    }

    /// How many rows there are.
    public static func count(
        on session: (any Session)? = nil, file: StaticString = #fileID, line: UInt = #line
    ) async throws -> Int {
        try await Query<Self>().count(on: session, file: file, line: line)
    }

    // Inlined into the verbs above, because a point query takes hardly longer than the frames of the functions on its way.

    @inline(__always)
    static func get(
        _ id: ID, deleted rows: DeletedRows, on session: (any Session)?, file: StaticString, line: UInt
    ) async throws -> Self {
        guard let row = try await find(id, deleted: rows, on: session, file: file, line: line) else {
            throw ORMError(.notFound, "no \(Self.self) has this \(schema.primaryKey.name)")
        }
        return row
    }

    @inline(__always)
    private static func find(
        _ id: ID, deleted rows: DeletedRows, on session: (any Session)?, file: StaticString, line: UInt
    ) async throws -> Self? {
        let key = id.sqlValue
        let binding = Ambient.binding
        if session == nil, binding.databases == nil, let transaction = binding.sessionTransaction,
            !transaction.isObserved
        {
            return try await transaction.fetchFirst(
                lookup(key, deleted: rows, in: transaction.dialect), ModelDecoder<Self>())
        }
        let caller = Caller(Self.self, file, line)
        let session = try boundSession(session, .readOnly, caller)
        if let database = session as? Database {
            return try await database.fetchFirst(
                lookup(key, deleted: rows, in: database.dialect), ModelDecoder<Self>(), at: caller.site)
        }
        return try await session.withLease(.readOnly, at: caller.site) { lease in
            try await lease.fetchFirst(lookup(key, deleted: rows, in: lease.dialect), ModelDecoder<Self>())
        }
    }

    private static func lookup(_ key: SQLValue, deleted rows: DeletedRows, in dialect: any Dialect) -> Statement {
        let lookup = rows == .excluded ? schema.keyLookup : schema.anyKeyLookup
        let sql = lookup.text(in: dialect) { writer in
            var query = Query<Self>().deleted(rows)
            query.filters = [.equal(Query<Self>.key, .value(key), isNullable: false)]
            query.select(&writer, order: [])
        }
        return Statement(sql, [key])
    }
}
