import ORM

extension SwiftCode {
    /// An operation as a migration's file has it. SQL and Swift steps are written by people only: `nil`.
    init?(_ operation: MigrationOperation) {
        func name(_ text: String) -> SwiftCode { .text(SwiftCode.string(text)) }
        switch operation {
        case .createTable(let table): self = .call(".createTable", [SwiftCode(table)])
        case .dropTable(let table): self = .call(".dropTable", [name(table)])
        case .renameTable(let old, let new): self = .call(".renameTable", [name(old), name(new).labelled("to")])
        case .addColumn(let table, let column, let before, let filling):
            self = .call(
                ".addColumn",
                [name(table), SwiftCode(column)] + (before.map { [name($0).labelled("before")] } ?? [])
                    + Self.filling(filling))
        case .alterColumn(let table, let column, let filling):
            self = .call(".alterColumn", [name(table), SwiftCode(column)] + Self.filling(filling))
        case .renameColumn(let table, let old, let new):
            self = .call(".renameColumn", [name(table), name(old), name(new).labelled("to")])
        case .dropColumn(let table, let column): self = .call(".dropColumn", [name(table), name(column)])
        case .addIndex(let table, let index): self = .call(".addIndex", [name(table), SwiftCode(index)])
        case .dropIndex(let table, let index): self = .call(".dropIndex", [name(table), name(index)])
        case .addCheck(let table, let check): self = .call(".addCheck", [name(table), SwiftCode(check)])
        case .dropCheck(let table, let check): self = .call(".dropCheck", [name(table), name(check)])
        case .sql, .run: return nil
        }
    }

    private static func filling(_ value: DefaultState?) -> [SwiftCode] {
        value.map { [SwiftCode($0).labelled("filling")] } ?? []
    }
}

extension MigrationOperation {
    /// Whether Swift needs Foundation to write the operation.
    var needsFoundation: Bool {
        func needs(_ value: DefaultState?) -> Bool {
            if case .value(let value) = value { value.needsFoundation } else { false }
        }
        return switch self {
        case .createTable(let table): table.columns.contains { needs($0.defaultValue) }
        case .addColumn(_, let column, _, let filling), .alterColumn(_, let column, let filling):
            needs(column.defaultValue) || needs(filling)
        default: false
        }
    }
}
