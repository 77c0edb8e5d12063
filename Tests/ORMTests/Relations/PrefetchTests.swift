import ORM
import ORMTesting
import Testing

@Suite(.blog) struct PrefetchTests {
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
                FROM "comments" AS t0 WHERE t0."post_id" IN (SELECT value FROM json_each(?)) \
                ORDER BY t0."post_id", t0."id"
                """,
                """
                SELECT t0."id", t0."username", t0."full_name", t0."is_active", t0."created_at", t0."updated_at" \
                FROM "users" AS t0 WHERE (t0."id" IN (SELECT value FROM json_each(?)))
                """,
                """
                SELECT t0."parent_id", t0."id", t0."content", t0."post_id", t0."author_id", t0."parent_id" \
                FROM "comments" AS t0 WHERE t0."parent_id" IN (SELECT value FROM json_each(?)) \
                ORDER BY t0."parent_id", t0."id"
                """,
                """
                SELECT t0."id", t0."username", t0."full_name", t0."is_active", t0."created_at", t0."updated_at" \
                FROM "users" AS t0 WHERE (t0."id" IN (SELECT value FROM json_each(?)))
                """,
                """
                SELECT pivot."post_id", t0."id", t0."name" FROM "post_tags" AS pivot \
                JOIN "tags" AS t0 ON t0."id" = pivot."tag_id" \
                WHERE pivot."post_id" IN (SELECT value FROM json_each(?)) ORDER BY pivot."post_id", pivot."tag_id"
                """,
            ])
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
}
