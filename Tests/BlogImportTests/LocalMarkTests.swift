import BlogImport
import BlogModels
import Foundation
import ORM
import Testing

@Suite struct LocalMarkTests {
    @Test func `a field that a command has set survives until the file changes its mind`() async throws {
        let site = try await ImportFixture()
        try site.post("a.md", "author: x\ndraft: true\ntags: one", body: "1")
        try await site.run()
        let database = site.database
        try await Post.filter { $0.id == 1 }.update(.set(\.published, true), .set(\.title, "By hand"), on: database)
        try await LocalMark.create(
            kind: .post, rowID: 1, field: "published", fileValue: FieldText.text(false), on: database)
        try await LocalMark.create(kind: .post, rowID: 1, field: "title", fileValue: "a", on: database)
        try await LocalMark.create(
            kind: .post, rowID: 1, field: "tags", fileValue: FieldText.text(["one"]), on: database)
        try await PostTag.filter { $0.post.id == 1 }.delete(on: database)
        try site.post("a.md", "author: x\ndraft: true\ntags: one\nweight: 1", body: "2")
        try await site.run()
        #expect(try await site.posts() == [#"1 a "By hand" undated published x"#])
        #expect(try await LocalMark.all(on: database).map(\.field) == ["published", "title", "tags"])
        try site.post("a.md", "author: x\ntitle: From the file\ndraft: true\ntags: two", body: "2")
        try await site.run()
        #expect(try await site.posts() == [#"1 a "From the file" undated published x #two"#])
        #expect(try await LocalMark.all(on: database).map(\.field) == ["published"])
    }

    @Test func `a user's field that a command has set survives`() async throws {
        let site = try await ImportFixture()
        try site.folder.write("full_name: Ada\nbio: From the file.\n", to: "content/authors/ada.yml")
        try await site.run()
        try await User.filter { $0.id == 1 }.update(
            .set(\.bio, "By hand."), .set(\.email, "ada@example.org"), on: site.database)
        try await LocalMark.create(
            kind: .author, rowID: 1, field: "bio", fileValue: "From the file.", on: site.database)
        try site.folder.write("full_name: Ada L\nbio: From the file.\n", to: "content/authors/ada.yml")
        #expect(try await site.run().userCounts == [0, 1, 0, 0])
        let user = try await User.get(1, on: site.database)
        #expect([user.fullName, user.bio, user.email] == ["Ada L", "By hand.", "ada@example.org"])
    }

    @Test func `moderation is not undone by an edit of the file`() async throws {
        let site = try await ImportFixture()
        try site.post("a.md", "author: x")
        try site.comment("a/1.yml", "message: Hi\ndate: 2025-01-02")
        try await site.run()
        try await Comment.filter { $0.id == 1 }.update(.set(\.status, .spam), on: site.database)
        try site.comment("a/1.yml", "message: Hi there\ndate: 2025-01-02")
        #expect(try await site.run().commentCounts == [0, 1, 0, 0])
        #expect(try await site.comments() == ["1 a post 1 spam Anonymous: Hi there"])
    }
}
