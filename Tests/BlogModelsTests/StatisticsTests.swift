import BlogModels
import FoundationEssentials
import ORM
import Testing

@Suite struct StatisticsTests {
    /// Two authors, three visible posts, a draft and a scheduled one; tags a b, b, a b c.
    private func fill() async throws {
        let ada = try await User.create(username: "ada", fullName: "Ada")
        let bob = try await User.create(username: "bob")
        let posts = try await Post.insert([
            .init(
                title: "One", slug: "one", content: "", published: true, viewCount: 10, author: .init(ada),
                publishedAt: january(1)),
            .init(
                title: "Two", slug: "two", content: "", published: true, viewCount: 2, author: .init(bob),
                publishedAt: january(5)),
            .init(title: "Undated", slug: "undated", content: "", published: true, author: .init(ada)),
            .init(
                title: "Draft", slug: "draft", content: "", viewCount: 99, author: .init(bob), publishedAt: january(2)),
            .init(
                title: "Later", slug: "later", content: "", published: true, author: .init(bob),
                publishedAt: january(30)),
        ])
        let tags = try await Tag.insert([
            .init(name: "A", slug: "a"), .init(name: "B", slug: "b"), .init(name: "C", slug: "c"),
            .init(name: "D", slug: "d"),
        ])
        try await posts[0].tags.add([tags[0], tags[1]])
        try await posts[1].tags.add([tags[1]])
        try await posts[2].tags.add([tags[0], tags[1], tags[2]])
        try await posts[3].tags.add([tags[0], tags[3]])
        try await Comment.insert([
            .init(content: "x", post: .init(posts[0]), threadKey: "one", authorName: "G", createdAt: january(6)),
            .init(content: "x", post: .init(posts[0]), threadKey: "one", authorName: "G", status: .pending),
            .init(content: "x", post: .init(posts[3]), threadKey: "draft", authorName: "G"),
            .init(content: "x", threadKey: "nowhere", authorName: "G"),
        ])
        let source = try await ViewSource.create(name: ViewSource.accessLogs)
        try await HourlyView.insert([
            .init(post: .init(posts[0]), hour: january(1), source: .init(source), count: 7),
            .init(post: .init(posts[0]), hour: january(7), source: .init(source), count: 3),
            .init(post: .init(posts[1]), hour: january(7), source: .init(source), count: 2),
        ])
    }

    @Test func `only what readers see counts`() async throws {
        try await withBlogDatabase { database in
            try await fill()
            let statistics = try await Statistics.gather(
                .init(visibility: PostVisibility(now: january(10)), utcOffset: { _ in 3600 }), from: database)
            let totals = statistics.totals
            #expect([totals.users, totals.posts, totals.pages, totals.comments, totals.tags] == [2, 3, 0, 1, 3])
            #expect([totals.views, totals.pendingComments, totals.orphanComments] == [12, 1, 1])
            #expect(totals.averageViews == 4)
            #expect(statistics.topPosts.map(\.slug) == ["one", "two"])
            #expect(statistics.topAuthors.map(\.username) == ["ada", "bob"])
            #expect(statistics.topAuthors.map(\.posts) == [2, 1])
            #expect(statistics.topAuthors.map(\.views) == [10, 2])
            #expect(statistics.tags.map(\.slug) == ["b", "a", "c"])
            #expect(statistics.tags.map(\.posts) == [3, 2, 1])
            #expect(statistics.tags[0].related.map(\.slug) == ["a", "c"])
            #expect(statistics.tags[0].related.map(\.weight) == [2, 1])
            // January 1st, 00:00 UTC and the 5th lie in January an hour further east too.
            #expect(statistics.months.map(\.month) == ["2026-01"])
            #expect(statistics.months.map(\.posts) == [2])
        }
    }

    @Test func `since a day, posts, comments and views of that time count`() async throws {
        try await withBlogDatabase { database in
            try await fill()
            let statistics = try await Statistics.gather(
                .init(visibility: PostVisibility(now: january(10)), since: january(4), utcOffset: { _ in 0 }),
                from: database)
            #expect(statistics.totals.posts == 1)
            #expect(statistics.totals.comments == 1)
            #expect(statistics.totals.views == 5)
            #expect(statistics.topPosts.map(\.slug) == ["two"])
            #expect(statistics.topAuthors.map(\.username) == ["bob"])
            #expect(statistics.tags.map(\.slug) == ["b"])
        }
    }

    @Test func `an empty blog has zeros`() async throws {
        try await withBlogDatabase { database in
            let statistics = try await Statistics.gather(
                .init(visibility: PostVisibility(now: january(10)), utcOffset: { _ in 0 }), from: database)
            #expect(statistics.totals.averageViews == 0)
            #expect(statistics.topPosts.isEmpty && statistics.tags.isEmpty && statistics.months.isEmpty)
        }
    }
}
