import ORM

/// The statements of operations on PostgreSQL: <https://www.postgresql.org/docs/15/sql-altertable.html>.
struct PostgresAlteration {
    let script: SchemaScript

    func statements(for operation: MigrationOperation, in state: SchemaState) throws -> [String] {
        switch operation {
        case .createTable(let table):
            return try script.statements(
                creating: table, deferring: { $0 != table.name && state[$0] == nil }, completing: state.tables)
        case .dropTable(let name):
            return try state.constraints(pointingTo: name, script).map { drop($1, of: $0) }
                + ["DROP TABLE \(script.quoted(name))"]
        case .renameTable(let name, let new): return try rename(state.table(name), to: new)
        case .addColumn(let table, let column, _, let filling): return try add(column, to: table, filling: filling)
        case .alterColumn(let name, let column, let filling):
            let table = try state.table(name)
            return try alter(table.columns[try table.position(of: column.name)], to: column, filling: filling, of: name)
        case .renameColumn(let name, let column, let new):
            let table = try state.table(name)
            let old = table.columns[try table.position(of: column)]
            var renamed = old
            renamed.name = new
            return ["\(alter(name)) RENAME COLUMN \(script.quoted(column)) TO \(script.quoted(new))"]
                + (try renames(old, in: name, to: renamed, in: name))
        case .dropColumn(let table, let column): return ["\(alter(table)) DROP COLUMN \(script.quoted(column))"]
        case .addIndex(let table, let index): return [try script.create(index, on: table)]
        case .dropIndex(_, let index): return ["DROP INDEX \(script.quoted(index))"]
        case .addCheck(let table, let check): return ["\(alter(table)) ADD \(try script.definition(of: check))"]
        case .dropCheck(let table, let check): return [drop(check, of: table)]
        case .sql(let up, _): return try [up.statement(in: script.dialect)].compactMap { $0 }
        case .run: return []
        }
    }

    private func alter(_ table: String) -> String { "ALTER TABLE \(script.quoted(table))" }

    private func drop(_ constraint: String, of table: String) -> String {
        "\(alter(table)) DROP CONSTRAINT \(script.quoted(constraint))"
    }

    private func rename(_ table: TableState, to new: String) throws -> [String] {
        var statements = ["\(alter(table.name)) RENAME TO \(script.quoted(new))"]
        if table.columns.contains(where: \.isPrimaryKey) {
            statements.append(
                "\(alter(new)) RENAME CONSTRAINT \(script.quoted("\(table.name)_pkey")) TO \(script.quoted("\(new)_pkey"))"
            )
        }
        return try statements + table.columns.flatMap { try renames($0, in: table.name, to: $0, in: new) }
    }

    /// Constraints have names that tell their table and column.
    private func renames(_ old: ColumnState, in table: String, to new: ColumnState, in newTable: String) throws
        -> [String]
    {
        let names = zip(try script.constraints(of: old, in: table), try script.constraints(of: new, in: newTable))
        return names.map { old, new in
            "\(alter(newTable)) RENAME CONSTRAINT \(script.quoted(old.name)) TO \(script.quoted(new.name))"
        }
    }

    private func add(_ column: ColumnState, to table: String, filling: DefaultState?) throws -> [String] {
        var filled = column
        // The rows that are there get what is the default at that moment.
        if let filling { filled.defaultValue = filling }
        var statements = ["\(alter(table)) ADD COLUMN \(try script.definition(of: filled, in: table))"]
        if filling != nil { statements.append(try setDefault(column, of: table)) }
        statements += try script.constraints(of: column, in: table).map { "\(alter(table)) ADD \($0.definition)" }
        if column.comment != nil { statements.append(script.comment(on: column, of: table)) }
        return statements
    }

    private func setDefault(_ column: ColumnState, of table: String) throws -> String {
        let name = script.quoted(column.name)
        guard let value = column.defaultValue else { return "\(alter(table)) ALTER COLUMN \(name) DROP DEFAULT" }
        return "\(alter(table)) ALTER COLUMN \(name) SET DEFAULT \(try script.expression(of: value, for: column))"
    }

    private func alter(
        _ old: ColumnState, to new: ColumnState, filling: DefaultState?, of table: String
    ) throws -> [String] {
        let name = script.quoted(new.name)
        let head = "\(alter(table)) ALTER COLUMN \(name)"
        var statements: [String] = []
        let before = try script.constraints(of: old, in: table)
        let after = try script.constraints(of: new, in: table)
        statements += before.filter { !after.contains($0) }.map { drop($0.name, of: table) }
        if old.isPrimaryKey, !new.isPrimaryKey {
            if old.isWholeNumber { statements.append("\(head) DROP IDENTITY IF EXISTS") }
            statements.append(drop("\(table)_pkey", of: table))
        }
        let type = script.dialect.type(of: new.type, maxLength: new.maxLength, isPrimaryKey: false)
        let changesType = type != script.dialect.type(of: old.type, maxLength: old.maxLength, isPrimaryKey: false)
        if changesType {
            // A default is of the old type, and not every one can be converted.
            if old.defaultValue != nil { statements.append("\(head) DROP DEFAULT") }
            let conversion = try TypeConversion(from: old, to: new, of: table, in: .postgres, script)
            statements.append("\(head) TYPE \(type) USING \(conversion.value)")
        }
        if changesType ? new.defaultValue != nil : old.defaultValue != new.defaultValue {
            statements.append(try setDefault(new, of: table))
        }
        if old.isNullable, !new.isNullable {
            if let filling {
                let value = try script.expression(of: filling, for: new)
                statements.append("UPDATE \(script.quoted(table)) SET \(name) = \(value) WHERE \(name) IS NULL")
            }
            statements.append("\(head) SET NOT NULL")
        } else if !old.isNullable, new.isNullable {
            statements.append("\(head) DROP NOT NULL")
        }
        if new.isPrimaryKey, !old.isPrimaryKey {
            statements.append("\(alter(table)) ADD CONSTRAINT \(script.quoted("\(table)_pkey")) PRIMARY KEY (\(name))")
            if new.isWholeNumber { statements.append("\(head) ADD GENERATED BY DEFAULT AS IDENTITY") }
        }
        statements += after.filter { !before.contains($0) }.map { "\(alter(table)) ADD \($0.definition)" }
        if old.comment != new.comment { statements.append(script.comment(on: new, of: table)) }
        return statements
    }
}

extension ColumnState {
    fileprivate var isWholeNumber: Bool { [.int16, .int32, .integer].contains(type) }
}

extension SchemaState {
    /// The foreign keys of other tables to one, by the table that has them.
    func constraints(pointingTo name: String, _ script: SchemaScript) throws -> [(table: String, constraint: String)] {
        try tables.filter { $0.name != name }.flatMap { table in
            try table.columns.filter { $0.reference?.table == name }.flatMap { column in
                try script.constraints(of: column, in: table.name).filter { $0.kind == .foreignKey }.map {
                    (table.name, $0.name)
                }
            }
        }
    }
}
