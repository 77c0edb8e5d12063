extension SchemaScript {
    /// A column's definition, as it stands in CREATE TABLE and behind ADD COLUMN. It holds the constraints too where these have no
    /// names of their own, see ``Dialect/namesConstraints``.
    package func definition(of column: ColumnState, in table: String) throws -> String {
        // A text that points to a key is of the key's type: to MySQL one without a limit would be another.
        let pointsToText = column.reference != nil && column.type == .text
        var words = [
            quoted(column.name),
            dialect.type(
                of: column.type, maxLength: column.maxLength, isPrimaryKey: column.isPrimaryKey || pointsToText),
        ]
        if column.isPrimaryKey { words.append("PRIMARY KEY") }
        if !column.isNullable { words.append("NOT NULL") }
        if column.isUnique, !dialect.namesConstraints { words.append("UNIQUE") }
        if let value = column.defaultValue { words.append(try "DEFAULT \(expression(of: value, for: column))") }
        if !dialect.namesConstraints {
            if let range = column.range { words.append("CHECK (\(condition(range, of: column)))") }
            if let reference = column.reference { words.append(text(of: reference)) }
        }
        if case .clause(let text) = column.comment.map({ dialect.comment($0) }) { words.append(text) }
        return words.joined(separator: " ")
    }

    /// What a column's default, or a value for its rows, is in the dialect.
    package func expression(of value: DefaultState, for column: ColumnState) throws -> String {
        switch value {
        case .value(let value): dialect.literal(value, in: column.type)
        case .now: dialect.expression(of: .now)
        case .sql(let text): dialect.expression(of: .sql(try text.text(in: dialect)))
        }
    }

    /// The constraints of a column that have names, where an engine can drop and add them by these.
    package func constraints(of column: ColumnState, in table: String) throws -> [ColumnConstraint] {
        var constraints: [ColumnConstraint] = []
        func add(_ kind: ColumnConstraint.Kind, _ definition: String) {
            let name = ColumnConstraint.name(kind, table: table, column: column.name)
            constraints.append(
                ColumnConstraint(kind: kind, name: name, definition: "CONSTRAINT \(quoted(name)) \(definition)"))
        }
        if column.isUnique { add(.unique, "UNIQUE (\(quoted(column.name)))") }
        if let range = column.range { add(.range, "CHECK (\(condition(range, of: column)))") }
        if let reference = column.reference {
            add(.foreignKey, "FOREIGN KEY (\(quoted(column.name))) \(text(of: reference))")
        }
        return constraints
    }

    /// A check's definition.
    package func definition(of check: CheckState) throws -> String {
        "CONSTRAINT \(quoted(check.name)) CHECK (\(try check.condition.text(in: dialect)))"
    }

    /// The statement that says what a column is for, or that it says nothing any more, where the engine has one.
    package func comment(on column: ColumnState, of table: String) -> String {
        "COMMENT ON COLUMN \(quoted(table)).\(quoted(column.name)) IS \(column.comment.map { dialect.literal(.text($0)) } ?? "NULL")"
    }

    private func condition(_ range: ClosedRange<Int64>, of column: ColumnState) -> String {
        "\(quoted(column.name)) BETWEEN \(range.lowerBound) AND \(range.upperBound)"
    }

    private func text(of reference: ReferenceState) -> String {
        "REFERENCES \(quoted(reference.table)) (\(quoted(reference.column))) ON DELETE \(reference.onDelete.rawValue)"
    }
}

/// A constraint of one column that an engine knows by a name.
package struct ColumnConstraint: Sendable, Hashable {
    /// What it demands; the raw value ends its name, as PostgreSQL ends those that it makes itself.
    package enum Kind: String, Sendable {
        case unique = "key"
        case range = "range"
        case foreignKey = "fkey"
    }

    package let kind: Kind
    /// `posts_author_id_fkey`
    package let name: String
    /// `CONSTRAINT … FOREIGN KEY …`
    package let definition: String

    /// The name of a column's constraint.
    package static func name(_ kind: Kind, table: String, column: String) -> String {
        SchemaName.bounded("\(table)_\(column)_\(kind.rawValue)")
    }
}
