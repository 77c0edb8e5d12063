import ORM
import ORMSQLite
import ORMTesting
import Testing

/// Gives each test a fresh database in memory of its own, bound to its task.
struct DatabaseTrait: TestTrait, SuiteTrait, TestScoping {
    let models: [any Model.Type]
    let seed: @Sendable () async throws -> Void

    var isRecursive: Bool { true }

    @concurrent
    func provideScope(
        for test: Test, testCase: Test.Case?, performing function: @concurrent @Sendable () async throws -> Void
    ) async throws {
        try await withTestDatabase(SQLiteDriver.inMemory, models) { _ in
            try await seed()
            try await function()
        }
    }
}

extension Trait where Self == DatabaseTrait {
    /// A small blog:
    ///
    /// | post | author | published | views | rating | tags | comments |
    /// |---|---|---|---|---|---|---|
    /// | 1 One | ada | yes | 5 | 4.5 | swift, orm | 1 (bob), 2 (ada, reply to 1), 3 (guest, reply to 1) |
    /// | 2 Two | ada | no | 2 | NULL | | |
    /// | 3 Three | bob | yes | 1 | 3.0 | orm | 4 (ada) |
    /// | 4 Four | bob | yes | 5 | NULL | | |
    ///
    /// User 3, cid, is inactive and has nothing; bob and cid have no full name; tag 3, sql, has no posts.
    static var blog: DatabaseTrait {
        DatabaseTrait(models: guideModels) {
            try await User.insert([
                .init(username: "ada", fullName: "Ada Lovelace"), .init(username: "bob"),
                .init(username: "cid", isActive: false),
            ])
            try await Post.insert([
                .init(title: "One", published: true, viewCount: 5, rating: 4.5, author: .id(1)),
                .init(title: "Two", viewCount: 2, author: .id(1)),
                .init(title: "Three", published: true, viewCount: 1, rating: 3, author: .id(2)),
                .init(title: "Four", published: true, viewCount: 5, author: .id(2)),
            ])
            try await Tag.insert([.init(name: "swift"), .init(name: "orm"), .init(name: "sql")])
            try await PostTag.insert([
                .init(post: .id(1), tag: .id(1)), .init(post: .id(1), tag: .id(2)), .init(post: .id(3), tag: .id(2)),
            ])
            try await Comment.insert([
                .init(content: "hi", post: .id(1), author: .id(2)),
                .init(content: "re: hi", post: .id(1), author: .id(1), parent: .id(1)),
                .init(content: "guest", post: .id(1), parent: .id(1)),
                .init(content: "ok", post: .id(3), author: .id(1)),
            ])
        }
    }

    /// ada is the boss of bob and cid; ada → bob, cid → bob, bob → cid follow each other.
    static var people: DatabaseTrait {
        DatabaseTrait(models: [Person.self, Follow.self]) {
            try await Person.insert([
                .init(name: "ada"), .init(name: "bob", boss: .id(1)), .init(name: "cid", boss: .id(1)),
            ])
            try await Follow.insert([
                .init(follower: .id(1), followed: .id(2)), .init(follower: .id(3), followed: .id(2)),
                .init(follower: .id(2), followed: .id(3)),
            ])
        }
    }

    /// The guide's tables with nothing but these tags, numbered from 1.
    static func withTags(_ names: [String]) -> DatabaseTrait {
        DatabaseTrait(models: guideModels) { try await Tag.insert(names.map { Tag.New(name: $0) }) }
    }

    /// Empty tables of these models.
    static func tables(_ models: any Model.Type...) -> DatabaseTrait { DatabaseTrait(models: models) {} }
}
