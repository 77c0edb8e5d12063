/// Which relations to load with a query's rows: a tree, so that paths that start alike load that start once.
public struct PrefetchPlan: Sendable {
    var branches: [Branch] = []
    /// For a to-many relation, the query that its rows come from.
    var refinement: (any Sendable)?
    /// For a part of a to-many relation, the name that it is loaded under.
    var subset: String?

    struct Branch: Sendable {
        let relation: any Relation
        var plan: PrefetchPlan

        func isSame(as other: Branch) -> Bool { relation === other.relation && plan.subset == other.plan.subset }
    }

    /// Nothing to load.
    public init() {}

    /// Adds a path; the refinement and the name are for the relation at its end.
    mutating func add(_ path: ArraySlice<any Relation>, refinement: (any Sendable)? = nil, subset: String? = nil) {
        guard let first = path.first else { return }
        var plan = PrefetchPlan()
        if path.count == 1 {
            plan.refinement = refinement
            plan.subset = subset
        } else {
            plan.add(path.dropFirst(), refinement: refinement, subset: subset)
        }
        merge(Branch(relation: first, plan: plan))
    }

    /// Adds another plan's branches to this one's. Of two refinements of one relation the later one stands.
    mutating func merge(_ other: PrefetchPlan) {
        for branch in other.branches { merge(branch) }
    }

    private mutating func merge(_ branch: Branch) {
        if let index = branches.firstIndex(where: { $0.isSame(as: branch) }) {
            branches[index].plan.merge(branch.plan)
            branches[index].plan.refinement = branch.plan.refinement ?? branches[index].plan.refinement
        } else {
            branches.append(branch)
        }
    }

    func load<Row: Model>(into rows: inout [Row], on lease: Lease) async throws {
        guard !rows.isEmpty else { return }
        for branch in branches { try await branch.relation.load(into: &rows, plan: branch.plan, on: lease) }
    }
}
