import ORM

/// The statements of operations on MySQL and MariaDB, each with the way to find out whether it took effect: a definition is committed by
/// itself there, and another statement may not follow. <https://dev.mysql.com/doc/refman/8.0/en/alter-table.html>
struct MySQLAlteration {
    let script: SchemaScript

    func statements(for operation: MigrationOperation, in state: SchemaState) throws -> [ScriptStatement] {
        switch operation {
        case .createTable(let table): return try create(table, in: state)
        case .dropTable(let name):
            return try state.constraints(pointingTo: name, script).map { dropForeignKey($1, of: $0) }
                + [ScriptStatement("DROP TABLE \(script.quoted(name))", .table(name, exists: false))]
        case .renameTable(let name, let new): return try rename(state.table(name), to: new)
        case .addColumn(let name, let column, let before, let filling):
            return try add(column, to: try state.table(name), before: before, filling: filling)
        case .alterColumn(let name, let column, let filling):
            let table = try state.table(name)
            return try alter(table.columns[try table.position(of: column.name)], to: column, filling: filling, of: name)
        case .renameColumn(let name, let column, let new): return try rename(column, to: new, in: name, state)
        case .dropColumn(let name, let column):
            let table = try state.table(name)
            let old = table.columns[try table.position(of: column)]
            return try script.constraints(of: old, in: name).filter { $0.kind != .unique }.map { drop($0, of: name) }
                + [
                    ScriptStatement(
                        "\(alter(name)) DROP COLUMN \(script.quoted(column))", .column(name, column, exists: false))
                ]
        case .addIndex(let table, let index):
            let columns = try state.table(table).columns
            return [
                ScriptStatement(
                    try script.create(index, on: table, columns), .index(table, index.name, exists: true))
            ]
        case .dropIndex(let table, let index): return try dropIndex(index, of: try state.table(table))
        case .addCheck(let table, let check): return [try add(check, to: table)]
        case .dropCheck(let table, let check): return [dropCheck(check, of: table)]
        case .sql(let up, _):
            return try [up.statement(in: script.dialect)].compactMap { $0 }.map { ScriptStatement($0, .unknown) }
        case .run: return []
        }
    }

    // MARK: Tables

    private func create(_ table: TableState, in state: SchemaState) throws -> [ScriptStatement] {
        let statements = try script.statements(
            creating: table, deferring: { $0 != table.name && state[$0] == nil }, completing: state.tables)
        let pointing = try state.constraints(pointingTo: table.name, script)
        let effects: [ScriptStatement.Effect] =
            [.table(table.name, exists: true)] + table.indexes.map { .index(table.name, $0.name, exists: true) }
            + pointing.map { .constraint($0.table, $0.constraint, exists: true) }
        return zip(statements, effects).map { ScriptStatement($0, $1) }
    }

    private func rename(_ table: TableState, to new: String) throws -> [ScriptStatement] {
        let name = "RENAME TABLE \(script.quoted(table.name)) TO \(script.quoted(new))"
        return try [ScriptStatement(name, .table(new, exists: true))]
            + table.columns.flatMap { try renames($0, in: table.name, to: $0, in: new) }
    }

    // MARK: Columns

    private func add(
        _ column: ColumnState, to table: TableState, before: String?, filling: DefaultState?
    ) throws -> [ScriptStatement] {
        let name = table.name
        var place = ""
        if let before {
            let index = try table.position(of: before)
            place = index == 0 ? " FIRST" : " AFTER \(script.quoted(table.columns[index - 1].name))"
        }
        var filled = column
        // The rows that are there get what is the default at that moment.
        if let filling { filled.defaultValue = filling }
        var statements = [
            ScriptStatement(
                "\(alter(name)) ADD COLUMN \(try script.definition(of: filled, in: name))\(place)",
                .column(name, column.name, exists: true))
        ]
        if filling != nil { statements.append(try modify(column, of: name)) }
        return statements + (try script.constraints(of: column, in: name).map { add($0, to: name) })
    }

    private func alter(
        _ old: ColumnState, to new: ColumnState, filling: DefaultState?, of table: String
    ) throws -> [ScriptStatement] {
        let before = try script.constraints(of: old, in: table)
        let after = try script.constraints(of: new, in: table)
        var statements = before.filter { !after.contains($0) }.map { drop($0, of: table) }
        let name = script.quoted(new.name)
        if old.isNullable, !new.isNullable, let filling {
            let value = try script.expression(of: filling, for: new)
            statements.append(
                ScriptStatement(
                    "UPDATE \(script.quoted(table)) SET \(name) = \(value) WHERE \(name) IS NULL", .repeatable))
        }
        // Numbers that give themselves can only be a key, so that the key changes together with the column.
        let key =
            old.isPrimaryKey == new.isPrimaryKey
            ? "" : new.isPrimaryKey ? ", ADD PRIMARY KEY (\(name))" : ", DROP PRIMARY KEY"
        if try !key.isEmpty || script.definition(of: old, in: table) != script.definition(of: new, in: table) {
            let effect: ScriptStatement.Effect =
                key.isEmpty ? .repeatable : .index(table, "PRIMARY", exists: new.isPrimaryKey)
            statements.append(
                ScriptStatement(
                    "\(alter(table)) MODIFY COLUMN \(try script.definition(of: new, in: table).withoutKey)\(key)",
                    effect))
        }
        return statements + after.filter { !before.contains($0) }.map { add($0, to: table) }
    }

