/// A relation of a model, whatever its kind: what prefetching walks along. ``Model(_:)`` writes the conforming values.
public protocol Relation: AnyObject, Sendable {
    /// The property's name.
    var name: String { get }
    /// The name of the model that has the relation.
    var ownerName: String { get }
    /// Loads the relation of all rows in one statement (and what the plan says below it), and puts it into them.
    ///
    /// `Row` is the model that has the relation.
    func load<Row: Model>(into rows: inout [Row], plan: PrefetchPlan, on lease: Lease) async throws
}

/// A relation to many rows, as ``Many`` needs it.
public protocol ToManyRelation<Target>: Relation {
    /// The model of the rows.
    associatedtype Target: Model
    /// How the two ends are linked.
    var link: ToManyLink { get }
    /// The model of the rows that link the two ends, where there are such.
    var pivot: (any Model.Type)? { get }
}

extension ToManyRelation {
    /// The condition that a row of the target belongs to the owner with this key.
    func membership(of owner: SQLValue) -> SQLExpression {
        switch link {
        case .direct(_, let foreignKey):
            return .equal(
                .column(ColumnPath(scope: .root, column: foreignKey)), .value(owner), isNullable: false)
        case .through(let pivot, let ownerColumn, let targetColumn, _, let key):
            return .inSubquery(
                .column(ColumnPath(scope: .root, column: key)),
                Subquery(
                    source: .table(pivot),
                    filters: [
                        .equal(
                            .column(ColumnPath(scope: .root, column: ownerColumn)), .value(owner),
                            isNullable: false)
                    ],
                    projection: .column(ColumnPath(scope: .root, column: targetColumn))),
                isNullable: false)
        }
    }
}

/// Reinterprets rows as rows of the type they are. The caller vouches that the types are one; a generic parameter cannot
/// say so, because a path of relations has forgotten its types.
func withSameRows<Row: Model, Owner: Model>(
    _ rows: inout [Row], as owner: Owner.Type, _ body: (inout [Owner]) async throws -> Void
) async rethrows {
    precondition(Row.self == Owner.self, "a relation of \(Owner.self) was loaded into rows of \(Row.self)")
    var owners = unsafeBitCast(rows, to: [Owner].self)
    // The only reference to the storage is `owners` now, so that changing it copies nothing.
    rows = []
    do {
        try await body(&owners)
        rows = unsafeBitCast(owners, to: [Row].self)
    } catch {
        rows = unsafeBitCast(owners, to: [Row].self)
        throw error
    }
}
