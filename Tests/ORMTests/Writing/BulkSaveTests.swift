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
}
