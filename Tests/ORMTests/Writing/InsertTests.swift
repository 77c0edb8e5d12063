import FoundationEssentials
import ORM
import ORMTesting
import Testing

@Suite(.blog) struct InsertTests {
    @Test func manyRowsComeBackWithTheirIdsInOrder() async throws {
        let sql = try await recorded { () async throws in
            let tags = try await Tag.insert((0..<1000).map { Tag.New(name: "tag \($0)") })
            #expect(tags.map(\.id) == Array(4..<1004))
            #expect(tags.map(\.name) == (0..<1000).map { "tag \($0)" })
        }
        #expect(sql == [#"INSERT INTO "tags" ("id", "name") VALUES (?, ?)"#])
        #expect(try await Tag.get(1003).name == "tag 999")
        #expect(try await Tag.insert([]).isEmpty)
    }

    @Test func errorsNameTheColumnsAndCarryNoValues() async throws {
        let unique = await ormError { try await User.create(username: "ada") }
        #expect(unique?.database?.kind == .unique(columns: ["users.username"]))
        #expect(unique?.database?.nativeCode == "2067")
        #expect(unique?.httpStatus == 400)
        #expect(
            unique?.description == """
                a row with this users.username exists already [SQL: INSERT INTO "users" \
                ("id", "username", "full_name", "is_active", "created_at", "updated_at") VALUES (?, ?, ?, ?, ?, ?)]
                """)
        let key = await ormError { try await Tag.create(id: 1, name: "x") }
        #expect(key?.database?.kind == .unique(columns: ["tags.id"]))
        let pair = await ormError { try await PostTag.create(post: .id(1), tag: .id(1)) }
        #expect(pair?.database?.kind == .unique(columns: ["post_tags.post_id", "post_tags.tag_id"]))
        let foreign = await ormError { try await Post.create(title: "x", author: .id(99)) }
        #expect(foreign?.database?.kind == .foreignKey)
        let null = await ormError { try await execute("INSERT INTO tags (name) VALUES (NULL)") }
        #expect(null?.database?.kind == .notNull(column: "tags.name"))
        let syntax = await ormError { try await execute("SELEC 1") }
        #expect(syntax?.database?.kind == .syntax)
        #expect(syntax?.httpStatus == 500)
    }
}
