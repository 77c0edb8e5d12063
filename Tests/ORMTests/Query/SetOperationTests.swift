import ORM
import ORMTesting
import Testing

@Suite(.blog) struct SetOperationTests {
    private let popular = Post.filter { $0.viewCount >= 5 }
    private let adas = Post.filter { $0.author == .id(1) }

    @Test func aUnionHoldsEachRowOnceAndAUnionAllEachTime() async throws {
        #expect(try await popular.union(adas).ids() == [1, 2, 4])
        #expect(try await popular.unionAll(adas).ids() == [1, 1, 2, 4])
        #expect(try await popular.unionAll(adas).distinct().ids() == [1, 2, 4])
        #expect(try await popular.intersect(adas).ids() == [1])
        #expect(try await popular.except(adas).ids() == [4])
        #expect(try await adas.except(popular).ids() == [2])
    }

    @Test func aUnionOfQueriesIsOneStatement() async throws {
        let sql = try Tag.filter { $0.id == 1 }.union(Tag.filter { $0.name == "sql" }).order { $0.name.desc }.limit(1)
            .sql()
        #expect(
            sql == """
                SELECT t0."id", t0."name" FROM (SELECT t1."id" AS "id", t1."name" AS "name" FROM "tags" AS t1 \
                WHERE (t1."id" = ?) UNION SELECT t2."id" AS "id", t2."name" AS "name" FROM "tags" AS t2 \
                WHERE (t2."name" = ?)) AS t0 ORDER BY t0."name" DESC, t0."id" DESC LIMIT ?
                """)
    }

    @Test func everythingElseIsAboutTheWhole() async throws {
        let both = popular.union(adas)
        #expect(try await both.order { $0.viewCount.asc }.limit(2).ids() == [2, 1])
        #expect(try await both.filter { $0.author.username == "ada" }.ids() == [1, 2])
        #expect(try await both.filter { $0.comments.any() }.ids() == [1])
        #expect(try await both.count() == 3)
        #expect(try await both.limit(2).count() == 2)
        #expect(try await both.exists())
        #expect(try await both.sum { $0.viewCount } == 12)
        #expect(try await both.order { $0.id.desc }.limit(2).sum { $0.viewCount } == 7)
        #expect(try await both.select { ($0.title, $0.comments.count) }.all().map(\.0) == ["One", "Two", "Four"])
        #expect(try await both.group { $0.author.id }.select { ($0.author.id, $0.count) }.all().map(\.1) == [2, 1])
        let page = try await both.page(limit: 2, offset: 2)
        #expect((page.items.map(\.id), page.total) == ([4], 3))
        #expect(try await both.prefetch(\.author).first()?.author.username == "ada")
        #expect(try await both.last()?.id == 4)
    }

    @Test func aRowThatComesTwiceCountsTwice() async throws {
        let twice = popular.unionAll(adas)
        #expect(try await twice.count() == 4)
        #expect(try await twice.sum { $0.viewCount } == 17)
        #expect(try await twice.limit(2).sum { $0.viewCount } == 10)
        #expect(try await twice.distinct().count() == 3)
        #expect(try await twice.distinct().select { $0.viewCount }.all() == [5, 2, 5])
        #expect(try await twice.distinct().group { $0.id }.select { $0.count }.all() == [1, 1, 1])
    }

    @Test func aLimitedSideKeepsItsLimit() async throws {
        let newest = Post.order { $0.id.desc }.limit(1)
        #expect(try await newest.union(adas).ids() == [1, 2, 4])
        #expect(try await adas.union(newest).order { $0.id.desc }.ids() == [4, 2, 1])
        #expect(try await Post.limit(2).intersect(Post.query.offset(1).limit(2)).ids() == [2])
        let sql = try Tag.limit(1).union(Tag.query).sql()
        #expect(
            sql == """
                SELECT t0."id", t0."name" FROM (SELECT * FROM (SELECT t1."id" AS "id", t1."name" AS "name" \
                FROM "tags" AS t1 ORDER BY t1."id" LIMIT ?) AS part UNION SELECT t2."id" AS "id", t2."name" AS "name" \
                FROM "tags" AS t2) AS t0
                """)
    }

    @Test func operationsNestFromTheLeft() async throws {
        #expect(try await popular.union(adas).except(Post.filter { $0.id == 2 }).ids() == [1, 4])
        #expect(try await popular.except(adas.union(Post.filter { $0.id == 4 })).ids() == [])
        #expect(try await popular.union(adas).intersect(popular.union(Post.filter { $0.id == 3 })).ids() == [1, 4])
    }

    @Test func aUnionMaySpeakOfTheRowOutside() async throws {
        let users = User.filter { user in
            .exists(
                Post.filter { $0.author == user && $0.id == 2 }.union(Post.filter { $0.author == user && $0.id == 9 }))
        }
        #expect(try await users.ids() == [1])
    }

    @Test func aUnionCanBeUpdatedAndDeleted() async throws {
        #expect(try await popular.union(adas).update(.set(\.viewCount, 0)) == 3)
        #expect(try await Post.filter { $0.viewCount == 0 }.ids() == [1, 2, 4])
        #expect(try await popular.union(adas).order { $0.id.asc }.limit(1).delete() == 1)
        #expect(try await Post.query.ids() == [2, 3, 4])
    }

    // MARK: Tuples

    @Test func tuplesOfDifferentTablesAreCombined() async throws {
        let names = User.select { $0.username }.union(Tag.select { $0.name })
        let sql = try names.order { $0.desc }.limit(2).sql()
        #expect(
            sql == """
                SELECT t0."c0" FROM (SELECT t1."username" AS c0 FROM "users" AS t1 UNION \
                SELECT t2."name" AS c0 FROM "tags" AS t2) AS t0 ORDER BY 1 DESC LIMIT ?
                """)
        #expect(try await names.order { $0.asc }.all() == ["ada", "bob", "cid", "orm", "sql", "swift"])
        #expect(try await names.order { $0.length.desc }.first() == "swift")
        #expect(try await names.count() == 6)
        #expect(
            try await User.select { $0.id }.unionAll(Tag.select { $0.id }).order { $0.asc }.all() == [1, 1, 2, 2, 3, 3])
        #expect(try await User.select { $0.id }.unionAll(Tag.select { $0.id }).distinct().count() == 3)
        #expect(try await Post.select { $0.author.id }.intersect(User.select { $0.id }).all() == [1, 2])
        #expect(try await User.select { $0.id }.except(Post.select { $0.author.id }).all() == [3])
        #expect(try await Tag.filter { $0.name.isIn(names) }.count() == 3)
    }

    @Test func tuplesOfSeveralValuesAreCombined() async throws {
        let rows = Post.select { ($0.viewCount, $0.title) }.union(Comment.select { ($0.post.viewCount, $0.content) })
            .order({ views, _ in views.desc }, { _, text in text.asc })
        #expect(try await rows.limit(2).offset(1).all().map(\.1) == ["One", "guest"])
        let page = try await rows.page(limit: 3, offset: 6)
        #expect(page.items.map(\.1) == ["Three", "ok"])
        #expect(page.total == 8)
        #expect(
            try await Post.select { $0.id }.limit(1).union(Post.order { $0.id.desc }.limit(1).select { $0.id }).all()
                == [1, 4])
    }
}
