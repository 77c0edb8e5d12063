/// A required relation to one row, in a model's `Columns`.
public final class ToOne<Owner: Model, Target: Model>: Relation, ColumnReference {
    /// The property's name.
    public let name: String
    /// The foreign key's column.
    public let columnName: String
    private let get: @Sendable (Owner) -> One<Target>
    private let set: @Sendable (inout Owner, One<Target>) -> Void

    /// A relation by its property and column; ``Model(_:)`` writes it.
    public init(
        _ name: String, column: String, get: @escaping @Sendable (Owner) -> One<Target>,
        set: @escaping @Sendable (inout Owner, One<Target>) -> Void
    ) {
        self.name = name
        columnName = column
        self.get = get
        self.set = set
    }

    /// The name of the model that has the relation.
    public var ownerName: String { "\(Owner.self)" }

    var step: JoinStep {
        JoinStep(
            relation: name, column: columnName, table: Target.schema.table, key: Target.schema.primaryKey.name,
            isOptional: false)
    }

    /// Loads the rows that the relation leads to, each once, in one statement.
    public func load<Row: Model>(into rows: inout [Row], plan: PrefetchPlan, on lease: Lease) async throws {
        try await withSameRows(&rows, as: Owner.self) { owners in
            var ids: [Target.ID] = []
            ids.reserveCapacity(owners.count)
            owners.withUnsafeBufferPointer { owners in
                guard let start = owners.baseAddress else { return }
                for owner in start..<start + owners.count { ids.append(get(owner.pointee).id) }
            }
            let targets = try await Target.loaded(Set(ids), plan: plan, on: lease)
            for index in owners.indices {
                let target = targets[ids[index]] ?? One(missing: ids[index], self)
                owners[index].load { set(&$0, target) }
            }
        }
    }
}

/// An optional relation to one row, in a model's `Columns`.
public final class ToOneOptional<Owner: Model, Target: Model>: Relation, ColumnReference {
    /// The property's name.
    public let name: String
    /// The foreign key's column.
    public let columnName: String
    private let get: @Sendable (Owner) -> One<Target>?
    private let set: @Sendable (inout Owner, One<Target>?) -> Void

    /// A relation by its property and column; ``Model(_:)`` writes it.
    public init(
        _ name: String, column: String, get: @escaping @Sendable (Owner) -> One<Target>?,
        set: @escaping @Sendable (inout Owner, One<Target>?) -> Void
    ) {
        self.name = name
        columnName = column
        self.get = get
        self.set = set
    }

    /// The name of the model that has the relation.
    public var ownerName: String { "\(Owner.self)" }

    var step: JoinStep {
        JoinStep(
            relation: name, column: columnName, table: Target.schema.table, key: Target.schema.primaryKey.name,
            isOptional: true)
    }

    /// Loads the rows that the relation leads to, each once, in one statement.
    public func load<Row: Model>(into rows: inout [Row], plan: PrefetchPlan, on lease: Lease) async throws {
        try await withSameRows(&rows, as: Owner.self) { owners in
            var ids: [Target.ID?] = []
            ids.reserveCapacity(owners.count)
            owners.withUnsafeBufferPointer { owners in
                guard let start = owners.baseAddress else { return }
                for owner in start..<start + owners.count { ids.append(get(owner.pointee)?.id) }
            }
            let targets = try await Target.loaded(Set(ids.compactMap { $0 }), plan: plan, on: lease)
            for index in owners.indices {
                guard let id = ids[index] else { continue }
                let target = targets[id] ?? One(missing: id, self)
                owners[index].load { set(&$0, target) }
            }
        }
    }
}

extension Model {
    /// Puts a loaded row into a relation: the foreign key stays what it is, so that `save()` has nothing to write.
    fileprivate mutating func load(_ set: (inout Self) -> Void) {
        let changed = changedColumns
        set(&self)
        changedColumns = changed
    }

    /// The rows with these ids as loaded relations, one box for each row however often it is used.
    fileprivate static func loaded(_ ids: Set<ID>, plan: PrefetchPlan, on lease: Lease) async throws -> [ID: One<Self>]
    {
        guard !ids.isEmpty else { return [:] }
        var query = Query<Self>()
        query.filters.append(
            .inList(
                .column(ColumnPath(scope: .root, column: schema.primaryKey.name)), ids.map { $0.sqlValue },
                isNullable: false))
        query.order = []
        // The foreign key still points to a row that was deleted softly.
        query.deletedRows = .included
        query.prefetches = plan
        let rows = try await query.fetch(on: lease)
        return Dictionary(rows.map { ($0.id, One($0)) }, uniquingKeysWith: { first, _ in first })
    }
}
