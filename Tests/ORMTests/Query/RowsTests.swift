import ORM
import ORMTesting
import Testing

@Suite(.blog) struct RowsTests {
    struct Summary: Sendable, Hashable {
        let id: Int
        let title: String
        let comments: Int
    }

    @Test func rowsAreOrderedByWhatIsSelected() async throws {
        let rows = Post.select { ($0.title, $0.comments.count) }
            .order({ _, comments in comments.desc }, { title, _ in title.lower.asc })
        let sql = try rows.sql()
        #expect(
            sql == """
                SELECT t0."title", (SELECT COUNT(*) FROM "comments" AS t1 WHERE t1."post_id" = t0."id") \
                FROM "posts" AS t0 ORDER BY 2 DESC, orm_lower(t0."title")
                """)
        #expect(try await rows.all().map(\.0) == ["One", "Three", "Four", "Two"])
        #expect(try await rows.limit(2).offset(1).all().map(\.0) == ["Three", "Four"])
        #expect(try await rows.order { title, _ in title.desc }.first()?.0 == "Two")
        #expect(
            try await Post.select { ($0.published, $0.viewCount, $0.id) }
                .order({ live, _, _ in live.desc }, { _, views, _ in views.asc }, { _, _, id in id.desc }).all().map(
                    \.2) == [3, 4, 1, 2])
    }

    @Test func aWindowHoldsTheSameRowsAmongTies() async throws {
        let ties = Post.select { $0.viewCount }.order { $0.desc }
        #expect(
            try ties.limit(1).sql()
                == #"SELECT t0."view_count" FROM "posts" AS t0 ORDER BY 1 DESC, t0."id" DESC LIMIT ?"#)
        #expect(
            try ties.distinct().limit(1).sql()
                == #"SELECT DISTINCT t0."view_count" FROM "posts" AS t0 ORDER BY 1 DESC LIMIT ?"#)
        var seen: [Int] = []
        for offset in 0..<4 {
            seen += try await Post.order { $0.published.desc }.select { $0.id }.page(limit: 1, offset: offset).items
        }
        #expect(seen == [4, 3, 1, 2])
    }

    @Test func rowsAreCountedAndPaged() async throws {
        let rows = Post.select { $0.author.id }
        #expect(try await rows.count() == 4)
        #expect(try await rows.limit(3).count() == 3)
        #expect(try await rows.offset(3).count() == 1)
        #expect(try await rows.exists())
        #expect(try await !rows.offset(4).exists())
        #expect(try await !rows.limit(0).exists())
        let page = try await rows.distinct().page(limit: 1, offset: 1)
        #expect((page.items, page.total, page.limit, page.offset, page.hasNext) == ([2], 2, 1, 1, false))
        let sql = try await recorded { () async throws in #expect(try await rows.distinct().count() == 2) }
        #expect(sql == [#"SELECT COUNT(*) FROM (SELECT DISTINCT t0."author_id" AS c0 FROM "posts" AS t0) AS counted"#])
    }

    @Test func getWantsExactlyOneRow() async throws {
        #expect(try await Post.filter { $0.id == 2 }.select { $0.title }.get() == "Two")
        #expect(await ormError { _ = try await Post.select { $0.title }.get() }?.code == .multipleFound)
        #expect(
            await ormError { _ = try await Post.filter { $0.id == 9 }.select { $0.title }.get() }?.code == .notFound)
    }

    // MARK: Values of one's own

    @Test func rowsBecomeValuesOfAStruct() async throws {
        let summaries = Post.filter { $0.published }.select(into: Summary.init) { ($0.id, $0.title, $0.comments.count) }
        #expect(try await summaries.first() == Summary(id: 1, title: "One", comments: 3))
        #expect(
            try await summaries.all() == [
                Summary(id: 1, title: "One", comments: 3), Summary(id: 3, title: "Three", comments: 1),
                Summary(id: 4, title: "Four", comments: 0),
            ])
        #expect(try await summaries.page(limit: 1, offset: 1).items.map(\.id) == [3])
        #expect(try await summaries.count() == 3)
        #expect(await ormError { _ = try await summaries.get() }?.code == .multipleFound)
        let groups = Post.group { $0.author.id }.select(into: { id, count in "\(id): \(count)" }) {
            ($0.author.id, $0.count)
        }
        #expect(try await groups.all() == ["1: 2", "2: 2"])
    }

    @Test func tuplesAreMapped() async throws {
        let titles = Post.select { ($0.id, $0.title) }.order { id, _ in id.desc }.limit(2).map { id, title in
            "\(id) \(title)"
        }
        #expect(try await titles.all() == ["4 Four", "3 Three"])
        #expect(try await Post.select { $0.viewCount }.map { $0 * 2 }.all() == [10, 4, 2, 10])
    }

    @Test func anErrorOfTheTransformComesOutUnchanged() async throws {
        struct Refused: Error {}
        await #expect(throws: Refused.self) {
            _ = try await Post.select { $0.id }.map { id -> Int in if id > 2 { throw Refused() } else { id } }.all()
        }
    }
}
