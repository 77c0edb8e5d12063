import FoundationEssentials

/// A relation to many rows, as a value: it knows its owner, so it can query and change, and holds rows once loaded.
///
/// ```swift
/// try post.comments.items                            // throws .relationNotLoaded unless prefetched
/// try await post.comments.query().filter { … }.all() // a query on purpose
/// try await post.tags.add([swift, orm])              // one statement, idempotent
/// ```
public struct Many<Target: Model>: Sendable {
    let owner: SQLValue
    let relation: any ToManyRelation<Target>
    /// The rows, if they are loaded.
    public private(set) var loaded: [Target]?
    /// Parts of the rows that were loaded under names of their own.
    private var subsets: [String: [Target]] = [:]

    /// The relation of the row with this key, not loaded.
    public init(owner: some ColumnValue, _ relation: any ToManyRelation<Target>) {
        self.owner = owner.sqlValue
        self.relation = relation
    }

    /// The rows; throws `.relationNotLoaded` when they are not loaded.
    public var items: [Target] {
        get throws {
            guard let loaded else { throw ORMError.relationNotLoaded(relation.name, of: relation.ownerName) }
            return loaded
        }
    }

    /// The part of the rows that was loaded under this name; throws `.relationNotLoaded` when none was.
    ///
    /// ```swift
    /// let users = try await User
    ///     .prefetch(\.posts, as: "newest") { $0.order { $0.createdAt.desc }.limit(3) }
    ///     .prefetch(\.posts, as: "drafts") { $0.filter { !$0.published } }
    ///     .all()
    /// try users[0].posts.items("newest")
    /// ```
    public func items(_ subset: String) throws -> [Target] {
        guard let rows = subsets[subset] else {
            throw ORMError(
                .relationNotLoaded,
                "no rows of \(relation.ownerName).\(relation.name) are loaded as “\(subset)”: add .prefetch(\\.\(relation.name), as: \"\(subset)\") { … } to the query",
                relation: "\(relation.ownerName).\(relation.name)")
        }
        return rows
    }

    @usableFromInline
    mutating func load(_ rows: [Target], as subset: String?) {
        if let subset { subsets[subset] = rows } else { loaded = rows }
    }

    /// A query over the rows.
    public func query() -> Query<Target> {
        var query = Query<Target>()
        query.filters.append(relation.membership(of: owner))
        return query
    }
}

extension Many {
    /// Links rows of a many-to-many relation, all or none; rows that are linked already stay so. One prepared statement.
    ///
    /// The pivot needs a unique index over its two keys. Its own key and its timestamps are given as everywhere; other columns need a
    /// default or may be NULL, or else insert rows of the pivot instead.
    public func add(
        _ rows: [Target], on session: (any Session)? = nil, file: StaticString = #fileID, line: UInt = #line
    ) async throws {
        let (pivot, ownerColumn, targetColumn) = try pivot(for: "add")
        guard !rows.isEmpty else { return }
        let others = try relation.pivot.map { try $0.columnsOfLink(ownerColumn, targetColumn) } ?? []
        let now = Timestamp.now
        try await withAtomicLease(session, isAtomic: rows.count > 1, Caller(Target.self, file, line)) { lease in
            var writer = SQLWriter(lease.dialect)
            writer.raw("INSERT INTO ")
            writer.identifier(pivot)
            writer.raw(" (")
            writer.identifiers([ownerColumn, targetColumn] + others.map(\.name))
            writer.raw(") VALUES (")
            writer.separated(0..<2 + others.count) { writer, _ in writer.bind(.null) }
            writer.raw(")")
            writer.skipConflicts(keeping: ownerColumn)
            let values = rows.map { row in
                [owner, row.id.sqlValue] + others.map { $0.isPrimaryKey ? .uuid(UUID()) : .date(now.date) }
            }
            _ = try await lease.execute(writer.sql, forEach: values)
        }
    }

    /// Unlinks rows of a many-to-many relation; the rows themselves stay.
    public func remove(
        _ rows: [Target], on session: (any Session)? = nil, file: StaticString = #fileID, line: UInt = #line
    ) async throws {
        let (pivot, ownerColumn, targetColumn) = try pivot(for: "remove")
        guard !rows.isEmpty else { return }
        try await unlink(pivot, on: session, file: file, line: line) { writer in
            writer.condition(Self.equals(ownerColumn, owner))
            writer.raw(" AND ")
            writer.condition(
                .inList(Self.column(targetColumn), rows.map { $0.id.sqlValue }, isNullable: false))
        }
    }

