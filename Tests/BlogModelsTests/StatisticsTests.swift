import FoundationEssentials
import ORM
import ORMSQLite
import func ORMTesting.expectQueries
import func ORMTesting.withTestDatabase
import Testing

@testable import BlogModels

@Suite struct StatisticsTests {
    /// Two authors, three visible posts, a draft and a scheduled one; tags a b, b, a b c.
    private func fill() async throws {
        let ada = try await User.create(username: "ada", fullName: "Ada")
        let bob = try await User.create(username: "bob")
        let posts = try await Post.insert([
            .init(
                title: "One", slug: "one", published: true, viewCount: 10, author: .init(ada),
                publishedAt: january(1), content: ""),
            .init(
                title: "Two", slug: "two", published: true, viewCount: 2, author: .init(bob),
                publishedAt: january(5), content: ""),
            .init(title: "Undated", slug: "undated", published: true, author: .init(ada), content: ""),
            .init(
                title: "Draft", slug: "draft", viewCount: 99, author: .init(bob), publishedAt: january(2), content: ""),
            .init(
                title: "Later", slug: "later", published: true, author: .init(bob),
                publishedAt: january(30), content: ""),
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
            .init(post: .init(posts[0]), threadKey: "one", authorName: "G", createdAt: january(6), content: "x"),
            .init(post: .init(posts[0]), threadKey: "one", authorName: "G", status: .pending, content: "x"),
            .init(post: .init(posts[3]), threadKey: "draft", authorName: "G", content: "x"),
            .init(threadKey: "nowhere", authorName: "G", content: "x"),
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

    /// The offsets of the zones that are furthest from UTC, of one with half hours, and of one that changes its clocks.
    @Test(
        arguments: [
            { (_: Date) in 14 * 3600 }, { _ in -12 * 3600 }, { _ in 20_700 }, { _ in 0 },
            { date in Int(date.timeIntervalSince1970) / 15_778_800 % 2 == 0 ? -34_200 : -30_600 },
        ] as [@Sendable (Date) -> Int])
    func `each post counts in its month of the site's zone`(_ offset: @escaping @Sendable (Date) -> Int) async throws {
        try await withBlogDatabase { database in
            let ada = try await User.create(username: "ada")
            let end = january(10)
            // Two and a half years, each 43 hours and some minutes, and each side of every UTC month's end.
            var dates = (0..<500).map { end.addingTimeInterval(-Double($0) * 157_021) }
            dates += (1...24).flatMap { month in
                [-0.000_001, 0, 7 * 3600].map { january(1).addingTimeInterval(Double(month) * -2_629_800 + $0) }
            }
            dates += [january(1), january(1).addingTimeInterval(-0.000_001)]
            try await Post.insert(
                dates.enumerated().map {
                    .init(
                        title: "\($0)", slug: "p-\($0)", published: true, author: .init(ada),
                        publishedAt: $1, content: "")
                })
            var counts: [String: Int] = [:]
            for date in dates {
                let local = Timestamp(date.addingTimeInterval(Double(offset(date))))
                counts[String(local.text.prefix(7)), default: 0] += 1
            }
            let statistics = try await Statistics.gather(
                .init(visibility: PostVisibility(now: end), utcOffset: offset), from: database)
            #expect(
                statistics.months == counts.sorted { $0.key < $1.key }.map { .init(month: $0.key, posts: $0.value) })
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
            #expect(statistics.topPosts.map(\.slug) == ["one", "two"], "an old post may be read now")
            #expect(statistics.topPosts.map(\.views) == [3, 2])
            #expect(statistics.topAuthors.map(\.username) == ["bob"])
            #expect(statistics.topAuthors.map(\.views) == [2])
            #expect(statistics.tags.map(\.slug) == ["b"])
        }
    }

    @Test func `up to a day, what came later does not count`() async throws {
        try await withBlogDatabase { database in
            try await fill()
            var request = Statistics.Request(visibility: PostVisibility(now: january(10)), utcOffset: { _ in 0 })
            request.until = january(5)
            let statistics = try await Statistics.gather(request, from: database)
            #expect([statistics.totals.posts, statistics.totals.comments, statistics.totals.views] == [1, 0, 7])
            #expect(statistics.topPosts.map(\.views) == [7])
            #expect(statistics.viewMonths == [.init(month: "2026-01", views: 7)])
        }
    }

    @Test func `only one author's posts, or those with one tag`() async throws {
        try await withBlogDatabase { database in
            try await fill()
            var request = Statistics.Request(visibility: PostVisibility(now: january(10)), utcOffset: { _ in 0 })
            request.author = 2
            let bob = try await Statistics.gather(request, from: database)
            #expect([bob.totals.posts, bob.totals.comments, bob.totals.views] == [1, 0, 2])
            #expect(bob.topPosts.map(\.slug) == ["two"])
            #expect(bob.topAuthorsByViews.map(\.username) == ["bob"])
            #expect(bob.viewMonths.map(\.views) == [2])
            request.author = nil
            request.tag = 3
            let tagged = try await Statistics.gather(request, from: database)
            #expect([tagged.totals.posts, tagged.totals.views] == [1, 0])
            #expect(tagged.viewMonths == [])
        }
    }

    @Test func `it tells what rises, what is discussed, and the views of each month`() async throws {
        try await withBlogDatabase { database in
            try await fill()
            let source = try await ViewSource.getOrCreate(.init(name: ViewSource.accessLogs), on: \.name).row
            let posts = try await Post.order { $0.id.asc }.all()
            // The draft has views too, which count nowhere; and "One" had some in an hour that nobody knows.
            try await HourlyView.insert([
                .init(post: .init(posts[3]), hour: january(8), source: .init(source), count: 99),
                .init(post: .init(posts[1]), hour: january(1).addingTimeInterval(-1), source: .init(source), count: 4),
                .init(post: .init(posts[0]), hour: Date(timeIntervalSince1970: 0), source: .init(source), count: 1),
            ])
            var request = Statistics.Request(visibility: PostVisibility(now: january(10)), utcOffset: { _ in 0 })
            let statistics = try await Statistics.gather(request, from: database)
            #expect(statistics.risingPosts.map(\.post.slug) == [])
            #expect(statistics.discussedPosts.map(\.slug) == ["one"])
            #expect(statistics.discussedPosts.map(\.comments) == [1])
            #expect(statistics.topAuthorsByViews.map(\.username) == ["ada", "bob"])
            #expect(
                statistics.viewMonths == [.init(month: "2025-12", views: 4), .init(month: "2026-01", views: 12)])
            // An hour further east December's last second lies in January.
            request = Statistics.Request(visibility: PostVisibility(now: january(10)), utcOffset: { _ in 3600 })
            #expect(
                try await Statistics.gather(request, from: database).viewMonths
                    == [.init(month: "2026-01", views: 16)])
        }
    }

