import ORM
import ORMTesting
import Testing

@Suite(.blog) struct UngroupedColumnTests {
    private let authors = Post.group { $0.author.id }

    @Test func aColumnThatDiffersWithinTheGroupIsRefused() async throws {
        let error = await ormError { _ = try await authors.select { ($0.title, $0.count) }.all() }
        #expect(error?.code == .configuration)
        #expect(error?.message == "posts.title is no key of the group: group by it too, or select an aggregate of it")
        for error in [
            await ormError { _ = try await authors.select { $0.title.lower }.all() },
            await ormError { _ = try await authors.having { $0.viewCount > 1 }.select { $0.count }.all() },
            await ormError { _ = try await authors.order { $0.createdAt.asc }.select { $0.count }.all() },
            await ormError { _ = try await authors.having { $0.published }.count() },
            await ormError { _ = try await authors.select { $0.comments.count }.all() },
            await ormError { _ = try await Post.group { $0.title.lower }.select { $0.title }.all() },
            await ormError { _ = try await Post.group { $0.author.fullName }.select { $0.author.username }.all() },
        ] { #expect(error?.code == .configuration) }
    }

    @Test func whatTheKeysDecideIsTheSameInTheWholeGroup() async throws {
        #expect(try await authors.select { ($0.author.username, $0.count) }.all().map(\.0) == ["ada", "bob"])
        #expect(try await authors.select { $0.author.username.upper }.all() == ["ADA", "BOB"])
        #expect(try await Post.group { $0.id }.select { ($0.title, $0.comments.count) }.all().map(\.1) == [3, 0, 1, 0])
        #expect(try await Post.group { $0.title.lower }.select { ($0.title.lower, $0.count) }.all().count == 4)
        #expect(
            try await Post.group { $0.viewCount > 1 }.having { $0.viewCount > 1 }.select { $0.sum { $0.viewCount } }
                .all() == [12])
        #expect(
            try await Post.group { ($0.createdAt.year, $0.published) }.order { $0.published.asc }
                .select { ($0.createdAt.year, $0.count) }.all().map(\.1) == [1, 3])
    }
}
