public import ORM
public import Testing

/// One thing that every driver must do: the same cases for all engines, written once. They know no dialect and compare no SQL.
///
/// A driver's tests run each case as a test of its own, on a database that is empty and used by nobody else:
/// ```swift
/// @Test(.timeLimit(.minutes(1)), arguments: DriverBehaviour.cases)
/// func aFile(_ behaviour: DriverBehaviour) async throws {
///     try await withFolder { folder in try await behaviour.run(on: SQLiteDriver(path: folder + "/test.sqlite3")) }
/// }
/// ```
public struct DriverBehaviour: Sendable, CustomTestStringConvertible {
    /// What holds, as a sentence.
    public let name: String
    /// Whether the database is opened twice at the same time, as two programs do. A database that lives in one connection cannot.
    public let opensTwice: Bool

    private let fixture: Fixture
    private let body: @Sendable (BehaviourContext) async throws -> Void

    /// A case on the small blog of ``Fixture/blog``.
    init(
        _ name: String, opensTwice: Bool = false,
        _ body: @escaping @Sendable (BehaviourContext) async throws -> Void
    ) {
        self.init(name, .blog, opensTwice: opensTwice, body)
    }

    init(
        _ name: String, _ fixture: Fixture, opensTwice: Bool = false,
        _ body: @escaping @Sendable (BehaviourContext) async throws -> Void
    ) {
        self.name = name
        self.fixture = fixture
        self.opensTwice = opensTwice
        self.body = body
    }

    /// All of them.
    public static var cases: [DriverBehaviour] { data + queries + relations + writing + sessions }

    private static var data: [DriverBehaviour] { values + storedValues + columnTypes + texts }
    private static var queries: [DriverBehaviour] {
        lookups + logic + patterns + verbs + expressions + toMany + rowKeys
    }
    private static var relations: [DriverBehaviour] { linking + loading + prefetching }
    private static var writing: [DriverBehaviour] {
        inserts + conflicts + saves + bulkSaves + updatesAndDeletes + softDeletes
    }
    private static var sessions: [DriverBehaviour] {
        transactions + interleaving + hooks + cancellation + pooling + errors
    }

    /// Runs the case on an empty database; expectations that fail are recorded as issues of the current test.
    public func run(on driver: any Driver) async throws {
        let clock = ManualClock()
        try await withTestDatabase(driver, fixture.models, clock: clock) { database in
            try await fixture.seed()
            try await body(BehaviourContext(db: database, driver: driver, clock: clock))
        }
    }

    /// The name.
    public var testDescription: String { name }
}

/// What a case works with.
struct BehaviourContext: Sendable {
    /// The database under test, bound to the task.
    let db: Database
    let driver: any Driver
    /// What the database's time-outs and pauses go by.
    let clock: ManualClock

    /// Runs `body` with the database as a second program has it.
    func withSecondProgram(
        observers: [any QueryObserver] = [], _ body: nonisolated(nonsending) (Database) async throws -> Void
    ) async throws {
        try await Database.open(driver, observers: observers).closing(after: body)
    }

    /// Runs `body` while all connections that write are in use.
    func holdingAllWriters<Result: Sendable>(
        _ body: nonisolated(nonsending) () async throws -> Result
    ) async throws -> Result {
        let (held, isHeld) = AsyncStream.makeStream(of: Void.self)
        let count = driver.limit(of: .writer)
        var releases: [AsyncStream<Void>.Continuation] = []
        var holders: [Task<Void, any Error>] = []
        for _ in 0..<count {
            let (mayGo, go) = AsyncStream.makeStream(of: Void.self)
            releases.append(go)
            holders.append(
                Task.detached {
                    try await db.withLease(.readWrite) { _ in
                        isHeld.yield()
                        for await _ in mayGo { break }
                    }
                })
        }
        var iterator = held.makeAsyncIterator()
        for _ in 0..<count { _ = await iterator.next() }
        let result: Swift.Result<Result, any Error>
        do { result = .success(try await body()) } catch { result = .failure(error) }
        for release in releases { release.yield() }
        for holder in holders { try await holder.value }
        return try result.get()
    }

    /// Runs a statement as it stands.
    func execute(_ sql: String) async throws {
        _ = try await db.withLease(.readWrite) { lease in try await lease.execute(Statement(sql)) }
    }
}

/// The error that `body` throws, when it is the ORM's own.
package func ormError(_ body: nonisolated(nonsending) () async throws -> Void) async -> ORMError? {
    do {
        try await body()
        return nil
    } catch {
        return error as? ORMError
    }
}

/// An error of a caller's, which must come out as it went in.
package struct Broken: Error, Equatable {
    package var number: Int

    package init(number: Int = 0) { self.number = number }
}

extension Query where Row.ID == Int {
    /// The ids of the query's rows, in the query's order; sorted when it names none, because engines then differ.
    package func ids() async throws -> [Int] {
        let ids = try await all().map(\.id)
        return isOrdered ? ids : ids.sorted()
    }
}
