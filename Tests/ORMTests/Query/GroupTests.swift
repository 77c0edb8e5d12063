import ORM
import ORMTesting
import Testing

@Suite(.blog) struct GroupTests {
    @Test func aggregatesOfAGroupMayHaveAFilterOfTheirOwn() async throws {
        let query = Post.group { $0.author.id }.select {
            (
                $0.author.id, $0.count { $0.published }, $0.filter { $0.rating == nil }.sum { $0.viewCount },
                $0.sum { $0.viewCount }
            )
        }
        let sql = try query.sql()
        #expect(
            sql == """
                SELECT t0."author_id", COUNT(*) FILTER (WHERE (t0."published" = 1)), \
                SUM(t0."view_count") FILTER (WHERE (t0."rating" IS NULL)), SUM(t0."view_count") \
                FROM "posts" AS t0 GROUP BY t0."author_id" ORDER BY t0."author_id"
                """)
        let rows = try await query.all()
        #expect(rows.map(\.0) == [1, 2])
        #expect(rows.map(\.1) == [1, 2])
        #expect(rows.map(\.2) == [2, 5])
        #expect(rows.map(\.3) == [7, 6])
    }

    @Test func aFilterThatNoRowOfTheGroupMeetsGivesNull() async throws {
        let rows = try await Post.group { $0.author.id }.select {
            (
                $0.filter { $0.viewCount > 4 && $0.rating != nil }.average { $0.viewCount },
                $0.filter { $0.id > 3 }.filter { $0.published }.max { $0.title }
            )
        }.all()
        #expect(rows.map(\.0) == [5, nil])
        #expect(rows.map(\.1) == [nil, "Four"])
    }

    @Test func anEngineWithoutFilterUsesCase() throws {
        let query = Post.group { $0.author.id }.select {
            ($0.count { $0.published }, $0.filter { $0.published }.count(distinct: { $0.viewCount }))
        }
        let sql = try query.statement(in: OtherDialect()).sql
        #expect(
            sql == """
                SELECT COUNT(CASE WHEN (t0."published" = 1) THEN 1 END), \
                COUNT(DISTINCT CASE WHEN (t0."published" = 1) THEN t0."view_count" END) \
                FROM "posts" AS t0 GROUP BY t0."author_id" ORDER BY t0."author_id"
                """)
    }

    @Test func aggregatesOverTheWholeTableAreOneTuple() async throws {
        let query = Post.query.aggregate {
            (
                $0.count, $0.sum { $0.viewCount }, $0.count { $0.published },
                $0.filter { $0.published }.average { $0.rating }
            )
        }
        let sql = try query.sql()
        #expect(
            sql == """
                SELECT COUNT(*), SUM(t0."view_count"), COUNT(*) FILTER (WHERE (t0."published" = 1)), \
                AVG(t0."rating") FILTER (WHERE (t0."published" = 1)) FROM "posts" AS t0
                """)
        #expect(try await query.get() == (4, 13, 3, 3.75))
        let none = try await Post.filter { $0.id > 9 }.aggregate { ($0.count, $0.sum { $0.viewCount }) }.get()
        #expect(none == (0, nil))
        let window = try await Post.limit(2).aggregate { ($0.count, $0.max { $0.title }) }.get()
        #expect(window == (2, "Two"))
        let distinct = try await Post.query
            .aggregate { ($0.sum(distinct: true) { $0.viewCount }, $0.average(distinct: true) { $0.viewCount }) }.get()
        #expect(distinct == (8, 8.0 / 3))
    }

    @Test func aggregatesOverTheWholeTableMayTakeEachValueOnce() async throws {
        #expect(try await Post.query.count(distinct: { $0.viewCount }) == 3)
        #expect(try await Post.query.count(distinct: { $0.rating }) == 2)
        #expect(try await Post.query.sum(distinct: true) { $0.viewCount } == 8)
        #expect(try await Post.query.average(distinct: true) { $0.rating } == 3.75)
        #expect(try await Post.filter { $0.id > 9 }.count(distinct: { $0.viewCount }) == 0)
    }

    @Test func groupsHaveComputedKeysHavingAndWindows() async throws {
        let query = Post.group { ($0.viewCount / 2, $0.published) }
            .having { $0.count >= 1 && $0.average { $0.viewCount } > 1 }
            .having { $0.filter { $0.published }.count < 2 || $0.max { $0.viewCount } > 4 }
            .order({ $0.count.desc })
        let rows = try await query.select { ($0.viewCount / 2, $0.published, $0.count) }.all()
        #expect(rows.map(\.0) == [2, 1])
        #expect(rows.map(\.2) == [2, 1])
        let second: [Int] = try await query.limit(1).offset(1).select { $0.count }.all()
        #expect(second == [1])
        #expect(try await query.offset(2).select { $0.count }.first() == nil)
    }

    @Test func groupsAreCounted() async throws {
        let sql = try await recorded { () async throws in
            #expect(try await Post.group { $0.viewCount }.count() == 3)
            #expect(try await Post.group { $0.viewCount }.having { $0.count > 1 }.count() == 1)
            #expect(try await Post.filter { $0.id > 9 }.group { $0.viewCount }.count() == 0)
            #expect(try await Post.group { $0.viewCount }.limit(2).count() == 2)
        }
        #expect(
            sql[0] == #"SELECT COUNT(*) FROM (SELECT 1 AS c0 FROM "posts" AS t0 GROUP BY t0."view_count") AS counted"#)
    }

    @Test func groupsArePagedAndOrderedLikeOtherRows() async throws {
        let groups = Post.group { $0.viewCount }.select { ($0.viewCount, $0.count) }
        let page = try await groups.page(limit: 2, offset: 1)
        #expect(page.items.map(\.0) == [2, 5])
        #expect(page.total == 3)
        #expect(try await groups.order { _, count in count.desc }.limit(1).all().map(\.0) == [5])
        #expect(try await groups.exists())
    }
}
