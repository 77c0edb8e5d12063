/// Which relations to load with a query's rows: a tree, so that paths that start alike load that start once.
public struct PrefetchPlan: Sendable {
    var branches: [Branch] = []
    /// For a to-many relation, the query that its rows come from.
    var refinement: (any Sendable)?

    struct Branch: Sendable {
        let relation: any Relation
        var plan: PrefetchPlan
    }

    /// Nothing to load.
    public init() {}

    mutating func add(_ path: ArraySlice<any Relation>, refinement: (any Sendable)? = nil) {
        guard let first = path.first else {
            if let refinement { self.refinement = refinement }
            return
        }
        if let index = branches.firstIndex(where: { $0.relation === first }) {
            branches[index].plan.add(path.dropFirst(), refinement: refinement)
        } else {
            var plan = PrefetchPlan()
            plan.add(path.dropFirst(), refinement: refinement)
            branches.append(Branch(relation: first, plan: plan))
        }
    }

    /// Adds another plan's branches to this one's.
    mutating func merge(_ other: PrefetchPlan) {
        for branch in other.branches {
            if let index = branches.firstIndex(where: { $0.relation === branch.relation }) {
                branches[index].plan.merge(branch.plan)
                branches[index].plan.refinement = branches[index].plan.refinement ?? branch.plan.refinement
            } else {
                branches.append(branch)
            }
        }
    }

    func load<Row: Model>(into rows: inout [Row], on lease: Lease) async throws {
        guard !rows.isEmpty else { return }
        for branch in branches { try await branch.relation.load(into: &rows, plan: branch.plan, on: lease) }
    }
}
