import ORM

extension MigrationOperation {
    /// The operation that undoes this one, given the schema before it. What a drop has lost comes back empty, not with its rows.
    ///
    /// ```swift
    /// try MigrationOperation.dropColumn("posts", "rating").inverse(in: state)
    /// // .addColumn("posts", ColumnState("rating", …), before: "created_at")
    /// ```
    /// Throws `.migration` for SQL or Swift that says nothing of its way back.
    public func inverse(in state: SchemaState) throws -> MigrationOperation {
        switch self {
        case .createTable(let table): return .dropTable(table.name)
        case .dropTable(let name): return .createTable(try state.table(name))
        case .renameTable(let old, let new): return .renameTable(new, to: old)
        case .addColumn(let table, let column, _, _): return .dropColumn(table, column.name)
        case .alterColumn(let table, let column, _):
            let before = try state.table(table)
            return .alterColumn(table, before.columns[try before.position(of: column.name)])
        case .renameColumn(let table, let old, let new): return .renameColumn(table, new, to: old)
        case .dropColumn(let name, let column):
            let table = try state.table(name)
            let place = try table.position(of: column)
            let next = place + 1 < table.columns.endIndex ? table.columns[place + 1].name : nil
            return .addColumn(name, table.columns[place], before: next)
        case .addIndex(let table, let index): return .dropIndex(table, index.name)
        case .dropIndex(let name, let index):
            guard let state = try state.table(name).indexes.first(where: { $0.name == index }) else {
                throw SchemaState.missing("index", index, of: name, among: try state.table(name).indexes.map(\.name))
            }
            return .addIndex(name, state)
        case .addCheck(let table, let check): return .dropCheck(table, check.name)
        case .dropCheck(let name, let check):
            guard let state = try state.table(name).checks.first(where: { $0.name == check }) else {
                throw SchemaState.missing("check", check, of: name, among: try state.table(name).checks.map(\.name))
            }
            return .addCheck(name, state)
        case .sql(let up, let down):
            guard let down else { throw SchemaState.refusal("SQL without `down` cannot be undone") }
            return .sql(up: down, down: up)
        case .run(let step):
            guard let down = step.down else {
                throw SchemaState.refusal("the step “\(step.name)” without `down` cannot be undone")
            }
            return .run(SwiftStep(step.name, version: step.version, up: down, down: step.up))
        }
    }
}
