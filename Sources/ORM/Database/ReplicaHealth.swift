import Synchronization

/// Which replicas may be read from: those that answer, still follow their primary, and are not far behind it. For ``ReplicaRouter``.
///
/// Every replica is asked again after a while, by whoever reads, in the background: there is nothing to start and nothing to stop. Until the
/// first answer a replica is taken for well. A read that meets a replica at the moment it dies fails, as it does with one database; from
/// the next answer on the replica is left out, and taken back when it is well again.
///
/// ```swift
/// let health = ReplicaHealth(["replica": replica], farthestBehind: .seconds(5))
/// let router = ReplicaRouter(replicas: ["replica"], health: health)
/// ```
public final class ReplicaHealth: Sendable {
    private struct State {
        /// Those that may not be read from.
        var ill: Set<String> = []
        var nextCheck = Duration.zero
        var isChecking = false
    }

    private let replicas: [String: Database]
    private let farthest: Duration
    private let pause: Duration
    private let time: TimeSource
    private let state = Mutex(State())

    /// The health of replicas by their names.
    ///
    /// - `farthestBehind`: how far a replica may be behind the primary.
    /// - `pause`: after how long each is asked again.
    /// - `clock`: what the pause goes by.
    public init(
        _ replicas: [String: Database], farthestBehind: Duration = .seconds(5),
        askedEvery pause: Duration = .seconds(1),
        clock: any Clock<Duration> = ContinuousClock()
    ) {
        self.replicas = replicas
        farthest = farthestBehind
        self.pause = pause
        time = TimeSource(clock)
    }

    /// Whether a replica may be read from. Has all of them asked in the background when it is time.
    public func isWell(_ replica: String) -> Bool {
        let now = time.now()
        let (isWell, isDue) = state.withLock { state in
            let isDue = !state.isChecking && now >= state.nextCheck
            if isDue { state.isChecking = true }
            return (!state.ill.contains(replica), isDue)
        }
        // Detached, because it must not carry the bindings of the task that happened to come by.
        if isDue { Task.detached { await self.ask() } }
        return isWell
    }

    /// Asks all replicas now.
    public func check() async {
        state.withLock { $0.isChecking = true }
        await ask()
    }

    private func ask() async {
        let ill = await withTaskGroup(of: String?.self) { group in
            for (name, database) in replicas {
                group.addTask { await self.isWell(database) ? nil : name }
            }
            return await group.reduce(into: Set<String>()) { if let name = $1 { $0.insert(name) } }
        }
        let next = time.now() + pause
        state.withLock { state in
            state.ill = ill
            state.nextCheck = next
            state.isChecking = false
        }
    }

    private func isWell(_ database: Database) async -> Bool {
        guard let query = database.dialect.replicaLag else { return true }
        do {
            let seconds = try await database.withLease(.readOnly) { lease in
                try await lease.fetchFirst(query, TupleDecoder<Double?>())
            }
            // Without a number it follows nobody.
            guard let seconds, let seconds else { return false }
            return .seconds(seconds) <= farthest
        } catch {
            return false
        }
    }
}
