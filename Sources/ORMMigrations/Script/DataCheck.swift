import ORM

/// Rows that an operation has no place for: asked for before it changes anything.
struct DataCheck: Hashable {
    let table: String
    /// Holds for the rows; `nil` = all.
    let condition: String?
    /// What is wrong with them, behind their number: `of posts have no slug`.
    let complaint: String
    /// What to do about it.
    let advice: String
}

extension MigrationScript {
    /// What must not be in a database whose schema is `state` for an operation to be possible.
    func checks(for operation: MigrationOperation, in state: SchemaState) throws -> [DataCheck] {
        switch operation {
        case .addColumn(let table, let column, _, let filling):
            guard !column.isNullable, filling == nil, column.defaultValue.map({ $0 == .value(.null) }) ?? true else {
                return []
            }
            return [
                DataCheck(
                    table: table, condition: nil,
                    complaint: "would have no value in \(column.name), which may not be NULL and has no default",
                    advice: "give the column a default, or the operation `filling:`")
            ]
        case .alterColumn(let name, let column, let filling):
            let table = try state.table(name)
            return try alterChecks(table.columns[try table.position(of: column.name)], column, filling, of: name)
        case .addIndex(let table, let index) where index.isUnique:
            return [try unique(index.columns, of: table, where: index.condition)]
        case .addCheck(let table, let check):
            return [
                DataCheck(
                    table: table, condition: "NOT (\(try check.condition.text(in: schema.dialect)))",
                    complaint: "break the check \(check.name)", advice: "change them before")
            ]
        default: return []
        }
    }

    private func alterChecks(
        _ old: ColumnState, _ new: ColumnState, _ filling: DefaultState?, of table: String
    ) throws -> [DataCheck] {
        let column = schema.quoted(new.name)
        var checks: [DataCheck] = []
        let conversion = try TypeConversion(from: old, to: new, of: table, in: engine, schema)
        if let failure = conversion.failure {
            checks.append(
                DataCheck(
                    table: table, condition: failure.condition,
                    complaint: "have values in \(new.name) that \(failure.complaint)",
                    advice: "change them before"))
        }
        if old.isNullable, !new.isNullable, filling == nil {
            checks.append(
                DataCheck(
                    table: table, condition: "\(column) IS NULL", complaint: "have no value in \(new.name)",
                    advice: "give them one before, or the operation `filling:`"))
        }
        if new.isUnique || new.isPrimaryKey, !old.isUnique, !old.isPrimaryKey {
            checks.append(try unique([new.name], of: table, where: nil))
        }
        if let range = new.range, old.range != range, !(old.range.map { range.contains($0) } ?? false) {
            checks.append(
                DataCheck(
                    table: table,
                    condition: "NOT (\(conversion.value) BETWEEN \(range.lowerBound) AND \(range.upperBound))",
                    complaint: "have values in \(new.name) outside \(range.lowerBound) to \(range.upperBound)",
                    advice: "change them before"))
        }
        if let target = new.reference, old.reference?.table != target.table || old.reference?.column != target.column {
            let own = "\(schema.quoted(table)).\(column)"
            checks.append(
                DataCheck(
                    table: table,
                    condition:
                        "\(own) IS NOT NULL AND NOT EXISTS (SELECT 1 FROM \(schema.quoted(target.table)) AS parent "
                        + "WHERE parent.\(schema.quoted(target.column)) = \(own))",
                    complaint: "point in \(new.name) to rows of \(target.table) that are not there",
                    advice: "change them before"))
        }
        return checks
    }

    private func unique(_ columns: [String], of table: String, where condition: PortableSQL?) throws -> DataCheck {
        let list = columns.map(schema.quoted).joined(separator: ", ")
        let rows = columns.count == 1 ? list : "(\(list))"
        let partial = try condition.map { try $0.text(in: schema.dialect) }
        let filter = partial.map { " WHERE \($0)" } ?? ""
        return DataCheck(
            table: table,
            condition: (partial.map { "(\($0)) AND " } ?? "")
                + "\(rows) IN (SELECT \(list) FROM \(schema.quoted(table))\(filter) GROUP BY \(list) HAVING COUNT(*) > 1)",
            complaint: "agree with another one in \(columns.joined(separator: ", "))", advice: "make them differ before"
        )
    }
}

extension DataCheck {
    /// Throws `.migration` with how many rows there are, and the keys of the first.
    func run(in state: SchemaState, _ script: SchemaScript, on session: any Session) async throws {
        let source = "FROM \(script.quoted(table))" + (condition.map { " WHERE \($0)" } ?? "")
        let count =
            try await Rows<Int>.raw(SQLText(stringLiteral: "SELECT COUNT(*) \(source)")).all(on: session).first ?? 0
        guard count > 0 else { return }
        let key = state[table]?.columns.first(where: \.isPrimaryKey)?.name
        var examples = ""
        if let key {
            let column = script.quoted(key)
            let text = script.dialect.name == "mysql" ? "CHAR" : "TEXT"
            let keys = try await Rows<String>.raw(
                SQLText(stringLiteral: "SELECT CAST(\(column) AS \(text)) \(source) ORDER BY \(column) LIMIT 5")
            ).all(on: session)
            examples = " (\(key) \(keys.joined(separator: ", "))\(count > keys.count ? ", …" : ""))"
        }
        throw SchemaState.refusal(
            "\(count) \(count == 1 ? "row" : "rows") of \(table) \(complaint)\(examples): \(advice)")
    }
}
