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

    @Test func nothingChangedMeansNoStatement() async throws {
        var user = try await User.get(1)
        try await expectQueries(atMost: 0) { try await user.save() }
        user.fullName = nil
        try await user.save()
        try await expectQueries(atMost: 0) { try await user.save() }
        #expect(try await User.get(1).fullName == nil)
    }

    @Test func twoRowsReadBeforeMayChangeDifferentColumns() async throws {
        var first = try await Post.get(1)
        var second = try await Post.get(1)
        first.title = "First"
        second.viewCount = 99
        try await first.save()
        try await second.save()
        let stored = try await Post.get(1)
        #expect((stored.title, stored.viewCount) == ("First", 99))
    }

    @Test func aTimestampGivenByHandWins() async throws {
        let day = Date(timeIntervalSince1970: 1_000_000_000.5)
        let user = try await User.create(username: "dee", createdAt: day, updatedAt: day)
        #expect((user.createdAt, user.updatedAt) == (day, day))
        var stored = try await User.get(user.id)
        #expect((stored.createdAt, stored.updatedAt) == (day, day))
        stored.fullName = "Dee"
        stored.updatedAt = day.addingTimeInterval(1)
        try await stored.save()
        #expect(try await User.get(user.id).updatedAt == day.addingTimeInterval(1))
    }

    @Test func createdAndUpdatedAreEqualWhenARowIsMade() async throws {
        let user = try await User.create(username: "dee")
        #expect(user.createdAt == user.updatedAt)
        #expect(try await User.get(user.id).createdAt == user.createdAt)
    }

    @Test func aSaveThatFailsLeavesTheRowAsItWasSet() async throws {
        var user = try await User.get(1)
        let before = user.updatedAt
        user.username = "bob"
        let error = await ormError { try await user.save() }
        #expect(error?.database?.kind == .unique(columns: ["users.username"]))
        #expect(user.updatedAt == before)
        user.username = "eve"
        try await user.save()
        #expect(user.updatedAt > before)
        #expect(try await User.get(1).updatedAt == user.updatedAt)
    }

    @Test func aRowThatIsGoneCannotBeSavedOrDeleted() async throws {
        var tag = try await Tag.get(3)
        try await tag.delete()
        tag.name = "new"
        #expect(await ormError { try await tag.save() }?.code == .notFound)
        #expect(await ormError { try await tag.delete() }?.code == .notFound)
    }

    @Test func thePrimaryKeyCannotBeSaved() async throws {
        var tag = try await Tag.get(3)
        tag.id = 1
        tag.name = "stolen"
        let error = await ormError { try await tag.save() }
        #expect(error?.code == .validationFailure)
        #expect(error?.message == "tags.id is the primary key, which save() cannot change")
        #expect(try await Tag.order { $0.id.asc }.all().map(\.name) == ["swift", "orm", "sql"])
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
