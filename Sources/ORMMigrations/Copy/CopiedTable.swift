/// What a copy says of a table.
public struct CopiedTable: Sendable, Hashable {
    /// The table's name.
    public let name: String
    /// How many rows it has.
    public let rows: Int
    /// A hash over the values of all its rows, whatever their order, as 16 hexadecimal digits: the same for the same rows on every
    /// engine. `nil` where rows were only counted.
    public let hash: String?

    init(_ name: String, rows: Int, hash: String? = nil) {
        self.name = name
        self.rows = rows
        self.hash = hash
    }
}
