@testable import ORM
import ORMSQLite
import ORMTesting
import Testing

@Suite struct TransactionOptionTests {
    struct Broken: Error {}

    @Test func pausesDoubleUpToTheLongest() {
        let policy = RetryPolicy(attempts: 6, pause: .milliseconds(10), longestPause: .milliseconds(50))
        #expect(
            (1...7).map { policy.pause(afterAttempt: $0) } == [
                .milliseconds(10), .milliseconds(20), .milliseconds(40), .milliseconds(50), .milliseconds(50), nil, nil,
            ])
        #expect(RetryPolicy(attempts: 1).pause(afterAttempt: 1) == nil)
        #expect(RetryPolicy(attempts: 0).pause(afterAttempt: 1) == nil)
    }

    @Test func aLockedDatabaseIsTriedAgainAsAWholeUntilItIsFree() async throws {
        try await withFiles { ours, theirs, clock in
            let runs = Shared(0)
            let (mayGo, go) = AsyncStream.makeStream(of: Void.self)
            let (isHeld, held) = AsyncStream.makeStream(of: Void.self)
            let holder = Task {
                try await theirs.transaction { _ in
                    try await Tag.create(name: "theirs")
                    held.yield()
                    for await _ in mayGo { break }
                }
            }
            for await _ in isHeld { break }
            let task = Task {
                try await ours.transaction(.readWrite.retrying(attempts: 3)) { _ in
                    runs.change { $0 += 1 }
                    return try await Tag.create(name: "ours").name
                }
            }
            await clock.waitForSleepers()
            #expect(runs.value == 0)
            clock.advance(by: .milliseconds(10))
            await clock.waitForSleepers()
            go.yield()
            try await holder.value
            clock.advance(by: .milliseconds(20))
            #expect(try await task.value == "ours")
            #expect(runs.value == 1)
            #expect(try await Tag.count(on: ours) == 2)
        }
    }

    @Test func triesAreBoundedAndTheLastErrorComesOut() async throws {
        try await withFiles { ours, theirs, clock in
            try await theirs.transaction { _ in
                let task = Task.detached {
                    await ormError { try await ours.transaction(.readWrite.retrying(attempts: 2)) { _ in } }
                }
                await clock.waitForSleepers()
                clock.advance(by: .milliseconds(10))
                #expect(await task.value?.database?.kind == .lockTimeout)
                #expect(clock.sleeperCount == 0)
            }
            // Without a policy there is one try.
            try await theirs.transaction { _ in
                let error = await ormError { try await ours.transaction { _ in } }
                #expect(error?.isTransient == true)
            }
        }
    }

    @Test func aDeferredTransactionThatIsOvertakenRunsAgain() async throws {
        try await withFiles { ours, theirs, clock in
            let counts = Shared<[Int]>([])
            let undone = Shared(0)
            let body: @Sendable (Transaction) async throws -> Void = { transaction in
                try transaction.afterRollback { undone.change { $0 += 1 } }
                let count = try await Tag.count()
                counts.change { $0.append(count) }
                // Another program writes between our read and our write.
                if count == 0 { try await Task.detached { _ = try await Tag.create(name: "theirs", on: theirs) }.value }
                try await Tag.create(name: "ours \(count)")
            }
            let task = Task { try await ours.transaction(.deferred.retrying(), body) }
            await clock.waitForSleepers()
            #expect(undone.value == 1)
            clock.advance(by: .milliseconds(10))
            try await task.value
            #expect(counts.value == [0, 1])
            #expect(try await Tag.order { $0.id.asc }.all(on: ours).map(\.name) == ["theirs", "ours 1"])
        }
    }

    @Test func anOvertakenTransactionSaysSo() async throws {
        try await withFiles { ours, theirs, _ in
            let error = await ormError {
                try await ours.transaction(.deferred) { _ in
                    _ = try await Tag.count()
                    try await Task.detached { _ = try await Tag.create(name: "theirs", on: theirs) }.value
                    try await Tag.create(name: "ours")
                }
            }
            #expect(error?.database?.kind == .serialization)
            #expect(error?.httpStatus == 503)
        }
    }

    @Test func noOtherErrorIsTriedAgain() async throws {
        try await withFiles { ours, _, clock in
            let runs = Shared(0)
            await #expect(throws: Broken.self) {
                try await ours.transaction(.readWrite.retrying()) { _ in
                    runs.change { $0 += 1 }
                    throw Broken()
                }
            }
            let unique = await ormError {
                try await ours.transaction(.readWrite.retrying()) { _ in
                    runs.change { $0 += 1 }
                    try await Tag.create(name: "x")
                    try await Tag.create(name: "x")
                }
            }
            #expect(unique?.isUniqueViolation == true)
            #expect(runs.value == 2)
            #expect(clock.sleeperCount == 0)
        }
    }

    @Test func aSavepointIsNeverTriedAgainButItsTransactionIs() async throws {
        try await withFiles { ours, theirs, clock in
            let (inner, outer) = (Shared(0), Shared(0))
            let task = Task {
                try await ours.transaction(.deferred.retrying(attempts: 2)) { _ in
                    outer.change { $0 += 1 }
                    let count = try await Tag.count()
                    if count == 0 {
                        try await Task.detached { _ = try await Tag.create(name: "theirs", on: theirs) }.value
                    }
                    try await ours.transaction(.readWrite.retrying(attempts: 9)) { _ in
                        inner.change { $0 += 1 }
                        try await Tag.create(name: "ours")
                    }
                }
            }
            await clock.waitForSleepers()
            #expect((inner.value, outer.value) == (1, 1))
            clock.advance(by: .milliseconds(10))
            try await task.value
            #expect((inner.value, outer.value) == (2, 2))
        }
    }

    @Test func aCancelledTaskDoesNotTryAgain() async throws {
        try await withFiles { ours, theirs, clock in
            try await theirs.transaction { _ in
                let task = Task.detached { try await ours.transaction(.readWrite.retrying()) { _ in } }
                await clock.waitForSleepers()
                task.cancel()
                await #expect(throws: CancellationError.self) { try await task.value }
            }
            try await ours.transaction { _ in _ = try await Tag.create(name: "usable") }
        }
    }

    @Test(arguments: IsolationLevel.allCases)
    func sqliteGivesEveryIsolationLevel(_ level: IsolationLevel) async throws {
        try await withFiles { ours, _, _ in
            try await ours.transaction(.readWrite.isolated(level)) { transaction in
                try await Tag.create(name: "x")
                try await transaction.transaction(.readWrite.isolated(level)) { _ in _ = try await Tag.create(name: "y")
                }
                try await transaction.transaction { _ in _ = try await Tag.create(name: "z") }
            }
            #expect(try await ours.transaction(.readOnly.isolated(level)) { _ in try await Tag.count() } == 3)
        }
    }

    @Test func aSavepointCannotChooseItsIsolation() async throws {
        try await withFiles { ours, _, _ in
            try await ours.transaction(.readWrite.isolated(.repeatableRead)) { transaction in
                let error = await ormError {
                    try await transaction.transaction(.readWrite.isolated(.serializable)) { _ in }
                }
                #expect(error?.code == .configuration)
                #expect(
                    error?.message
                        == "a savepoint cannot be SERIALIZABLE by itself: begin the outermost transaction so")
            }
        }
    }

    /// Two programs' databases on one file; the first one's pauses go by the clock.
    @Test func foreignKeysAreUnenforcedWithinAndEnforcedAgainWhateverHappens() async throws {
        try await withTestDatabase(SQLiteDriver.inMemory, [User.self, Post.self]) { db in
            func enforced() async throws -> [Int] {
                try await Rows<Int>.raw("SELECT foreign_keys FROM pragma_foreign_keys").all(on: db)
            }
            try await db.transaction(.readWrite.withoutForeignKeys()) { _ in
                try await Post.create(title: "a", author: .id(99))
            }
            #expect(try await Post.count() == 1)
            #expect(try await enforced() == [1])
            await #expect(throws: Broken.self) {
                try await db.transaction(.readWrite.withoutForeignKeys()) { _ in throw Broken() }
            }
            #expect(try await enforced() == [1])
            let task = Task {
                try await db.transaction(.readWrite.withoutForeignKeys()) { _ in
                    withUnsafeCurrentTask { $0?.cancel() }
                    try await Post.create(title: "b", author: .id(99))
                }
            }
            await #expect(throws: CancellationError.self) { _ = try await task.value }
            #expect(try await enforced() == [1])
            #expect(try await Post.count() == 1)
        }
    }

    @Test func aSavepointCannotDoWithoutForeignKeys() async throws {
        try await withTestDatabase(SQLiteDriver.inMemory, [User.self]) { db in
            let error = await ormError {
                try await db.transaction { transaction in
                    try await transaction.transaction(.readWrite.withoutForeignKeys()) { _ in }
                }
            }
            #expect(error?.code == .configuration)
            // In a transaction without them, it changes nothing.
            try await db.transaction(.readWrite.withoutForeignKeys()) { transaction in
                try await transaction.transaction(.readWrite.withoutForeignKeys()) { _ in }
            }
        }
    }

    private func withFiles(
        _ body: nonisolated(nonsending) (Database, Database, ManualClock) async throws -> Void
    ) async throws {
        try await withFolder { folder in
            let clock = ManualClock()
            let ours = try await Database.open(
                SQLiteDriver(path: folder + "/test.sqlite3", busyTimeoutMilliseconds: 0), clock: clock)
            let theirs = try await Database.open(SQLiteDriver(path: folder + "/test.sqlite3"))
            try await ours.createSchema(for: [Tag.self])
            try await body(ours, theirs, clock)
            await ours.close()
            await theirs.close()
        }
    }
}