    private func rename(
        _ column: String, to new: String, in name: String, _ state: SchemaState
    ) throws -> [ScriptStatement] {
        let table = try state.table(name)
        let old = table.columns[try table.position(of: column)]
        var after = state
        try after.apply(.renameColumn(name, column, to: new))
        // A column that a check speaks of cannot be renamed.
        let checks = table.checks.filter { $0.condition.mentions(column) }
        let renamed = try after.table(name)
        let ranges = try script.constraints(of: old, in: name).filter { $0.kind == .range }
        var column = old
        column.name = new
        return try (ranges.map { drop($0, of: name) } + checks.map { dropCheck($0.name, of: name) })
            + [
                ScriptStatement(
                    "\(alter(name)) RENAME COLUMN \(script.quoted(old.name)) TO \(script.quoted(new))",
                    .column(name, new, exists: true))
            ]
            + renames(old, in: name, to: column, in: name, rangesAreGone: true)
            + renamed.checks.filter { check in checks.contains { $0.name == check.name } }.map { try add($0, to: name) }
    }

    private func modify(_ column: ColumnState, of table: String) throws -> ScriptStatement {
        ScriptStatement(
            "\(alter(table)) MODIFY COLUMN \(try script.definition(of: column, in: table).withoutKey)", .repeatable)
    }

    // MARK: Constraints

    /// Constraints have names that tell their table and column. Only those of indexes can be renamed; the others are made anew.
    private func renames(
        _ old: ColumnState, in table: String, to new: ColumnState, in newTable: String, rangesAreGone: Bool = false
    ) throws -> [ScriptStatement] {
        let pairs = zip(try script.constraints(of: old, in: table), try script.constraints(of: new, in: newTable))
        return pairs.flatMap { old, new -> [ScriptStatement] in
            switch new.kind {
            case .unique:
                let names = "\(script.quoted(old.name)) TO \(script.quoted(new.name))"
                return [
                    ScriptStatement(
                        "\(alter(newTable)) RENAME INDEX \(names)", .index(newTable, new.name, exists: true))
                ]
            case .range where rangesAreGone: return [add(new, to: newTable)]
            case .range, .foreignKey: return [drop(old, of: newTable), add(new, to: newTable)]
            }
        }
    }

    private func alter(_ table: String) -> String { "ALTER TABLE \(script.quoted(table))" }

    private func add(_ constraint: ColumnConstraint, to table: String) -> ScriptStatement {
        let effect: ScriptStatement.Effect =
            constraint.kind == .unique
            ? .index(table, constraint.name, exists: true) : .constraint(table, constraint.name, exists: true)
        return ScriptStatement("\(alter(table)) ADD \(constraint.definition)", effect)
    }

    private func add(_ check: CheckState, to table: String) throws -> ScriptStatement {
        ScriptStatement(
            "\(alter(table)) ADD \(try script.definition(of: check))", .constraint(table, check.name, exists: true))
    }

    private func drop(_ constraint: ColumnConstraint, of table: String) -> ScriptStatement {
        switch constraint.kind {
        case .unique: dropIndex(constraint.name, of: table)
        case .range: dropCheck(constraint.name, of: table)
        case .foreignKey: dropForeignKey(constraint.name, of: table)
        }
    }

    /// A foreign key keeps its last index from being dropped; made anew it gets one of its own, which InnoDB drops for a better one.
    /// <https://dev.mysql.com/doc/refman/8.0/en/create-table-foreign-keys.html>
    private func dropIndex(_ name: String, of table: TableState) throws -> [ScriptStatement] {
        let statement = dropIndex(name, of: table.name)
        guard let first = table.indexes.first(where: { $0.name == name })?.columns.first,
            let column = table.column(first), !column.isPrimaryKey, !column.isUnique,
            !table.indexes.contains(where: { $0.name != name && $0.columns.first == first })
        else { return [statement] }
        let keys = try script.constraints(of: column, in: table.name).filter { $0.kind == .foreignKey }
        return keys.map { drop($0, of: table.name) } + [statement] + keys.map { add($0, to: table.name) }
    }

    private func dropIndex(_ name: String, of table: String) -> ScriptStatement {
        ScriptStatement(
            "DROP INDEX \(script.quoted(name)) ON \(script.quoted(table))", .index(table, name, exists: false))
    }

    private func dropCheck(_ name: String, of table: String) -> ScriptStatement {
        ScriptStatement(
            "\(alter(table)) DROP CONSTRAINT \(script.quoted(name))", .constraint(table, name, exists: false))
    }

    private func dropForeignKey(_ name: String, of table: String) -> ScriptStatement {
        ScriptStatement(
            "\(alter(table)) DROP FOREIGN KEY \(script.quoted(name))", .constraint(table, name, exists: false))
    }
}

extension String {
    /// A column's definition as it stands behind MODIFY, where PRIMARY KEY would make a second key.
    fileprivate var withoutKey: String {
        guard let range = firstRange(of: " PRIMARY KEY NOT NULL") else { return self }
        return replacingSubrange(range, with: " NOT NULL")
    }

    private func replacingSubrange(_ range: Range<String.Index>, with text: String) -> String {
        var copy = self
        copy.replaceSubrange(range, with: text)
        return copy
    }
}
