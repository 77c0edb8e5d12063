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
    private let ids: @Sendable ([Owner]) -> [Owner.ID]
    private let attach: @Sendable (inout [Owner], [Owner.ID], inout RelatedRows<Owner.ID, Target>) -> Void

    @usableFromInline
    init(
        _ name: String, foreignKey: @escaping @Sendable () -> String, ids: @escaping @Sendable ([Owner]) -> [Owner.ID],
        attach: @escaping @Sendable (inout [Owner], [Owner.ID], inout RelatedRows<Owner.ID, Target>) -> Void
    ) {
        self.name = name
        self.ids = ids
        self.attach = attach
        makeForeignKey = foreignKey
    }

    // The following are inlinable, so that the model's own module compiles the loop over its rows.

    @inlinable
    convenience init(
        _ name: String, get: @escaping @Sendable (Owner) -> Maybe<Target>,
        set: @escaping @Sendable (inout Owner, Maybe<Target>) -> Void, foreignKey: @escaping @Sendable () -> String
    ) {
        self.init(
            name, foreignKey: foreignKey, ids: { $0.map { $0.id } },
            attach: { owners, ids, related in
                // The owner in its place, and not a copy of it for `get`.
                func give(_ owner: inout Owner, _ row: Target?) {
                    var maybe = get(owner)
                    maybe.load(row)
                    set(&owner, maybe)
                }
                related.handOut(to: ids) { index, rows in give(&owners[index], rows.first) }
            })
    }

    /// The row whose foreign key points here; ``Model(_:)`` writes it.
    @inlinable
    public convenience init(
        _ name: String, inverse: @escaping @Sendable () -> ToOne<Target, Owner>,
        get: @escaping @Sendable (Owner) -> Maybe<Target>, set: @escaping @Sendable (inout Owner, Maybe<Target>) -> Void
    ) {
        self.init(name, get: get, set: set) { inverse().columnName }
    }

    /// The row whose optional foreign key points here; ``Model(_:)`` writes it.
    @inlinable
    public convenience init(
        _ name: String, inverse: @escaping @Sendable () -> ToOneOptional<Target, Owner>,
        get: @escaping @Sendable (Owner) -> Maybe<Target>, set: @escaping @Sendable (inout Owner, Maybe<Target>) -> Void
    ) {
        self.init(name, get: get, set: set) { inverse().columnName }
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
            let ids = ids(owners)
            let link = ToManyLink.direct(table: Target.schema.table, foreignKey: foreignKey)
            var related = try await Target.rows(of: Owner.self, ids, over: link, plan: plan, on: lease)
            attach(&owners, ids, &related)
        }
    }
}

extension Model {
    /// The rows related to these owners; a limit of the plan's refinement holds for each owner.
    static func rows<Owner: Model>(
        of type: Owner.Type, _ owners: [Owner.ID], over link: ToManyLink, plan: PrefetchPlan, on lease: Lease
    ) async throws -> RelatedRows<Owner.ID, Self> {
        guard !owners.isEmpty else { return RelatedRows(keys: [], rows: []) }
        var query = plan.refinement as? Query<Self> ?? Query<Self>()
        query.prefetches.merge(plan)
        return try await query.fetch(relatedTo: owners, of: type, over: link, on: lease)
    }
}
