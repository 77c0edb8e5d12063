import ORM
import ORMSQLite
import ORMTesting
import Testing

@Suite struct ReplicaHealthTests {
    /// A database in memory that says how far it is behind by what is in its table `lag`.
    private struct Replica: Driver {
        private let base = SQLiteDriver.inMemory
        var dialect: any Dialect { OtherDialect(replicaLag: Statement("SELECT seconds FROM lag")) }
        var pool: PoolOptions { base.pool }
        func limit(of role: ConnectionRole) -> Int { base.limit(of: role) }
        func connect(_ role: ConnectionRole) async throws -> any Connection { try await base.connect(role) }
    }

    private func withReplica(_ body: nonisolated(nonsending) (Database) async throws -> Void) async throws {
        let replica = try await Database.open(Replica())
        try await replica.run(script: "CREATE TABLE lag (seconds REAL); INSERT INTO lag VALUES (0.0)")
        try await body(replica)
        await replica.close()
    }

    @Test func aReplicaIsWellThatIsNotFarBehind() async throws {
        try await withReplica { replica in
            let health = ReplicaHealth(["one": replica], farthestBehind: .seconds(5), askedEvery: .seconds(3600))
            for (seconds, isWell) in [("4.9", true), ("5.1", false), ("5.0", true), ("NULL", false), ("0.0", true)] {
                try await replica.run(script: "UPDATE lag SET seconds = \(seconds)")
                await health.check()
                #expect(health.isWell("one") == isWell, "\(seconds)")
            }
            // One that gives no answer.
            try await replica.run(script: "DROP TABLE lag")
            await health.check()
            #expect(!health.isWell("one"))
        }
    }

    @Test func whoReadsHasItAskedAgainAfterAWhile() async throws {
        try await withReplica { replica in
            let clock = ManualClock()
            let health = ReplicaHealth(["one": replica], askedEvery: .seconds(10), clock: clock)
            await health.check()
            try await replica.run(script: "UPDATE lag SET seconds = 60")
            #expect(health.isWell("one"))
            clock.advance(by: .seconds(9))
            #expect(health.isWell("one"))
            clock.advance(by: .seconds(1))
            // The answer comes when it comes.
            while health.isWell("one") { await Task.yield() }
            try await replica.run(script: "UPDATE lag SET seconds = 0")
            clock.advance(by: .seconds(10))
            while !health.isWell("one") { await Task.yield() }
        }
    }

    @Test func readsGoToTheReplicasThatAreWellAndElseToThePrimary() async throws {
        try await withReplica { one in
            try await withReplica { two in
                let primary = try await Database.open(SQLiteDriver.inMemory)
                let health = ReplicaHealth(["one": one, "two": two], askedEvery: .seconds(3600))
                for (name, database) in [("primary", primary), ("one", one), ("two", two)] {
                    try await database.run(script: "CREATE TABLE tags (id INTEGER PRIMARY KEY, name TEXT)")
                    try await database.run(script: "INSERT INTO tags (id, name) VALUES (1, '\(name)')")
                }
                let databases = try Databases(
                    ["default": primary, "one": one, "two": two], models: ["default": [Tag.self]],
                    routers: [ReplicaRouter(replicas: ["one", "two"], health: health)])
                try await databases.use {
                    #expect([try await read(), try await read(), try await read()] == ["one", "two", "one"])
                    try await one.run(script: "UPDATE lag SET seconds = 60")
                    await health.check()
                    #expect([try await read(), try await read(), try await read()] == ["two", "two", "two"])
                    try await two.run(script: "UPDATE lag SET seconds = 60")
                    await health.check()
                    #expect(try await read() == "primary")
                    try await one.run(script: "UPDATE lag SET seconds = 0")
                    await health.check()
                    #expect([try await read(), try await read()] == ["one", "one"])
                }
                await primary.close()
            }
        }
    }

    private func read() async throws -> String { try await Tag.get(1).name }
}
