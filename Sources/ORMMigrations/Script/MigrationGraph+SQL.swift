public import ORM

extension MigrationGraph {
    /// The SQL that takes an empty database to a migration, or to the last one, in a dialect: as text to read, without a database.
    public func sql(to target: String? = nil, in dialect: any Dialect) throws -> String {
        throw SchemaState.refusal("not yet")
    }
}
