import ORM

/// One way of a migration: its operations, or those that undo it, each with the schema before it.
struct MigrationPlan {
    struct Step {
        let operation: MigrationOperation
        /// Its place in the migration, for messages.
        let index: Int
        let before: SchemaState
    }

    let migration: Migration
    let isUndone: Bool
    let steps: [Step]

    /// The way up from a schema.
    init(applying migration: Migration, to state: SchemaState) throws {
        var state = state
        var steps: [Step] = []
        for (index, operation) in migration.operations.enumerated() {
            steps.append(Step(operation: operation, index: index, before: state))
            try migration.located(at: index) { try state.apply(operation) }
        }
        try migration.checkReferences(of: state)
        self.migration = migration
        self.steps = steps
        isUndone = false
    }

    /// The way back to the schema before the migration.
    init(undoing migration: Migration, to before: SchemaState) throws {
        var state = before
        var steps: [Step] = []
        for (index, operation) in migration.operations.enumerated() {
            let inverse = try migration.located(at: index) {
                let inverse = try operation.inverse(in: state)
                try state.apply(operation)
                return inverse
            }
            steps.append(Step(operation: inverse, index: index, before: state))
        }
        self.migration = migration
        self.steps = steps.reversed()
        isUndone = true
    }

    /// Whether rows could come to point to rows that are not there.
    var mayBreakForeignKeys: Bool {
        steps.contains { step in
            switch step.operation {
            case .createTable, .addIndex, .dropIndex, .renameTable, .renameColumn: false
            default: true
            }
        }
    }

    /// An error of a step with the place where it happened, and with what more there is to say.
    func failure(_ error: any Error, in step: Step, behind more: String = "") -> any Error {
        migration.failure(error, at: step.index, way: isUndone ? "undoing " : "", behind: more)
    }

    /// All statements as the states have them, without a database.
    func statements(_ script: MigrationScript) throws -> [String] {
        try steps.flatMap { step in
            try migration.located(at: step.index) {
                if case .run(let swift) = step.operation { return [swift.remark] }
                return try script.statements(for: step.operation, in: step.before)
            }
        }
    }
}

extension SwiftStep {
    /// What stands for the step among statements.
    var remark: String {
        "-- Swift: \(name.split(whereSeparator: \.isNewline).joined(separator: " ")), version \(version)"
    }
}

extension Migration {
    /// Runs `body`; an error comes out with the migration, its file and the operation in front.
    func located<Output>(at index: Int, _ body: () throws -> Output) throws -> Output {
        do {
            return try body()
        } catch let error as ORMError {
            throw failure(error, at: index)
        }
    }

    /// An error with the place where it happened: migration, file, operation; and with what more there is to say.
    func failure(_ error: any Error, at index: Int, way: String = "", behind more: String = "") -> any Error {
        if error is CancellationError { return error }
        let cause = error as? ORMError
        return ORMError(
            .migration,
            "\(name) (\(file)), \(way)operation \(index + 1), \(operations[index]): \(cause?.message ?? "\(error)")\(more)",
            database: cause?.database, unsupported: cause?.unsupported, underlying: error)
    }

    /// Throws `.migration` when a column points to what the migration leaves behind no more.
    func checkReferences(of state: SchemaState) throws {
        for table in state.tables {
            for column in table.columns {
                guard let reference = column.reference else { continue }
                guard let target = state[reference.table] else {
                    throw SchemaState.refusal(
                        "\(name) (\(file)): \(table.name).\(column.name) points to the table \(reference.table), which is not there at its end"
                    )
                }
                if target.column(reference.column) == nil {
                    throw SchemaState.refusal(
                        "\(name) (\(file)): \(table.name).\(column.name) points to \(reference.table).\(reference.column), which is not there at its end"
                    )
                }
            }
        }
    }
}
