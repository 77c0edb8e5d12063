@testable import ORM
import ORMSQLite
import ORMTesting
import Testing

/// The replicas are databases of their own with other rows, so that a test sees where a row was read.
@Suite struct ReplicaRouterTests {
    private func withReplicas(
        _ body: nonisolated(nonsending) (Databases, Database, ManualClock) async throws -> Void
    ) async throws {
        var databases: [String: Database] = [:]
        for (name, tag) in [("default", "primary"), ("one", "one"), ("two", "two")] {
            let database = try await Database.open(SQLiteDriver.inMemory)
            try await database.createSchema(for: [Tag.self, Event.self])
            try await Tag.create(name: tag, on: database)
            databases[name] = database
        }
        let clock = ManualClock()
        let primary = try #require(databases["default"])
        let all = try Databases(
            databases, models: ["default": [Tag.self], "one": [Event.self]],
            routers: [ReplicaRouter(replicas: ["one", "two"], lag: .seconds(2))], clock: clock)
        try await body(all, primary, clock)
        await all.close()
    }

    private func read() async throws -> String { try await Tag.get(1).name }

    @Test func readsTakeTurnsAndWritesGoToThePrimary() async throws {
        try await withReplicas { databases, primary, _ in
            try await databases.use {
                #expect([try await read(), try await read(), try await read()] == ["one", "two", "one"])
                try await Tag.create(name: "new")
            }
            #expect(try await Tag.count(on: primary) == 2)
            #expect(try await Tag.count(on: databases["one"]) == 1)
            #expect(databases.models(on: "default").map { "\($0)" } == ["Tag"])
            #expect(databases.models(on: "two").isEmpty)
        }
    }

    @Test func aTaskReadsItsOwnWrites() async throws {
        try await withReplicas { databases, _, clock in
            try await databases.use {
                #expect(try await read() == "one")
                try await Tag.create(name: "new")
                #expect(try await read() == "primary")
                #expect(try await Task { try await read() }.value == "primary")
                clock.advance(by: .milliseconds(1999))
                #expect(try await read() == "primary")
                clock.advance(by: .milliseconds(1))
                #expect(try await read() == "two")
                // A write in a child task, by name, and in a transaction.
                try await Task { _ = try await Tag.create(name: "child") }.value
                #expect(try await read() == "primary")
                clock.advance(by: .seconds(2))
                #expect(try await read() == "one")
                try await Tag.create(name: "by name", on: databases["default"])
                #expect(try await read() == "primary")
                clock.advance(by: .seconds(2))
                try await databases["default"].transaction { _ in _ = try await Tag.create(name: "transaction") }
                #expect(try await read() == "primary")
            }
        }
    }

    @Test func whatAnotherTaskWroteChangesNothing() async throws {
        try await withReplicas { databases, _, _ in
            try await databases.use { _ = try await Tag.create(name: "other") }
            try await databases.use { () async throws in #expect(try await read() == "one") }
        }
    }

    @Test func aScopeKnowsOfWritesInTheScopesInItAndAroundIt() async throws {
        try await withReplicas { databases, primary, _ in
            try await databases.use {
                try await databases.use {
                    try await primary.use { _ = try await Tag.create(name: "deep") }
                    #expect(try await read() == "primary")
                }
                #expect(try await read() == "primary")
                try await databases.use { () async throws in #expect(try await read() == "primary") }
            }
        }
    }

    @Test func readsInsideATransactionGoToThePrimary() async throws {
        try await withReplicas { databases, primary, _ in
            try await databases.use {
                try await primary.transaction(.readOnly) { (_) async throws -> Void in
                    #expect(try await read() == "primary")
                    #expect(try await Tag.query.page(limit: 5, offset: 0).items.map(\.name) == ["primary"])
                }
                // A transaction that wrote nothing leaves reads where they were.
                #expect(try await read() == "one")
                await #expect(throws: CancellationError.self) {
                    try await primary.transaction { _ in
                        try await Tag.create(name: "undone")
                        throw CancellationError()
                    }
                }
                #expect(try await read() == "two")
            }
        }
    }

    @Test func aReadOnlyTransactionOfAReplicaIsUsed() async throws {
        try await withReplicas { databases, _, _ in
            try await databases.use {
                try await databases["two"].transaction(.readOnly) { (_) async throws -> Void in
                    #expect([try await read(), try await read()] == ["two", "two"])
                    #expect(await ormError { try await Tag.create(name: "x") }?.code == .configuration)
                }
            }
        }
    }

    @Test func otherModelsAreNoneOfItsBusiness() async throws {
        try await withReplicas { databases, primary, _ in
            try await databases.use {
                try await Event.create(name: "x", userID: 1)
                #expect(try await Event.count() == 1)
            }
            #expect(try await Event.count(on: primary) == 0)
        }
    }
}