    @Test func `a post rises that was read more in a week than in the week before`() async throws {
        try await withBlogDatabase { database in
            try await fill()
            let post = try await Post.filter { $0.slug == "two" }.get()
            let source = try await ViewSource.getOrCreate(.init(name: "again"), on: \.name).row
            try await HourlyView.create(post: .init(post), hour: january(20), source: .init(source), count: 5)
            let request = Statistics.Request(visibility: PostVisibility(now: january(21)), utcOffset: { _ in 0 })
            let rising = try await Statistics.gather(request, from: database).risingPosts
            #expect(rising.map(\.post.slug) == ["two"])
            #expect(rising.map(\.recent) == [5])
            #expect(rising.map(\.before) == [2])
        }
    }

    @Test func `many hidden posts count as little as few`() async throws {
        try await withBlogDatabase { database in
            try await fill()
            let request = Statistics.Request(visibility: PostVisibility(now: january(10)), utcOffset: { _ in 0 })
            let few = try await Statistics.gather(request, from: database)
            #expect(try await request.knowingHiddenPosts().hidden?.all == [4, 5])
            #expect(try await request.knowingHiddenPosts().hidden?.read == [4])
            let author = try await User.filter { $0.username == "bob" }.get()
            let drafts = try await Post.insert(
                (0..<1000).map {
                    .init(title: "\($0)", slug: "draft-\($0)", viewCount: 5, author: .init(author), content: "")
                })
            let source = try await ViewSource.filter { $0.name == ViewSource.accessLogs }.get()
            try await HourlyView.create(post: .init(drafts[0]), hour: january(8), source: .init(source), count: 5)
            try await Comment.create(post: .init(drafts[0]), threadKey: "draft-0", authorName: "G", content: "x")
            #expect(try await request.knowingHiddenPosts().hidden == nil)
            #expect(try await Statistics.gather(request, from: database) == few)
        }
    }

    @Test func `all of it takes twelve statements at most`() async throws {
        try await withTestDatabase(SQLiteDriver.inMemory, []) { database in
            try await BlogSchema.prepare(database)
            try await fill()
            var request = Statistics.Request(visibility: PostVisibility(now: january(10)), utcOffset: { _ in 0 })
            try await expectQueries(exactly: 11) { _ = try await Statistics.gather(request, from: database) }
            request.since = january(3)
            request.until = january(20)
            try await expectQueries(exactly: 12) { _ = try await Statistics.gather(request, from: database) }
            request.author = 1
            request.tag = 1
            try await expectQueries(atMost: 12) { _ = try await Statistics.gather(request, from: database) }
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
