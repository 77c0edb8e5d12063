import BlogModels
import Foundation
import ORM
import ORMSQLite

typealias Comment = BlogModels.Comment
typealias Tag = BlogModels.Tag

/// Runs `body` on a fresh database with the blog's tables, two authors and two posts, bound to the task.
func withBlogDatabase(_ body: nonisolated(nonsending) (Database) async throws -> Void) async throws {
    let database = try await Database.open(SQLiteDriver.inMemory)
    try await BlogSchema.prepare(database)
    try await database.use {
        let ada = try await User.create(
            username: "ada", email: "ada@example.org", fullName: "Ada", createdAt: january(1))
        let bob = try await User.create(username: "bob", createdAt: january(1))
        let one = try await Post.create(
            title: "One", slug: "one", published: true, viewCount: 3, author: .init(ada),
            createdAt: january(1), updatedAt: january(1), publishedAt: january(1), content: "First swift text")
        try await Post.create(
            title: "Two", slug: "two", viewCount: 9, author: .init(bob),
            createdAt: january(2), updatedAt: january(2), content: "Second 100% text")
        let tag = try await Tag.create(name: "Swift", slug: "swift")
        try await PostTag.create(post: .init(one), tag: .init(tag))
        try await body(database)
    }
    await database.close()
}

/// An instant of January 2026.
func january(_ day: Int) -> Date { Date(timeIntervalSince1970: 1_767_225_600 + Double(day - 1) * 86_400) }
