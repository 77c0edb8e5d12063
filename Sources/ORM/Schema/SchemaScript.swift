/// Writes the SQL that creates tables and indexes: the same for a model, for its ``TableState`` and for a migration that creates it.
public struct SchemaScript: Sendable {
    /// The dialect it writes.
    package let dialect: any Dialect

    /// A writer in a dialect.
    public init(_ dialect: any Dialect) { self.dialect = dialect }

    /// The script for these models, tables that others point to first. Throws for a check or a partial index that speaks of more
    /// than its own table's columns, or that no other program could evaluate.
    ///
    /// ```swift
    /// let script = try SchemaScript(database.dialect).create([User.self, Post.self])
    /// ```
    public func create(_ models: [any Model.Type]) throws -> String {
        try create(models.map { try TableState(of: $0, for: [dialect]) })
    }

    /// The script for these tables, those that others point to first. Where tables point to one another in a circle, an engine that has
    /// to know a table before anything points to it gets the foreign key afterwards.
    public func create(_ tables: [TableState]) throws -> String {
        let sorted = TableState.sorted(tables)
        var statements: [String] = []
        for (index, table) in sorted.enumerated() {
            let later = Set(sorted[(index + 1)...].map(\.name))
            statements += try self.statements(
                creating: table, deferring: { later.contains($0) }, completing: Array(sorted[..<index]))
        }
        return statements.map { $0 + ";" }.joined(separator: "\n")
    }

    /// The statements that create a table, its indexes and comments.
    ///
    /// - `deferring`: tells the tables that are not there yet. Foreign keys to them are left out where the engine could not take them,
    ///   and come with the tables themselves.
    /// - `completing`: the tables that are there already, and get the foreign keys to this one that were left out.
    package func statements(
        creating table: TableState, deferring isMissing: (String) -> Bool, completing others: [TableState]
    ) throws -> [String] {
        var parts = try table.columns.map { try definition(of: $0, in: table.name) }
        if dialect.namesConstraints {
            for column in table.columns {
                let constraints = try constraints(of: column, in: table.name)
                if let target = column.reference?.table, isMissing(target) {
                    parts += constraints.filter { $0.kind != .foreignKey }.map(\.definition)
                } else {
                    parts += constraints.map(\.definition)
                }
            }
        }
        parts += try table.checks.map(definition)
        var lines = parts.map { "    " + $0 }
        // A comma behind each line but the last, and a comment behind the comma.
        for index in lines.indices.dropLast() { lines[index] += "," }
        var statements: [String] = []
        for (index, column) in table.columns.enumerated() {
            switch column.comment.map({ dialect.comment($0) }) {
            case .remark(let text): lines[index] += " " + text
            case .statement: statements.append(comment(on: column, of: table.name))
            case .clause, nil: break
            }
        }
        statements.insert("CREATE TABLE \(quoted(table.name)) (\n\(lines.joined(separator: "\n"))\n)", at: 0)
        statements += try table.indexes.map { try create($0, on: table.name, table.columns) }
        if dialect.namesConstraints {
            for other in others {
                for column in other.columns where column.reference?.table == table.name {
                    statements += try constraints(of: column, in: other.name).filter { $0.kind == .foreignKey }
                        .map { "ALTER TABLE \(quoted(other.name)) ADD \($0.definition)" }
                }
            }
        }
        return statements
    }

    /// The statement that creates an index. Throws `.unsupported` for a partial one where the engine has none.
    ///
    /// - `columns`: those of the table, of which some engines index a part.
    package func create(_ index: IndexState, on table: String, _ columns: [ColumnState] = []) throws -> String {
        let list = index.columns.map { name in
            let column = index.isUnique ? nil : columns.first { $0.name == name }
            let length = column.flatMap { dialect.indexedLength(of: $0.type, maxLength: $0.maxLength) }
            return quoted(name) + (length.map { "(\($0))" } ?? "")
        }.joined(separator: ", ")
        let condition = try index.condition.map { condition in
            guard dialect.hasPartialIndexes else {
                throw ORMError.unsupported(
                    "partial indexes", dialect: dialect.name,
                    "\(dialect.name) has no indexes over a part of the rows, as \(index.name) is one")
            }
            return try " WHERE \(condition.text(in: dialect))"
        }
        return "CREATE \(index.isUnique ? "UNIQUE " : "")INDEX \(quoted(index.name)) "
            + "ON \(quoted(table)) (\(list))\(condition ?? "")"
    }

    /// A value written out.
    package func literal(_ value: SQLValue) -> String { dialect.literal(value) }

    /// A name in the dialect's quotes.
    package func quoted(_ name: String) -> String {
        var text = ""
        dialect.quote(name, into: &text)
        return text
    }
}

extension Session {
    /// Whether there is a table of this name.
    public func hasTable(_ name: String) async throws -> Bool {
        try await withLease(.readOnly) { lease in
            try await !lease.fetch(lease.dialect.tableExists(name), TupleDecoder<Int>()).isEmpty
        }
    }
}

extension Database {
    /// Creates the tables and indexes of models in an empty database, in one transaction. For tests and tools: a database
    /// that lives on is changed by migrations. So in production it is refused with `.configuration`.
    public func createSchema(
        for models: [any Model.Type], environment: DeploymentEnvironment = .development
    ) async throws {
        guard environment != .production else {
            throw ORMError(.configuration, "createSchema is not for production: change the database by migrations")
        }
        let script = try SchemaScript(dialect).create(models)
        try await run(script: "BEGIN;\n\(script)\nCOMMIT;")
    }
}
