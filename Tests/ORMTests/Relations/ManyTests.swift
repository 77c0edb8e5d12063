import ORMSQLite
import ORM
import ORMTesting
import Testing

@Suite(.blog) struct ManyTests {
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
