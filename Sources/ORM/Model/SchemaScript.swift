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
        let columns = schema.columns.map { "    " + definition($0) }
        var statements = ["CREATE TABLE \(quoted(schema.table)) (\n\(columns.joined(separator: ",\n"))\n);"]
        // A column's own index is not needed where a wider one starts with it.
        let covered = Set(Row.options.indexes.compactMap(\.columns.first))
        for column in schema.columns where column.isIndexed && !column.isUnique && !covered.contains(column.name) {
            statements.append(index([column.name], of: schema.table, isUnique: false))
        }
        for wide in Row.options.indexes {
            statements.append(index(wide.columns, of: schema.table, isUnique: wide.isUnique))
        }
        return statements
    }

    private func definition(_ column: ColumnDefinition) -> String {
        var words = [
            quoted(column.name),
            dialect.type(of: column.storage, maxLength: column.maxLength, isPrimaryKey: column.isPrimaryKey),
        ]
        if column.isPrimaryKey { words.append("PRIMARY KEY") }
        if !column.isNullable { words.append("NOT NULL") }
        if column.isUnique { words.append("UNIQUE") }
        if let value = column.defaultValue { words.append("DEFAULT \(dialect.literal(value))") }
        if let reference = column.reference {
            let target = reference.model.schema
            words.append("REFERENCES \(quoted(target.table)) (\(quoted(target.primaryKey.name)))")
            words.append("ON DELETE \(reference.onDelete.rawValue)")
        }
        return words.joined(separator: " ")
    }

    private func index(_ columns: [String], of table: String, isUnique: Bool) -> String {
        let name = quoted("\(table)_\(columns.joined(separator: "_"))_\(isUnique ? "unique" : "index")")
        let list = columns.map(quoted).joined(separator: ", ")
        return "CREATE \(isUnique ? "UNIQUE " : "")INDEX \(name) ON \(quoted(table)) (\(list));"
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
