public import ORM

extension SchemaState {
    /// The schema that models declare, with conditions written in all of the dialects.
    ///
    /// Throws for two models of one table, for a foreign key to a table that is none of the models', and what
    /// ``ORM/TableState/init(of:for:)`` throws.
    ///
    /// ```swift
    /// let state = try SchemaState(of: [User.self, Post.self], for: [SQLiteDriver.inMemory.dialect, PostgresDialect()])
    /// ```
    public init(of models: [any Model.Type], for dialects: [any Dialect]) throws {
        let tables = try models.map { try TableState(of: $0, for: dialects) }
        var names: Set<String> = []
        for table in tables where !names.insert(table.name).inserted {
            throw ORMError(.configuration, "two models have the table \(table.name)")
        }
        for table in tables {
            for column in table.columns {
                guard let target = column.reference?.table, !names.contains(target) else { continue }
                throw ORMError(
                    .configuration,
                    "\(table.name).\(column.name) points to \(target), which is none of the models: add its model to the list"
                )
            }
        }
        self.init(tables)
    }
}
