import ORM
import ORMTesting
import Testing

extension ServerBehaviour {
    /// Locks that sessions hold against each other.
    static let locks: [ServerBehaviour] = [
        ServerBehaviour("one at a time has an advisory lock", oneAtATimeHasAnAdvisoryLock),
        ServerBehaviour("who does not wait for an advisory lock is told", whoDoesNotWaitForAnAdvisoryLockIsTold),
        ServerBehaviour(
            "a lock of rows is waited for as long as is said", lockTimeout: .milliseconds(30),
            aLockOfRowsIsWaitedForAsLongAsIsSaid),
        ServerBehaviour(
            "one of two in a deadlock is undone and tried again when asked",
            oneOfTwoInADeadlockIsUndoneAndTriedAgainWhenAsked),
    ]

    private static func oneAtATimeHasAnAdvisoryLock(_ test: Context) async throws {
        let db = test.db
        try await test.withSecondProgram { other in
            let inside = Shared(0)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for index in 0..<6 {
                    group.addTask {
                        try await [db, other][index % 2].withAdvisoryLock("regenerate") { () async throws in
                            #expect(
                                inside.change {
                                    $0 += 1
                                    return $0
                                } == 1)
                            #expect(try await Rows<Int>.raw("SELECT 1").get(on: db) == 1)
                            inside.change { $0 -= 1 }
                        }
                    }
                }
                try await group.waitForAll()
            }
        }
    }

    private static func whoDoesNotWaitForAnAdvisoryLockIsTold(_ test: Context) async throws {
        let db = test.db
        try await test.withSecondProgram { other in
            try await db.withAdvisoryLock("it's") { () async throws in
                let error = await ormError { try await other.withAdvisoryLock("it's", wait: .zero) {} }
                #expect(error?.database?.kind == .lockTimeout)
                #expect(try await other.withAdvisoryLock("another", wait: .zero) { 7 } == 7)
            }
            #expect(try await other.withAdvisoryLock("it's", wait: .zero) { 8 } == 8)
            // Whatever becomes of the body.
            await #expect(throws: Broken.self) { try await db.withAdvisoryLock("it's") { throw Broken() } }
            let task = Task { try await db.withAdvisoryLock("it's") { withUnsafeCurrentTask { $0?.cancel() } } }
            try await task.value
            #expect(try await other.withAdvisoryLock("it's", wait: .zero) { 9 } == 9)
        }
    }

    private static func aLockOfRowsIsWaitedForAsLongAsIsSaid(_ test: Context) async throws {
        let db = test.db
        let tag = try await Tag.create(name: "a")
        try await db.transaction { _ in
            try await Tag.filter { $0.id == tag.id }.update(.set(\.name, "b"))
            let late = await Task.detached {
                await ormError {
                    try await Tag.filter { $0.id == tag.id }.update(.set(\.name, "c"), on: db)
                }
            }.value
            #expect(late?.database?.kind == .lockTimeout)
            #expect(late?.database?.nativeCode == test.sessions.lockTimeoutCode)
            #expect(late?.httpStatus == 503)
            let refused = await Task.detached {
                await ormError {
                    try await db.transaction { _ in
                        _ = try await Tag.query.lock(.forUpdate, .noWait).all()
                    }
                }
            }.value
            #expect(refused?.database?.kind == .lockTimeout)
            let others = try await Task.detached {
                try await db.transaction { _ in
                    try await Tag.query.lock(.forUpdate, .skipLocked).all().count
                }
            }.value
            #expect(others == 0)
        }
        #expect(try await Tag.all().map(\.name) == ["b"])
    }

    private static func oneOfTwoInADeadlockIsUndoneAndTriedAgainWhenAsked(_ test: Context) async throws {
        let db = test.db
        let tags = try await Tag.insert([.init(name: "a"), .init(name: "b")])
        let meeting = Shared(0)
        let kinds = Shared<[DatabaseFailure.Kind]>([])
        try await withThrowingTaskGroup(of: Void.self) { group in
            for order in [[0, 1], [1, 0]] {
                group.addTask {
                    try await db.transaction(.readWrite.retrying(attempts: 10)) { _ in
                        do {
                            try await Tag.filter { $0.id == tags[order[0]].id }.update(.set(\.name) { $0.name + "!" })
                            meeting.change { $0 += 1 }
                            while meeting.value < 2 { await Task.yield() }
                            try await Tag.filter { $0.id == tags[order[1]].id }.update(.set(\.name) { $0.name + "?" })
                        } catch let error as ORMError {
                            kinds.change { $0.append(error.database?.kind ?? .other) }
                            let late = await ormError { try await Tag.create(name: "late") }
                            #expect(late?.code == test.sessions.codeAfterDeadlock)
                            throw error
                        }
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(kinds.value == [.deadlock])
        #expect(try await Tag.order { $0.id.asc }.all().map { $0.name.count } == [3, 3])
    }
}
