import FoundationEssentials
import ORM
import ORMTesting
import Testing

@Suite(.blog) struct UpdateDeleteTests {
    @Test func updateIsOneStatementAndCountsItsRows() async throws {
        let sql = try await recorded { () async throws in
            #expect(
                try await Post.filter { $0.published }.update(
                    .set(\.title, "t"), .set(\.viewCount) { $0.viewCount + 1 }) == 3)
        }
        #expect(
            sql == [
                #"UPDATE "posts" AS t0 SET "title" = ?, "view_count" = (t0."view_count" + ?) WHERE (t0."published" = 1)"#
            ])
        #expect(try await Post.order { $0.id.asc }.select { $0.viewCount }.all() == [6, 2, 2, 6])
        #expect(try await Post.filter { $0.id > 9 }.update(.set(\.title, "t")) == 0)
    }

    @Test func anUpdateAdvancesTheUpdatedStampUnlessItIsSet() async throws {
        let old = Date(timeIntervalSince1970: 0)
        #expect(try await User.query.update(.set(\.updatedAt, old)) == 3)
        #expect(try await User.filter { $0.updatedAt == old }.count() == 3)
        try await User.filter { $0.id == 1 }.update(.set(\.fullName, nil))
        #expect(try await User.get(1).updatedAt > old)
        #expect(try await User.filter { $0.updatedAt == old }.count() == 2)
    }

    @Test func conditionsMayBeAssigned() async throws {
        try await Post.query.update(.set(\.published) { $0.rating == 3 })
        #expect(try await Post.filter { $0.published }.ids() == [3])
        try await Post.query.update(.set(\.published) { $0.rating > 1 || $0.viewCount > 4 })
        #expect(try await Post.filter { $0.published }.ids() == [1, 3, 4])
    }

    @Test func relationsMayBeAssigned() async throws {
        try await Post.filter { $0.author.id == 1 }.update(.set(\.author, .id(2)))
        #expect(try await Post.filter { $0.author.id == 2 }.count() == 4)
        try await Comment.filter { $0.parent.author.username == "bob" }.update(.set(\.parent, nil))
        #expect(try await Comment.filter { $0.parent == nil }.count() == 4)
    }

    @Test func aValueMayComeFromRelatedRows() async throws {
        try await Post.filter { $0.id == 3 }.update(
            .set(\.title) { $0.author.username }, .set(\.viewCount) { $0.comments.count })
        #expect(try await Post.get(3).title == "bob")
        #expect(try await Post.get(3).viewCount == 1)
        try await Comment.query.update(.set(\.content) { $0.parent.post.author.username.or("none") })
        #expect(try await Comment.order { $0.id.asc }.select { $0.content }.all() == ["none", "ada", "ada", "none"])
    }

    @Test func limitOrderAndJoinsHoldForUpdates() async throws {
        #expect(try await Post.order { $0.viewCount.desc }.limit(1).update(.set(\.title, "top")) == 1)
        #expect(try await Post.filter { $0.title == "top" }.ids() == [4])
        #expect(try await Post.order { $0.id.asc }.offset(2).update(.set(\.title, "late")) == 2)
        #expect(try await Post.filter { $0.title == "late" }.ids() == [3, 4])
        let sql = try await recorded { () async throws in
            #expect(try await Post.filter { $0.author.username == "ada" }.update(.set(\.title, "by ada")) == 2)
        }
        #expect(
            sql == [
                """
                UPDATE "posts" AS t0 SET "title" = ? WHERE (t0."id" IN (SELECT t1."id" FROM "posts" AS t1 \
                JOIN "users" AS t2 ON t2."id" = t1."author_id" WHERE (t2."username" = ?)))
                """
            ])
        #expect(try await Post.limit(0).update(.set(\.title, "none")) == 0)
    }

    @Test func limitOrderAndJoinsHoldForDeletes() async throws {
        #expect(try await Post.order { $0.viewCount.asc }.limit(1).delete() == 1)
        #expect(try await Post.query.ids() == [1, 2, 4])
        #expect(try await Post.limit(0).delete() == 0)
        #expect(
            try await Comment.filter { $0.post.author.username == "ada" && $0.parent.content == "hi" }.delete() == 2)
        #expect(try await Post.exclude { $0.author.fullName == nil }.delete() == 2)
        #expect(try await Post.query.ids() == [4])
        #expect(try await Post.query.delete() == 1)
    }

    @Test func subqueriesMaySpeakOfTheRowThatIsDeleted() async throws {
        #expect(
            try await Post.filter { post in post.comments.none { $0.author.id == post.author.id.asOptional } }.delete()
                == 3)
        #expect(try await Post.query.ids() == [1])
        #expect(try await Tag.filter { $0.posts.none() }.delete() == 1)
        #expect(try await Tag.query.order { $0.id.asc }.ids() == [1, 2])
    }

    @Test func deletingFollowsTheRulesOfTheForeignKeys() async throws {
        try await User.get(2).delete()
        #expect(try await Post.query.ids() == [1, 2])
        #expect(try await Comment.query.order { $0.id.asc }.ids() == [1, 2, 3])
        #expect(try await Comment.get(1).author == nil)
        try await Comment.get(1).delete()
        #expect(try await Comment.count() == 0)
        #expect(try await PostTag.count() == 2)
    }

    @Test(.people) func aRestrictedRowCannotBeDeleted() async throws {
        let error = await ormError { try await Person.get(1).delete() }
        #expect(error?.database?.kind == .foreignKey)
        #expect(error?.httpStatus == 400)
        #expect(try await Person.count() == 3)
    }

    @Test func valuesThatBreakARuleAreNotWritten() async throws {
        let long = String(repeating: "x", count: 21)
        #expect(await ormError { try await Post.query.update(.set(\.title, long)) }?.code == .validationFailure)
        #expect(await ormError { try await Post.query.update(.set(\.title, "a\0b")) }?.code == .validationFailure)
        #expect(try await Post.filter { $0.title == "One" }.count() == 1)
    }
}
