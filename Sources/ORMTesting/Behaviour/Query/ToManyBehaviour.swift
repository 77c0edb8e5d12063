import FoundationEssentials
import ORM
import Testing

extension DriverBehaviour {
    /// Conditions and aggregates over related rows.
    static let toMany: [DriverBehaviour] = [
        DriverBehaviour(
            "any and none partition the rows and never repeat them", anyAndNonePartitionTheRowsAndNeverRepeatThem),
        DriverBehaviour("all is true of no rows and counts null as not so", allIsTrueOfNoRowsAndCountsNullAsNotSo),
        DriverBehaviour("two counts in one query never multiply each other", twoCountsInOneQueryNeverMultiplyEachOther),
        DriverBehaviour("aggregates of no rows are nil", aggregatesOfNoRowsAreNil),
        DriverBehaviour("aggregates of optional columns leave null out", aggregatesOfOptionalColumnsLeaveNullOut),
        DriverBehaviour("filter narrows what is aggregated", filterNarrowsWhatIsAggregated),
        DriverBehaviour("relations nest inside conditions", relationsNestInsideConditions),
        DriverBehaviour("a condition may speak of the outer row", aConditionMaySpeakOfTheOuterRow),
        DriverBehaviour("to many relations behind to one relations count", toManyRelationsBehindToOneRelationsCount),
        DriverBehaviour("an optional relation partitions its rows", anOptionalRelationPartitionsItsRows),
        DriverBehaviour(
            "a table may be related to itself in both directions", .people, aTableMayBeRelatedToItselfInBothDirections),
    ]

    private static func anyAndNonePartitionTheRowsAndNeverRepeatThem(_: BehaviourContext) async throws {
        #expect(try await Post.filter { $0.comments.any() }.ids() == [1, 3])
        #expect(try await Post.filter { $0.comments.none() }.ids() == [2, 4])
        #expect(try await Post.filter { $0.comments.any { $0.content.contains("h") } }.ids() == [1])
        #expect(try await Post.filter { $0.comments.none { $0.content.contains("h") } }.ids() == [2, 3, 4])
        #expect(try await Post.filter { $0.tags.any { $0.name.isIn(["swift", "orm"]) } }.ids() == [1, 3])
    }

    private static func allIsTrueOfNoRowsAndCountsNullAsNotSo(_: BehaviourContext) async throws {
        #expect(try await User.filter { $0.posts.all { $0.published } }.ids() == [2, 3])
        #expect(try await User.filter { $0.posts.all { $0.rating > 1 } }.ids() == [3])
        #expect(try await User.filter { $0.posts.all { !($0.rating > 4) } }.ids() == [2, 3])
        #expect(try await Post.filter { $0.comments.all { $0.author.username == "ada" } }.ids() == [2, 3, 4])
        #expect(try await Post.filter { $0.comments.all { $0.author.username != "ada" } }.ids() == [2, 4])
        #expect(try await Post.exclude { $0.comments.all { $0.author == nil } }.ids() == [1, 3])
    }

    private static func twoCountsInOneQueryNeverMultiplyEachOther(_: BehaviourContext) async throws {
        let rows = try await Post.select { ($0.id, $0.comments.count, $0.tags.count) }.all()
        #expect(rows.map(\.1) == [3, 0, 1, 0])
        #expect(rows.map(\.2) == [2, 0, 1, 0])
        #expect(try await Post.filter { $0.comments.count > 2 && $0.tags.count == 2 }.ids() == [1])
    }

    private static func aggregatesOfNoRowsAreNil(_: BehaviourContext) async throws {
        let rows = try await User.select {
            (
                $0.id, $0.posts.sum { $0.viewCount }, $0.posts.average { $0.viewCount },
                $0.posts.min { $0.viewCount },
                $0.posts.max { $0.title }
            )
        }.all()
        #expect(rows.map(\.1) == [7, 6, nil])
        #expect(rows.map(\.2) == [3.5, 3, nil])
        #expect(rows.map(\.3) == [2, 1, nil])
        #expect(rows.map(\.4) == ["Two", "Three", nil])
    }

