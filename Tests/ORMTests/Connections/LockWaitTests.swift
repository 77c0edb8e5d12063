import ORM
@testable import ORMSQLite
import ORMTesting
import Testing

/// Waiting for another program's lock.
@Suite struct LockWaitTests {
    enum Way: CaseIterable {
        case transaction, verb, script

        func write(to database: Database) async throws {
            switch self {
            case .transaction: try await database.transaction { _ in }
            case .verb: try await Tag.create(name: "never", on: database)
            case .script: try await database.run(script: "INSERT INTO tags (name) VALUES ('never')")
            }
        }
    }

    @Test(.timeLimit(.minutes(10)), arguments: Way.allCases)
    func aTaskThatWaitsForALockEndsWhenItIsCancelled(_ way: Way) async throws {
        try await withFile { path in
            let driver = WatchedDriver(base: SQLiteDriver(path: path, busyTimeoutMilliseconds: 3_600_000))
            let ours = try await Database.open(driver)
            try await ours.createSchema(for: [Tag.self])
            let theirs = try await Database.open(SQLiteDriver(path: path))
            try await theirs.transaction { _ in
                try await Tag.create(name: "theirs")
                let task = Task.detached { try await way.write(to: ours) }
                while !driver.isWaitingForLock { await Task.yield() }
                task.cancel()
                await #expect(throws: CancellationError.self) { try await task.value }
            }
            try await ours.transaction { _ in _ = try await Tag.create(name: "ours") }
            #expect(try await Tag.order { $0.id.asc }.all(on: ours).map(\.name) == ["theirs", "ours"])
            #expect(driver.writers.value.count == 1)
            await ours.close()
            await theirs.close()
        }
    }

    @Test(.timeLimit(.minutes(10))) func aTaskThatWaitsForALockGetsItWhenItIsFree() async throws {
        try await withFile { path in
            let driver = WatchedDriver(base: SQLiteDriver(path: path, busyTimeoutMilliseconds: 3_600_000))
            let ours = try await Database.open(driver)
            try await ours.createSchema(for: [Tag.self])
            let theirs = try await Database.open(SQLiteDriver(path: path))
            let task = try await theirs.transaction { _ in
                try await Tag.create(name: "theirs")
                let task = Task.detached { _ = try await Tag.create(name: "ours", on: ours) }
                while !driver.isWaitingForLock { await Task.yield() }
                return task
            }
            try await task.value
            #expect(try await Tag.order { $0.id.asc }.all(on: theirs).map(\.name) == ["theirs", "ours"])
            await ours.close()
            await theirs.close()
        }
    }

    @Test(.timeLimit(.minutes(10))) func observersSeeHowLongATransactionWaitedForALock() async throws {
        try await withFile { path in
            let driver = WatchedDriver(base: SQLiteDriver(path: path, busyTimeoutMilliseconds: 3_600_000))
            let (log, clock) = (QueryLog(), ManualClock())
            let ours = try await Database.open(driver, observers: [log], clock: clock)
            let theirs = try await Database.open(SQLiteDriver(path: path))
            let task = try await theirs.transaction { _ in
                let task = Task.detached { try await ours.transaction { _ in } }
                while !driver.isWaitingForLock { await Task.yield() }
                clock.advance(by: .milliseconds(300))
                return task
            }
            try await task.value
            #expect(log.everything.map(\.sql) == ["BEGIN IMMEDIATE", "COMMIT"])
            #expect(log.everything.map(\.duration) == [.milliseconds(300), .zero])
            await ours.close()
            await theirs.close()
        }
    }
}

/// SQLite's driver, with the writing connections that it has opened.
private struct WatchedDriver: Driver {
    let base: SQLiteDriver
    let writers = Shared<[SQLiteConnection]>([])

    var dialect: any Dialect { base.dialect }
    var pool: PoolOptions { base.pool }
    var isWaitingForLock: Bool { writers.value.contains(where: \.isWaitingForLock) }

    func limit(of role: ConnectionRole) -> Int { base.limit(of: role) }

    func connect(_ role: ConnectionRole) async throws -> any Connection {
        let connection = try await base.connect(role)
        if role == .writer, let connection = connection as? SQLiteConnection {
            writers.change { $0.append(connection) }
        }
        return connection
    }
}
