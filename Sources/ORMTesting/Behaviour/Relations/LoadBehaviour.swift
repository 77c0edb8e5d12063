import FoundationEssentials
import ORM
import Testing

extension DriverBehaviour {
    /// Relations loaded after the fact.
    static let loading: [DriverBehaviour] = [
        DriverBehaviour("relations of a row can be loaded after the fact", relationsOfARowCanBeLoadedAfterTheFact),
        DriverBehaviour("relations of many rows are loaded together", relationsOfManyRowsAreLoadedTogether),
        DriverBehaviour("what is loaded after the fact can be refined", whatIsLoadedAfterTheFactCanBeRefined),
        DriverBehaviour("the end of a longer path can be refined", theEndOfALongerPathCanBeRefined),
        DriverBehaviour("a later refinement replaces an earlier one", aLaterRefinementReplacesAnEarlierOne),
    ]

    private static func relationsOfARowCanBeLoadedAfterTheFact(_: BehaviourContext) async throws {
        var post = try await Post.get(1)
        try await post.load(\.author, \.comments.author, \.tags)
        #expect(try post.author.username == "ada")
        #expect(try post.comments.items.map { try $0.author?.username } == ["bob", "ada", nil])
        #expect(try post.tags.items.map(\.name) == ["swift", "orm"])
        #expect(post.changedColumns.isEmpty)
    }

    private static func relationsOfManyRowsAreLoadedTogether(_: BehaviourContext) async throws {
        let found = try await Post.all()
        let posts = try await expectQueries(atMost: 2) { () async throws in
            var posts = found
            try await posts.load(\.author, \.tags)
            return posts
        }
        #expect(try posts.map { try $0.author.username } == ["ada", "ada", "bob", "bob"])
        #expect(try posts.map { try $0.tags.items.count } == [2, 0, 1, 0])
        var none: [Post] = []
        try await none.load(\.author)
        #expect(none.isEmpty)
    }

    private static func whatIsLoadedAfterTheFactCanBeRefined(_: BehaviourContext) async throws {
        var users = try await User.all()
        try await users.load(\.posts) { $0.order { $0.viewCount.desc }.limit(1) }
        #expect(try users.map { try $0.posts.items.map(\.title) } == [["One"], ["Four"], []])
        var ada = try await User.get(1)
        try await ada.load(\.posts, as: "drafts") { $0.filter { !$0.published } }
        #expect(try ada.posts.items("drafts").map(\.title) == ["Two"])
        #expect(ada.posts.loaded == nil)
    }

    private static func theEndOfALongerPathCanBeRefined(_: BehaviourContext) async throws {
        let users = try await User.prefetch(\.posts.comments) { $0.filter { $0.parent == nil } }.all()
        #expect(try users[0].posts.items.map { try $0.comments.items.map(\.id) } == [[1], []])
        let posts = try await Post.prefetch(\.author.posts) { $0.limit(1) }.all()
        #expect(try posts.map { try $0.author.posts.items.map(\.id) } == [[1], [1], [3], [3]])
        let limited = try await User.prefetch(\.posts.comments.replies) { $0.order { $0.id.desc }.limit(1) }.all()
        #expect(try limited[0].posts.items[0].comments.items[0].replies.items.map(\.id) == [3])
    }

    private static func aLaterRefinementReplacesAnEarlierOne(_: BehaviourContext) async throws {
        let users = try await User.prefetch(\.posts) { $0.limit(1) }.prefetch(\.posts) {
            $0.filter { !$0.published }
        }
        .all()
        #expect(try users.map { try $0.posts.items.map(\.title) } == [["Two"], [], []])
        let deeper = try await User.prefetch(\.posts) { $0.limit(1) }.prefetch(\.posts.comments).all()
        #expect(try deeper[0].posts.items.map { try $0.comments.items.count } == [3])
    }
}
