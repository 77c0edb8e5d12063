import ORM
import ORMSQLite
import ORMTesting
import Testing

@Suite(.blog) struct ToManyPredicateTests {
    @Test func anyAndNonePartitionTheRowsAndNeverRepeatThem() async throws {
        #expect(try await Post.filter { $0.comments.any() }.ids() == [1, 3])
        #expect(try await Post.filter { $0.comments.none() }.ids() == [2, 4])
        #expect(try await Post.filter { $0.comments.any { $0.content.contains("h") } }.ids() == [1])
        #expect(try await Post.filter { $0.comments.none { $0.content.contains("h") } }.ids() == [2, 3, 4])
        #expect(try await Post.filter { $0.tags.any { $0.name.isIn(["swift", "orm"]) } }.ids() == [1, 3])
    }

    @Test func allIsTrueOfNoRowsAndCountsNullAsNotSo() async throws {
        #expect(try await User.filter { $0.posts.all { $0.published } }.ids() == [2, 3])
        #expect(try await User.filter { $0.posts.all { $0.rating > 1 } }.ids() == [3])
        #expect(try await User.filter { $0.posts.all { !($0.rating > 4) } }.ids() == [2, 3])
        #expect(try await Post.filter { $0.comments.all { $0.author.username == "ada" } }.ids() == [2, 3, 4])
        #expect(try await Post.filter { $0.comments.all { $0.author.username != "ada" } }.ids() == [2, 4])
        #expect(try await Post.exclude { $0.comments.all { $0.author == nil } }.ids() == [1, 3])
    }

    @Test func twoCountsInOneQueryNeverMultiplyEachOther() async throws {
        let rows = try await Post.select { ($0.id, $0.comments.count, $0.tags.count) }.all()
        #expect(rows.map(\.1) == [3, 0, 1, 0])
        #expect(rows.map(\.2) == [2, 0, 1, 0])
        #expect(try await Post.filter { $0.comments.count > 2 && $0.tags.count == 2 }.ids() == [1])
    }

    @Test func aggregatesOfNoRowsAreNil() async throws {
        let rows = try await User.select {
            (
                $0.id, $0.posts.sum { $0.viewCount }, $0.posts.average { $0.viewCount }, $0.posts.min { $0.viewCount },
                $0.posts.max { $0.title }
            )
        }.all()
        #expect(rows.map(\.1) == [7, 6, nil])
        #expect(rows.map(\.2) == [3.5, 3, nil])
        #expect(rows.map(\.3) == [2, 1, nil])
        #expect(rows.map(\.4) == ["Two", "Three", nil])
    }

    @Test func aggregatesOfOptionalColumnsLeaveNullOut() async throws {
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

    @Test func filterNarrowsWhatIsAggregated() async throws {
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

    @Test func relationsNestInsideConditions() async throws {
        #expect(
            try await User.filter { $0.posts.any { $0.comments.any { $0.author.username == "bob" } } }.ids() == [1])
        #expect(try await Tag.filter { $0.posts.any { $0.tags.count == 2 } }.ids() == [1, 2])
        #expect(try await User.filter { $0.posts.any { $0.tags.none() && $0.comments.none() } }.ids() == [1, 2])
        #expect(try await User.filter { $0.posts.max { $0.comments.count } == 3 }.ids() == [1])
    }

    @Test func aConditionMaySpeakOfTheOuterRow() async throws {
        let ownReply = Post.filter { post in
            post.comments.any { $0.author.username == post.author.username.asOptional }
        }
        #expect(try await ownReply.ids() == [1])
        let elsewhere = Post.filter { post in post.comments.any { $0.content == post.author.username } }
        #expect(try await elsewhere.ids() == [])
    }

    @Test func toManyRelationsBehindToOneRelationsCount() async throws {
        #expect(try await Post.filter { $0.author.posts.count == 2 && $0.author.comments.any() }.ids() == [1, 2, 3, 4])
        #expect(try await Comment.filter { $0.parent.replies.count == 2 }.ids() == [2, 3])
        #expect(try await Comment.filter { $0.parent.replies.count == 0 }.ids() == [1, 4])
        #expect(try await Comment.filter { $0.parent.post.comments.any() }.ids() == [2, 3])
        #expect(try await Comment.filter { $0.parent.post.comments.none() }.ids() == [1, 4])
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

    @Test func anOptionalRelationPartitionsItsRows() async throws {
        #expect(try await Comment.filter { $0.parent != nil }.ids() == [2, 3])
        #expect(try await Comment.filter { $0.parent.content == "hi" }.ids() == [2, 3])
        #expect(try await Comment.exclude { $0.parent.content == "hi" }.ids() == [1, 4])
        #expect(try await Comment.filter { $0.parent.content == nil }.ids() == [1, 4])
        #expect(try await Comment.exclude { $0.author.username.hasPrefix("a") }.ids() == [1, 3])
        #expect(try await Comment.filter { $0.parent.author == nil }.ids() == [1, 4])
    }

    @Test(.people) func aTableMayBeRelatedToItselfInBothDirections() async throws {
        #expect(try await Person.filter { $0.following.any { $0.name == "bob" } }.ids() == [1, 3])
        #expect(try await Person.filter { $0.followers.any { $0.name == "bob" } }.ids() == [3])
        #expect(try await Person.filter { $0.following.any { $0.following.any { $0.name == "cid" } } }.ids() == [1, 3])
        let rows = try await Person.order { $0.id.asc }.select {
            ($0.following.count, $0.followers.count, $0.staff.count, $0.boss.name)
        }.all()
        #expect(rows.map(\.0) == [1, 1, 1])
        #expect(rows.map(\.1) == [0, 2, 1])
        #expect(rows.map(\.2) == [2, 0, 0])
        #expect(rows.map(\.3) == [nil, "ada", "ada"])
    }
}
