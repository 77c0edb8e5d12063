import FoundationEssentials
import ORM
import Testing

extension DriverBehaviour {
    /// Many changed rows at once.
    static let bulkSaves: [DriverBehaviour] = [
        DriverBehaviour("all rows are saved or none", allRowsAreSavedOrNone),
        DriverBehaviour("the updated timestamp advances in every row", theUpdatedTimestampAdvancesInEveryRow),
    ]

    private static func allRowsAreSavedOrNone(_: BehaviourContext) async throws {
        var posts = try await Post.all()
        try await posts[2].delete()
        for index in posts.indices { posts[index].viewCount = 100 }
        let changed = posts
        let error = await ormError {
            var rows = changed
            try await rows.save()
        }
        #expect(error?.code == .notFound)
        #expect(try await Post.all().map(\.viewCount) == [5, 2, 5])
        var long = try await Post.all()
        long[0].viewCount = 7
        long[1].title = String(repeating: "x", count: 21)
        let tooLong = long
        let invalid = await ormError {
            var rows = tooLong
            try await rows.save()
        }
        #expect(invalid?.code == .validationFailure)
        #expect(try await Post.get(1).viewCount == 5)
    }

    private static func theUpdatedTimestampAdvancesInEveryRow(_: BehaviourContext) async throws {
        var users = try await User.all()
        let before = users.map(\.updatedAt)
        for index in users.indices { users[index].fullName = "x" }
        try await users.save()
        #expect(zip(users.map(\.updatedAt), before).allSatisfy { $0 > $1 })
        #expect(try await User.all().map(\.updatedAt) == users.map(\.updatedAt))
    }
}
