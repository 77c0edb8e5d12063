import ORM
import ORMTesting
import Testing

@Suite(.blog) struct LoadTests {
    @Test func partsOfOneRelationStandSideBySide() async throws {
        let sql = try await recorded { () async throws in
            let users =
                try await User
                .prefetch(\.posts, as: "read") { $0.filter { $0.viewCount > 2 } }
                .prefetch(\.posts, as: "drafts") { $0.filter { !$0.published } }
                .prefetch(\.posts)
                .all()
            #expect(try users.map { try $0.posts.items("read").map(\.title) } == [["One"], ["Four"], []])
            #expect(try users.map { try $0.posts.items("drafts").map(\.title) } == [["Two"], [], []])
            #expect(try users.map { try $0.posts.items.count } == [2, 2, 0])
        }
        #expect(sql.count == 4)
        let plain = try await User.prefetch(\.posts).get(1)
        #expect(
            await ormError { _ = try plain.posts.items("drafts") }?.message == """
                no rows of User.posts are loaded as “drafts”: add .prefetch(\\.posts, as: "drafts") { … } to the query
                """)
    }
}
