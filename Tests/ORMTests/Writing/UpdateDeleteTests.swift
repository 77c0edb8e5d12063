import FoundationEssentials
import ORM
import ORMTesting
import Testing

@Suite(.blog) struct UpdateDeleteTests {
    @Test func updateIsOneStatementAndCountsItsRows() async throws {
        let sql = try await recorded { () async throws in
            #expect(
                try await Post.filter { $0.published }.update(
                    .set(\.title, "t"), .set(\.viewCount) { $0.viewCount + 1 }) == 3)
        }
        #expect(
            sql == [
                #"UPDATE "posts" AS t0 SET "title" = ?, "view_count" = (t0."view_count" + ?) WHERE (t0."published" = 1)"#
            ])
        #expect(try await Post.order { $0.id.asc }.select { $0.viewCount }.all() == [6, 2, 2, 6])
        #expect(try await Post.filter { $0.id > 9 }.update(.set(\.title, "t")) == 0)
    }

    @Test func theUpdatedStampIsKeptByAnAssignmentThatIsNotWritten() async throws {
        let old = try await User.get(1).updatedAt
        let sql = try await recorded { () async throws in
            try await User.filter { $0.id == 1 }.update(.set(\.fullName, "A"), .set(\.updatedAt) { $0.updatedAt })
        }
        #expect(sql == [#"UPDATE "users" AS t0 SET "full_name" = ? WHERE (t0."id" = ?)"#])
        #expect(try await User.get(1).updatedAt == old)
        #expect(try await User.query.update(.set(\.updatedAt) { $0.updatedAt }) == 3)
    }

    @Test func limitOrderAndJoinsHoldForUpdates() async throws {
        #expect(try await Post.order { $0.viewCount.desc }.limit(1).update(.set(\.title, "top")) == 1)
        #expect(try await Post.filter { $0.title == "top" }.ids() == [4])
        #expect(try await Post.order { $0.id.asc }.offset(2).update(.set(\.title, "late")) == 2)
        #expect(try await Post.filter { $0.title == "late" }.ids() == [3, 4])
        let sql = try await recorded { () async throws in
            #expect(try await Post.filter { $0.author.username == "ada" }.update(.set(\.title, "by ada")) == 2)
        }
        #expect(
            sql == [
                """
                UPDATE "posts" AS t0 SET "title" = ? WHERE (t0."id" IN (SELECT t1."id" FROM "posts" AS t1 \
                JOIN "users" AS t2 ON t2."id" = t1."author_id" WHERE (t2."username" = ?)))
                """
            ])
        #expect(try await Post.limit(0).update(.set(\.title, "none")) == 0)
    }
}
