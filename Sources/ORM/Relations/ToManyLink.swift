/// How the two ends of a to-many relation are linked.
public enum ToManyLink: Sendable, Hashable {
    /// The child's table, and its column that holds the parent's key.
    case direct(table: String, foreignKey: String)
    /// A pivot's table and its columns that hold the keys of this side and of the other; the other side's table and key.
    case through(pivot: String, ownerColumn: String, targetColumn: String, table: String, key: String)

    /// A pivot whose rows are deleted softly, and the other side's table. A link would then be a row that is there and does not count,
    /// which neither the pivot's unique index nor ``Many/add(_:on:file:line:)`` knows: every use of the relation is refused.
    case throughDeleted(pivot: String, table: String)

    /// The table of the rows that the relation leads to.
    public var table: String {
        switch self {
        case .direct(let table, _): table
        case .through(_, _, _, let table, _): table
        case .throughDeleted(_, let table): table
        }
    }

    /// Why a relation over a pivot whose rows are deleted softly is refused.
    static func refusal(ofDeleted pivot: String) -> ORMError {
        .unsupported(
            "many-to-many through rows that are deleted softly",
            "the rows of the pivot \(pivot) are deleted softly, which a many-to-many relation cannot follow: relate to the pivot's rows with @HasMany"
        )
    }
}
