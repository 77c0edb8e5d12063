/// A required relation to one row, in a model's `Columns`.
public final class ToOne<Owner: Model, Target: Model>: Relation, ColumnReference {
    /// The property's name.
    public let name: String
    /// The foreign key's column.
    public let columnName: String
    private let keys: @Sendable ([Owner]) -> ForeignKeys<Target.ID>
    private let attach: @Sendable (inout [Owner], ForeignKeys<Target.ID>, [Target], any Relation) -> Void

    @usableFromInline
    init(
        _ name: String, column: String, keys: @escaping @Sendable ([Owner]) -> ForeignKeys<Target.ID>,
        attach: @escaping @Sendable (inout [Owner], ForeignKeys<Target.ID>, [Target], any Relation) -> Void
    ) {
        self.name = name
        columnName = column
        self.keys = keys
        self.attach = attach
    }

    /// A relation by its property and column; ``Model(_:)`` writes it.
    ///
    /// Inlinable, so that the model's own module compiles the loops over its rows.
    @inlinable
    public convenience init(
        _ name: String, column: String, get: @escaping @Sendable (Owner) -> One<Target>,
        set: @escaping @Sendable (inout Owner, One<Target>) -> Void
    ) {
        self.init(
            name, column: column,
            keys: { owners in ForeignKeys(of: owners) { get($0).id } },
            attach: { owners, keys, targets, relation in
                keys.relate(&owners, to: targets, by: relation) { owner, target in set(&owner, target) }
            })
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
            let keys = keys(owners)
            let targets = try await Target.rows(withIDs: keys.distinct, plan: plan, on: lease)
            attach(&owners, keys, targets, self)
        }
    }
}

/// An optional relation to one row, in a model's `Columns`.
public final class ToOneOptional<Owner: Model, Target: Model>: Relation, ColumnReference {
    /// The property's name.
    public let name: String
    /// The foreign key's column.
    public let columnName: String
    private let keys: @Sendable ([Owner]) -> ForeignKeys<Target.ID>
    private let attach: @Sendable (inout [Owner], ForeignKeys<Target.ID>, [Target], any Relation) -> Void

    @usableFromInline
    init(
        _ name: String, column: String, keys: @escaping @Sendable ([Owner]) -> ForeignKeys<Target.ID>,
        attach: @escaping @Sendable (inout [Owner], ForeignKeys<Target.ID>, [Target], any Relation) -> Void
    ) {
        self.name = name
        columnName = column
        self.keys = keys
        self.attach = attach
    }

    /// A relation by its property and column; ``Model(_:)`` writes it.
    ///
    /// Inlinable, so that the model's own module compiles the loops over its rows.
    @inlinable
    public convenience init(
        _ name: String, column: String, get: @escaping @Sendable (Owner) -> One<Target>?,
        set: @escaping @Sendable (inout Owner, One<Target>?) -> Void
    ) {
        self.init(
            name, column: column,
            keys: { owners in ForeignKeys(of: owners) { get($0)?.id } },
            attach: { owners, keys, targets, relation in
                keys.relate(&owners, to: targets, by: relation) { owner, target in set(&owner, target) }
            })
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
            let keys = keys(owners)
            let targets = try await Target.rows(withIDs: keys.distinct, plan: plan, on: lease)
            attach(&owners, keys, targets, self)
        }
    }
}

extension Model {
    /// The rows with these ids, in any order.
    fileprivate static func rows(withIDs ids: [ID], plan: PrefetchPlan, on lease: Lease) async throws -> [Self] {
        guard !ids.isEmpty else { return [] }
        var query = Query<Self>()
        query.filters.append(.inList(Query<Self>.key, ids.map { $0.sqlValue }, isNullable: false))
        query.order = []
        // The foreign key still points to a row that was deleted softly.
        query.deletedRows = .included
        query.prefetches = plan
        return try await query.fetch(on: lease)
    }
}
