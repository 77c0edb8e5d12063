import ORM
import ORMTesting
import Testing

@Suite(.blog) struct SubqueryTests {
    @Test func aScalarSubqueryMaySpeakOfTheOuterRow() async throws {
        let query = Post.select { post in
            (
                post.title,
                Expr(subquery: Comment.filter { $0.post == post }.order { $0.id.desc }.select { $0.content })
            )
        }
        let sql = try query.sql()
        #expect(
            sql == """
                SELECT t0."title", (SELECT t1."content" FROM "comments" AS t1 WHERE (t1."post_id" = t0."id") \
                ORDER BY t1."id" DESC LIMIT ?) FROM "posts" AS t0 ORDER BY t0."id"
                """)
        #expect(try await query.all().map(\.1) == ["guest", nil, "ok", nil])
    }

    @Test func aSubqueryMayAggregateRowsThatNoRelationLeadsTo() async throws {
        let rank = Post.select { post in
            Expr(subquery: Post.filter { $0.viewCount > post.viewCount }.aggregate { $0.count }).or(0) + 1
        }
        #expect(try await rank.all() == [1, 3, 4, 1])
        let best = Post.filter { post in
            post.viewCount.asOptional
                == Expr(subquery: Post.filter { $0.author == post.author }.aggregate { $0.max { $0.viewCount } })
        }
        #expect(try await best.ids() == [1, 4])
    }

    @Test func existsMaySpeakOfTheOuterRow() async throws {
        let query = Post.filter { post in
            post.published && .exists(Comment.filter { $0.post == post && $0.author == post.author })
        }
        let sql = try query.select { $0.id }.sql()
        #expect(
            sql == """
                SELECT t0."id" FROM "posts" AS t0 \
                WHERE ((t0."published" = 1) AND EXISTS (SELECT t1."id" FROM "comments" AS t1 \
                WHERE ((t1."post_id" = t0."id") AND (t1."author_id" = t0."author_id")))) ORDER BY t0."id"
                """)
        #expect(try await query.ids() == [1])
        #expect(
            try await Post.exclude { post in .exists(Comment.filter { $0.post == post }.select { $0.id }) }.ids()
                == [2, 4])
    }

    @Test func aSubqueryInASubquerySpeaksOfBothRowsOutside() async throws {
        // Posts with a comment that repeats the content of another comment's parent, all of one post.
        let query = User.filter { user in
            .exists(
                Post.filter { post in
                    post.author == user
                        && post.comments.any { comment in
                            .exists(
                                Comment.filter {
                                    $0.post == post && $0.author == user && $0.parent == comment && $0.id > comment.id
                                })
                        }
                })
        }
        #expect(try await query.ids() == [1])
        let sql = try query.select { $0.id }.sql()
        #expect(
            sql == """
                SELECT t0."id" \
                FROM "users" AS t0 WHERE EXISTS (SELECT t1."id" FROM "posts" AS t1 WHERE ((t1."author_id" = t0."id") \
                AND EXISTS (SELECT 1 FROM "comments" AS t2 WHERE t2."post_id" = t1."id" AND EXISTS (SELECT t3."id" \
                FROM "comments" AS t3 WHERE ((((t3."post_id" = t1."id") AND (t3."author_id" = t0."id")) AND \
                (t3."parent_id" = t2."id")) AND (t3."id" > t2."id")))))) ORDER BY t0."id"
                """)
    }

    @Test func relationsInsideEachOtherSpeakOfTheirOwnRows() async throws {
        // A comment on the post with the same author as another one on it.
        let query = Post.filter { post in
            post.comments.any { first in
                post.comments.any { second in first.id < second.id && second.author == post.author }
            }
        }
        #expect(try await query.ids() == [1])
        let tags = Tag.filter { tag in tag.posts.any { post in post.comments.any { $0.post == post && tag.id == 1 } } }
        #expect(try await tags.ids() == [1])
    }

    @Test func theSameQueryMayStandInsideItself() async throws {
        let live = Post.filter { $0.published }
        let query = live.filter { outer in
            .exists(live.filter { $0.viewCount == outer.viewCount && $0.id != outer.id })
        }
        #expect(try await query.ids() == [1, 4])
        let comments = Comment.query
        let answered = comments.filter { comment in .exists(comments.filter { $0.parent == comment }) }
        #expect(try await answered.ids() == [1])
    }

    @Test func aValueIsAmongWhatAQuerySelects() async throws {
        let query = Post.filter { $0.id.isIn(Comment.filter { $0.author == .id(1) }.select { $0.post.id }) }
        let sql = try query.select { $0.id }.sql()
        #expect(
            sql == """
                SELECT t0."id" FROM "posts" AS t0 \
                WHERE (t0."id" IN (SELECT t1."post_id" FROM "comments" AS t1 WHERE (t1."author_id" = ?))) \
                ORDER BY t0."id"
                """)
        #expect(try await query.ids() == [1, 3])
        #expect(
            try await Post.exclude { $0.id.isIn(Comment.filter { $0.author == .id(1) }.select { $0.post.id }) }.ids()
                == [2, 4])
        #expect(try await Post.filter { $0.id.isIn(Post.order { $0.viewCount.desc }.limit(2)) }.ids() == [1, 4])
        #expect(
            try await User.filter {
                $0.id.isIn(Post.group { $0.author.id }.having { $0.count { $0.published } > 1 }.select { $0.author.id })
            }.ids() == [2])
    }

    @Test func nullIsAmongValuesWithNullAndNowhereElse() async throws {
        let all = Post.select { $0.rating }
        let some = Post.filter { $0.rating != nil }.select { $0.rating }
        #expect(try await Post.filter { $0.rating.isIn(all) }.ids() == [1, 2, 3, 4])
        #expect(try await Post.exclude { $0.rating.isIn(all) }.ids() == [])
        #expect(try await Post.filter { $0.rating.isIn(some) }.ids() == [1, 3])
        #expect(try await Post.exclude { $0.rating.isIn(some) }.ids() == [2, 4])
        let none = Post.filter { $0.id > 9 }.select { $0.rating }
        #expect(try await Post.filter { $0.rating.isIn(none) }.ids() == [])
        #expect(try await Post.exclude { $0.rating.isIn(none) }.ids() == [1, 2, 3, 4])
        #expect(try await Post.select { $0.rating.isIn(some) }.all() == [true, false, true, false])
    }

    @Test func aSubqueryWorksInUpdatesAndDeletes() async throws {
        try await Post.filter { $0.id < 4 }.update(
            .set(\.viewCount) { post in Expr(subquery: Comment.filter { $0.post == post }.aggregate { $0.count }).or(0)
            })
        #expect(try await Post.select { $0.viewCount }.all() == [3, 0, 1, 5])
        #expect(try await Post.filter { post in !.exists(Comment.filter { $0.post == post }) }.delete() == 2)
        #expect(try await Post.query.ids() == [1, 3])
    }

    @Test func aRowUsedOutsideItsQueryIsAnError() async throws {
        nonisolated(unsafe) var escaped: Expr<Int>?
        _ = Post.filter {
            escaped = $0.viewCount
            return $0.published
        }
        let stray = try #require(escaped)
        let error = await ormError { _ = try await Tag.filter { _ in stray == 1 }.all() }
        #expect(error?.code == .configuration)
    }

    @Test func aggregatesOverRelationsTakeEachValueOnce() async throws {
        try await Post.filter { $0.id == 3 }.update(.set(\.viewCount, 5))
        let rows = User.select {
            (
                $0.posts.count(distinct: { $0.viewCount }), $0.posts.sum(distinct: true) { $0.viewCount },
                $0.posts.average(distinct: true) { $0.viewCount },
                $0.posts.filter { $0.published }.sum(distinct: true) { $0.viewCount }
            )
        }
        #expect(
            try rows.sql().hasPrefix(
                """
                SELECT (SELECT COUNT(DISTINCT t1."view_count") FROM "posts" AS t1 WHERE t1."author_id" = t0."id"), \
                (SELECT SUM(DISTINCT t2."view_count") FROM "posts" AS t2 WHERE t2."author_id" = t0."id"), \
                (SELECT AVG(DISTINCT t3."view_count") FROM "posts" AS t3 WHERE t3."author_id" = t0."id")
                """))
        let values = try await rows.all()
        #expect(values.map(\.0) == [2, 1, 0])
        #expect(values.map(\.1) == [7, 5, nil])
        #expect(values.map(\.2) == [3.5, 5, nil])
        #expect(values.map(\.3) == [5, 5, nil])
    }
}
