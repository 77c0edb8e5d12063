import ORM

/// The operations that turn one schema into another.
///
/// ```swift
/// let difference = try SchemaDifference(from: graph.state(), to: SchemaState(of: models, for: dialects))
/// difference.operations    // [.addColumn("posts", ColumnState("rating", …))]
/// difference.ambiguities   // []
/// ```
/// What means the same is no difference, however it is spelled: the order of columns, parentheses and quotes in an expression, the case
/// of its words.
///
/// The operations come in an order in which each is possible: indexes and checks over what changes go first, tables are created behind
/// those that they point to and dropped before them.
public struct SchemaDifference: Sendable {
    /// What is to be done, in order. Not to be used while there are ambiguities.
    public let operations: [MigrationOperation]
    /// What may be a rename, or a loss: somebody has to decide.
    public let ambiguities: [SchemaAmbiguity]
    /// What a database with rows would refuse for want of a value: `posts.rating`.
    public let unfilled: [String]

    /// Whether both schemas mean the same.
    public var isEmpty: Bool { operations.isEmpty && ambiguities.isEmpty }

    /// Compares two schemas. Throws `.migration` for decisions that make no sense: a column to be renamed that is not there.
    public init(
        from old: SchemaState, to new: SchemaState, decisions: SchemaDecisions = SchemaDecisions()
    ) throws {
        try decisions.check(from: old, to: new)
        var plan = DifferencePlan(state: old, goal: new, decisions: decisions)
        try plan.make()
        operations = plan.operations
        ambiguities = plan.ambiguities
        unfilled = plan.unfilled
    }
}

/// Something that is gone and something new that looks like it.
public struct SchemaAmbiguity: Sendable, Hashable, CustomStringConvertible {
    /// What is gone: `posts.summary`, or a table.
    public let removed: String
    /// What it may be called now: names of columns of the same table, or of tables.
    public let added: [String]

    /// One line that says what to decide, and how.
    public var description: String {
        let isColumn = removed.contains(".")
        let was = removed.split(separator: ".").last ?? ""
        let declared = isColumn ? "@Column(was: \"\(was)\")" : "@Model(\"\(added[0])\", was: \"\(was)\")"
        return
            "\(removed) is gone and \(added.joined(separator: ", ")) \(added.count == 1 ? "is" : "are") new and alike: "
            + "a rename? Then \(declared) or --rename \(removed)=\(added[0]). If its rows’ values may go: --drop \(removed)"
    }
}

extension SchemaDecisions {
    /// Throws when something is to be renamed or dropped that is not there, or renamed to something that is not wanted.
    func check(from old: SchemaState, to new: SchemaState) throws {
        for (before, after) in demanded {
            if before.column == nil {
                _ = try old.table(before.table)
                guard new[after.table] != nil else {
                    throw SchemaState.missing("table", after.table, of: "the models", among: new.tables.map(\.name))
                }
            } else {
                let table = try old.table(tables[before.table] ?? before.table)
                _ = try table.position(of: before.column ?? "")
                _ = try new.table(after.table).position(of: after.column ?? "")
            }
        }
        for name in dropped {
            let path = Path(name[...])
            let table = try old.table(path.table)
            if let column = path.column { _ = try table.position(of: column) }
        }
        for (table, columns) in fillings {
            for column in columns.keys { _ = try new.table(table).position(of: column) }
        }
    }
}
