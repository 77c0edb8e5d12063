import ORM
import ORMSQLite
import ORMTesting
import Testing

@Suite(.blog) struct ToManyPredicateTests {
    @Test func orderByACountSortsInSQL() async throws {
        let sql = try await recorded { () async throws in
            let top = try await User.order({ $0.comments.count.desc }, { $0.id.asc }).limit(2)
                .select { ($0.username, $0.comments.count) }.all()
            #expect(top.map(\.0) == ["ada", "bob"])
            #expect(top.map(\.1) == [2, 1])
        }
        #expect(
            sql == [
                """
                SELECT t0."username", (SELECT COUNT(*) FROM "comments" AS t1 WHERE t1."author_id" = t0."id") \
                FROM "users" AS t0 \
                ORDER BY (SELECT COUNT(*) FROM "comments" AS t2 WHERE t2."author_id" = t0."id") DESC, t0."id" LIMIT ?
                """
            ])
    }

    @Test func pathsOverRelationsToOneJoinOnceAndOnlyWhenNeeded() async throws {
        let sql = try await recorded { () async throws in
            #expect(try await Post.filter { $0.author.id == 2 }.count() == 2)
            #expect(try await Comment.filter { $0.parent == nil }.count() == 2)
            #expect(
                try await Comment.filter { $0.post.author.username == "ada" && $0.post.title == "One" }.count() == 3)
            #expect(try await Comment.filter { $0.parent.post.author.username == "ada" }.count() == 2)
        }
        #expect(
            sql == [
                #"SELECT COUNT(*) FROM "posts" AS t0 WHERE (t0."author_id" = ?)"#,
                #"SELECT COUNT(*) FROM "comments" AS t0 WHERE (t0."parent_id" IS NULL)"#,
                """
                SELECT COUNT(*) FROM "comments" AS t0 JOIN "posts" AS t1 ON t1."id" = t0."post_id" \
                JOIN "users" AS t2 ON t2."id" = t1."author_id" WHERE ((t2."username" = ?) AND (t1."title" = ?))
                """,
                """
                SELECT COUNT(*) FROM "comments" AS t0 LEFT JOIN "comments" AS t1 ON t1."id" = t0."parent_id" \
                LEFT JOIN "posts" AS t2 ON t2."id" = t1."post_id" LEFT JOIN "users" AS t3 ON t3."id" = t2."author_id" \
                WHERE (t3."username" = ?)
                """,
            ])
    }
}
