import Synchronization

/// Which query's row a column belongs to.
///
/// Each closure of a query gets a number of its own, and the query remembers the numbers of its closures. So a closure inside
/// another one may speak of both rows, and the same query may stand inside itself.
package struct ScopeID: Sendable, Hashable {
    private let number: Int

    /// The row of the innermost query that is open where the column is written.
    package static let innermost = ScopeID(number: 0)
    /// The row of the whole statement.
    package static let outermost = ScopeID(number: 1)

    private static let last = Atomic(1)

    /// A number that nobody else has.
    package static func unique() -> ScopeID {
        ScopeID(number: last.wrappingAdd(1, ordering: .relaxed).newValue)
    }

    private init(number: Int) { self.number = number }
}

/// A place in a query: whose row, and the relations from that row to here.
package struct ScopePath: Sendable {
    package var id: ScopeID
    package var steps: [JoinStep]

    /// The row of the query that is being written.
    package static let root = ScopePath(id: .innermost, steps: [])

    package func appending(_ step: JoinStep) -> ScopePath { ScopePath(id: id, steps: steps + [step]) }
}

/// A column as a query reaches it: from a query's row, along to-one relations.
package struct ColumnPath: Sendable {
    package var scope: ScopePath
    package var column: String
    /// For a decimal number, how many digits stand behind the point.
    package var scale: Int?

    package init(scope: ScopePath, column: String, scale: Int? = nil) {
        self.scope = scope
        self.column = column
        self.scale = scale
    }

    /// A column of the row at the end of a path.
    package init(scope: ScopePath, column: ColumnDefinition) {
        self.init(scope: scope, column: column.name, scale: column.storage.scale)
    }
}

/// A to-one relation that a query walks along: a join, unless only the key at its end is wanted.
package struct JoinStep: Sendable, Hashable {
    package var relation: String
    package var column: String
    package var table: String
    package var key: String
    package var isOptional: Bool
    /// Whether the foreign key is on the other side: then the row may be missing, and its key is not known on this side.
    package var isInverse = false
    /// The table's column that says when a row was deleted softly, where such a row counts as missing.
    package var deletionColumn: String?
}
