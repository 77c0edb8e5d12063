import FoundationEssentials
import ORM
import Testing

extension DriverBehaviour {
    /// Statements over a query's rows, with limit and order.
    static let updatesAndDeletes: [DriverBehaviour] = [
        DriverBehaviour("a statement that changes no rows says so", aStatementThatChangesNoRowsSaysSo),
        DriverBehaviour(
            "an update advances the updated stamp unless it is set", anUpdateAdvancesTheUpdatedStampUnlessItIsSet),
        DriverBehaviour("conditions may be assigned", conditionsMayBeAssigned),
        DriverBehaviour("relations may be assigned", relationsMayBeAssigned),
        DriverBehaviour("a value may come from related rows", aValueMayComeFromRelatedRows),
        DriverBehaviour("limit order and joins hold for deletes", limitOrderAndJoinsHoldForDeletes),
        DriverBehaviour("subqueries may speak of the row that is deleted", subqueriesMaySpeakOfTheRowThatIsDeleted),
        DriverBehaviour("deleting follows the rules of the foreign keys", deletingFollowsTheRulesOfTheForeignKeys),
        DriverBehaviour("a restricted row cannot be deleted", .people, aRestrictedRowCannotBeDeleted),
        DriverBehaviour("values that break a rule are not written", valuesThatBreakARuleAreNotWritten),
    ]

    private static func aStatementThatChangesNoRowsSaysSo(_ test: BehaviourContext) async throws {
        try await Tag.insert((1...5).map { Tag.New(name: "\($0)") })
        let changes = try await test.db.withLease(.readWrite) { lease in
            var changes: [Int] = []
            for sql in [
                "DELETE FROM post_tags WHERE id > 1", "CREATE TABLE scratch (n INTEGER)",
                "INSERT INTO scratch (n) SELECT id FROM tags", "DELETE FROM scratch WHERE n > 99",
                "DELETE FROM scratch",
                "DROP TABLE scratch",
            ] {
                changes.append(try await lease.execute(Statement(sql)).changes)
            }
            return changes
        }
        #expect(changes == [2, 0, 8, 0, 8, 0])
    }

    private static func anUpdateAdvancesTheUpdatedStampUnlessItIsSet(_: BehaviourContext) async throws {
        let old = Date(timeIntervalSince1970: 0)
        #expect(try await User.query.update(.set(\.updatedAt, old)) == 3)
        #expect(try await User.filter { $0.updatedAt == old }.count() == 3)
        try await User.filter { $0.id == 1 }.update(.set(\.fullName, nil))
        #expect(try await User.get(1).updatedAt > old)
        #expect(try await User.filter { $0.updatedAt == old }.count() == 2)
    }

    private static func conditionsMayBeAssigned(_: BehaviourContext) async throws {
        try await Post.query.update(.set(\.published) { $0.rating == 3 })
        #expect(try await Post.filter { $0.published }.ids() == [3])
        try await Post.query.update(.set(\.published) { $0.rating > 1 || $0.viewCount > 4 })
        #expect(try await Post.filter { $0.published }.ids() == [1, 3, 4])
    }

    private static func relationsMayBeAssigned(_: BehaviourContext) async throws {
        try await Post.filter { $0.author.id == 1 }.update(.set(\.author, .id(2)))
        #expect(try await Post.filter { $0.author.id == 2 }.count() == 4)
        try await Comment.filter { $0.parent.author.username == "bob" }.update(.set(\.parent, nil))
        #expect(try await Comment.filter { $0.parent == nil }.count() == 4)
    }

    private static func aValueMayComeFromRelatedRows(_: BehaviourContext) async throws {
        try await Post.filter { $0.id == 3 }.update(
            .set(\.title) { $0.author.username }, .set(\.viewCount) { $0.comments.count })
        #expect(try await Post.get(3).title == "bob")
        #expect(try await Post.get(3).viewCount == 1)
        try await Comment.query.update(.set(\.content) { $0.parent.post.author.username.or("none") })
        #expect(
            try await Comment.order { $0.id.asc }.select { $0.content }.all() == ["none", "ada", "ada", "none"])
    }

    private static func limitOrderAndJoinsHoldForDeletes(_: BehaviourContext) async throws {
        #expect(try await Post.order { $0.viewCount.asc }.limit(1).delete() == 1)
        #expect(try await Post.query.ids() == [1, 2, 4])
        #expect(try await Post.limit(0).delete() == 0)
        #expect(
            try await Comment.filter { $0.post.author.username == "ada" && $0.parent.content == "hi" }.delete() == 2
        )
        #expect(try await Post.exclude { $0.author.fullName == nil }.delete() == 2)
        #expect(try await Post.query.ids() == [4])
        #expect(try await Post.query.delete() == 1)
    }

    private static func subqueriesMaySpeakOfTheRowThatIsDeleted(_: BehaviourContext) async throws {
        #expect(
            try await Post.filter { post in post.comments.none { $0.author.id == post.author.id.asOptional } }
                .delete()
                == 3)
        #expect(try await Post.query.ids() == [1])
        #expect(try await Tag.filter { $0.posts.none() }.delete() == 1)
        #expect(try await Tag.query.order { $0.id.asc }.ids() == [1, 2])
    }

    private static func deletingFollowsTheRulesOfTheForeignKeys(_: BehaviourContext) async throws {
        try await User.get(2).delete()
        #expect(try await Post.query.ids() == [1, 2])
        #expect(try await Comment.query.order { $0.id.asc }.ids() == [1, 2, 3])
        #expect(try await Comment.get(1).author == nil)
        try await Comment.get(1).delete()
        #expect(try await Comment.count() == 0)
        #expect(try await PostTag.count() == 2)
    }

    private static func aRestrictedRowCannotBeDeleted(_: BehaviourContext) async throws {
        let error = await ormError { try await Person.get(1).delete() }
        #expect(error?.database?.kind == .foreignKey)
        #expect(error?.httpStatus == 400)
        #expect(try await Person.count() == 3)
    }

    private static func valuesThatBreakARuleAreNotWritten(_: BehaviourContext) async throws {
        let long = String(repeating: "x", count: 21)
        #expect(await ormError { try await Post.query.update(.set(\.title, long)) }?.code == .validationFailure)
        #expect(await ormError { try await Post.query.update(.set(\.title, "a\0b")) }?.code == .validationFailure)
        #expect(try await Post.filter { $0.title == "One" }.count() == 1)
    }
}
