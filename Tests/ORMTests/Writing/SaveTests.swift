import FoundationEssentials
import ORM
import ORMTesting
import Testing

@Suite(.blog) struct SaveTests {
    @Test func savingWritesTheChangedColumnsAndTheUpdatedStampOnly() async throws {
        var user = try await User.get(1)
        let before = user.updatedAt
        let sql = try await recorded { () async throws in
            user.username = "countess"
            try await user.save()
        }
        #expect(sql == [#"UPDATE "users" SET "username" = ?, "updated_at" = ? WHERE "id" = ?"#])
        let stored = try await User.get(1)
        #expect(stored.username == "countess")
        #expect(stored.updatedAt == user.updatedAt)
        #expect(stored.updatedAt > before)
        #expect(stored.fullName == "Ada Lovelace")
    }

    @Test func foreignKeysAreSavedWhenTheyAreSet() async throws {
        var comment = try await Comment.get(2)
        let sql = try await recorded { () async throws in
            comment.author = nil
            comment.post = .id(3)
            try await comment.save()
        }
        #expect(sql == [#"UPDATE "comments" SET "post_id" = ?, "author_id" = ? WHERE "id" = ?"#])
        let stored = try await Comment.get(2)
        #expect(stored.author == nil)
        #expect(stored.post.id == 3)
    }
}
