/// Writes the SQL that creates models' tables and indexes.
public struct SchemaScript {
    private let dialect: any Dialect

    /// A writer in a dialect.
    public init(_ dialect: any Dialect) { self.dialect = dialect }

    /// The script for these models, tables that others point to first.
    public func create(_ models: [any Model.Type]) -> String {
        sorted(models).map { statements(for: $0).joined(separator: "\n") }.joined(separator: "\n")
    }

    private func sorted(_ models: [any Model.Type]) -> [any Model.Type] {
        var sorted: [any Model.Type] = []
        var visited: Set<String> = []
        func visit(_ model: any Model.Type) {
            guard visited.insert(model.schema.table).inserted else { return }
            for column in model.schema.columns {
                guard let target = column.reference?.model, models.contains(where: { $0 == target }) else { continue }
                visit(target)
            }
            sorted.append(model)
        }
        for model in models { visit(model) }
        return sorted
    }

    private func statements<Row: Model>(for model: Row.Type) -> [String] {
        let schema = Row.schema
        let definitions = schema.columns.map(definition) + Row.options.checks.map { check($0, of: schema.table) }
        var lines = definitions.map { "    " + $0 }
        // A comma behind each line but the last, and a comment behind the comma.
        for index in lines.indices.dropLast() { lines[index] += "," }
        for (index, column) in schema.columns.enumerated() {
            if let comment = column.comment { lines[index] += dialect.schemaComment(comment) }
        }
        var statements = ["CREATE TABLE \(quoted(schema.table)) (\n\(lines.joined(separator: "\n"))\n);"]
        // A column's own index is not needed where a wider one starts with it.
        let covered = Set(Row.options.indexes.filter { $0.condition == nil }.compactMap(\.columns.first))
        for column in schema.columns where column.isIndexed && !column.isUnique && !covered.contains(column.name) {
            statements.append(index(Options<Row>.Index(columns: [column.name], isUnique: false), of: schema.table))
        }
        return statements + Row.options.indexes.map { index($0, of: schema.table) }
    }

    private func definition(_ column: ColumnDefinition) -> String {
        var words = [
            quoted(column.name),
            dialect.type(of: column.storage, maxLength: column.maxLength, isPrimaryKey: column.isPrimaryKey),
        ]
        if column.isPrimaryKey { words.append("PRIMARY KEY") }
        if !column.isNullable { words.append("NOT NULL") }
        if column.isUnique { words.append("UNIQUE") }
        if let value = column.defaultValue { words.append("DEFAULT \(dialect.literal(value, in: column.storage))") }
        if let value = column.databaseDefault { words.append("DEFAULT \(dialect.expression(of: value))") }
        if let range = column.integerRange {
            words.append("CHECK (\(quoted(column.name)) BETWEEN \(range.lowerBound) AND \(range.upperBound))")
        }
        if let reference = column.reference {
            let target = reference.model.schema
            words.append("REFERENCES \(quoted(target.table)) (\(quoted(target.primaryKey.name)))")
            words.append("ON DELETE \(reference.onDelete.rawValue)")
        }
        return words.joined(separator: " ")
    }

    private func check<Row>(_ check: Options<Row>.Check, of table: String) -> String {
        "CONSTRAINT \(quoted("\(table)_\(check.name)")) CHECK (\(text(of: check.condition)))"
    }

    private func index<Row>(_ index: Options<Row>.Index, of table: String) -> String {
        // A partial index may stand beside a whole one over the same columns.
        let kind = (index.condition == nil ? "" : "partial_") + (index.isUnique ? "unique" : "index")
        let made = "\(table)_\(index.columns.joined(separator: "_"))_\(kind)"
        let list = index.columns.map(quoted).joined(separator: ", ")
        let condition = index.condition.map { " WHERE \(text(of: $0))" } ?? ""
        return "CREATE \(index.isUnique ? "UNIQUE " : "")INDEX \(quoted(index.givenName ?? made)) "
            + "ON \(quoted(table)) (\(list))\(condition);"
    }

    /// A condition on a table's own columns with its values written out, as a definition wants it.
    private func text(of condition: SQLExpression) -> String {
        var writer = SQLWriter(dialect, in: .definition)
        writer.value(condition)
        return writer.sql
    }

    private func quoted(_ name: String) -> String {
        var text = ""
        dialect.quote(name, into: &text)
        return text
    }
}

extension Database {
    /// Whether there is a table of this name.
    public func hasTable(_ name: String) async throws -> Bool {
        try await withLease(.readOnly) { lease in
            try await !lease.fetch(lease.dialect.tableExists(name), TupleDecoder<Int>()).isEmpty
        }
    }

    /// Creates the tables and indexes of models in an empty database, in one transaction. For tests and tools: a database
    /// that lives on is changed by migrations. So in production it is refused with `.configuration`.
    public func createSchema(
        for models: [any Model.Type], environment: DeploymentEnvironment = .development
    ) async throws {
        guard environment != .production else {
            throw ORMError(.configuration, "createSchema is not for production: change the database by migrations")
        }
        let script = SchemaScript(dialect).create(models)
        try await run(script: "BEGIN;\n\(script)\nCOMMIT;")
    }
}
