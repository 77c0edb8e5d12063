@testable import ORM
import ORMSQLite
import ORMTesting
import Testing

@Suite(.blog) struct TransactionTests {

    private func database() throws -> Database { try #require(Ambient.binding.session as? Database) }

    @Test func theBodyRunsIsolatedToTheConnection() async throws {
        let db = try database()
        try await db.transaction { transaction in
            try await transaction.withLease(.readWrite) { lease in
                lease.connection.assertIsolated()
                _ = try await lease.fetch(Statement("SELECT 1"), TupleDecoder<Int>())
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
            throw Broken()
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