    private static func aggregatesOfOptionalColumnsLeaveNullOut(_: BehaviourContext) async throws {
        let rows = try await User.select {
            (
                $0.posts.sum { $0.rating }, $0.posts.average { $0.rating }, $0.posts.max { $0.rating },
                $0.posts.count(distinct: { $0.rating })
            )
        }.all()
        #expect(rows.map(\.0) == [4.5, 3, nil])
        #expect(rows.map(\.1) == [4.5, 3, nil])
        #expect(rows.map(\.2) == [4.5, 3, nil])
        #expect(rows.map(\.3) == [1, 1, 0])
    }

    private static func filterNarrowsWhatIsAggregated(_: BehaviourContext) async throws {
        let rows = try await User.select {
            (
                $0.posts.filter { $0.published }.count,
                $0.posts.filter { $0.published }.filter { $0.viewCount > 1 }.count,
                $0.posts.filter { $0.rating == nil }.sum { $0.viewCount }
            )
        }.all()
        #expect(rows.map(\.0) == [1, 2, 0])
        #expect(rows.map(\.1) == [1, 1, 0])
        #expect(rows.map(\.2) == [2, 5, nil])
    }

    private static func relationsNestInsideConditions(_: BehaviourContext) async throws {
        #expect(
            try await User.filter { $0.posts.any { $0.comments.any { $0.author.username == "bob" } } }.ids() == [1])
        #expect(try await Tag.filter { $0.posts.any { $0.tags.count == 2 } }.ids() == [1, 2])
        #expect(try await User.filter { $0.posts.any { $0.tags.none() && $0.comments.none() } }.ids() == [1, 2])
        #expect(try await User.filter { $0.posts.max { $0.comments.count } == 3 }.ids() == [1])
    }

    private static func aConditionMaySpeakOfTheOuterRow(_: BehaviourContext) async throws {
        let ownReply = Post.filter { post in
            post.comments.any { $0.author.username == post.author.username.asOptional }
        }
        #expect(try await ownReply.ids() == [1])
        let elsewhere = Post.filter { post in post.comments.any { $0.content == post.author.username } }
        #expect(try await elsewhere.ids() == [])
    }

    private static func toManyRelationsBehindToOneRelationsCount(_: BehaviourContext) async throws {
        #expect(
            try await Post.filter { $0.author.posts.count == 2 && $0.author.comments.any() }.ids() == [1, 2, 3, 4])
        #expect(try await Comment.filter { $0.parent.replies.count == 2 }.ids() == [2, 3])
        #expect(try await Comment.filter { $0.parent.replies.count == 0 }.ids() == [1, 4])
        #expect(try await Comment.filter { $0.parent.post.comments.any() }.ids() == [2, 3])
        #expect(try await Comment.filter { $0.parent.post.comments.none() }.ids() == [1, 4])
    }

    private static func anOptionalRelationPartitionsItsRows(_: BehaviourContext) async throws {
        #expect(try await Comment.filter { $0.parent != nil }.ids() == [2, 3])
        #expect(try await Comment.filter { $0.parent.content == "hi" }.ids() == [2, 3])
        #expect(try await Comment.exclude { $0.parent.content == "hi" }.ids() == [1, 4])
        #expect(try await Comment.filter { $0.parent.content == nil }.ids() == [1, 4])
        #expect(try await Comment.exclude { $0.author.username.hasPrefix("a") }.ids() == [1, 3])
        #expect(try await Comment.filter { $0.parent.author == nil }.ids() == [1, 4])
    }

    private static func aTableMayBeRelatedToItselfInBothDirections(_: BehaviourContext) async throws {
        #expect(try await Person.filter { $0.following.any { $0.name == "bob" } }.ids() == [1, 3])
        #expect(try await Person.filter { $0.followers.any { $0.name == "bob" } }.ids() == [3])
        #expect(
            try await Person.filter { $0.following.any { $0.following.any { $0.name == "cid" } } }.ids() == [1, 3])
        let rows = try await Person.order { $0.id.asc }.select {
            ($0.following.count, $0.followers.count, $0.staff.count, $0.boss.name)
        }.all()
        #expect(rows.map(\.0) == [1, 1, 1])
        #expect(rows.map(\.1) == [0, 2, 1])
        #expect(rows.map(\.2) == [2, 0, 0])
        #expect(rows.map(\.3) == [nil, "ada", "ada"])
    }
}
