/// Several databases by name, with the models that live in each. A value you own, as ``Database`` is; nothing is global.
///
/// ```swift
/// let databases = try Databases(
///     ["default": main, "analytics": events],
///     models: ["default": [User.self, Post.self], "analytics": [Event.self]])
/// try await databases.use {
///     let ada = try await User.get(1)                 // from main
///     try await Event.create(name: "login")           // to events
///     let raw = try await User.count(on: databases["analytics"])  // on: is asked before any router
/// }
/// ```
/// A foreign key cannot cross databases, so a relation that would is refused when the value is made; and so is, when it is
/// called, a verb without `on:` that would leave the database of the transaction it is in. Both with `.configuration`, before any SQL.
public final class Databases: Sendable {
    private let databases: [String: Database]
    private let homes: [ObjectIdentifier: String]
    private let models: [any Model.Type]
    private let routers: [any Router]
    private let time: TimeSource

    /// Databases by name, and the models of each. Every model that verbs use inside ``use(isolation:_:)`` is listed once.
    ///
    /// - `routers`: asked in this order before a model's own database is taken.
    /// - `clock`: what "shortly after a write" goes by.
    public init(
        _ databases: [String: Database], models: [String: [any Model.Type]], routers: [any Router] = [],
        clock: any Clock<Duration> = ContinuousClock()
    ) throws {
        self.databases = databases
        self.routers = routers
        time = TimeSource(clock)
        var homes: [ObjectIdentifier: String] = [:]
        for (name, models) in models {
            guard databases[name] != nil else { throw Self.unknown(name, among: databases) }
            for model in models where homes.updateValue(name, forKey: ObjectIdentifier(model)) != nil {
                throw ORMError(.configuration, "\(model) is listed twice: a model lives in one database")
            }
        }
        self.homes = homes
        self.models = models.sorted { $0.key < $1.key }.flatMap(\.value)
        for model in self.models { try checkRelations(of: model) }
    }

    /// The database of a name; throws `.configuration` when there is none.
    public subscript(name: String) -> Database {
        get throws {
            guard let database = databases[name] else { throw Self.unknown(name, among: databases) }
            return database
        }
    }

    /// Binds the databases to the current task and its children: verbs inside need no `on:`, each goes where its model's
    /// database, or a router, says.
    public func use<Result>(
        isolation: isolated (any Actor)? = #isolation, _ body: nonisolated(nonsending) () async throws -> Result
    ) async rethrows -> Result {
        var binding = Ambient.binding
        binding.session = nil
        binding.databases = self
        binding.scope = UseScope(time, in: binding.scope)
        return try await Ambient.$binding.withValue(binding) {
            // Captured, so that the body runs where the caller does: `withValue` itself would run it elsewhere.
            _ = isolation
            return try await body()
        }
    }

    /// Closes all of them.
    public func close() async {
        for database in databases.values { await database.close() }
    }

    /// The models that have their tables in a database.
    public func models(on name: String) -> [any Model.Type] {
        models.filter { model in
            opinion { $0.allowsMigration(of: model, on: name) }
                ?? (homes[ObjectIdentifier(model)] == name)
        }
    }

    /// Creates the tables of ``models(on:)`` in every database; see ``Database/createSchema(for:environment:)``.
    public func createSchema(environment: DeploymentEnvironment = .development) async throws {
        for (name, database) in databases.sorted(by: { $0.key < $1.key }) {
            let models = models(on: name)
            if !models.isEmpty { try await database.createSchema(for: models, environment: environment) }
        }
    }

    // MARK: Routing

    /// What a verb about a model runs on: the transaction it is in, or the database that a router or the list names.
    func session(for model: any Model.Type, _ mode: TransactionMode) throws -> any Session {
        let context = try context(for: model)
        let writer = try self[name(toWrite: model, context)]
        if let transaction = Ambient.transaction(of: writer.id) { return transaction }
        let database = mode == .readWrite ? writer : try self[name(toRead: model, context)]
        if let transaction = Ambient.transaction(of: database.id) { return transaction }
        if let other = context.transaction {
            throw ORMError(
                .configuration,
                "\(model) lives in the database \(context.home), but this is a transaction of \(other): no transaction spans two; "
                    + "call it outside, or pass on: to say that you mean it")
        }
        return database
    }

    /// Whether a database is one of these.
    func contains(_ database: ObjectIdentifier) -> Bool { databases.values.contains { $0.id == database } }

    private func name(toWrite model: any Model.Type, _ context: RoutingContext) -> String {
        opinion { $0.databaseForWrite(model, context) } ?? context.home
    }

    private func name(toRead model: any Model.Type, _ context: RoutingContext) -> String {
        opinion { $0.databaseForRead(model, context) } ?? context.home
    }

    private func context(for model: any Model.Type) throws -> RoutingContext {
        guard let home = homes[ObjectIdentifier(model)] else {
            throw ORMError(.configuration, "\(model) is listed for no database: add it to models")
        }
        let scope = Ambient.binding.scope
        return RoutingContext(home: home, transaction: nameOfTransaction) { [databases] name in
            databases[name].flatMap { scope?.timeSinceWrite(to: $0.id) }
        }
    }

    /// The first opinion that a router has. Each is asked once, because one that takes turns counts.
    private func opinion<Answer>(_ ask: (any Router) -> Answer?) -> Answer? {
        for router in routers { if let answer = ask(router) { return answer } }
        return nil
    }

    /// The database of the innermost transaction, if it is one of these.
    private var nameOfTransaction: String? {
        var candidate = Ambient.binding.transaction
        while let transaction = candidate {
            if let name = databases.first(where: { $0.value.id == transaction.database })?.key { return name }
            candidate = transaction.enclosing
        }
        return nil
    }

    private func checkRelations(of model: any Model.Type) throws {
        let own = name(toWrite: model, try context(for: model))
        for column in model.schema.columns {
            guard let target = column.reference?.model else { continue }
            if let isAllowed = opinion({ $0.allowsRelation(from: model, to: target) }) {
                if isAllowed { continue }
                throw ORMError(
                    .configuration, "\(model.schema.table).\(column.name) points to \(target), which a router forbids")
            }
            let other = name(toWrite: target, try context(for: target))
            guard own == other else {
                throw ORMError(
                    .configuration,
                    "\(model.schema.table).\(column.name) points to \(target), which lives in \(other) and not in \(own): "
                        + "a foreign key cannot cross databases; store the id as a plain column")
            }
        }
    }

    private static func unknown(_ name: String, among databases: [String: Database]) -> ORMError {
        let known = databases.keys.sorted().joined(separator: ", ")
        return ORMError(.configuration, "there is no database “\(name)”: known are \(known)")
    }
}
