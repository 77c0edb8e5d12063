/// A relation to many rows, in a model's `Columns`: over a foreign key of the other side, or through a pivot.
public final class ToMany<Owner: Model, Target: Model>: ToManyRelation {
    /// The property's name.
    public let name: String
    /// Worked out on use and not before, because two models that name each other would wait for each other.
    private let makeLink: @Sendable () -> ToManyLink
    /// The model of the rows that link the two ends, where there are such.
    public let pivot: (any Model.Type)?
    private let ids: @Sendable ([Owner]) -> [Owner.ID]
    private let attach: @Sendable (inout [Owner], [Owner.ID], inout RelatedRows<Owner.ID, Target>, String?) -> Void

    @usableFromInline
    init(
        _ name: String, through pivot: (any Model.Type)?, link: @escaping @Sendable () -> ToManyLink,
        ids: @escaping @Sendable ([Owner]) -> [Owner.ID],
        attach:
            @escaping @Sendable (inout [Owner], [Owner.ID], inout RelatedRows<Owner.ID, Target>, String?) -> Void
    ) {
        self.name = name
        self.pivot = pivot
        self.ids = ids
        self.attach = attach
        makeLink = link
    }

    // The following are inlinable, so that the model's own module compiles the loop over its rows.

    @inlinable
    convenience init(
        _ name: String, through pivot: (any Model.Type)? = nil, get: @escaping @Sendable (Owner) -> Many<Target>,
        set: @escaping @Sendable (inout Owner, Many<Target>) -> Void, link: @escaping @Sendable () -> ToManyLink
    ) {
        self.init(
            name, through: pivot, link: link, ids: { $0.map { $0.id } },
            attach: { owners, ids, related, subset in
                // The owner in its place, and not a copy of it for `get`.
                func give(_ owner: inout Owner, _ rows: [Target]) {
                    var many = get(owner)
                    many.load(rows, as: subset)
                    set(&owner, many)
                }
                related.handOut(to: ids) { index, rows in give(&owners[index], rows) }
            })
    }

    /// The rows whose foreign key points here; ``Model(_:)`` writes it.
    @inlinable
    public convenience init(
        _ name: String, inverse: @escaping @Sendable () -> ToOne<Target, Owner>,
        get: @escaping @Sendable (Owner) -> Many<Target>, set: @escaping @Sendable (inout Owner, Many<Target>) -> Void
    ) {
        self.init(name, get: get, set: set) {
            .direct(table: Target.schema.table, foreignKey: inverse().columnName)
        }
    }

    /// The rows whose optional foreign key points here; ``Model(_:)`` writes it.
    @inlinable
    public convenience init(
        _ name: String, inverse: @escaping @Sendable () -> ToOneOptional<Target, Owner>,
        get: @escaping @Sendable (Owner) -> Many<Target>, set: @escaping @Sendable (inout Owner, Many<Target>) -> Void
    ) {
        self.init(name, get: get, set: set) {
            .direct(table: Target.schema.table, foreignKey: inverse().columnName)
        }
    }

    /// The rows that a pivot links to this side; ``Model(_:)`` writes it.
    @inlinable
    public convenience init<Pivot: Model>(
        _ name: String, through pivot: Pivot.Type, owner: @escaping @Sendable () -> ToOne<Pivot, Owner>,
        target: @escaping @Sendable () -> ToOne<Pivot, Target>, get: @escaping @Sendable (Owner) -> Many<Target>,
        set: @escaping @Sendable (inout Owner, Many<Target>) -> Void
    ) {
        self.init(name, through: pivot, get: get, set: set) {
            guard Pivot.schema.deletionIndex == nil else {
                return .throughDeleted(pivot: Pivot.schema.table, table: Target.schema.table)
            }
            return .through(
                pivot: Pivot.schema.table, ownerColumn: owner().columnName, targetColumn: target().columnName,
                table: Target.schema.table, key: Target.schema.primaryKey.name)
        }
    }

    /// The name of the model that has the relation.
    public var ownerName: String { "\(Owner.self)" }
    /// How the two ends are linked.
    public var link: ToManyLink { makeLink() }

    /// Loads the related rows of all owners in one statement; a limit of the refinement holds for each owner.
    public func load<Row: Model>(into rows: inout [Row], plan: PrefetchPlan, on lease: Lease) async throws {
        try await withSameRows(&rows, as: Owner.self) { owners in
            let ids = ids(owners)
            var related = try await Target.rows(of: Owner.self, ids, over: link, plan: plan, on: lease)
            attach(&owners, ids, &related, plan.subset)
        }
    }
}
