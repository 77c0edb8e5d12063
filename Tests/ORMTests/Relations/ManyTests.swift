import ORMSQLite
import ORM
import ORMTesting
import Testing

@Suite(.blog) struct ManyTests {
    @Test func aRelationIsAQueryOfItsOwn() async throws {
        let post = try await Post.get(1)
        #expect(try await post.comments.query().ids() == [1, 2, 3])
        #expect(try await post.comments.query().filter { $0.author == nil }.ids() == [3])
        #expect(try await post.tags.query().order { $0.name.asc }.all().map(\.name) == ["orm", "swift"])
        #expect(try await post.tags.query().limit(1).count() == 1)
        #expect(try await post.tags.query().filter { $0.posts.count > 1 }.ids() == [2])
        #expect(try await post.comments.query().order { $0.id.asc }.limit(1).update(.set(\.content, "x")) == 1)
        #expect(try await Comment.get(1).content == "x")
        #expect(try await post.tags.query().order { $0.id.asc }.limit(1).delete() == 1)
        #expect(try await Tag.query.order { $0.id.asc }.ids() == [2, 3])
    }

    @Test func addRemoveAndClearAreIdempotentAndOneStatementEach() async throws {
        let post = try await Post.get(2)
        let tags = try await Tag.query.order { $0.id.asc }.all()
        let sql = try await recorded { () async throws in
            try await post.tags.add(tags + tags)
            try await post.tags.add([tags[0]])
            #expect(try await post.tags.query().ids() == [1, 2, 3])
            try await post.tags.remove([tags[0], tags[1]])
            try await post.tags.remove([tags[0]])
            try await post.tags.add([])
            try await post.tags.remove([])
            #expect(try await post.tags.query().ids() == [3])
            try await post.tags.clear()
            try await post.tags.clear()
        }
        #expect(try await post.tags.query().count() == 0)
        #expect(try await PostTag.count() == 3)
        #expect(sql.count == 8)
        #expect(sql[1] == #"INSERT INTO "post_tags" ("post_id", "tag_id") VALUES (?, ?) ON CONFLICT DO NOTHING"#)
        #expect(
            sql[3] == """
                DELETE FROM "post_tags" AS t0 WHERE (t0."post_id" = ?) AND (t0."tag_id" IN (SELECT value FROM json_each(?)))
                """)
        #expect(sql[7] == #"DELETE FROM "post_tags" AS t0 WHERE (t0."post_id" = ?)"#)
    }

    @Test func addingIsAllOrNothing() async throws {
        let post = try await Post.get(2)
        let tag = try await Tag.get(1)
        let gone = try await Tag.create(name: "gone")
        try await gone.delete()
        let error = await ormError { try await post.tags.add([tag, gone]) }
        #expect(error?.database?.kind == .foreignKey)
        #expect(try await post.tags.query().count() == 0)
    }

    @Test func manyRowsAreAddedAtOnce() async throws {
        let post = try await Post.get(2)
        let tags = try await Tag.insert((0..<2500).map { Tag.New(name: "tag \($0)") })
        try await post.tags.add(tags)
        #expect(try await post.tags.query().count() == 2500)
        try await post.tags.remove(tags)
        #expect(try await post.tags.query().count() == 0)
    }

    @Test func setLinksTheseAndNoOthersAndKeepsTheLinksThatStay() async throws {
        let post = try await Post.get(1)
        let tags = try await Tag.query.order { $0.id.asc }.all()
        try await post.tags.set([tags[1], tags[2]])
        #expect(try await post.tags.query().order { $0.id.asc }.ids() == [2, 3])
        // The link of 1 and orm was the second of all, and still is.
        #expect(try await PostTag.filter { $0.post.id == 1 && $0.tag.id == 2 }.get().id == 2)
        let gone = try await Tag.create(name: "gone")
        try await gone.delete()
        #expect(await ormError { try await post.tags.set([gone]) }?.database?.kind == .foreignKey)
        #expect(try await post.tags.query().order { $0.id.asc }.ids() == [2, 3])
        try await post.tags.set([])
        #expect(try await post.tags.query().count() == 0)
        let comments = try await Comment.all()
        #expect(await ormError { try await post.comments.set(comments) }?.code == .unsupported)
    }

    @Test func addWorksFromTheOtherSideToo() async throws {
        let sql = try await Tag.filter { $0.name == "sql" }.get()
        try await sql.posts.add(try await Post.limit(2).all())
        #expect(try await sql.posts.query().ids() == [1, 2])
        #expect(try await Post.filter { $0.tags.any { $0.name == "sql" } }.ids() == [1, 2])
    }

    @Test func aRelationWithoutPivotRefusesToAdd() async throws {
        let post = try await Post.get(1)
        let comments = try await Comment.all()
        #expect(await ormError { try await post.comments.add(comments) }?.code == .unsupported)
        #expect(await ormError { try await post.comments.clear() }?.code == .unsupported)
    }

    @Test func theKeyNeedNotBeANumberNorBeCalledId() async throws {
        try await withTestDatabase(SQLiteDriver.inMemory, [Country.self, City.self]) { _ in
            let norway = try await Country.create(code: "no", name: "Norway")
            #expect(norway.id == "no")
            let (oslo, created) = try await City.getOrCreate(.init(name: "Oslo", country: .init(norway)), on: \.name)
            #expect(created)
            #expect(
                try await City.getOrCreate(.init(name: "Oslo", country: .init(norway)), on: \.name).row.id == oslo.id)
            #expect(try await norway.cities.query().all().map(\.name) == ["Oslo"])
            #expect(try await Country.prefetch(\.cities.country).all()[0].cities.items[0].country.name == "Norway")
            #expect(try await City.filter { $0.country.code == "no" && $0.country.name == "Norway" }.count() == 1)
            #expect(try await Country.get("no").name == "Norway")
            #expect(await ormError { try await norway.delete() }?.database?.kind == .foreignKey)
        }
    }
}
