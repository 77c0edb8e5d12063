import ORM
import ORMTesting
import Testing

@Suite(.blog) struct RawOrderTests {
    private let posts = Post.raw("SELECT * FROM posts ORDER BY view_count, title DESC")

    @Test func aRawSelectKeepsItsOrderWhereAJoinIsNeeded() async throws {
        #expect(try await posts.filter { $0.author.username != "cid" }.all().map(\.id) == [3, 2, 1, 4])
        #expect(try await posts.filter { $0.author.isActive }.limit(2).all().map(\.id) == [3, 2])
        #expect(try await posts.filter { $0.author.isActive }.last()?.id == 4)
        #expect(try await posts.select { ($0.id, $0.author.username) }.all().map(\.0) == [3, 2, 1, 4])
        #expect(try await posts.filter { $0.author.username == "ada" }.select { $0.id }.limit(1).all() == [2])
        #expect(try await posts.filter { $0.author.username == "ada" }.count() == 2)
    }

    @Test func aRawRefinementOfAPrefetchKeepsItsOrder() async throws {
        let users = try await User.prefetch(\.posts) { _ in posts }.order { $0.id.asc }.all()
        #expect(try users.map { try $0.posts.items.map(\.id) } == [[2, 1], [3, 4], []])
        let first = try await User.prefetch(\.posts) { _ in posts.limit(1) }.order { $0.id.asc }.all()
        #expect(try first.map { try $0.posts.items.map(\.id) } == [[2], [3], []])
        let tags = try await Tag.prefetch(\.posts) { _ in posts }.order { $0.id.asc }.all()
        #expect(try tags.map { try $0.posts.items.map(\.id) } == [[1], [3, 1], []])
    }

    @Test func rawRowsAreEitherSideOfASetOperation() async throws {
        let raw = Rows<String>.raw("SELECT name FROM tags WHERE id < 3 ORDER BY name")
        let names = User.filter { $0.id == 1 }.select { $0.username }
        #expect(try await names.union(raw).order { $0.asc }.all() == ["ada", "orm", "swift"])
        #expect(try await raw.union(names).order { $0.asc }.all() == ["ada", "orm", "swift"])
        #expect(try await raw.except(Rows<String>.raw("SELECT 'orm'")).all() == ["swift"])
    }
}

@Suite(.blog) struct PageTests {
    @Test func aPageStaysWithinTheQuerysOwnWindow() async throws {
        let three = Post.order { $0.id.desc }.limit(3)
        let first = try await three.page(limit: 2, offset: 0)
        #expect((first.items.map(\.id), first.total, first.hasNext) == ([4, 3], 3, true))
        let second = try await three.page(limit: 2, offset: 2)
        #expect((second.items.map(\.id), second.total, second.hasNext) == ([2], 3, false))
        #expect(try await three.page(limit: 2, offset: 9).items.isEmpty)
        let rest = try await Post.order { $0.id.asc }.offset(2).page(limit: 9, offset: 1)
        #expect((rest.items.map(\.id), rest.total) == ([4], 2))
        let raw = try await Post.raw("SELECT * FROM posts ORDER BY id DESC").limit(3).page(limit: 2, offset: 1)
        #expect((raw.items.map(\.id), raw.total) == ([3, 2], 3))
        #expect(try await Post.query.offset(.max).page(limit: 1, offset: .max).items.isEmpty)
    }

    @Test func aPageOfTuplesStaysWithinTheirOwnWindow() async throws {
        let three = Post.order { $0.id.desc }.limit(3).select { $0.id }
        let page = try await three.page(limit: 2, offset: 2)
        #expect((page.items, page.total) == ([2], 3))
        let rest = try await Post.select { $0.id }.offset(2).page(limit: 9, offset: 1)
        #expect((rest.items, rest.total) == ([4], 2))
        #expect(try await three.map { -$0 }.page(limit: 2, offset: 1).items == [-3, -2])
        let groups = try await Post.group { $0.id }.limit(2).select { $0.id }.page(limit: 5, offset: 1)
        #expect((groups.items, groups.total) == ([2], 2))
    }
}
