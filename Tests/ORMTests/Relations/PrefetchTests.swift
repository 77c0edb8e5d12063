import ORM
import ORMTesting
import Testing

@Suite(.blog) struct PrefetchTests {
    @Test func relationsThatAreNotLoadedThrowAndNameTheirPrefetch() async throws {
        let post = try await Post.get(1)
        #expect(post.author.id == 1)
        #expect(post.author.loaded == nil)
        #expect(post.comments.loaded == nil)
        let one = await ormError { _ = try post.author.username }
        #expect(one?.code == .relationNotLoaded)
        #expect(
            one?.message
                == #"Post.author is not loaded: add .prefetch(\.author) to the query, or fetch it with await"#)
        let many = await ormError { _ = try post.comments.items }
        #expect(many?.code == .relationNotLoaded)
        #expect(
            many?.message
                == #"Post.comments is not loaded: add .prefetch(\.comments) to the query, or fetch it with await"#)
        let given = await ormError { _ = try One<User>.id(7).value }
        #expect(given?.message == "the User is not loaded: fetch it with await, or load the relation with .prefetch")
    }

    @Test func nestedPrefetchTakesOneStatementForEachRelation() async throws {
        let sql = try await recorded { () async throws in
            let posts = try await Post.prefetch(\.author, \.comments.author, \.comments.replies.author, \.tags).all()
            #expect(try posts.map { try $0.author.username } == ["ada", "ada", "bob", "bob"])
            #expect(try posts.map { try $0.tags.items.map(\.name) } == [["swift", "orm"], [], ["orm"], []])
            #expect(try posts.map { try $0.comments.items.map(\.id) } == [[1, 2, 3], [], [4], []])
            #expect(try posts[0].comments.items.map { try $0.author?.username } == ["bob", "ada", nil])
            #expect(try posts[0].comments.items[0].replies.items.map(\.id) == [2, 3])
            #expect(try posts[0].comments.items[0].replies.items.map { try $0.author?.username } == ["ada", nil])
        }
        #expect(
            sql == [
                """
                SELECT t0."id", t0."title", t0."published", t0."view_count", t0."rating", t0."author_id", t0."created_at" \
                FROM "posts" AS t0 ORDER BY t0."id"
                """,
                """
                SELECT t0."id", t0."username", t0."full_name", t0."is_active", t0."created_at", t0."updated_at" \
                FROM "users" AS t0 WHERE (t0."id" IN (SELECT value FROM json_each(?)))
                """,
                """
                SELECT t0."post_id", t0."id", t0."content", t0."post_id", t0."author_id", t0."parent_id" \
                FROM "comments" AS t0 WHERE t0."post_id" IN (SELECT value FROM json_each(?)) ORDER BY t0."id"
                """,
                """
                SELECT t0."id", t0."username", t0."full_name", t0."is_active", t0."created_at", t0."updated_at" \
                FROM "users" AS t0 WHERE (t0."id" IN (SELECT value FROM json_each(?)))
                """,
                """
                SELECT t0."parent_id", t0."id", t0."content", t0."post_id", t0."author_id", t0."parent_id" \
                FROM "comments" AS t0 WHERE t0."parent_id" IN (SELECT value FROM json_each(?)) ORDER BY t0."id"
                """,
                """
                SELECT t0."id", t0."username", t0."full_name", t0."is_active", t0."created_at", t0."updated_at" \
                FROM "users" AS t0 WHERE (t0."id" IN (SELECT value FROM json_each(?)))
                """,
                """
                SELECT pivot."post_id", t0."id", t0."name" FROM "post_tags" AS pivot \
                JOIN "tags" AS t0 ON t0."id" = pivot."tag_id" \
                WHERE pivot."post_id" IN (SELECT value FROM json_each(?)) ORDER BY t0."id"
                """,
            ])
    }

    @Test func noRowsMeanNoFurtherStatements() async throws {
        try await expectQueries(atMost: 1) { () async throws in
            #expect(try await Post.filter { $0.id > 9 }.prefetch(\.author, \.comments.author).all().isEmpty)
        }
    }

    @Test func tooManyStatementsAreListed() async throws {
        let error = await #expect(throws: UnexpectedQueries.self) {
            try await expectQueries(atMost: 1) { () async throws in
                _ = try await Post.count()
                _ = try await Tag.count()
            }
        }
        #expect(
            error?.description == """
                expected at most 1 statements, 2 ran:
                  1. SELECT COUNT(*) FROM "posts" AS t0
                  2. SELECT COUNT(*) FROM "tags" AS t0
                """)
    }

    @Test func pathsThatStartAlikeShareTheirStart() async throws {
        try await expectQueries(atMost: 4) {
            let posts = try await Post.prefetch(\.comments.author, \.comments.replies).prefetch(\.comments).all()
            #expect(try posts[0].comments.items.map { try $0.replies.items.count } == [2, 0, 0])
        }
    }

    @Test func theSameRelationMayBeLoadedAtSeveralPlaces() async throws {
        let users = try await User.prefetch(\.posts.author.posts, \.comments.post.author).all()
        #expect(try users[0].posts.items.map { try $0.author.posts.items.map(\.id) } == [[1, 2], [1, 2]])
        #expect(try users[0].comments.items.map { try $0.post.author.username } == ["ada", "bob"])
        #expect(try users[2].posts.items.isEmpty)
    }

    @Test func theLimitOfARefinementHoldsForEachParent() async throws {
        let sql = try await recorded { () async throws in
            let users = try await User.prefetch(\.posts) { $0.order { $0.viewCount.desc }.limit(1) }.all()
            #expect(try users.map { try $0.posts.items.map(\.id) } == [[1], [4], []])
        }
        #expect(
            sql[1] == """
                SELECT owner_key, c0, c1, c2, c3, c4, c5, c6 FROM (SELECT t0."author_id" AS owner_key, t0."id" AS c0, \
                t0."title" AS c1, t0."published" AS c2, t0."view_count" AS c3, t0."rating" AS c4, t0."author_id" AS c5, \
                t0."created_at" AS c6, ROW_NUMBER() OVER (PARTITION BY t0."author_id" \
                ORDER BY t0."view_count" DESC, t0."id" DESC) AS place FROM "posts" AS t0 \
                WHERE t0."author_id" IN (SELECT value FROM json_each(?))) AS ranked \
                WHERE place > ? AND place <= ? ORDER BY owner_key, place
                """)
        let second = try await User.prefetch(\.posts) { $0.offset(1) }.all()
        #expect(try second.map { try $0.posts.items.map(\.id) } == [[2], [4], []])
        let filtered = try await Post.prefetch(\.comments) {
            $0.filter { $0.author.username == "ada" || $0.parent != nil }.order { $0.author.username.asc }.limit(2)
        }.all()
        #expect(try filtered.map { try $0.comments.items.map(\.id) } == [[3, 2], [], [4], []])
    }

    @Test func theLimitHoldsForEachParentOverAPivotToo() async throws {
        let posts = try await Post.prefetch(\.tags) { $0.order { $0.name.asc }.limit(1) }.all()
        #expect(try posts.map { try $0.tags.items.map(\.name) } == [["orm"], [], ["orm"], []])
        let tags = try await Tag.query.order { $0.id.asc }.prefetch(\.posts) {
            $0.filter { $0.tags.any { $0.name == "orm" } }.order { $0.id.desc }.limit(1).prefetch(\.tags, \.author)
        }.all()
        #expect(try tags.map { try $0.posts.items.map(\.id) } == [[1], [3], []])
        #expect(try tags[0].posts.items[0].tags.items.map(\.name) == ["swift", "orm"])
        #expect(try tags[1].posts.items[0].author.username == "bob")
    }

    @Test func aRefinementAndAPathBelowItAreMerged() async throws {
        let posts = try await Post.prefetch(\.comments.author).prefetch(\.comments) { $0.order { $0.id.desc }.limit(2) }
            .all()
        #expect(try posts[0].comments.items.map(\.id) == [3, 2])
        #expect(try posts[0].comments.items.map { try $0.author?.username } == [nil, "ada"])
        let other = try await Post.prefetch(\.comments) { $0.limit(1).prefetch(\.replies) }.prefetch(\.comments.author)
            .all()
        #expect(try other[0].comments.items.map(\.id) == [1])
        #expect(try other[0].comments.items[0].author?.username == "bob")
        #expect(try other[0].comments.items[0].replies.items.map(\.id) == [2, 3])
    }

    @Test(.people) func aTableMayBePrefetchedThroughItselfTwice() async throws {
        let people = try await Person.order { $0.id.asc }.prefetch(\.following.followers, \.staff.boss, \.boss.staff)
            .all()
        #expect(try people.map { try $0.following.items.map(\.name) } == [["bob"], ["cid"], ["bob"]])
        #expect(try people[0].following.items[0].followers.items.map(\.name) == ["ada", "cid"])
        #expect(try people[0].staff.items.map { try $0.boss?.name } == ["ada", "ada"])
        #expect(try people[1].boss?.staff.items.map(\.name) == ["bob", "cid"])
        let limited = try await Person.order { $0.id.asc }.prefetch(\.followers) { person in
            person.filter { $0.following.any { $0.followers.count == 2 } }.limit(1).prefetch(\.followers)
        }.all()
        #expect(try limited.map { try $0.followers.items.map(\.name) } == [[], ["ada"], []])
    }

    @Test func loadingARelationChangesNoColumn() async throws {
        var post = try await Post.prefetch(\.author, \.comments.author, \.tags).all()[0]
        #expect(post.changedColumns.isEmpty)
        try await expectQueries(atMost: 0) { try await post.save() }
        #expect(try post.comments.items.allSatisfy(\.changedColumns.isEmpty))
    }

    @Test func aRelationToOneIsFetchedOnPurpose() async throws {
        let comment = try await Comment.get(1)
        #expect(try await comment.author?().username == "bob")
        let loaded = try await Comment.prefetch(\.post).filter { $0.id == 1 }.get()
        try await expectQueries(atMost: 0) { () async throws in #expect(try await loaded.post().title == "One") }
        #expect(await ormError { _ = try await One<User>.id(99)() }?.code == .notFound)
    }

    @Test func relationsAreEqualWhenTheirIdsAre() async throws {
        let loaded = try await Post.prefetch(\.author).filter { $0.id == 1 }.get()
        #expect(loaded.author == .id(1))
        #expect(Set([loaded.author, .id(1), .id(2)]).count == 2)
    }
}