    /// Links these rows of a many-to-many relation and unlinks all others, in one transaction. Links that stay are not touched, so
    /// that what their pivot holds beside the keys stays too.
    ///
    /// ```swift
    /// try await post.tags.set([swift, orm])
    /// ```
    public func set(
        _ rows: [Target], on session: (any Session)? = nil, file: StaticString = #fileID, line: UInt = #line
    ) async throws {
        let (pivot, ownerColumn, targetColumn) = try pivot(for: "set")
        try await boundSession(session, .readWrite, Caller(Target.self, file, line)).transaction(.readWrite) {
            transaction in
            try await unlink(pivot, on: transaction, file: file, line: line) { writer in
                writer.condition(Self.equals(ownerColumn, owner))
                writer.raw(" AND ")
                writer.condition(
                    .not(.inList(Self.column(targetColumn), rows.map { $0.id.sqlValue }, isNullable: false)))
            }
            try await add(rows, on: transaction, file: file, line: line)
        }
    }

    /// Unlinks all rows of a many-to-many relation; the rows themselves stay.
    public func clear(on session: (any Session)? = nil, file: StaticString = #fileID, line: UInt = #line) async throws {
        let (pivot, ownerColumn, _) = try pivot(for: "clear")
        try await unlink(pivot, on: session, file: file, line: line) { writer in
            writer.condition(Self.equals(ownerColumn, owner))
        }
    }

    private func unlink(
        _ pivot: String, on session: (any Session)?, file: StaticString, line: UInt,
        _ condition: @Sendable (inout SQLWriter) -> Void
    ) async throws {
        try await withLease(session, .readWrite, Caller(Target.self, file, line)) { lease in
            var writer = SQLWriter(lease.dialect)
            writer.statement { writer, alias in
                writer.deletion(from: pivot, as: alias)
                writer.raw(" WHERE ")
                condition(&writer)
            }
            _ = try await lease.execute(writer.statement)
        }
    }

    private static func column(_ name: String) -> SQLExpression { .column(ColumnPath(scope: .root, column: name)) }

    private static func equals(_ name: String, _ value: SQLValue) -> SQLExpression {
        .equal(column(name), .value(value), isNullable: false)
    }

    private func pivot(for verb: String) throws -> (table: String, ownerColumn: String, targetColumn: String) {
        let link = relation.link
        if case .throughDeleted(let pivot, _) = link { throw ToManyLink.refusal(ofDeleted: pivot) }
        guard case .through(let pivot, let ownerColumn, let targetColumn, _, _) = link else {
            throw ORMError.unsupported(
                "\(verb) on a relation without a pivot",
                "\(relation.ownerName).\(relation.name) has no pivot to \(verb) to: set the foreign key of \(Target.self) instead"
            )
        }
        return (pivot, ownerColumn, targetColumn)
    }
}

extension Model {
    /// The columns beside two keys that the library gives a value when it links rows: a UUID as the pivot's own key, timestamps.
    /// Throws `.configuration` when the model is no pivot that rows can be linked by.
    fileprivate static func columnsOfLink(_ owner: String, _ target: String) throws -> [ColumnDefinition] {
        guard isUnique([owner, target]) else {
            throw ORMError(
                .configuration,
                "\(schema.table) has no unique index over \(owner) and \(target), so rows could be linked twice: add .unique to its options"
            )
        }
        return try schema.columns.filter { column in
            if column.name == owner || column.name == target { return false }
            if column.isPrimaryKey, column.storage == .uuid { return true }
            if case .timestamp = column.role { return true }
            let isLeftOut = column.isPrimaryKey ? column.storage.isInteger : column.hasDefault
            guard isLeftOut else {
                throw ORMError(
                    .configuration,
                    "\(schema.table).\(column.name) needs a value of its own: insert rows of \(Self.self) instead")
            }
            return false
        }
    }
}

extension ColumnDefinition {
    /// Whether an INSERT may leave the column out.
    fileprivate var hasDefault: Bool { isNullable || defaultValue != nil || databaseDefault != nil }
}
