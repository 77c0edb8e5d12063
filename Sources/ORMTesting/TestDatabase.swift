public import ORM

/// The log of the test database that the current task works on.
enum TestContext {
    @TaskLocal static var log: QueryLog?
}

/// Runs `body` on a fresh database with the models' tables, bound to the task, and closes it afterwards. Each call has a
/// database of its own, so tests may run at the same time.
///
/// - `observers`: see what runs, the creation of the tables included.
/// - `signals`: what happens beside the writing of rows.
/// - `clock`: what time-outs and pauses go by.
///
/// ```swift
/// try await withTestDatabase(SQLiteDriver.inMemory, [User.self, Post.self]) { db in
///     let ada = try await User.create(username: "ada")
///     try await expectQueries(atMost: 1) { _ = try await User.get(ada.id) }
/// }
/// ```
public func withTestDatabase<Result>(
    _ driver: any Driver, _ models: [any Model.Type], observers: [any QueryObserver] = [],
    signals: Signals = Signals(), clock: any Clock<Duration> = ContinuousClock(),
    _ body: nonisolated(nonsending) (Database) async throws -> Result
) async throws -> Result {
    let log = QueryLog()
    let database = try await Database.open(driver, observers: [log] + observers, signals: signals, clock: clock)
    return try await database.closing { database in
        try await database.createSchema(for: models)
        return try await TestContext.$log.withValue(log) { try await database.use { try await body(database) } }
    }
}

/// Runs `body` and throws ``UnexpectedQueries`` when it ran more statements than allowed; transaction control is none. Inside
/// ``withTestDatabase(_:_:observers:signals:clock:_:)``.
@discardableResult
public func expectQueries<Result>(
    atMost limit: Int, _ body: nonisolated(nonsending) () async throws -> Result
) async throws -> Result {
    try await expectQueries(limit, isExact: false, body)
}

/// Runs `body` and throws ``UnexpectedQueries`` when it ran more statements than these, or fewer; see
/// ``expectQueries(atMost:_:)``. Inside ``withTestDatabase(_:_:observers:signals:clock:_:)``.
@discardableResult
public func expectQueries<Result>(
    exactly count: Int, _ body: nonisolated(nonsending) () async throws -> Result
) async throws -> Result {
    try await expectQueries(count, isExact: true, body)
}

private func expectQueries<Result>(
    _ limit: Int, isExact: Bool, _ body: nonisolated(nonsending) () async throws -> Result
) async throws -> Result {
    guard let log = TestContext.log else {
        throw ORMError(.configuration, "expectQueries works inside withTestDatabase only")
    }
    let before = log.queries.count
    let result = try await body()
    let ran = Array(log.sql.dropFirst(before))
    guard ran.count <= limit, !isExact || ran.count == limit else {
        throw UnexpectedQueries(limit: limit, isExact: isExact, queries: ran)
    }
    return result
}

/// Runs `body` and gives back the statements that it ran, first to last. Inside ``withTestDatabase(_:_:observers:signals:clock:_:)``.
///
/// ```swift
/// let queries = try await recordQueries { _ = try await Post.filter { $0.published }.count() }
/// // queries[0].sql == #"SELECT COUNT(*) FROM "posts" AS t0 WHERE t0."published" = 1"#
/// ```
public func recordQueries(
    _ body: nonisolated(nonsending) () async throws -> Void
) async throws -> [ObservedQuery] {
    guard let log = TestContext.log else {
        throw ORMError(.configuration, "recordQueries works inside withTestDatabase only")
    }
    let before = log.queries.count
    try await body()
    return Array(log.queries.dropFirst(before))
}
