import FoundationEssentials
import ORM
import Testing

extension DriverBehaviour {
    /// Changed columns.
    static let saves: [DriverBehaviour] = [
        DriverBehaviour("nothing changed means no statement", nothingChangedMeansNoStatement),
        DriverBehaviour(
            "two rows read before may change different columns", twoRowsReadBeforeMayChangeDifferentColumns),
        DriverBehaviour("a timestamp given by hand wins", aTimestampGivenByHandWins),
        DriverBehaviour("created and updated are equal when a row is made", createdAndUpdatedAreEqualWhenARowIsMade),
        DriverBehaviour("a save that fails leaves the row as it was set", aSaveThatFailsLeavesTheRowAsItWasSet),
        DriverBehaviour("a row that is gone cannot be saved or deleted", aRowThatIsGoneCannotBeSavedOrDeleted),
        DriverBehaviour("the primary key cannot be saved", thePrimaryKeyCannotBeSaved),
    ]

    private static func nothingChangedMeansNoStatement(_: BehaviourContext) async throws {
        var user = try await User.get(1)
        try await expectQueries(atMost: 0) { try await user.save() }
        user.fullName = nil
        try await user.save()
        try await expectQueries(atMost: 0) { try await user.save() }
        #expect(try await User.get(1).fullName == nil)
    }

    private static func twoRowsReadBeforeMayChangeDifferentColumns(_: BehaviourContext) async throws {
        var first = try await Post.get(1)
        var second = try await Post.get(1)
        first.title = "First"
        second.viewCount = 99
        try await first.save()
        try await second.save()
        let stored = try await Post.get(1)
        #expect((stored.title, stored.viewCount) == ("First", 99))
    }

    private static func aTimestampGivenByHandWins(_: BehaviourContext) async throws {
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

    private static func createdAndUpdatedAreEqualWhenARowIsMade(_: BehaviourContext) async throws {
        let user = try await User.create(username: "dee")
        #expect(user.createdAt == user.updatedAt)
        #expect(try await User.get(user.id).createdAt == user.createdAt)
    }

    private static func aSaveThatFailsLeavesTheRowAsItWasSet(_: BehaviourContext) async throws {
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

    private static func aRowThatIsGoneCannotBeSavedOrDeleted(_: BehaviourContext) async throws {
        var tag = try await Tag.get(3)
        try await tag.delete()
        tag.name = "new"
        #expect(await ormError { try await tag.save() }?.code == .notFound)
        #expect(await ormError { try await tag.delete() }?.code == .notFound)
    }

    private static func thePrimaryKeyCannotBeSaved(_: BehaviourContext) async throws {
        var tag = try await Tag.get(3)
        tag.id = 1
        tag.name = "stolen"
        let error = await ormError { try await tag.save() }
        #expect(error?.code == .validationFailure)
        #expect(error?.message == "tags.id is the primary key, which save() cannot change")
        #expect(try await Tag.order { $0.id.asc }.all().map(\.name) == ["swift", "orm", "sql"])
    }
}
