import BlogSite
import ORM
import Synchronization

/// The right to change what is in a server's database: only one run has it, on whatever machine.
///
/// It is an advisory lock of the server, held by a connection of its own, so that it ends with the process however that ends, and
/// takes nothing from a pool that may be as small as one.
enum DatabaseLock {
    /// What the lock is called, within its database.
    static let name = "blog"

    /// Runs `body` while holding the locks of those of the databases that are a server's. A lock that somebody else holds after `deadline` is
    /// an error with the code `.locked`.
    static func with<Result>(
        _ places: [DatabasePlace], until deadline: ContinuousClock.Instant, _ body: () async throws -> Result
    ) async throws -> Result {
        guard let place = places.first(where: { $0.server != nil }) else { return try await body() }
        let rest = Array(places.drop { $0.server == nil }.dropFirst())
        return try await holding(place, until: deadline) { try await with(rest, until: deadline, body) }
    }

    private static func holding<Result>(
        _ place: DatabasePlace, until deadline: ContinuousClock.Instant, _ body: () async throws -> Result
    ) async throws -> Result {
        let database = try await place.withOneConnection.open()
        return try await database.closing { database in
            let lock = HeldLock(name, of: database, until: deadline)
            do {
                try await lock.take()
                let result = try await body()
                await lock.giveBack()
                return result
            } catch let error as ORMError where error.database?.kind == .lockTimeout && !lock.isTaken {
                await lock.giveBack()
                throw SiteError(.locked, path: place.description, "another run of blog is at work on this database")
            } catch {
                await lock.giveBack()
                throw error
            }
        }
    }
}

/// An advisory lock as a value: it is taken and given back, where the database's own lock is a scope. That scope is a task of its own,
/// because it runs on the lock's connection, where nothing else should be done.
private final class HeldLock: Sendable {
    private let holder: Task<Void, Never>
    private let taken: AsyncThrowingStream<Void, any Error>
    private let end: AsyncStream<Void>.Continuation
    private let state = Mutex(false)

    /// Whether the lock was taken.
    var isTaken: Bool { state.withLock { $0 } }

    init(_ name: String, of database: Database, until deadline: ContinuousClock.Instant) {
        let (taken, takes) = AsyncThrowingStream<Void, any Error>.makeStream()
        let (open, end) = AsyncStream<Void>.makeStream()
        (self.taken, self.end) = (taken, end)
        holder = Task {
            do {
                let wait = max(.zero, ContinuousClock.now.duration(to: deadline))
                try await database.withAdvisoryLock(name, wait: wait) {
                    takes.yield()
                    for await _ in open {}
                }
                takes.finish()
            } catch {
                takes.finish(throwing: error)
            }
        }
    }

    /// Waits for the lock; throws what the database says when it does not come.
    func take() async throws {
        try await withTaskCancellationHandler {
            for try await _ in taken { break }
        } onCancel: {
            holder.cancel()
        }
        try Task.checkCancellation()
        state.withLock { $0 = true }
    }

    /// Gives the lock back, and waits until the database knows.
    func giveBack() async {
        end.finish()
        await holder.value
    }
}
