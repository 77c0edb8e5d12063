import ORM
import ORMTesting
import Testing

@Suite(.blog) struct LoadTests {
    @Test func relationsOfARowCanBeLoadedAfterTheFact() async throws {
        var post = try await Post.get(1)
        try await post.load(\.author, \.comments.author, \.tags)
        #expect(try post.author.username == "ada")
        #expect(try post.comments.items.map { try $0.author?.username } == ["bob", "ada", nil])
        #expect(try post.tags.items.map(\.name) == ["swift", "orm"])
        #expect(post.changedColumns.isEmpty)
    }

    @Test func relationsOfManyRowsAreLoadedTogether() async throws {
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

    @Test func whatIsLoadedAfterTheFactCanBeRefined() async throws {
        var users = try await User.all()
        try await users.load(\.posts) { $0.order { $0.viewCount.desc }.limit(1) }
        #expect(try users.map { try $0.posts.items.map(\.title) } == [["One"], ["Four"], []])
        var ada = try await User.get(1)
        try await ada.load(\.posts, as: "drafts") { $0.filter { !$0.published } }
        #expect(try ada.posts.items("drafts").map(\.title) == ["Two"])
        #expect(ada.posts.loaded == nil)
    }

    @Test func partsOfOneRelationStandSideBySide() async throws {
        let sql = try await recorded { () async throws in
            let users =
                try await User
                .prefetch(\.posts, as: "read") { $0.filter { $0.viewCount > 2 } }
                .prefetch(\.posts, as: "drafts") { $0.filter { !$0.published } }
                .prefetch(\.posts)
                .all()
            #expect(try users.map { try $0.posts.items("read").map(\.title) } == [["One"], ["Four"], []])
            #expect(try users.map { try $0.posts.items("drafts").map(\.title) } == [["Two"], [], []])
            #expect(try users.map { try $0.posts.items.count } == [2, 2, 0])
        }
        #expect(sql.count == 4)
        let plain = try await User.prefetch(\.posts).get(1)
        #expect(
            await ormError { _ = try plain.posts.items("drafts") }?.message == """
                no rows of User.posts are loaded as “drafts”: add .prefetch(\\.posts, as: "drafts") { … } to the query
                """)
    }

    @Test func theEndOfALongerPathCanBeRefined() async throws {
        let users = try await User.prefetch(\.posts.comments) { $0.filter { $0.parent == nil } }.all()
        #expect(try users[0].posts.items.map { try $0.comments.items.map(\.id) } == [[1], []])
        let posts = try await Post.prefetch(\.author.posts) { $0.limit(1) }.all()
        #expect(try posts.map { try $0.author.posts.items.map(\.id) } == [[1], [1], [3], [3]])
        let limited = try await User.prefetch(\.posts.comments.replies) { $0.order { $0.id.desc }.limit(1) }.all()
        #expect(try limited[0].posts.items[0].comments.items[0].replies.items.map(\.id) == [3])
    }

    @Test func aLaterRefinementReplacesAnEarlierOne() async throws {
        let users = try await User.prefetch(\.posts) { $0.limit(1) }.prefetch(\.posts) { $0.filter { !$0.published } }
            .all()
        #expect(try users.map { try $0.posts.items.map(\.title) } == [["Two"], [], []])
        let deeper = try await User.prefetch(\.posts) { $0.limit(1) }.prefetch(\.posts.comments).all()
        #expect(try deeper[0].posts.items.map { try $0.comments.items.count } == [3])
    }
}
