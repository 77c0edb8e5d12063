extension SQLWriter {
    /// Writes a column of the table that is defined; a relation's key is one of them.
    mutating func ownColumn(_ path: ColumnPath) {
        let steps = path.scope.steps
        if steps.isEmpty { return identifier(path.column) }
        guard steps.count == 1, !steps[0].isInverse, steps[0].key == path.column else {
            return refuseInDefinition("\(path.column) is behind a relation")
        }
        identifier(steps[0].column)
    }

    /// Writes an expression that the model gives as SQL, as it stands.
    mutating func portable(_ text: PortableSQL) {
        do {
            for piece in try text.pieces(in: dialect) {
                switch piece {
                case .text(let text): raw(text)
                case .name(let name): identifier(name)
                }
            }
        } catch let error as ORMError {
            refuse(error)
        } catch {
            refuse(ORMError(.configuration, "the expression cannot be written", underlying: error))
        }
    }

    mutating func refuseInDefinition(_ what: String) {
        refuse(ORMError(.configuration, "a check or an index speaks of its own table's columns, and \(what)"))
    }

    /// Refuses a function that only this library knows where other programs must know it too.
    mutating func refuseOwnFunction(_ name: String) {
        guard context == .definition else { return }
        refuse(
            .unsupported(
                name, dialect: dialect.name,
                "a check or an index with \(name) would keep other programs from writing the table: use what \(dialect.name) has itself"
            ))
    }
}
