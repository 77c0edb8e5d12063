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
            #expect(folder?.message == "cannot open the database /nowhere/blog.sqlite3: unable to open database file")
        }
    }

    private func withDatabase(_ body: nonisolated(nonsending) (Database) async throws -> Void) async throws {
        try await withFile { path in
            try await withTestDatabase(SQLiteDriver(path: path), guideModels) { db in try await body(db) }
        }
    }
}
