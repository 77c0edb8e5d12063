import Foundation
@testable import ORM
import ORMSQLite
import ORMTesting
import Testing

@Suite struct FileDatabaseTests {
    @Test func aFileKeepsItsRowsWhenItIsReopened() async throws {
        try await withFile { path in
            let first = try await Database.open(SQLiteDriver(path: path))
            try await first.createSchema(for: guideModels)
            try await Tag.create(name: "kept 🦄", on: first)
            await first.close()
            let second = try await Database.open(SQLiteDriver(url: "sqlite://\(path)"))
            #expect(try await Tag.all(on: second).map(\.name) == ["kept 🦄"])
            #expect(try await second.hasTable("tags"))
            #expect(try await !second.hasTable("nonsense"))
            await second.close()
            #expect(await ormError { _ = try await Tag.count(on: second) }?.code == .configuration)
        }
    }

    @Test func aReaderSeesWhatIsCommittedAndStaysOnItsSnapshot() async throws {
        try await withDatabase { db in
            try await Tag.create(name: "one")
            let (begun, signal) = AsyncStream.makeStream(of: Void.self)
            let (mayGo, go) = AsyncStream.makeStream(of: Void.self)
            let reader = Task {
                try await db.transaction(.readOnly) { _ in
                    let before = try await Tag.count()
                    signal.yield()
                    for await _ in mayGo { break }
                    return (before, try await Tag.count())
                }
            }
            for await _ in begun { break }
            try await db.transaction { _ in
                try await Tag.create(name: "two")
                let seen = try await Task.detached { try await Tag.count(on: db) }.value
                #expect(seen == 1)
            }
            go.yield()
            #expect(try await reader.value == (1, 1))
            #expect(try await Tag.count() == 2)
        }
    }

    @Test func aReaderRefusesToWrite() async throws {
        try await withDatabase { (db) async throws -> Void in
            let error = await ormError {
                try await db.withLease(.readOnly) { lease in
                    _ = try await lease.execute(Statement("INSERT INTO tags (name) VALUES ('x')"))
                }
            }
            #expect(error?.code == .database)
            #expect(try await Tag.count() == 0)
        }
    }

