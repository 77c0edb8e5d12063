/// Decides which of several databases a verb without `on:` goes to. Every answer may be `nil`: no opinion, ask the next router.
/// After the last one, a model is read, written and migrated in the database it is listed for, and may point to models of the same.
///
/// ```swift
/// struct Archive: Router {
///     func databaseForRead(_ model: any Model.Type, _ context: RoutingContext) -> String? {
///         model == Event.self ? "archive" : nil
///     }
/// }
/// ```
public protocol Router: Sendable {
    /// The name of the database to read a model's rows from.
    func databaseForRead(_ model: any Model.Type, _ context: RoutingContext) -> String?
    /// The name of the database to write a model's rows to. In a transaction of that one, rows are read there too.
    func databaseForWrite(_ model: any Model.Type, _ context: RoutingContext) -> String?
    /// Whether a model may have a foreign key to another. Asked once, when the databases are put together.
    func allowsRelation(from model: any Model.Type, to target: any Model.Type) -> Bool?
    /// Whether a model has its table in a database.
    func allowsMigration(of model: any Model.Type, on database: String) -> Bool?
}

extension Router {
    /// No opinion.
    public func databaseForRead(_ model: any Model.Type, _ context: RoutingContext) -> String? { nil }
    /// No opinion.
    public func databaseForWrite(_ model: any Model.Type, _ context: RoutingContext) -> String? { nil }
    /// No opinion.
    public func allowsRelation(from model: any Model.Type, to target: any Model.Type) -> Bool? { nil }
    /// No opinion.
    public func allowsMigration(of model: any Model.Type, on database: String) -> Bool? { nil }
}

/// What a router may know beside the model.
public struct RoutingContext: Sendable {
    /// The database that the model is listed for.
    public let home: String
    /// The database whose transaction the task is in; `nil` = none. Leaving it is refused.
    public let transaction: String?
    let sinceWrite: @Sendable (String) -> Duration?

    /// How long ago the current `use { }` scope, its child tasks included, last wrote to a database; `nil` = not yet.
    public func timeSinceWrite(to database: String) -> Duration? { sinceWrite(database) }
}
