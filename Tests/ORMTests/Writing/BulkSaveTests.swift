import FoundationEssentials
import ORM
import ORMTesting
import Testing

@Suite(.blog) struct BulkSaveTests {
    @Test func rowsAreSavedTogetherWithAStatementForEachSetOfColumns() async throws {
        var posts = try await Post.all()
        posts[0].viewCount += 1
        posts[1].title = "Zwei"
        posts[3].viewCount += 1
        let changed = posts
        let sql = try await recorded { () async throws in
            var rows = changed
            try await rows.save()
            #expect(rows.allSatisfy { $0.changedColumns.isEmpty })
        }
        #expect(
            sql == [
                #"UPDATE "posts" SET "view_count" = ? WHERE "id" = ?"#,
                #"UPDATE "posts" SET "title" = ? WHERE "id" = ?"#,
            ])
        #expect(try await Post.all().map(\.viewCount) == [6, 2, 1, 6])
        #expect(try await Post.all().map(\.title) == ["One", "Zwei", "Three", "Four"])
    }

    @Test func allRowsAreSavedOrNone() async throws {
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

    @Test func nothingSetIsNoStatement() async throws {
        let posts = try await Post.all()
        let sql = try await recorded { () async throws in
            var rows = posts
            try await rows.save()
            rows = []
            try await rows.save()
        }
        #expect(sql.isEmpty)
    }

    @Test func theUpdatedTimestampAdvancesInEveryRow() async throws {
        var users = try await User.all()
        let before = users.map(\.updatedAt)
        for index in users.indices { users[index].fullName = "x" }
        try await users.save()
        #expect(zip(users.map(\.updatedAt), before).allSatisfy { $0 > $1 })
        #expect(try await User.all().map(\.updatedAt) == users.map(\.updatedAt))
    }
}
