import BlogModels
import ORM
import ORMSQLite
import Testing

@Suite struct BlogSchemaTests {
    private func counter() async throws -> Int { try await SiteState.get(1).changeCounter }

    @Test func `what readers can see raises the counter and stamps the row`() async throws {
        try await withBlogDatabase { database in
            let ada = try await User.create(username: "ada")
            let post = try await Post.create(title: "One", slug: "one", author: .init(ada), content: "")
            let before = try await counter()
            try await database.run(script: "UPDATE posts SET title = 'Two' WHERE id = 1")
            let after = try await counter()
            #expect(after == before + 1)
            #expect(try await Post.get(post.id).revision == after)
        }
    }

    @Test func `views raise the counter and leave the revision alone`() async throws {
        try await withBlogDatabase { database in
            let ada = try await User.create(username: "ada")
            let post = try await Post.create(title: "One", slug: "one", author: .init(ada), content: "")
            let (before, revision) = (try await counter(), try await Post.get(post.id).revision)
            try await database.run(script: "UPDATE posts SET view_count = 7 WHERE id = 1")
            #expect(try await counter() == before + 1)
            try await database.run(script: "UPDATE posts SET view_count = 7 WHERE id = 1")
            #expect(try await counter() == before + 1, "the same count again is no change")
            #expect(try await Post.get(post.id).revision == revision)
        }
    }

    @Test func `a row that takes a deleted row's id has a later revision`() async throws {
        try await withBlogDatabase { _ in
            let first = try await Tag.create(id: 5, name: "a", slug: "a")
            let revision = try await Tag.get(first.id).revision
            try await first.delete()
            try await Tag.create(id: 5, name: "b", slug: "b")
            #expect(try await Tag.get(5).revision > revision)
        }
    }

    @Test func `preparing twice changes nothing, another program's tables are refused`() async throws {
        try await withBlogDatabase { database in
            let state = try await SiteState.get(1)
            #expect(try await BlogSchema.prepare(database).databaseID == state.databaseID)
            // A run that was killed between the tables and the row.
            try await database.run(script: "DELETE FROM site_state")
            try await BlogSchema.prepare(database)
            #expect(try await SiteState.count() == 1)
        }
        let foreign = try await Database.open(SQLiteDriver.inMemory)
        try await foreign.run(script: "CREATE TABLE posts (id INTEGER)")
        await #expect { try await BlogSchema.prepare(foreign) } throws: { ($0 as? ORMError)?.code == .migration }
        #expect(try await foreign.hasTable("users") == false)
        await foreign.close()
    }
}
