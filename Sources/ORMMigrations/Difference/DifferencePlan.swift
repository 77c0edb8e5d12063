import ORM

/// Works out the operations of a ``SchemaDifference``, and plays each on the state as it goes.
struct DifferencePlan {
    /// The schema as the operations so far leave it.
    private(set) var state: SchemaState
    let goal: SchemaState
    let decisions: SchemaDecisions
    private(set) var operations: [MigrationOperation] = []
    private(set) var ambiguities: [SchemaAmbiguity] = []
    private(set) var unfilled: [String] = []

    init(state: SchemaState, goal: SchemaState, decisions: SchemaDecisions) {
        self.state = state
        self.goal = goal
        self.decisions = decisions
    }

    mutating func make() throws {
        try renameTables()
        try renameColumns()
        findAmbiguities()
        guard ambiguities.isEmpty else { return }
        try dropIndexesAndChecks(inTheWay: true)
        try createTables()
        let changes = try columnChanges()
        // A table has one primary key at a time.
        for change in changes where change.losesKey { try apply(change) }
        for change in changes where !change.losesKey && !change.isDrop { try apply(change) }
        for change in changes where !change.losesKey && change.isDrop { try apply(change) }
        try addIndexesAndChecks()
        try dropIndexesAndChecks(inTheWay: false)
        try dropTables()
        guard try state.isEquivalent(to: goal) else {
            throw ORMError(.migration, "a fault of the library: the operations do not lead to the models’ schema")
        }
    }

    private mutating func add(_ operation: MigrationOperation) throws {
        try state.apply(operation)
        operations.append(operation)
    }

    // MARK: Names

    private mutating func renameTables() throws {
        for table in goal.tables where state[table.name] == nil {
            guard let former = decisions.tables[table.name], state[former] != nil, goal[former] == nil else { continue }
            try add(.renameTable(former, to: table.name))
        }
    }

    private mutating func renameColumns() throws {
        for table in goal.tables {
            for column in table.columns {
                guard let former = decisions.columns[table.name]?[column.name], let before = state[table.name],
                    before.column(column.name) == nil, before.column(former) != nil, table.column(former) == nil
                else { continue }
                try add(.renameColumn(table.name, former, to: column.name))
            }
        }
    }

    // MARK: Ambiguities

    private mutating func findAmbiguities() {
        let added = goal.tables.filter { state[$0.name] == nil }
        for table in state.tables where goal[table.name] == nil && !decisions.dropped.contains(table.name) {
            let alike = added.filter { $0.hasColumns(of: table) }.map(\.name)
            if !alike.isEmpty { ambiguities.append(SchemaAmbiguity(removed: table.name, added: alike)) }
        }
        for table in state.tables {
            guard let wanted = goal[table.name] else { continue }
            let new = wanted.columns.filter { table.column($0.name) == nil }
            for column in table.columns where wanted.column(column.name) == nil {
                let path = "\(table.name).\(column.name)"
                // The table may have been called otherwise when the decision was written down.
                let former = decisions.tables[table.name].map { "\($0).\(column.name)" }
                guard !decisions.dropped.contains(path), !(former.map(decisions.dropped.contains) ?? false) else {
                    continue
                }
                let alike = new.filter { $0.type == column.type }.map(\.name)
                if !alike.isEmpty { ambiguities.append(SchemaAmbiguity(removed: path, added: alike)) }
            }
        }
    }

    // MARK: Indexes and checks

    /// Drops what changes, and what speaks of a column that goes: first what is in the way of other changes, in the end the
    /// indexes that are not, so that queries and foreign keys have the new ones by then.
    private mutating func dropIndexesAndChecks(inTheWay: Bool) throws {
        let kept = Set(goal.tables.flatMap(\.indexes).map(\.name))
        for table in state.tables {
            guard let wanted = goal[table.name] else {
                guard inTheWay else { continue }
                // They would go with the table, which is later than the moment when another one takes their names.
                for index in table.indexes where kept.contains(index.name) {
                    try add(.dropIndex(table.name, index.name))
                }
                continue
            }
            for index in table.indexes where !(try wanted.indexes.contains { try $0.isEquivalent(to: index) }) {
                if try !inTheWay || kept.contains(index.name) || !wanted.keeps(index, of: table) {
                    try add(.dropIndex(table.name, index.name))
                }
            }
            guard inTheWay else { continue }
            for check in table.checks where !(try wanted.checks.contains { try $0.isEquivalent(to: check) }) {
                try add(.dropCheck(table.name, check.name))
            }
        }
    }

