extension TableState {
    /// The table of a model. Its conditions are written in each of the dialects, and kept as one text where they agree.
    ///
    /// Throws for a check or a partial index that speaks of more than its own table's columns, or that no other program could evaluate.
    ///
    /// ```swift
    /// let posts = try TableState(of: Post.self, for: [database.dialect])
    /// ```
    public init(of model: any Model.Type, for dialects: [any Dialect]) throws {
        self = try Self.table(of: model, for: dialects)
    }

    private static func table<Row: Model>(of model: Row.Type, for dialects: [any Dialect]) throws -> TableState {
        let schema = Row.schema
        let indexes = try Row.options.indexes.map { index in
            IndexState(
                index.name(in: schema.table), on: index.columns, isUnique: index.isUnique,
                where: try index.condition.map { try PortableSQL($0, for: dialects) })
        }
        // A column's own index is not needed where a wider one starts with it.
        let covered = Set(Row.options.indexes.filter { $0.condition == nil }.compactMap(\.columns.first))
        let own = schema.columns.filter { $0.isIndexed && !$0.isUnique && !covered.contains($0.name) }.map { column in
            let index = Options<Row>.Index(columns: [column.name], isUnique: false)
            return IndexState(index.name(in: schema.table), on: index.columns)
        }
        return TableState(
            schema.table, columns: schema.columns.map(ColumnState.init), indexes: own + indexes,
            checks: try Row.options.checks.map {
                CheckState(
                    $0.givenName ?? SchemaName.bounded("\(schema.table)_\($0.name)"),
                    try PortableSQL($0.condition, for: dialects))
            })
    }
}

extension Options.Index {
    /// The index's name: its own, or one made of the table and the columns.
    fileprivate func name(in table: String) -> String {
        if let givenName { return givenName }
        // A partial index may stand beside a whole one over the same columns.
        let kind = (condition == nil ? "" : "partial_") + (isUnique ? "unique" : "index")
        return SchemaName.bounded("\(table)_\(columns.joined(separator: "_"))_\(kind)")
    }
}

extension ColumnState {
    /// A model's column.
    init(_ column: ColumnDefinition) {
        let databaseDefault: DefaultState? = column.databaseDefault.map {
            switch $0 {
            case .now: .now
            case .sql(let text): .sql(PortableSQL(verbatim: text))
            }
        }
        self.init(
            column.name, column.storage, maxLength: column.maxLength, isNullable: column.isNullable,
            isPrimaryKey: column.isPrimaryKey, isUnique: column.isUnique,
            default: column.defaultValue.map { .value($0) } ?? databaseDefault, range: column.integerRange,
            references: column.reference.map { reference in
                let target = reference.model.schema
                return ReferenceState(target.table, target.primaryKey.name, onDelete: reference.onDelete)
            },
            comment: column.comment)
    }
}
