import Synchronization

/// Sends reads to replicas of a database, in turns, and writes to the database itself, the primary.
///
/// A task reads its own writes: in a transaction, and for a while after a write in the same `use { }` scope, reads go to the
/// primary as well, because a replica may not have the write yet. With a ``ReplicaHealth``, a replica that is dead or far behind is
/// left out until it is well again; without any that is well, the primary reads too.
///
/// ```swift
/// let databases = try Databases(
///     ["default": primary, "replica": replica], models: ["default": [User.self, Post.self]],
///     routers: [ReplicaRouter(primary: "default", replicas: ["replica"], lag: .seconds(2))])
/// ```
public final class ReplicaRouter: Router {
    private let primary: String
    private let replicas: [String]
    private let lag: Duration
    private let health: ReplicaHealth?
    private let turn = Atomic(0)

    /// A router for the models that are listed for the primary.
    ///
    /// - `lag`: how long a replica may take to have a write.
    /// - `health`: tells which replicas may be read from; `nil` = always all.
    public init(
        primary: String = "default", replicas: [String], lag: Duration = .seconds(2), health: ReplicaHealth? = nil
    ) {
        self.primary = primary
        self.replicas = replicas
        self.lag = lag
        self.health = health
    }

    /// The next replica, or the one whose transaction this is, or the primary shortly after a write.
    public func databaseForRead(_ model: any Model.Type, _ context: RoutingContext) -> String? {
        guard context.home == primary, !replicas.isEmpty else { return nil }
        if let replica = context.transaction, replicas.contains(replica) { return replica }
        if let time = context.timeSinceWrite(to: primary), time < lag { return primary }
        let turn = Int(UInt(bitPattern: turn.wrappingAdd(1, ordering: .relaxed).oldValue) % UInt(replicas.count))
        guard let health else { return replicas[turn] }
        // The next one that is well.
        let order = replicas[turn...] + replicas[..<turn]
        return order.first { health.isWell($0) } ?? primary
    }
}
