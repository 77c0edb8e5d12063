@testable import ORM
import ORMSQLite
import ORMTesting
import Testing

@Suite(.blog) struct TransactionTests {
    struct Broken: Error, Equatable { let number: Int }

    private func database() throws -> Database { try #require(Ambient.binding.session as? Database) }

    @Test func aTransactionThatReturnsIsCommitted() async throws {
        let db = try database()
        let id = try await db.transaction { _ in try await Tag.create(name: "new").id }
        #expect(try await Tag.get(id).name == "new")
    }

    @Test func aTransactionThatThrowsIsRolledBackAndItsErrorComesOutUnchanged() async throws {
        let db = try database()
        let error = await #expect(throws: Broken.self) {
            try await db.transaction { _ in
                try await Tag.create(name: "new")
                throw Broken(number: 7)
            }
        }
        #expect(error == Broken(number: 7))
        #expect(try await Tag.count() == 3)
    }

    @Test func savepointsNestFiveDeepAndUndoOnlyWhatIsInThem() async throws {
        let db = try database()
        try await db.transaction { first in
            try await Tag.create(name: "1")
            try await first.transaction { second in
                try await Tag.create(name: "2")
                _ = try? await second.transaction { third in
                    try await Tag.create(name: "3")
                    try await third.transaction { fourth in
                        try await Tag.create(name: "4")
                        try await fourth.transaction { _ in _ = try await Tag.create(name: "5") }
                    }
                    #expect(try await Tag.count() == 8)
                    throw Broken(number: 3)
                }
                #expect(try await Tag.count() == 5)
            }
        }
        #expect(try await Tag.filter { $0.id > 3 }.order { $0.id.asc }.all().map(\.name) == ["1", "2"])
    }

    @Test func aNestedTransactionOfTheDatabaseIsASavepoint() async throws {
        let db = try database()
        let sql = try await recorded { () async throws in
            try await db.transaction { _ in
                _ = try? await db.transaction { _ in
                    try await Tag.create(name: "inner")
                    throw Broken(number: 1)
                }
                try await Tag.create(name: "outer")
            }
        }
        #expect(sql.count == 2)
        #expect(try await Tag.get(4).name == "outer")
    }

    @Test func theBodyRunsIsolatedToTheConnection() async throws {
        let db = try database()
        try await db.transaction { transaction in
            try await transaction.withLease(.readWrite) { lease in
                lease.connection.assertIsolated()
                _ = try await lease.fetch(Statement("SELECT 1"), IntegerDecoder())
                lease.connection.assertIsolated()
            }
            let connection = try await transaction.withLease(.readWrite) { lease in lease.connection }
            connection.assertIsolated()
            _ = try await Post.count()
            connection.assertIsolated()
            try await transaction.transaction { _ in
                connection.assertIsolated()
                _ = try await Post.prefetch(\.comments.author).all()
                connection.assertIsolated()
            }
            connection.assertIsolated()
        }
        try await db.withLease(.readOnly) { lease in
            lease.connection.assertIsolated()
            _ = try await lease.execute(Statement("SELECT 1"))
            lease.connection.assertIsolated()
        }
    }

    @Test func childTasksShareATransactionWithoutInterleavingInsideSavepoints() async throws {
        let db = try database()
        let log = Shared<[String]>([])
        try await db.transaction { transaction in
            await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<8 {
                    group.addTask {
                        try await transaction.transaction { _ in
                            log.change { $0.append("begin \(number)") }
                            for step in 0..<5 {
                                try await Tag.create(name: "\(number).\(step)")
                                await Task.yield()
                            }
                            log.change { $0.append("end \(number)") }
                            if number % 2 == 1 { throw Broken(number: number) }
                        }
                    }
                }
                while let result = await group.nextResult() {
                    if case .failure(let error) = result { #expect(error is Broken) }
                }
            }
        }
        let entries = log.value
        for index in stride(from: 0, to: entries.count, by: 2) {
            #expect(entries[index].replacing("begin", with: "end") == entries[index + 1])
        }
        #expect(try await Tag.filter { $0.id > 3 }.count() == 20)
        #expect(try await Tag.filter { $0.name.contains(".") && $0.name.hasPrefix("1") }.count() == 0)
    }

