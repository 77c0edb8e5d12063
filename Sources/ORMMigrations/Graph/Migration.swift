/// A named step of the schema: operations that are applied together, after those of its parents.
///
/// ```swift
/// let rating = Migration("0002_rating", after: ["0001_initial"], operations: [
///     .addColumn("posts", ColumnState("rating", .integer, default: .value(.int(0)))),
/// ])
/// ```
public struct Migration: Sendable {
    /// The name, unique among the program's migrations.
    public let name: String
    /// The migrations that come before it; more than one where branches come together, none for the first.
    public let parents: [String]
    /// What it does, in order.
    public let operations: [MigrationOperation]
    /// The file it is written in: `BlogModels/0002_rating.swift`, for messages.
    public let file: String

    /// A migration of these operations.
    public init(
        _ name: String, after parents: [String] = [], file: StaticString = #fileID, operations: [MigrationOperation]
    ) {
        self.name = name
        self.parents = parents
        self.operations = operations
        self.file = file.description
    }
}
