/// The other side of a one-to-one relation, as ``Maybe`` needs it.
public protocol OneInverseRelation<Target>: Relation {
    /// The model of the row.
    associatedtype Target: Model
    /// The target's column that holds the owner's key.
    var foreignKey: String { get }
}

extension OneInverseRelation {
    /// The condition that a row of the target belongs to the owner with this key.
    func membership(of owner: SQLValue) -> SQLExpression {
        .equal(.column(ColumnPath(scope: .root, column: foreignKey)), .value(owner), isNullable: false)
    }
}

/// A relation to the row whose unique foreign key points here, in a model's `Columns`.
public final class ToOneInverse<Owner: Model, Target: Model>: OneInverseRelation {
    /// The property's name.
    public let name: String
    /// Worked out on use and not before, because two models that name each other would wait for each other.
    private let makeForeignKey: @Sendable () -> String
    private let get: @Sendable (Owner) -> Maybe<Target>
    private let set: @Sendable (inout Owner, Maybe<Target>) -> Void

    /// The row whose foreign key points here; ``Model(_:)`` writes it.
    public init(
        _ name: String, inverse: @escaping @Sendable () -> ToOne<Target, Owner>,
        get: @escaping @Sendable (Owner) -> Maybe<Target>, set: @escaping @Sendable (inout Owner, Maybe<Target>) -> Void
    ) {
        self.name = name
        self.get = get
        self.set = set
        makeForeignKey = { inverse().columnName }
    }

    /// The row whose optional foreign key points here; ``Model(_:)`` writes it.
    public init(
        _ name: String, inverse: @escaping @Sendable () -> ToOneOptional<Target, Owner>,
        get: @escaping @Sendable (Owner) -> Maybe<Target>, set: @escaping @Sendable (inout Owner, Maybe<Target>) -> Void
    ) {
        self.name = name
        self.get = get
        self.set = set
        makeForeignKey = { inverse().columnName }
    }

    /// The name of the model that has the relation.
    public var ownerName: String { "\(Owner.self)" }
    /// The target's column that holds the owner's key.
    public var foreignKey: String { makeForeignKey() }

    var step: JoinStep {
        JoinStep(
            relation: name, column: Owner.schema.primaryKey.name, table: Target.schema.table, key: foreignKey,
            isOptional: true, isInverse: true, deletionColumn: Target.schema.deletionColumn)
    }

    /// Loads the related rows of all owners in one statement.
    public func load<Row: Model>(into rows: inout [Row], plan: PrefetchPlan, on lease: Lease) async throws {
        try await withSameRows(&rows, as: Owner.self) { owners in
            let found = try await Target.rows(
                of: owners.map { $0.id }, over: .direct(table: Target.schema.table, foreignKey: foreignKey), plan: plan,
                on: lease)
            for index in owners.indices {
                var maybe = get(owners[index])
                maybe.load(found[owners[index].id]?.first)
                set(&owners[index], maybe)
            }
        }
    }
}

extension Model {
    /// The rows related to these owners, by owner; a limit of the plan's refinement holds for each owner.
    static func rows<Key: ColumnValue>(
        of owners: [Key], over link: ToManyLink, plan: PrefetchPlan, on lease: Lease
    ) async throws -> [Key: [Self]] {
        guard !owners.isEmpty else { return [:] }
        var query = plan.refinement as? Query<Self> ?? Query<Self>()
        query.prefetches.merge(plan)
        let found = try await query.fetch(
            relatedTo: Set(owners).map { $0.sqlValue }, ofType: Key.self, over: link, on: lease)
        var groups: [Key: [Self]] = [:]
        groups.reserveCapacity(owners.count)
        var start = 0
        while start < found.keys.count {
            let key = found.keys[start]
            var end = start + 1
            while end < found.keys.count, found.keys[end] == key { end += 1 }
            groups[key, default: []] += found.rows[start..<end]
            start = end
        }
        return groups
    }
}
