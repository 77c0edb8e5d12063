import FoundationEssentials
import ORM
import ORMSQLite
import ORMTesting
import Testing

@Suite struct SmokeTests {
    @Test func everything() async throws {
        try await withTestDatabase(SQLiteDriver.inMemory, guideModels) { db in
            let ada = try await User.create(username: "ada", fullName: "Ada L")
            let bob = try await User.create(username: "bob")
            let posts = try await Post.insert([
                .init(title: "One", published: true, viewCount: 5, author: .init(ada)),
                .init(title: "Two", viewCount: 2, author: .id(ada.id)),
                .init(title: "Three", published: true, viewCount: 1, author: .id(bob.id)),
            ])
            #expect(posts.map(\.id) == [1, 2, 3])
            #expect(try await Post.get(1) .createdAt == posts[0].createdAt)
            let swift = try await Tag.create(name: "swift")
            let orm = try await Tag.create(name: "orm")
            try await posts[0].tags.add([swift, orm])
            try await posts[0].tags.add([swift, orm])
            try await posts[2].tags.add([orm])
            let c = try await Comment.create(content: "hi", post: .id(1), author: .init(bob))
            _ = try await Comment.create(content: "re", post: .id(1), parent: .init(c))
            let rows = try await User.query.select { ($0.id, $0.username, $0.posts.count, $0.posts.sum { $0.viewCount }) }.all()
            #expect(rows.map(\.2) == [2, 1])
            #expect(rows[0].3 == 7)
            let loaded = try await Post.prefetch(\.author, \.comments.author, \.comments.replies, \.tags).all()
            #expect(try loaded[0].author.username == "ada")
            #expect(try loaded[0].tags.items.map(\.name) == ["swift", "orm"])
            #expect(try loaded[0].comments.items[0].author?.username == "bob")
            #expect(try loaded[0].comments.items[0].replies.items.map(\.content) == ["re"])
            #expect(throws: ORMError.self) { try posts[0].author.value.comments.items }
            #expect(try await Comment.filter { $0.parent == nil }.count() == 1)
            #expect(try await Comment.filter { $0.parent.content == "hi" }.count() == 1)
            #expect(try await Comment.filter { $0.author.username != "bob" }.count() == 1)
            #expect(try await Comment.exclude { $0.author.username == "bob" }.count() == 1)
            #expect(try await Post.filter { $0.tags.any { $0.name == "orm" } }.order { $0.id.desc }.all().map(\.id) == [3, 1])
            #expect(try await Post.filter { $0.author.username == "ada" }.update(.set(\.viewCount) { $0.viewCount + 1 }) == 2)
            #expect(try await Post.query.sum { $0.viewCount } == 10)
            #expect(try await Post.group { $0.author.username }.having { $0.count > 1 }.select { ($0.author.username, $0.count) }.all().map(\.0) == ["ada"])
            await #expect(throws: ORMError.self) {
                try await db.transaction { tx in
                    _ = try await Tag.create(name: "temp")
                    try await tx.transaction { _ in _ = try await Tag.create(name: "inner") }
                    _ = try await Tag.create(name: "orm")
                }
            }
            #expect(try await Tag.count() == 2)
            var post = posts[1]
            post.title = "Changed"
            try await post.save()
            #expect(try await Post.get(2).title == "Changed")
            #expect(try await Post.order { $0.id.desc }.limit(1).delete() == 1)
            #expect(try await Post.count() == 2)
            let limited = try await User.prefetch(\.posts) { $0.order { $0.id.desc }.limit(1) }.all()
            #expect(try limited[0].posts.items.map(\.id) == [2])
            #expect(try await Post.filter { $0.title.icontains("CHA") }.exists())
            #expect(try await Post.query.page(limit: 1, offset: 0).hasNext)
            let s = try await LoginSession.create(token: [])
            #expect(try await LoginSession.get(s.id).token == [])
        }
    }
}