    private mutating func addIndexesAndChecks() throws {
        for table in goal.tables {
            let present = try state.table(table.name)
            for check in table.checks where !(try present.checks.contains { try $0.isEquivalent(to: check) }) {
                try add(.addCheck(table.name, check))
            }
            for index in table.indexes where !(try present.indexes.contains { try $0.isEquivalent(to: index) }) {
                try add(.addIndex(table.name, index))
            }
        }
    }

    // MARK: Tables

    private mutating func createTables() throws {
        for table in TableState.sorted(goal.tables) where state[table.name] == nil { try add(.createTable(table)) }
    }

    /// Those that point to others first.
    private mutating func dropTables() throws {
        for table in TableState.sorted(state.tables).reversed() where goal[table.name] == nil {
            try add(.dropTable(table.name))
        }
    }

    // MARK: Columns

    private struct ColumnChange {
        var table: String
        var old: ColumnState?
        var new: ColumnState?

        var isDrop: Bool { new == nil }
        /// Whether the table has no such key afterwards.
        var losesKey: Bool { old?.isPrimaryKey == true && new?.isPrimaryKey != true }
    }

    private func columnChanges() throws -> [ColumnChange] {
        var changes: [ColumnChange] = []
        for table in goal.tables {
            let present = try state.table(table.name)
            for column in table.columns {
                guard let old = present.column(column.name) else {
                    changes.append(ColumnChange(table: table.name, new: column))
                    continue
                }
                guard try CanonicalColumn(old, in: nil) != CanonicalColumn(column, in: nil) else { continue }
                changes.append(ColumnChange(table: table.name, old: old, new: column))
            }
            for column in present.columns where table.column(column.name) == nil {
                changes.append(ColumnChange(table: table.name, old: column))
            }
        }
        return changes
    }

    private mutating func apply(_ change: ColumnChange) throws {
        guard let new = change.new else {
            guard let old = change.old else { return }
            return try add(.dropColumn(change.table, old.name))
        }
        let filling = try decisions.fillings[change.table]?[new.name].map { try DefaultState(filling: $0, for: new) }
        // A column that may be NULL, or has a default, leaves nothing open.
        let needsValue = !new.isNullable && (change.old?.isNullable ?? true)
        if needsValue, filling == nil, change.old != nil || new.defaultValue == nil {
            unfilled.append("\(change.table).\(new.name)")
        }
        if change.old == nil {
            try add(.addColumn(change.table, new, filling: filling))
        } else {
            try add(.alterColumn(change.table, new, filling: filling))
        }
    }
}

extension TableState {
    /// Whether an index of the former table can stay while the columns change: none of its own does.
    fileprivate func keeps(_ index: IndexState, of former: TableState) throws -> Bool {
        try index.condition == nil
            && index.columns.allSatisfy { name in
                guard let old = former.column(name), let new = column(name) else { return false }
                return try CanonicalColumn(old, in: nil) == CanonicalColumn(new, in: nil)
            }
    }

    /// Whether the columns of another table are here too, by name and type.
    fileprivate func hasColumns(of other: TableState) -> Bool {
        func shape(_ table: TableState) -> Set<String> { Set(table.columns.map { "\($0.name) \($0.type)" }) }
        return shape(self) == shape(other)
    }
}

extension IndexState {
    /// Whether another index has its name and means the same.
    fileprivate func isEquivalent(to other: IndexState) throws -> Bool {
        try name == other.name && CanonicalIndex(self) == CanonicalIndex(other)
    }
}

extension CheckState {
    /// Whether another check has its name and means the same.
    fileprivate func isEquivalent(to other: CheckState) throws -> Bool {
        try CanonicalCheck(self) == CanonicalCheck(other)
    }
}