    @Test func writersTakeTurnsAndLoseNothing() async throws {
        try await withDatabase { db in
            let counter = try await Tag.create(name: "0")
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<50 {
                    group.addTask {
                        try await db.transaction { _ in
                            var tag = try await Tag.get(counter.id)
                            await Task.yield()
                            tag.name = "\((Int(tag.name) ?? 0) + 1)"
                            try await tag.save()
                        }
                    }
                }
                try await group.waitForAll()
            }
            #expect(try await Tag.get(counter.id).name == "50")
        }
    }

    @Test func manyReadersAndAWriterWorkAtOnce() async throws {
        try await withDatabase { _ in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<40 {
                    group.addTask { try await Tag.create(name: "tag \(number)") }
                    group.addTask { _ = try await Tag.query.page(limit: 5, offset: 0) }
                }
                try await group.waitForAll()
            }
            #expect(try await Tag.count() == 40)
        }
    }

    @Test func aWriterThatWaitsTooLongForAnotherProcessSaysSo() async throws {
        try await withFile { path in
            let ours = try await Database.open(SQLiteDriver(path: path, busyTimeoutMilliseconds: 10))
            try await ours.createSchema(for: guideModels)
            let theirs = try await Database.open(SQLiteDriver(path: path))
            try await theirs.transaction { _ in
                try await Tag.create(name: "theirs")
                let error = await ormError { try await Tag.create(name: "ours", on: ours) }
                #expect(error?.database?.kind == .lockTimeout)
                #expect(error?.httpStatus == 503)
            }
            try await Tag.create(name: "ours", on: ours)
            #expect(try await Tag.count(on: ours) == 2)
            await ours.close()
            await theirs.close()
        }
    }

    @Test func aFileThatIsNoDatabaseOrCannotBeOpenedIsUnavailable() async throws {
        try await withFile { path in
            try "this is no database, though it is long enough to look like one".write(
                toFile: path, atomically: false, encoding: .utf8)
            let text = await ormError { _ = try await Database.open(SQLiteDriver(path: path)) }
            #expect(text?.database?.kind == .unavailable)
            let folder = await ormError { _ = try await Database.open(SQLiteDriver(path: "/nowhere/blog.sqlite3")) }
            #expect(folder?.database?.kind == .unavailable)
            // The path: a file's name is no secret, and it is what a person has to mend.
            #expect(
                folder?.message == "cannot open the database /nowhere/blog.sqlite3: unable to open database file")
        }
    }

    /// On a file the reader's connection refuses; in memory, where one connection does both, the scope must.
    @Test(arguments: [true, false])
    func aReadOnlyScopeRefusesTextsThatWrite(isInMemory: Bool) async throws {
        try await withFile { path in
            let driver = isInMemory ? SQLiteDriver.inMemory : SQLiteDriver(path: path)
            try await withTestDatabase(driver, [Tag.self]) { db in
                try await Tag.insert([.init(name: "a"), .init(name: "b")])
                let delete = Rows<Int>.raw("DELETE FROM tags RETURNING id")
                let errors = [
                    await ormError { _ = try await delete.all() },
                    await ormError { try await db.transaction(.readOnly) { _ in _ = try await delete.all() } },
                    await ormError {
                        try await db.transaction(.readOnly) { _ in
                            try await delete.stream { rows in for try await _ in rows {} }
                        }
                    },
                    await ormError {
                        try await db.withLease(.readOnly) { lease in
                            _ = try await lease.execute("DELETE FROM tags WHERE id = ?", forEach: [[.int(1)]])
                        }
                    },
                ]
                for error in errors {
                    #expect(error?.message == "attempt to write a readonly database")
                    #expect(error?.database?.kind == .unavailable)
                    #expect(error?.database?.nativeCode == "8")
                }
                // What only looks at a statement that writes is no write.
                let plan = Statement("EXPLAIN QUERY PLAN DELETE FROM tags WHERE id = 1")
                let steps = try await db.withLease(.readOnly) { lease in try await lease.fetch(plan, PlanDecoder()) }
                #expect(steps == ["SEARCH tags USING INTEGER PRIMARY KEY (rowid=?)"])
                #expect(try await Tag.count() == 2)
                #expect(try await db.transaction { _ in try await delete.all() } == [1, 2])
            }
        }
    }

    @Test func aReadOnlySavepointRefusesTextsThatWrite() async throws {
        try await withDatabase { db in
            try await db.transaction { _ in
                try await Tag.create(name: "a")
                let delete = Rows<Int>.raw("DELETE FROM tags RETURNING id")
                let error = await ormError { try await db.transaction(.readOnly) { _ in _ = try await delete.all() } }
                #expect(error?.message == "attempt to write a readonly database")
                #expect(try await delete.all() == [1])
            }
        }
    }

    @Test func aPathThatMeansMemoryIsOneConnection() async throws {
        let driver = SQLiteDriver(path: ":memory:", pool: PoolOptions(maxSize: 3, acquireTimeout: .seconds(7)))
        #expect(driver.path == nil)
        #expect(driver.pool == SQLiteDriver.inMemory(acquireTimeout: .seconds(7)).pool)
        #expect((driver.limit(of: .writer), driver.limit(of: .reader)) == (1, 0))
        try await withTestDatabase(driver, [Tag.self]) { _ in
            try await Tag.create(name: "a")
            #expect(try await Tag.all().map(\.name) == ["a"])
        }
    }

    @Test func anEmptyPathIsRefused() async throws {
        // To SQLite it is a file without a name, another one for each connection.
        let error = await ormError { _ = try await Database.open(SQLiteDriver(path: "")) }
        #expect(error?.code == .configuration)
        #expect(error?.message == "the path of the SQLite database is empty: SQLiteDriver(path: \"blog.sqlite3\")")
    }

    @Test func rowsThatATriggerChangesAreNotCounted() async throws {
        try await withDatabase { db in
            try await db.run(
                script: """
                    CREATE TABLE log (n INTEGER);
                    CREATE TRIGGER logged AFTER INSERT ON tags BEGIN INSERT INTO log VALUES (1), (2), (3); END;
                    """)
            #expect(try await SQLText("INSERT INTO tags (name) VALUES ('a'), ('b')").execute() == 2)
            #expect(try await SQLText("DROP TRIGGER logged").execute() == 0)
        }
    }

    @Test func anErrorInAScriptNamesTheStatementThatFailed() async throws {
        try await withDatabase { (db) async throws -> Void in
            let unknown = await ormError {
                try await db.run(
                    script: """
                        -- The first one is right.
                        CREATE TABLE log (n INTEGER);
                        CREATE INDEX log_m
                            ON log (m);
                        CREATE TABLE other (n INTEGER);
                        """)
            }
            #expect(unknown?.description == "no such column: m [SQL: CREATE INDEX log_m ON log (m);]")
            let again = await ormError { try await db.createSchema(for: [User.self, Tag.self]) }
            #expect(again?.database?.sql.hasPrefix("CREATE TABLE \"users\" (\n") == true)
            #expect(again?.database?.sql.hasSuffix("NOT NULL\n);") == true)
            #expect(again?.description.contains("\n") == false)
            let duplicate = await ormError {
                try await db.run(
                    script: "BEGIN; INSERT INTO tags (name) VALUES ('a'); INSERT INTO tags (name) VALUES ('a'); COMMIT")
            }
            #expect(duplicate?.database?.sql == "INSERT INTO tags (name) VALUES ('a');")
            #expect(try await Tag.count() == 0)
            try await db.run(script: "INSERT INTO tags (name) VALUES ('é'); -- and nothing else")
            try await db.run(script: " ")
            #expect(try await Tag.all().map(\.name) == ["é"])
        }
    }

    private func withDatabase(_ body: nonisolated(nonsending) (Database) async throws -> Void) async throws {
        try await withFile { path in
            // Nobody is to give up here, however busy the machine is.
            let driver = SQLiteDriver(path: path, pool: PoolOptions(acquireTimeout: .seconds(600)))
            try await withTestDatabase(driver, guideModels) { db in try await body(db) }
        }
    }
}
