/// How the two ends of a to-many relation are linked.
public enum ToManyLink: Sendable, Hashable {
    /// The child's table, and its column that holds the parent's key.
    case direct(table: String, foreignKey: String)
    /// A pivot's table and its columns that hold the keys of this side and of the other; the other side's table and key.
    case through(pivot: String, ownerColumn: String, targetColumn: String, table: String, key: String)

    /// The table of the rows that the relation leads to.
    public var table: String {
        switch self {
        case .direct(let table, _): table
        case .through(_, _, _, let table, _): table
        }
    }
}