    @Test func aTaskThatOutlivesItsTransactionCannotWrite() async throws {
        let db = try database()
        let (mayGo, go) = AsyncStream.makeStream(of: Void.self)
        let escaped = try await db.transaction { transaction in
            Task {
                for await _ in mayGo { break }
                let ambient = await ormError { _ = try await Tag.create(name: "late") }
                let explicit = await ormError { _ = try await Tag.create(name: "late", on: transaction) }
                let nested = await ormError { try await transaction.transaction { _ in } }
                let again = await ormError { try await db.transaction { _ in } }
                return [ambient?.code, explicit?.code, nested?.code, again?.code]
            }
        }
        go.yield()
        #expect(
            await escaped.value == [
                .transactionFinished, .transactionFinished, .transactionFinished, .transactionFinished,
            ])
        #expect(try await Tag.count() == 3)
    }

    @Test func aLeaseCannotBeUsedAfterItsScope() async throws {
        let db = try database()
        let lease = try await db.withLease(.readWrite) { lease in lease }
        let error = await ormError { _ = try await lease.execute(Statement("DELETE FROM tags")) }
        #expect(error?.code == .transactionFinished)
        let other = try await db.transaction { transaction in
            try await transaction.withLease(.readWrite) { lease in lease }
        }
        #expect(
            await ormError { _ = try await other.execute(Statement("DELETE FROM tags")) }?.code == .transactionFinished)
        #expect(try await Tag.count() == 3)
    }

    @Test func anOuterTransactionUsedInsideAnInnerOneMeansTheInnerOne() async throws {
        let db = try database()
        try await db.transaction { (outer) async throws -> Void in
            _ = try? await outer.transaction { _ in
                try await Tag.create(name: "inside", on: outer)
                try await outer.transaction { _ in _ = try await Tag.create(name: "deeper") }
                throw Broken(number: 1)
            }
            #expect(try await Tag.count() == 3)
        }
    }

    @Test func aTaskFromAFinishedSavepointMayStillUseTheOpenTransactionByName() async throws {
        let db = try database()
        try await db.transaction { outer in
            let (mayGo, go) = AsyncStream.makeStream(of: Void.self)
            let task = try await outer.transaction { _ in
                Task {
                    for await _ in mayGo { break }
                    return try await Tag.create(name: "by name", on: outer).name
                }
            }
            go.yield()
            #expect(try await task.value == "by name")
        }
    }

    @Test func theDatabaseByNameIsRefusedInsideItsOwnTransaction() async throws {
        let db = try database()
        try await db.transaction { (_) async throws -> Void in
            #expect(await ormError { _ = try await Tag.create(name: "x", on: db) }?.code == .configuration)
            #expect(await ormError { _ = try await Tag.count(on: db) }?.code == .configuration)
            #expect(
                await ormError { try await Tag.insert([.init(name: "x"), .init(name: "y")], on: db) }?.code
                    == .configuration)
            #expect(
                await ormError { _ = try await Tag.query.page(limit: 1, offset: 0, on: db) }?.code == .configuration)
            #expect(await ormError { try await db.run(script: "DELETE FROM tags") }?.code == .configuration)
        }
        #expect(try await Tag.count() == 3)
    }

    @Test func usingTheDatabaseInsideItsTransactionMeansTheTransaction() async throws {
        let db = try database()
        _ = try? await db.transaction { _ in
            try await db.use { _ = try await Tag.create(name: "x") }
            throw Broken(number: 1)
        }
        #expect(try await Tag.count() == 3)
    }

    @Test func aReadOnlyTransactionRefusesToWrite() async throws {
        let db = try database()
        try await db.transaction(.readOnly) { transaction in
            #expect(try await Tag.count() == 3)
            #expect(await ormError { _ = try await Tag.create(name: "x") }?.code == .configuration)
            #expect(await ormError { try await transaction.transaction { _ in } }?.code == .configuration)
            try await transaction.transaction(.readOnly) { (_) async throws -> Void in
                #expect(try await Tag.count() == 3)
            }
        }
        try await db.transaction { transaction in
            try await transaction.transaction(.readOnly) { (_) async throws -> Void in
                #expect(await ormError { _ = try await Tag.create(name: "x") }?.code == .configuration)
            }
            try await Tag.create(name: "after")
        }
        #expect(try await Tag.count() == 4)
    }

    @Test func nothingIsWrittenAfterTheEngineHasEndedTheTransaction() async throws {
        let db = try database()
        let error = await ormError {
            try await db.transaction { transaction in
                try await Tag.create(name: "before")
                _ = try? await transaction.withLease(.readWrite) { lease in
                    try await lease.execute(Statement("ROLLBACK"))
                }
                #expect(await ormError { _ = try await Tag.create(name: "after") }?.code == .transactionFinished)
                #expect(await ormError { try await transaction.transaction { _ in } }?.code == .transactionFinished)
            }
        }
        #expect(error?.code == .database)
        #expect(try await Tag.count() == 3)
    }

    @Test func twoDatabasesMayBeInTransactionsAtOnce() async throws {
        let first = try database()
        let second = try await Database.open(SQLiteDriver.inMemory)
        try await second.createSchema(for: guideModels)
        _ = try? await first.transaction { _ in
            try await Tag.create(name: "first")
            try await second.transaction { _ in
                try await Tag.create(name: "second")
                // The first database is still in its transaction here.
                try await first.transaction { _ in
                    try await Tag.create(name: "first, nested")
                    try await second.transaction { _ in _ = try await Tag.create(name: "second, nested") }
                }
                #expect(await ormError { _ = try await Tag.count(on: first) }?.code == .configuration)
            }
            #expect(try await Tag.count() == 5)
            throw Broken(number: 1)
        }
        #expect(try await Tag.count(on: first) == 3)
        #expect(try await Tag.all(on: second).map(\.name) == ["second", "second, nested"])
        await second.close()
    }

    @Test func aVerbWithoutADatabaseSaysSo() async throws {
        await Task.detached {
            #expect(await ormError { _ = try await Tag.count() }?.code == .configuration)
        }.value
    }
}
