package import ORM
import ORMTesting
import Testing

/// One thing that the driver of every server must do, beside what all drivers do (``DriverBehaviour``): locks between sessions, and what goes
/// wrong on a server that lives. Nothing is lost, no connection leaks, and the next statement works.
///
/// ```swift
/// @Test(.timeLimit(.minutes(10)), arguments: ServerBehaviour.cases)
/// func onAServer(_ behaviour: ServerBehaviour) async throws {
///     try await withPostgres { driver in
///         let limited = PostgresDriver(behaviour.limiting(driver.address), pool: behaviour.pool)
///         try await behaviour.run(on: limited, .postgres)
///     }
/// }
/// ```
package struct ServerBehaviour: Sendable, CustomTestStringConvertible {
    /// What holds, as a sentence.
    package let testDescription: String
    /// The connections that it wants.
    package let pool: PoolOptions
    private let lockTimeout: Duration?
    private let statementTimeout: Duration?
    private let body: @Sendable (Context) async throws -> Void

    init(
        _ name: String, connections: Int = 4, lockTimeout: Duration? = nil, statementTimeout: Duration? = nil,
        _ body: @escaping @Sendable (Context) async throws -> Void
    ) {
        testDescription = name
        pool = PoolOptions(maxSize: connections)
        self.lockTimeout = lockTimeout
        self.statementTimeout = statementTimeout
        self.body = body
    }

    /// All of them.
    package static var cases: [ServerBehaviour] { locks + cuts + cancellation }

    /// The address with the time limits that it wants.
    package func limiting(_ address: ServerAddress) -> ServerAddress {
        var address = address
        address.lockTimeout = lockTimeout
        address.statementTimeout = statementTimeout
        return address
    }

    /// Runs it on an empty database; expectations that fail are issues of the current test.
    package func run(on driver: any Driver, _ sessions: ServerSessions) async throws {
        try await withTestDatabase(driver, [Tag.self]) { db in
            try await body(Context(db: db, driver: driver, pool: pool, sessions: sessions))
        }
    }

    /// What a case works with.
    struct Context: Sendable {
        /// The database under test, bound to the task; it has the table of tags.
        let db: Database
        let driver: any Driver
        let pool: PoolOptions
        let sessions: ServerSessions

        /// Runs `body` with the database as a second program has it.
        func withSecondProgram(_ body: nonisolated(nonsending) (Database) async throws -> Void) async throws {
            try await Database.open(driver).closing(after: body)
        }

        /// The session that comes next, or in a transaction its own.
        func session() async throws -> Int { try await sessions.number.get() }

        func expectNoMoreConnectionsThanThePoolHas() async throws {
            #expect(try await sessions.count.get() <= pool.maxSize)
        }
    }
}

/// An engine's sessions: how to watch and to trouble them.
package struct ServerSessions: Sendable {
    /// The number of the session that asks.
    package var number: Rows<Int>
    /// How many sessions the database has.
    package var count: Rows<Int>
    /// Ends a session, from another one.
    package var end: @Sendable (Int) async throws -> Void
    /// Takes ten minutes.
    package var sleep: Rows<Int>
    /// How many sessions of the database sleep so.
    package var sleepers: Rows<Int>
    /// Takes some tenths of a millisecond.
    package var work: Rows<Int>
    /// What the message of a lost connection contains.
    package var lostMessage: String
    /// The engine's code for a lock that was waited for too long.
    package var lockTimeoutCode: String
    /// How a statement fails that follows a deadlock in a transaction: some engines have undone all of it by then.
    package var codeAfterDeadlock: ORMError.Code

    package init(
        number: Rows<Int>, count: Rows<Int>, end: @escaping @Sendable (Int) async throws -> Void, sleep: Rows<Int>,
        sleepers: Rows<Int>, work: Rows<Int>, lostMessage: String, lockTimeoutCode: String,
        codeAfterDeadlock: ORMError.Code
    ) {
        self.number = number
        self.count = count
        self.end = end
        self.sleep = sleep
        self.sleepers = sleepers
        self.work = work
        self.lostMessage = lostMessage
        self.lockTimeoutCode = lockTimeoutCode
        self.codeAfterDeadlock = codeAfterDeadlock
    }
}
