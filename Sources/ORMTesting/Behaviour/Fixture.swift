package import ORM

/// Tables, and the rows in them that a test begins with.
package struct Fixture: Sendable {
    package let models: [any Model.Type]
    /// Fills the tables of the bound database.
    package let seed: @Sendable () async throws -> Void

    package init(_ models: [any Model.Type], seed: @escaping @Sendable () async throws -> Void = {}) {
        self.models = models
        self.seed = seed
    }

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
    package static var blog: Fixture {
        Fixture(guideModels) {
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
    package static var people: Fixture {
        Fixture([Person.self, Follow.self]) {
            try await Person.insert([
                .init(name: "ada"), .init(name: "bob", boss: .id(1)), .init(name: "cid", boss: .id(1)),
            ])
            try await Follow.insert([
                .init(follower: .id(1), followed: .id(2)), .init(follower: .id(3), followed: .id(2)),
                .init(follower: .id(2), followed: .id(3)),
            ])
        }
    }

    /// 1, with 2 and 3 below it, and 4, with 5 below it; 3 and 4 are deleted softly.
    package static var deletedEntries: Fixture {
        Fixture([Entry.self]) {
            try await Entry.insert([
                .init(text: "1"), .init(text: "2", parent: .id(1)), .init(text: "3", parent: .id(1)), .init(text: "4"),
                .init(text: "5", parent: .id(4)),
            ])
            try await Entry.filter { $0.id.isIn([3, 4]) }.delete()
        }
    }

    /// The guide's tables with nothing but these tags, numbered from 1.
    package static func withTags(_ names: [String]) -> Fixture {
        Fixture(guideModels) { try await Tag.insert(names.map { Tag.New(name: $0) }) }
    }

    /// Empty tables of these models.
    package static func tables(_ models: any Model.Type...) -> Fixture { Fixture(models) }
}
