import ORM

/// The statements of operations on SQLite: its own ALTER TABLE where that does it exactly, else a table made anew.
struct SQLiteAlteration {
    let script: SchemaScript
    /// What the database holds before the operation.
    let live: SQLiteSchema

    func statements(for operation: MigrationOperation, in state: SchemaState) throws -> [String] {
        switch operation {
        case .createTable(let table):
            return try script.statements(creating: table, deferring: { _ in false }, completing: [])
        case .dropTable(let name): return ["DROP TABLE \(script.quoted(name))"]
        case .renameTable(let name, let new):
            return ["ALTER TABLE \(script.quoted(name)) RENAME TO \(script.quoted(new))"]
        case .addColumn(let table, let column, let before, let filling):
            return try add(column, before: before, filling: filling, to: table)
        case .alterColumn(let name, let column, let filling):
            let table = try state.table(name)
            return try alter(table.columns[try table.position(of: column.name)], to: column, filling: filling, of: name)
        case .renameColumn(let table, let column, let new):
            return [
                "ALTER TABLE \(script.quoted(table)) RENAME COLUMN \(script.quoted(column)) TO \(script.quoted(new))"
            ]
        case .dropColumn(let name, let column):
            let table = try state.table(name)
            return try drop(table.columns[try table.position(of: column)], of: name)
        case .addIndex(let table, let index): return [try script.create(index, on: table)]
        case .dropIndex(_, let index): return ["DROP INDEX \(script.quoted(index))"]
        case .addCheck(let table, let check):
            var rebuild = try SQLiteRebuild(of: table, in: live, script)
            rebuild.new.add(constraint: try script.definition(of: check))
            return rebuild.statements
        case .dropCheck(let table, let check):
            var rebuild = try SQLiteRebuild(of: table, in: live, script)
            guard rebuild.new.drop(constraint: check) else {
                throw SchemaState.refusal("the database's table \(table) has no check \(check)")
            }
            return rebuild.statements
        case .sql(let up, _): return try [up.statement(in: script.dialect)].compactMap { $0 }
        case .run: return []
        }
    }

    // MARK: Columns

    /// <https://sqlite.org/lang_altertable.html#altertabaddcol>
    private func add(
        _ column: ColumnState, before: String?, filling: DefaultState?, to table: String
    ) throws -> [String] {
        let definition = try script.definition(of: column, in: table)
        let hasConstantDefault = if case .value(let value) = column.defaultValue { !value.isNull } else { false }
        let isPlain =
            before == nil && filling == nil && !column.isPrimaryKey && !column.isUnique && column.comment == nil
            && (column.defaultValue == nil || hasConstantDefault) && (column.isNullable || hasConstantDefault)
            && (column.reference == nil || column.defaultValue == nil)
        if isPlain { return ["ALTER TABLE \(script.quoted(table)) ADD COLUMN \(definition)"] }
        var rebuild = try SQLiteRebuild(of: table, in: live, script)
        rebuild.new.insert(SQLiteTableText.Item(definition, remark: remark(of: column)), before: before)
        if let filling { rebuild.fill(column.name, with: try script.expression(of: filling, for: column)) }
        return rebuild.statements
    }

    /// <https://sqlite.org/lang_altertable.html#altertabdropcol>
    private func drop(_ column: ColumnState, of table: String) throws -> [String] {
        var rebuild = try SQLiteRebuild(of: table, in: live, script)
        let isPlain =
            !column.isPrimaryKey && !column.isUnique && column.reference == nil
            && !rebuild.old.mentionsElsewhere(column.name) && !live.mentions(column.name)
            && rebuild.old[column: column.name]?.remark.isEmpty == true
        if isPlain {
            return ["ALTER TABLE \(script.quoted(table)) DROP COLUMN \(script.quoted(column.name))"]
        }
        rebuild.new[column: column.name] = nil
        return rebuild.statements
    }

    private func alter(
        _ old: ColumnState, to new: ColumnState, filling: DefaultState?, of table: String
    ) throws -> [String] {
        let conversion = try TypeConversion(from: old, to: new, of: table, in: .sqlite, script)
        var rebuild = try SQLiteRebuild(of: table, in: live, script)
        guard var item = rebuild.new[column: new.name] else {
            throw SchemaState.refusal("the database's table \(table) has no column \(new.name)")
        }
        let before = item.body
        item.body = try text(before, old, new, in: table)
        if old.comment != new.comment { item.remark = remark(of: new) }
        rebuild.new[column: new.name] = item
        var value = conversion.value
        if let filling, old.isNullable, !new.isNullable {
            value = "COALESCE(\(value), \(try script.expression(of: filling, for: new)))"
        }
        let isSame = item.body == before && old.comment == new.comment
        if isSame, value == script.quoted(new.name) { return [] }
        rebuild.fill(new.name, with: value)
        return rebuild.statements
    }

    /// The column's definition with what has changed.
    private func text(_ body: String, _ old: ColumnState, _ new: ColumnState, in table: String) throws -> String {
        let was = SQLiteColumnText(try script.definition(of: old, in: table))
        let will = SQLiteColumnText(try script.definition(of: new, in: table))
        guard was.text != will.text else { return body }
        var text = SQLiteColumnText(body)
        if was.type != will.type { text.type = will.type }
        for kind in [SQLiteColumnText.Kind.primaryKey, .notNull, .unique, .defaultValue, .references]
        where was[kind] != will[kind] { text.set(kind, will[kind]) }
        if was[.check] != will[.check] { text.replace(check: was[.check], with: will[.check]) }
        return text.text
    }

    private func remark(of column: ColumnState) -> String {
        if case .remark(let text) = column.comment.map({ script.dialect.comment($0) }) { text } else { "" }
    }
}
