import ORM
import ORMTesting
import Testing

@Suite(.blog) struct RowKeyTests {
    @Test func aRelationIsComparedByItsKeyWithoutAJoin() async throws {
        let sql = try await recorded { () async throws in
            #expect(try await Post.filter { $0.author == .id(2) }.count() == 2)
            #expect(try await Post.filter { $0.author != .id(2) }.count() == 2)
            #expect(try await Comment.filter { $0.author == .id(1) }.count() == 2)
            #expect(try await Comment.filter { $0.author != .id(1) }.count() == 2)
        }
        #expect(
            sql == [
                #"SELECT COUNT(*) FROM "posts" AS t0 WHERE (t0."author_id" = ?)"#,
                #"SELECT COUNT(*) FROM "posts" AS t0 WHERE (NOT (t0."author_id" = ?))"#,
                #"SELECT COUNT(*) FROM "comments" AS t0 WHERE (t0."author_id" = ?)"#,
                #"SELECT COUNT(*) FROM "comments" AS t0 WHERE ((t0."author_id" = ?) IS NOT TRUE)"#,
            ])
    }

    @Test func longOptionalPathsJoinEachRelationOnce() async throws {
        let query = Comment.filter {
            $0.parent.author.username == "bob" && $0.parent.author.fullName == nil && $0.parent.post.author == .id(1)
        }
        let sql = try query.order { $0.id.asc }.select { $0.id }.sql()
        #expect(
            sql == """
                SELECT t0."id" \
                FROM "comments" AS t0 LEFT JOIN "comments" AS t1 ON t1."id" = t0."parent_id" \
                LEFT JOIN "users" AS t2 ON t2."id" = t1."author_id" LEFT JOIN "posts" AS t3 ON t3."id" = t1."post_id" \
                WHERE (((t2."username" = ?) AND (t2."full_name" IS NULL)) AND (t3."author_id" = ?)) ORDER BY t0."id"
                """)
        #expect(try await query.ids() == [2, 3])
    }

    @Test func aRelationIsAmongAQuerysRows() async throws {
        let query = Post.filter { $0.author.isIn(User.filter { $0.fullName != nil }) }
        let sql = try query.select { $0.id }.sql()
        #expect(
            sql == """
                SELECT t0."id" FROM "posts" AS t0 \
                WHERE (t0."author_id" IN (SELECT t1."id" FROM "users" AS t1 WHERE (t1."full_name" IS NOT NULL))) \
                ORDER BY t0."id"
                """)
        #expect(try await query.ids() == [1, 2])
        let replies = Comment.filter { $0.parent.isIn(Comment.filter { $0.author == .id(2) }) }
        #expect(try await replies.ids() == [2, 3])
        #expect(try await Comment.exclude { $0.parent.isIn(Comment.filter { $0.author == .id(2) }) }.ids() == [1, 4])
    }
}
