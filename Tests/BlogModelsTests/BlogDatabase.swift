import BlogModels
import FoundationEssentials
import ORM
import ORMSQLite

typealias Comment = BlogModels.Comment
typealias Tag = BlogModels.Tag

/// Runs `body` on a fresh database with the blog's tables, bound to the task.
func withBlogDatabase(_ body: nonisolated(nonsending) (Database) async throws -> Void) async throws {
    let database = try await Database.open(SQLiteDriver.inMemory)
    try await BlogSchema.prepare(database)
    try await database.use { try await body(database) }
    await database.close()
}

/// An instant of January 2026.
func january(_ day: Int) -> Date { Date(timeIntervalSince1970: 1_767_225_600 + Double(day - 1) * 86_400) }
